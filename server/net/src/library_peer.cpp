#include "library_peer.h"

#include <sys/socket.h>

#include <array>
#include <string_view>

#include "base/utf8.h"
#include "protocol/limits.h"

// The library's own reading. It accepts frames without a mask and says so nowhere, in no callback and by no option; the linker
// (--wrap, see CMakeLists.txt) puts our reading before it, where every byte passes in order.
extern "C" {
// NOLINTBEGIN(bugprone-reserved-identifier): the linker makes these names
int __real_lws_ssl_capable_read_no_ssl(lws* wsi, unsigned char* buffer, std::size_t size);
int __wrap_lws_ssl_capable_read_no_ssl(lws* wsi, unsigned char* buffer, std::size_t size);
// NOLINTEND(bugprone-reserved-identifier)
}

namespace cudgel::net {
namespace {

/// What the library's reading says when there is nothing to read now: a private name of version 4.3.5, LWS_SSL_CAPABLE_MORE_SERVICE.
constexpr int k_nothing_now = -4;

void watch(LibraryPeer& peer, std::span<const std::uint8_t> bytes) {
  if (peer.received_bytes != nullptr) peer.received_bytes->add(bytes.size());
  const bool was_right = peer.watch.fault() == FrameFault::none;
  peer.watch.advance(bytes, false);
  if (was_right && peer.watch.fault() != FrameFault::none) peer.fault();
}

/// Leaves in the kernel what has to wait for its turn.
int read_in_turns(PacedPeer& peer, lws* wsi, std::span<std::uint8_t> buffer) {
  if (peer.paused()) return k_nothing_now;
  const ssize_t there = recv(lws_get_socket_fd(wsi), buffer.data(), buffer.size(), MSG_PEEK | MSG_DONTWAIT);
  if (there <= 0) return __real_lws_ssl_capable_read_no_ssl(wsi, buffer.data(), buffer.size());
  const auto bytes = buffer.first(static_cast<std::size_t>(there));
  if (peer.has_unsent() && peer.watch.ends_next(bytes)) return k_nothing_now;
  peer.reads();
  const bool was_right = peer.watch.fault() == FrameFault::none;
  const std::size_t turn = peer.watch.advance(bytes, true);
  if (was_right && peer.watch.fault() != FrameFault::none) peer.fault();
  return __real_lws_ssl_capable_read_no_ssl(wsi, buffer.data(), turn);
}

}  // namespace

lws_protocols library_protocol(const char* name, lws_callback_function* callback, Pace pace) {
  lws_protocols protocol{};
  protocol.name = name;
  protocol.callback = callback;
  protocol.id = static_cast<unsigned>(pace);
  return protocol;
}

LibraryPeer* peer_of(lws* wsi) { return static_cast<LibraryPeer*>(lws_get_opaque_user_data(wsi)); }

int answer_close(lws* wsi, const void* payload, std::size_t size) {
  constexpr int k_code_max = 4999;
  // Its close reason is set already.
  if (peer_of(wsi)->watch.fault() != FrameFault::none) return -1;
  const auto* bytes = static_cast<const std::uint8_t*>(payload);
  auto code = protocol::CloseCode::normal;
  if (size == 1) {
    code = protocol::CloseCode::protocol_error;
  } else if (size >= 2) {
    const std::string_view reason(reinterpret_cast<const char*>(bytes) + 2, size - 2);
    if ((bytes[0] << 8 | bytes[1]) > k_code_max) code = protocol::CloseCode::protocol_error;
    if (!base::utf8_length(reason)) code = protocol::CloseCode::invalid_payload;
  }
  if (code == protocol::CloseCode::normal) return 0;
  // Sent here rather than left to lws_close_reason(): the library would wait for an answer that the peer has given already. Nothing
  // of another frame is half unsent now, or the library would not have asked.
  const std::array<std::uint8_t, 4> frame{0x88, 2, static_cast<std::uint8_t>(static_cast<unsigned>(code) >> 8U),
                                          static_cast<std::uint8_t>(static_cast<unsigned>(code) & 0xFFU)};
  send(lws_get_socket_fd(wsi), frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return -1;
}

}  // namespace cudgel::net

// NOLINTNEXTLINE(bugprone-reserved-identifier)
int __wrap_lws_ssl_capable_read_no_ssl(lws* wsi, unsigned char* buffer, std::size_t size) {
  using namespace cudgel::net;
  const lws_protocols* protocol = lws_get_protocol(wsi);
  LibraryPeer* peer = protocol == nullptr ? nullptr : peer_of(wsi);
  if (peer != nullptr && protocol->id == static_cast<unsigned>(Pace::watched_in_turns)) {
    return read_in_turns(static_cast<PacedPeer&>(*peer), wsi, {buffer, size});
  }
  const int count = __real_lws_ssl_capable_read_no_ssl(wsi, buffer, size);
  if (count > 0 && peer != nullptr && protocol->id == static_cast<unsigned>(Pace::watched)) {
    watch(*peer, {buffer, static_cast<std::size_t>(count)});
  }
  return count;
}
