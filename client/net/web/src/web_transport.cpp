#include "net_web/web_transport.h"

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include <emscripten/websocket.h>

#include "protocol/limits.h"

namespace cudgel::net {

namespace {

using core::SendResult;
using core::TransportEvent;

/// What may wait for poll(). A hidden tab is not drawn and does not poll, while frames go on arriving: this is several minutes
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
    queue_.clear();
    queued_bytes_ = 0;
    const std::string protocols = std::string(protocol::k_subprotocol) + "," + protocol::k_subprotocol_any;
    EmscriptenWebSocketCreateAttributes attributes{};
    attributes.url = url.c_str();
    attributes.protocols = protocols.c_str();
    attributes.createOnMainThread = EM_TRUE;
    socket_ = emscripten_websocket_new(&attributes);
    if (socket_ <= 0) {
      socket_ = 0;
      push_closed(k_lost_code, "this browser has no WebSocket");
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

  bool poll(TransportEvent& event) override {
    if (queue_.empty()) return false;
    Item item = std::move(queue_.front());
    queue_.pop_front();
    queued_bytes_ -= item.bytes.size();
    given_ = std::move(item.bytes);
    event.type = item.type;
    event.message = given_;
    event.close_code = item.close_code;
    event.close_reason = std::move(item.close_reason);
    return true;
  }

  [[nodiscard]] std::size_t buffered_bytes() const override {
    unsigned long long bytes = 0;
    if (socket_ != 0) emscripten_websocket_get_buffered_amount(socket_, &bytes);
    return static_cast<std::size_t>(bytes);
  }

  [[nodiscard]] const char* name() const override { return "ws"; }

 private:
  struct Item {
    TransportEvent::Type type = TransportEvent::Type::none;
    std::vector<std::uint8_t> bytes;
    std::uint16_t close_code = 0;
    std::string close_reason;
  };

  [[nodiscard]] bool is_open() const {
    unsigned short state = 0;
    return socket_ != 0 && emscripten_websocket_get_ready_state(socket_, &state) == EMSCRIPTEN_RESULT_SUCCESS &&
           state == k_state_open;
  }
  void push_closed(std::uint16_t code, std::string reason) {
    queue_.push_back({TransportEvent::Type::closed, {}, code, std::move(reason)});
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
    static_cast<WebTransport*>(user)->queue_.push_back({TransportEvent::Type::opened, {}, 0, {}});
    return EM_TRUE;
  }
  static EM_BOOL on_message(int /*type*/, const EmscriptenWebSocketMessageEvent* event, void* user) {
    auto& self = *static_cast<WebTransport*>(user);
    if (event->isText != 0 || event->numBytes > protocol::k_server_frame_bytes_max) {
      self.close(static_cast<std::uint16_t>(protocol::CloseCode::malformed), "not a frame");
      self.push_closed(k_lost_code, "the server sent something that is no frame");
    } else if (self.queued_bytes_ + event->numBytes > k_queue_bytes_max) {
      self.close(static_cast<std::uint16_t>(protocol::CloseCode::unresponsive), "the page slept");
      self.push_closed(k_lost_code, "the page slept too long");
    } else {
      self.queued_bytes_ += event->numBytes;
      self.queue_.push_back({TransportEvent::Type::message, {event->data, event->data + event->numBytes}, 0, {}});
    }
    return EM_TRUE;
  }
  static EM_BOOL on_close(int /*type*/, const EmscriptenWebSocketCloseEvent* event, void* user) {
    auto& self = *static_cast<WebTransport*>(user);
    self.push_closed(event->code, event->reason);
    self.forget();
    return EM_TRUE;
  }

  EMSCRIPTEN_WEBSOCKET_T socket_ = 0;
  std::deque<Item> queue_;
  std::size_t queued_bytes_ = 0;
  std::vector<std::uint8_t> given_;
};

}  // namespace

std::unique_ptr<core::Transport> make_web_transport() { return std::make_unique<WebTransport>(); }

}  // namespace cudgel::net
