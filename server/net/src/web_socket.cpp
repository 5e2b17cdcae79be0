#include "net/web_socket.h"

#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <vector>

#include "base/assert.h"
#include "library_peer.h"
#include "net/heartbeat.h"
#include "protocol/limits.h"
#include "server_loop.h"

namespace cudgel::net {
namespace {

/// A close frame's reason, by RFC 6455.
constexpr std::size_t k_reason_bytes_max = 123;
/// Patience with a peer that has to read our close frame before it is cut off.
constexpr int k_close_patience_s = 3;

int callback(lws* wsi, lws_callback_reasons reason, void* user, void* in, size_t length);

/// Each connection's heartbeat is looked at once in this time, a few of them each turn.
constexpr ops::Nanoseconds k_heartbeat_round_ns = ops::k_ns_per_s;
/// The library's own heartbeat: none, heartbeat.h says why.
const lws_retry_bo_t k_no_heartbeat{};

/// RFC 6455: a whole message in one frame of binary data; and what stands for lengths that do not fit seven or sixteen bits. No mask
/// towards a client.
constexpr std::uint8_t k_whole_binary = 0x82;
constexpr std::uint8_t k_sixteen_bits = 126;
constexpr std::uint8_t k_sixty_four_bits = 127;
constexpr std::size_t k_header_bytes_max = 10;

constexpr std::size_t header_bytes(std::size_t payload_bytes) {
  return payload_bytes < k_sixteen_bits ? 2U : payload_bytes <= 0xFFFF ? 4U : k_header_bytes_max;
}

/// A message to a client with its frame header.
constexpr std::size_t frame_bytes(std::size_t payload_bytes) { return header_bytes(payload_bytes) + payload_bytes; }

/// Writes the frame of `message` to `place`, which has frame_bytes() of room.
void write_frame(std::span<const std::uint8_t> message, std::span<std::uint8_t> place) {
  const std::size_t header = header_bytes(message.size());
  place[0] = k_whole_binary;
  place[1] = header == 2 ? static_cast<std::uint8_t>(message.size()) : header == 4 ? k_sixteen_bits : k_sixty_four_bits;
  std::size_t rest = message.size();
  for (std::size_t i = header; i > 2; --i, rest >>= 8U) place[i - 1] = static_cast<std::uint8_t>(rest & 0xFFU);
  std::memcpy(place.data() + header, message.data(), message.size());
}

lws_protocols make_protocol(const char* name) {
  lws_protocols entry = library_protocol(name, callback, Pace::watched);
  entry.rx_buffer_size = protocol::k_client_message_bytes_max;
  entry.tx_packet_size = protocol::k_server_frame_bytes_max + 16;  // a frame is one write, never cut by the library
  return entry;
}

}  // namespace

/// One WebSocket. Owned by the hub from adopt() until the library destroys its wsi.
class WebSocketConnection final : public session::Connection, public LibraryPeer {
 public:
  WebSocketConnection(WebSocketHub::Impl& hub, Seat seat, session::Offer offer, ops::TransportMetrics& meter)
      : hub_(hub), meter_(meter), offer_(offer), seat_(std::move(seat)) {
    received_bytes = &meter_.wire_bytes_received;
  }

  [[nodiscard]] bool ready() const override;
  session::SendResult send(std::span<const std::uint8_t> message) override;
  void close(protocol::CloseCode code, std::string_view reason) override;
  [[nodiscard]] const std::string& address() const override { return seat_.address(); }
  void fault() override;

  void established(lws* wsi);
  void received(const std::uint8_t* bytes, std::size_t count);
  /// The library asks whether there is something to write: only a close ever waits here. False: end the connection now.
  bool writable();
  /// The peer says goodbye of its own will.
  void peer_closes() { goodbye_ = true; }
  void pong() { heartbeat_.heard(ops::monotonic_ns()); }
  void check_heartbeat(ops::Nanoseconds now_ns);
  void closed();

  std::size_t position = 0;  ///< in the hub's list

 private:
  /// All of a frame that stands in the hub's scratch, now or, what the kernel does not take, by the library. False: the connection is over.
  bool write(std::span<std::uint8_t> frame);

  // First what every send looks at.
  WebSocketHub::Impl& hub_;
  lws* wsi_ = nullptr;
  int socket_ = -1;
  ops::TransportMetrics& meter_;
  bool refused_message_ = false;  ///< the rest of this message is thrown away
  bool closing_ = false;
  bool goodbye_ = false;
  session::Offer offer_;
  Seat seat_;
  session::ConnectionEvents* events_ = nullptr;
  Heartbeat heartbeat_{k_ping_after_s * ops::k_ns_per_s, k_hang_up_after_s* ops::k_ns_per_s};
  std::vector<std::uint8_t> message_;  ///< fragments of a message that is not whole yet
  protocol::CloseCode close_code_ = protocol::CloseCode::normal;
  std::string close_reason_;
};

struct WebSocketHub::Impl {
  session::ConnectionHost& host;
  ops::Metrics& metrics;
  std::array<lws_protocols, 4> protocols{};
  ServerLoop loop;
  lws_context* context = nullptr;
  lws_vhost* vhost = nullptr;
  std::vector<std::unique_ptr<WebSocketConnection>> connections;
  WebSocketConnection* adopting = nullptr;   ///< waits for its wsi to be made
  std::vector<std::uint8_t> scratch;         ///< what the library is to send, behind its headroom
  std::size_t next_heartbeat = 0;            ///< position of the connection to look at next
  ops::Nanoseconds heartbeats_until_ns = 0;  ///< so far the round has come

  Impl(session::ConnectionHost& host_, ops::Metrics& metrics_) : host(host_), metrics(metrics_) {}

  void forget(WebSocketConnection* connection) {
    const std::size_t position = connection->position;
    if (position + 1 != connections.size()) {
      connections[position] = std::move(connections.back());
      connections[position]->position = position;
    }
    connections.pop_back();
    metrics.connections.add(-1);
  }
  void check_heartbeats(ops::Nanoseconds now_ns);
};

/// As many connections as the time since the last call is of a round: all of them, once a round.
void WebSocketHub::Impl::check_heartbeats(ops::Nanoseconds now_ns) {
  const auto count = static_cast<ops::Nanoseconds>(connections.size());
  heartbeats_until_ns = std::max(heartbeats_until_ns, now_ns - k_heartbeat_round_ns);
  const ops::Nanoseconds due = count * (now_ns - heartbeats_until_ns) / k_heartbeat_round_ns;
  if (due == 0) return;
  heartbeats_until_ns += due * k_heartbeat_round_ns / count;
  for (ops::Nanoseconds i = 0; i < due; ++i) {
    next_heartbeat = (next_heartbeat + 1) % connections.size();
    connections[next_heartbeat]->check_heartbeat(now_ns);
  }
}

// A frame goes past the library, straight to the kernel; what the kernel does not take of it, at most one frame, is the library's to send,
// before anything else. So the library's rule holds: nobody writes to a socket while half a message of somebody else's waits there.
// lws_send_pipe_choked() would ask the kernel with a poll() of its own, once per client and tick.
bool WebSocketConnection::ready() const {
  return wsi_ != nullptr && !closing_ && (!hub_.loop.library_writes(socket_) || lws_partial_buffered(wsi_) == 0);
}

session::SendResult WebSocketConnection::send(std::span<const std::uint8_t> message) {
  if (wsi_ == nullptr || closing_) return session::SendResult::closed;
  // A second frame behind one that is still half unsent must never happen.
  if (!ready()) return session::SendResult::backpressure;
  CUDGEL_ASSERT(message.size() <= protocol::k_server_frame_bytes_max);
  const std::span<std::uint8_t> frame = std::span(hub_.scratch).subspan(LWS_PRE, frame_bytes(message.size()));
  write_frame(message, frame);
  if (!write(frame)) {
    closing_ = true;
    lws_set_timeout(wsi_, PENDING_TIMEOUT_KILLED_BY_PARENT, LWS_TO_KILL_ASYNC);
    return session::SendResult::closed;
  }
  meter_.frames_sent.add();
  meter_.wire_bytes_sent.add(frame.size());
  return session::SendResult::sent;
}

bool WebSocketConnection::write(std::span<std::uint8_t> frame) {
  // A full socket answers at once, and a peer that is gone raises no signal. Not send(), which prepares for the end of its thread each time.
  const ssize_t taken = ::syscall(SYS_sendto, socket_, frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT, nullptr, 0);
  if (taken == static_cast<ssize_t>(frame.size())) return true;
  if (taken < 0 && errno != EAGAIN) return false;
  const std::size_t rest = frame.size() - static_cast<std::size_t>(std::max<ssize_t>(taken, 0));
  std::memmove(frame.data(), frame.data() + (frame.size() - rest), rest);
  // Bytes as they are: the frame's header is sent, or among them.
  return lws_write(wsi_, frame.data(), rest, LWS_WRITE_HTTP) >= 0;
}

void WebSocketConnection::close(protocol::CloseCode code, std::string_view reason) {
  if (closing_) return;
  closing_ = true;
  close_code_ = code;
  close_reason_ = reason.substr(0, k_reason_bytes_max);
  if (wsi_ == nullptr) return;
  lws_set_timeout(wsi_, PENDING_TIMEOUT_USER_OK, k_close_patience_s);
  lws_callback_on_writable(wsi_);
}

void WebSocketConnection::check_heartbeat(ops::Nanoseconds now_ns) {
  if (wsi_ == nullptr || closing_) return;
  const Heartbeat::Due due = heartbeat_.due(now_ns);
  if (due == Heartbeat::Due::hang_up) {
    lws_set_timeout(wsi_, PENDING_TIMEOUT_KILLED_BY_PARENT, LWS_TO_KILL_ASYNC);
  } else if (due == Heartbeat::Due::ping && lws_partial_buffered(wsi_) == 0) {
    // Who has half a frame waiting is not asked: the session gives up a reader that takes nothing.
    // One byte, any: the library keeps the answer to an empty ping to itself.
    if (lws_write(wsi_, hub_.scratch.data() + LWS_PRE, 1, LWS_WRITE_PING) < 0) return;
    heartbeat_.asked();
  }
}

void WebSocketConnection::established(lws* wsi) {
  wsi_ = wsi;
  socket_ = lws_get_socket_fd(wsi);
  heartbeat_.heard(ops::monotonic_ns());
  setsockopt(socket_, SOL_SOCKET, SO_SNDBUF, &k_send_buffer_bytes, sizeof k_send_buffer_bytes);
  events_ = &hub_.host.opened(*this, offer_);
  meter_.sessions.add(1);
  if (watch.fault() != FrameFault::none) fault();
}

void WebSocketConnection::fault() {
  if (wsi_ == nullptr || closing_) return;
  hub_.metrics.refuse(ops::Refusal::malformed);
  const std::string_view text = frame_fault_text(watch.fault());
  close(protocol::CloseCode::protocol_error, text);
  // Said at once as well: some of these frames the library ends the connection for, before it asks us for anything.
  lws_close_reason(wsi_, LWS_CLOSE_STATUS_PROTOCOL_ERR, reinterpret_cast<unsigned char*>(close_reason_.data()),
                   close_reason_.size());
}

void WebSocketConnection::received(const std::uint8_t* bytes, std::size_t count) {
  if (lws_is_first_fragment(wsi_) != 0) {
    message_.clear();
    refused_message_ = false;
  }
  if (refused_message_ || closing_) return;
  if (lws_frame_is_binary(wsi_) == 0) {
    refused_message_ = true;
    return events_->text_message();
  }
  const std::size_t announced = lws_remaining_packet_payload(wsi_);
  if (announced > protocol::k_client_message_bytes_max ||
      message_.size() + count + announced > protocol::k_client_message_bytes_max) {
    refused_message_ = true;
    return events_->oversized_message();
  }
  const bool whole = lws_is_final_fragment(wsi_) != 0;
  if (whole && message_.empty()) return events_->message({bytes, count});
  message_.insert(message_.end(), bytes, bytes + count);
  if (!whole) return;
  events_->message(message_);
  message_.clear();
}

bool WebSocketConnection::writable() {
  if (!closing_) return true;
  lws_close_reason(wsi_, static_cast<lws_close_status>(close_code_), reinterpret_cast<unsigned char*>(close_reason_.data()),
                   close_reason_.size());
  return false;
}

void WebSocketConnection::closed() {
  if (wsi_ != nullptr && !closing_ && !goodbye_) hub_.metrics.connections_lost.add();
  wsi_ = nullptr;
  closing_ = true;
  if (events_ == nullptr) return;
  events_->closed();
  events_ = nullptr;
  meter_.sessions.add(-1);
}

namespace {

int callback(lws* wsi, lws_callback_reasons reason, void*, void* in, size_t length) {
  switch (reason) {
    case LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED: {
      auto* hub = static_cast<WebSocketHub::Impl*>(lws_context_user(lws_get_context(wsi)));
      lws_set_opaque_user_data(wsi, static_cast<LibraryPeer*>(hub->adopting));
      hub->adopting = nullptr;
      return 0;
    }
    case LWS_CALLBACK_ESTABLISHED:
    case LWS_CALLBACK_RECEIVE:
    case LWS_CALLBACK_RECEIVE_PONG:
    case LWS_CALLBACK_SERVER_WRITEABLE:
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
    case LWS_CALLBACK_CLOSED:
    case LWS_CALLBACK_WSI_DESTROY:
      break;
    // Only checked upgrade requests come here; anything else that the library thinks it has found ends.
    case LWS_CALLBACK_HTTP:
    case LWS_CALLBACK_HTTP_BODY:
    case LWS_CALLBACK_RAW_ADOPT:
    case LWS_CALLBACK_RAW_RX:
      return -1;
    default:
      return 0;
  }
  auto* connection = static_cast<WebSocketConnection*>(peer_of(wsi));
  if (connection == nullptr) return 0;
  switch (reason) {
    case LWS_CALLBACK_ESTABLISHED:
      connection->established(wsi);
      return 0;
    case LWS_CALLBACK_RECEIVE:
      connection->received(static_cast<const std::uint8_t*>(in), length);
      return 0;
    case LWS_CALLBACK_RECEIVE_PONG:
      connection->pong();
      return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
      return connection->writable() ? 0 : -1;
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
      connection->peer_closes();
      return answer_close(wsi, in, length);
    case LWS_CALLBACK_CLOSED:
      connection->closed();
      return 0;
    case LWS_CALLBACK_WSI_DESTROY: {
      auto* hub = static_cast<WebSocketHub::Impl*>(lws_context_user(lws_get_context(wsi)));
      lws_set_opaque_user_data(wsi, nullptr);
      connection->closed();
      hub->forget(connection);
      return 0;
    }
    default:
      return 0;
  }
}

}  // namespace

WebSocketHub::WebSocketHub(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

base::Result<std::unique_ptr<WebSocketHub>, std::string> WebSocketHub::create(session::ConnectionHost& host,
                                                                              ops::Metrics& metrics) {
  auto impl = std::make_unique<Impl>(host, metrics);
  if (!impl->loop.usable()) return base::fail(std::string("no file descriptors are left: raise ulimit -n"));
  impl->protocols[0] = make_protocol("http");  // what a socket is bound to until its subprotocol is known
  impl->protocols[1] = make_protocol(protocol::k_subprotocol);
  impl->protocols[2] = make_protocol(protocol::k_subprotocol_any);
  impl->scratch.resize(LWS_PRE + protocol::k_server_frame_bytes_max + k_header_bytes_max);
  lws_context_creation_info info{};
  info.port = CONTEXT_PORT_NO_LISTEN_SERVER;
  info.protocols = impl->protocols.data();
  info.user = impl.get();
  info.options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS;
  info.retry_and_idle_policy = &k_no_heartbeat;
  info.timeout_secs = 5;
  info.pt_serv_buf_size = protocol::k_client_message_bytes_max + 128;
  info.max_http_header_data = 1024;
  impl->loop.serve(info);
  impl->context = lws_create_context(&info);
  if (impl->context == nullptr) return base::fail(std::string("libwebsockets cannot make a context"));
  impl->vhost = lws_create_vhost(impl->context, &info);
  if (impl->vhost == nullptr) {
    lws_context_destroy(impl->context);
    return base::fail(std::string("libwebsockets cannot make a virtual host"));
  }
  return std::unique_ptr<WebSocketHub>(new WebSocketHub(std::move(impl)));
}

WebSocketHub::~WebSocketHub() { lws_context_destroy(impl_->context); }

void WebSocketHub::adopt(int socket, const Upgrade& upgrade, const std::string& leftover, Seat seat) {
  auto owned =
      std::make_unique<WebSocketConnection>(*impl_, std::move(seat), upgrade.offer, impl_->metrics.of(ops::Transport::ws));
  owned->position = impl_->connections.size();
  WebSocketConnection* connection = owned.get();
  impl_->connections.push_back(std::move(owned));
  impl_->metrics.connections.add(1);
  impl_->metrics.of(ops::Transport::ws).wire_bytes_received.add(leftover.size());
  connection->watch.advance({reinterpret_cast<const std::uint8_t*>(leftover.data()), leftover.size()}, false);
  impl_->adopting = connection;
  const std::string request = canonical_request(upgrade) + leftover;
  lws_adopt_socket_vhost_readbuf(impl_->vhost, socket, request.data(), request.size());
  // Still set: the library gave up before it made its own object, and closed the socket.
  if (impl_->adopting != nullptr) impl_->forget(connection);
  impl_->adopting = nullptr;
}

void WebSocketHub::service() {
  impl_->loop.turn(impl_->context);
  impl_->check_heartbeats(ops::monotonic_ns());
}

std::size_t WebSocketHub::connections() const { return impl_->connections.size(); }

void silence_library_log() { lws_set_log_level(0, nullptr); }

}  // namespace cudgel::net
