#include "net_web/web_transport.h"

#include <string>
#include <utility>
#include <vector>

#include <emscripten/websocket.h>

#include "core/incoming_queue.h"
#include "protocol/limits.h"

namespace cudgel::net {

namespace {

using core::SendResult;
using core::TransportEvent;

/// What may wait for poll(). A hidden tab polls once a second or once a minute, while frames go on arriving: this is several minutes
/// of them. A page that sleeps longer is disconnected and joins again when it wakes.
constexpr std::size_t k_queue_bytes_max = std::size_t{4} << 20U;
/// Bytes the browser may hold for us before we would rather send something newer.
constexpr std::size_t k_buffered_bytes_max = 16384;
constexpr std::uint16_t k_lost_code = 1006;
constexpr unsigned short k_state_open = 1;

class WebTransport final : public core::Transport {
 public:
  WebTransport() = default;
  ~WebTransport() override { drop(); }
  WebTransport(const WebTransport&) = delete;
  WebTransport& operator=(const WebTransport&) = delete;

  void open(const std::string& url) override {
    drop();
    incoming_.clear();
    const std::string protocols = std::string(protocol::k_subprotocol) + "," + protocol::k_subprotocol_any;
    EmscriptenWebSocketCreateAttributes attributes{};
    attributes.url = url.c_str();
    attributes.protocols = protocols.c_str();
    attributes.createOnMainThread = EM_TRUE;
    socket_ = emscripten_websocket_new(&attributes);
    if (socket_ <= 0) {
      socket_ = 0;
      incoming_.closed(k_lost_code, "this browser has no WebSocket");
      return;
    }
    emscripten_websocket_set_onopen_callback(socket_, this, on_open);
    emscripten_websocket_set_onmessage_callback(socket_, this, on_message);
    emscripten_websocket_set_onclose_callback(socket_, this, on_close);
  }

  SendResult send(std::span<const std::uint8_t> message) override {
    if (!is_open()) return SendResult::closed;
    if (buffered_bytes() + message.size() > k_buffered_bytes_max) return SendResult::backpressure;
    // The library takes a mutable pointer and only reads.
    auto* bytes = const_cast<std::uint8_t*>(message.data());
    const auto result = emscripten_websocket_send_binary(socket_, bytes, static_cast<std::uint32_t>(message.size()));
    return result == EMSCRIPTEN_RESULT_SUCCESS ? SendResult::sent : SendResult::closed;
  }

  void close(std::uint16_t code, const std::string& reason) override {
    if (socket_ == 0) return;
    // A page may only use 1000 and 3000..4999, and a reason of at most 123 bytes.
    const std::uint16_t allowed = code == 1000 || code >= 3000 ? code : std::uint16_t{1000};
    emscripten_websocket_close(socket_, allowed, reason.substr(0, 123).c_str());
    forget();
  }

  bool poll(TransportEvent& event) override { return incoming_.take(event); }

  [[nodiscard]] std::size_t buffered_bytes() const override {
    unsigned long long bytes = 0;
    if (socket_ != 0) emscripten_websocket_get_buffered_amount(socket_, &bytes);
    return static_cast<std::size_t>(bytes);
  }

  [[nodiscard]] const char* name() const override { return "ws"; }

 private:
  [[nodiscard]] bool is_open() const {
    unsigned short state = 0;
    return socket_ != 0 && emscripten_websocket_get_ready_state(socket_, &state) == EMSCRIPTEN_RESULT_SUCCESS &&
           state == k_state_open;
  }
  /// No events of this socket from now on.
  void forget() {
    emscripten_websocket_delete(socket_);
    socket_ = 0;
  }
  void drop() {
    if (socket_ != 0) close(1000, "");
  }

  static EM_BOOL on_open(int /*type*/, const EmscriptenWebSocketOpenEvent* /*event*/, void* user) {
    static_cast<WebTransport*>(user)->incoming_.opened();
    return EM_TRUE;
  }
  static EM_BOOL on_message(int /*type*/, const EmscriptenWebSocketMessageEvent* event, void* user) {
    auto& self = *static_cast<WebTransport*>(user);
    if (event->isText != 0 || event->numBytes > protocol::k_server_frame_bytes_max) {
      self.close(static_cast<std::uint16_t>(protocol::CloseCode::malformed), "not a frame");
      self.incoming_.closed(k_lost_code, "the server sent something that is no frame");
    } else if (!self.incoming_.has_room(event->numBytes)) {
      self.close(static_cast<std::uint16_t>(protocol::CloseCode::unresponsive), "the page slept");
      self.incoming_.closed(k_lost_code, "the page slept too long");
    } else {
      self.incoming_.message({event->data, event->data + event->numBytes});
    }
    return EM_TRUE;
  }
  static EM_BOOL on_close(int /*type*/, const EmscriptenWebSocketCloseEvent* event, void* user) {
    auto& self = *static_cast<WebTransport*>(user);
    self.incoming_.closed(event->code, event->reason);
    self.forget();
    return EM_TRUE;
  }

  EMSCRIPTEN_WEBSOCKET_T socket_ = 0;
  core::IncomingQueue incoming_{k_queue_bytes_max};
};

}  // namespace

std::unique_ptr<core::Transport> make_web_transport() { return std::make_unique<WebTransport>(); }

}  // namespace cudgel::net
