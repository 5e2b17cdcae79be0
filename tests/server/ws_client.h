#pragma once
// A WebSocket client made by hand, so that tests can also do everything wrong: unmasked, fragmented, oversized, cut off.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "raw_socket.h"

namespace cudgel::test {

struct WsFrame {
  int opcode = 0;
  bool final = true;
  std::string payload;
};

struct WsClose {
  int code = 0;
  std::string reason;
};

inline constexpr int k_opcode_continuation = 0;
inline constexpr int k_opcode_text = 1;
inline constexpr int k_opcode_binary = 2;
inline constexpr int k_opcode_close = 8;
inline constexpr int k_opcode_ping = 9;
inline constexpr int k_opcode_pong = 10;

/// The request of a handshake; every part can be made wrong.
struct WsRequest {
  std::string path = "/ws";
  std::string origin;  ///< empty: no Origin header
  std::string protocols = "cudgel.6, cudgel";
  std::string version = "13";
  std::string key = "dGhlIHNhbXBsZSBub25jZQ==";
  std::string extra;   ///< whole header lines
  std::string behind;  ///< bytes sent right behind the request
  int receive_buffer_bytes = 0;
};

/// One frame as a client sends it.
std::string ws_frame(int opcode, std::string_view payload, bool final = true, bool masked = true);

class WsClient {
 public:
  explicit WsClient(std::uint16_t port, const WsRequest& request = {});

  /// What the handshake was answered.
  [[nodiscard]] const HttpAnswer& answer() const { return answer_; }
  [[nodiscard]] bool open() const { return answer_.status == 101; }
  /// False when the server is gone.
  bool send(std::span<const std::uint8_t> message) { return send_frame(k_opcode_binary, as_text(message)); }
  bool send_frame(int opcode, std::string_view payload, bool final = true, bool masked = true) {
    return socket_.send(ws_frame(opcode, payload, final, masked));
  }
  /// Bytes as they are.
  bool send_raw(std::string_view bytes) { return socket_.send(bytes); }
  /// The next frame of any kind; pings are answered and skipped. Nothing when none came or the stream ended.
  std::optional<WsFrame> receive(Milliseconds time = Milliseconds(3000));
  /// The next binary message.
  std::optional<std::string> message(Milliseconds time = Milliseconds(3000));
  /// Reads until the close frame. Nothing when the stream ended without one.
  std::optional<WsClose> wait_close(Milliseconds time = Milliseconds(3000));
  RawSocket& socket() { return socket_; }

  static std::string_view as_text(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  static std::span<const std::uint8_t> as_bytes(const std::string& text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
  }

 private:
  RawSocket socket_;
  HttpAnswer answer_;
  std::string received_;
};

std::string ws_request_text(std::uint16_t port, const WsRequest& request);

}  // namespace cudgel::test
