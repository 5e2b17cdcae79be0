#include "net/echo.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <deque>
#include <string_view>
#include <vector>

#include "library_peer.h"
#include "protocol/limits.h"
#include "utf8_stream.h"

namespace cudgel::net {
namespace {

/// Read, and sent back as one frame, at once.
constexpr std::size_t k_piece_bytes_max = std::size_t{64} * 1024;
/// Counted for each waiting piece beside its payload, so that empty messages have a bound, too.
constexpr std::size_t k_piece_cost_bytes = 128;
/// Rounds of reading and writing in one service(): about a megabyte, so that the players do not wait for a test.
constexpr int k_rounds_max = 16;
/// Patience with a peer that has to read our close frame before it is cut off.
constexpr int k_close_patience_s = 3;

/// Longer than k_echo_stalled_ns: who does not read is found by that.
const lws_retry_bo_t k_heartbeat = [] {
  lws_retry_bo_t policy{};
  policy.secs_since_valid_ping = 20;
  policy.secs_since_valid_hangup = 40;
  return policy;
}();

int callback(lws* wsi, lws_callback_reasons reason, void* user, void* in, std::size_t size);

/// A frame on its way back.
struct Piece {
  std::vector<std::uint8_t> bytes;  ///< the payload stands behind the library's headroom
  bool begins = false;              ///< a message
  bool ends = false;
  bool text = false;

  [[nodiscard]] std::size_t size() const { return bytes.size() - LWS_PRE; }
  [[nodiscard]] lws_write_protocol kind() const {
    int kind = LWS_WRITE_CONTINUATION;
    if (begins) kind = text ? LWS_WRITE_TEXT : LWS_WRITE_BINARY;
    return static_cast<lws_write_protocol>(ends ? kind : kind | LWS_WRITE_NO_FIN);
  }
};

/// One WebSocket. Owned by the hub from adopt() until the library destroys its wsi.
class EchoConnection final : public PacedPeer {
 public:
  EchoConnection(EchoHub::Impl& hub, Seat seat) : hub_(hub), seat_(std::move(seat)) {}

  void fault() override;
  [[nodiscard]] bool paused() const override { return !closing_ && backlog_bytes_ > k_echo_backlog_bytes_max; }
  [[nodiscard]] bool has_unsent() const override { return !closing_ && (!pieces_.empty() || lws_partial_buffered(wsi_) != 0); }
  void reads() override;

  void established(lws* wsi);
  void received(std::span<const std::uint8_t> bytes);
  /// False: end the connection now.
  bool writable();
  void close(protocol::CloseCode code, std::string_view reason);
  void cut_if_stalled(ops::Nanoseconds now_ns);
  void closed() { wsi_ = nullptr; }

 private:
  void refuse(ops::Refusal refusal, protocol::CloseCode code, std::string_view reason);
  [[nodiscard]] bool is_text(std::span<const std::uint8_t> bytes, bool ends);
  void send_back(std::span<const std::uint8_t> bytes, bool begins, bool ends);

  EchoHub::Impl& hub_;
  Seat seat_;
  lws* wsi_ = nullptr;
  // The message that is coming.
  std::size_t message_bytes_ = 0;
  bool text_ = false;
  Utf8Stream utf8_;
  // What goes back.
  std::deque<Piece> pieces_;
  std::size_t backlog_bytes_ = 0;
  ops::Nanoseconds moved_at_ns_ = 0;  ///< when something was last taken, or began to wait
  bool closing_ = false;
  protocol::CloseCode close_code_ = protocol::CloseCode::normal;
  std::string close_reason_;
};

}  // namespace

struct EchoHub::Impl {
  ops::Metrics& metrics;
  std::array<lws_protocols, 2> protocols{};
  lws_context* context = nullptr;
  lws_vhost* vhost = nullptr;
  int epoll = -1;
  std::vector<std::unique_ptr<EchoConnection>> connections;
  EchoConnection* adopting = nullptr;  ///< waits for its wsi to be made
  ops::Nanoseconds now_ns = 0;
  bool moved = false;  ///< something was read or written in this round

  explicit Impl(ops::Metrics& metrics_) : metrics(metrics_) {}
  ~Impl() {
    if (context != nullptr) lws_context_destroy(context);
    if (epoll >= 0) close(epoll);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void forget(EchoConnection* connection) {
    std::erase_if(connections, [&](const auto& each) { return each.get() == connection; });
    metrics.connections.add(-1);
  }
};

namespace {

void EchoConnection::fault() {
  if (wsi_ == nullptr) return;
  const std::string_view text = frame_fault_text(watch.fault());
  refuse(ops::Refusal::malformed, protocol::CloseCode::protocol_error, text);
  // Said at once as well: some of these frames the library ends the connection for, before it asks us for anything. Nothing may
  // follow its close.
  pieces_.clear();
  std::string reason(text);
  lws_close_reason(wsi_, LWS_CLOSE_STATUS_PROTOCOL_ERR, reinterpret_cast<unsigned char*>(reason.data()), reason.size());
}

void EchoConnection::reads() { hub_.moved = true; }

void EchoConnection::established(lws* wsi) {
  wsi_ = wsi;
  if (watch.fault() != FrameFault::none) fault();
}

void EchoConnection::received(std::span<const std::uint8_t> bytes) {
  if (closing_) return;
  const bool begins = lws_is_first_fragment(wsi_) != 0;
  const bool ends = lws_is_final_fragment(wsi_) != 0;
  if (begins) {
    message_bytes_ = 0;
    text_ = lws_frame_is_binary(wsi_) == 0;
    utf8_ = {};
  }
  message_bytes_ += bytes.size();
  if (message_bytes_ + lws_remaining_packet_payload(wsi_) > k_echo_message_bytes_max) {
    return refuse(ops::Refusal::too_big, protocol::CloseCode::too_big, "a message holds at most 16777216 bytes");
  }
  if (text_ && !is_text(bytes, ends)) {
    return refuse(ops::Refusal::malformed, protocol::CloseCode::invalid_payload, "the text is not UTF-8");
  }
  send_back(bytes, begins, ends);
}

/// Our own check: the library's does not see a character that is cut off by an empty last fragment.
bool EchoConnection::is_text(std::span<const std::uint8_t> bytes, bool ends) {
  return std::all_of(bytes.begin(), bytes.end(), [&](std::uint8_t byte) { return utf8_.take(byte); }) && (!ends || utf8_.whole());
}

void EchoConnection::send_back(std::span<const std::uint8_t> bytes, bool begins, bool ends) {
  if (pieces_.empty()) moved_at_ns_ = hub_.now_ns;
  if (begins || pieces_.empty() || pieces_.back().size() + bytes.size() > k_piece_bytes_max) {
    pieces_.push_back({std::vector<std::uint8_t>(LWS_PRE), begins, false, text_});
    backlog_bytes_ += k_piece_cost_bytes;
  }
  Piece& piece = pieces_.back();
  piece.bytes.insert(piece.bytes.end(), bytes.begin(), bytes.end());
  piece.ends = ends;
  backlog_bytes_ += bytes.size();
  lws_callback_on_writable(wsi_);
}

bool EchoConnection::writable() {
  if (closing_ && pieces_.empty()) {
    lws_close_reason(wsi_, static_cast<lws_close_status>(close_code_), reinterpret_cast<unsigned char*>(close_reason_.data()),
                     close_reason_.size());
    return false;
  }
  while (!pieces_.empty() && lws_send_pipe_choked(wsi_) == 0) {
    Piece& piece = pieces_.front();
    if (lws_write(wsi_, piece.bytes.data() + LWS_PRE, piece.size(), piece.kind()) < 0) return false;
    backlog_bytes_ -= piece.size() + k_piece_cost_bytes;
    pieces_.pop_front();
    moved_at_ns_ = hub_.now_ns;
    hub_.moved = true;
  }
  if (closing_ || !pieces_.empty()) lws_callback_on_writable(wsi_);
  return true;
}

void EchoConnection::refuse(ops::Refusal refusal, protocol::CloseCode code, std::string_view reason) {
  if (closing_) return;
  hub_.metrics.refuse(refusal);
  close(code, reason);
}

void EchoConnection::close(protocol::CloseCode code, std::string_view reason) {
  if (closing_ || wsi_ == nullptr) return;
  closing_ = true;
  close_code_ = code;
  close_reason_ = reason;
  lws_set_timeout(wsi_, PENDING_TIMEOUT_USER_OK, k_close_patience_s);
  lws_callback_on_writable(wsi_);
}

void EchoConnection::cut_if_stalled(ops::Nanoseconds now_ns) {
  if (wsi_ == nullptr || closing_ || pieces_.empty() || now_ns - moved_at_ns_ < k_echo_stalled_ns) return;
  closing_ = true;
  hub_.metrics.refuse(ops::Refusal::unresponsive);
  lws_set_timeout(wsi_, PENDING_TIMEOUT_KILLED_BY_PARENT, LWS_TO_KILL_ASYNC);
}

int callback(lws* wsi, lws_callback_reasons reason, void*, void* in, std::size_t size) {
  auto* hub = static_cast<EchoHub::Impl*>(lws_context_user(lws_get_context(wsi)));
  if (reason == LWS_CALLBACK_SERVER_NEW_CLIENT_INSTANTIATED) {
    lws_set_opaque_user_data(wsi, static_cast<LibraryPeer*>(hub->adopting));
    hub->adopting = nullptr;
    return 0;
  }
  auto* connection = static_cast<EchoConnection*>(peer_of(wsi));
  if (connection == nullptr) return 0;
  switch (reason) {
    // Only checked upgrade requests come here; anything else that the library thinks it has found ends.
    case LWS_CALLBACK_HTTP:
    case LWS_CALLBACK_HTTP_BODY:
    case LWS_CALLBACK_RAW_ADOPT:
    case LWS_CALLBACK_RAW_RX:
      return -1;
    case LWS_CALLBACK_ESTABLISHED:
      connection->established(wsi);
      return 0;
    case LWS_CALLBACK_RECEIVE:
      connection->received({static_cast<const std::uint8_t*>(in), size});
      return 0;
    case LWS_CALLBACK_SERVER_WRITEABLE:
      return connection->writable() ? 0 : -1;
    case LWS_CALLBACK_WS_PEER_INITIATED_CLOSE:
      return answer_close(wsi, in, size);
    case LWS_CALLBACK_CLOSED:
      connection->closed();
      return 0;
    case LWS_CALLBACK_WSI_DESTROY:
      lws_set_opaque_user_data(wsi, nullptr);
      hub->forget(connection);
      return 0;
    default:
      return 0;
  }
}

}  // namespace

EchoHub::EchoHub(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EchoHub::~EchoHub() = default;

base::Result<std::unique_ptr<EchoHub>, std::string> EchoHub::create(ops::Metrics& metrics) {
  auto impl = std::make_unique<Impl>(metrics);
  impl->epoll = epoll_create1(EPOLL_CLOEXEC);
  if (impl->epoll < 0) return base::fail(std::string("no file descriptors are left: raise ulimit -n"));
  // The first of the list is what the library takes for a client that offers no subprotocol.
  impl->protocols[0] = library_protocol("echo", callback, Pace::watched_in_turns);
  impl->protocols[0].rx_buffer_size = k_piece_bytes_max;
  impl->protocols[0].tx_packet_size = k_piece_bytes_max + LWS_PRE;
  lws_context_creation_info info{};
  info.port = CONTEXT_PORT_NO_LISTEN_SERVER;
  info.protocols = impl->protocols.data();
  info.user = impl.get();
  info.options = LWS_SERVER_OPTION_EXPLICIT_VHOSTS;
  info.retry_and_idle_policy = &k_heartbeat;
  info.timeout_secs = 5;
  info.pt_serv_buf_size = k_piece_bytes_max;
  info.max_http_header_data = 1024;
  impl->context = lws_create_context(&info);
  if (impl->context == nullptr) return base::fail(std::string("libwebsockets cannot make a context"));
  impl->vhost = lws_create_vhost(impl->context, &info);
  if (impl->vhost == nullptr) return base::fail(std::string("libwebsockets cannot make a virtual host"));
  return std::unique_ptr<EchoHub>(new EchoHub(std::move(impl)));
}

void EchoHub::adopt(int socket, const Upgrade& upgrade, const std::string& leftover, Seat seat) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  epoll_ctl(impl_->epoll, EPOLL_CTL_ADD, socket, &event);
  impl_->connections.push_back(std::make_unique<EchoConnection>(*impl_, std::move(seat)));
  impl_->metrics.connections.add(1);
  EchoConnection* connection = impl_->connections.back().get();
  connection->watch.advance({reinterpret_cast<const std::uint8_t*>(leftover.data()), leftover.size()}, false);
  impl_->adopting = connection;
  const std::string request = canonical_request(upgrade) + leftover;
  lws_adopt_socket_vhost_readbuf(impl_->vhost, socket, request.data(), request.size());
  // Still set: the library gave up before it made its own object, and closed the socket.
  if (impl_->adopting != nullptr) impl_->forget(connection);
  impl_->adopting = nullptr;
}

void EchoHub::service(ops::Nanoseconds now_ns) {
  impl_->now_ns = now_ns;
  // Edge-triggered: to have asked is enough, the library finds out by itself who it was.
  std::array<epoll_event, 64> events;
  epoll_wait(impl_->epoll, events.data(), static_cast<int>(events.size()), 0);
  int rounds = 0;
  do {
    impl_->moved = false;
    lws_service(impl_->context, -1);
  } while (impl_->moved && ++rounds < k_rounds_max);
  for (const auto& connection : impl_->connections) connection->cut_if_stalled(now_ns);
}

bool EchoHub::busy() const { return impl_->moved; }

int EchoHub::wake() const { return impl_->epoll; }

void EchoHub::go_away(const std::string& reason) {
  for (const auto& connection : impl_->connections) connection->close(protocol::CloseCode::going_away, reason);
}

std::size_t EchoHub::connections() const { return impl_->connections.size(); }

}  // namespace cudgel::net
