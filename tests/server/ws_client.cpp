#include "ws_client.h"

namespace cudgel::test {
namespace {

/// One whole frame at the front of `bytes`, removed; nothing while it is incomplete. Server frames are never masked.
std::optional<WsFrame> take_frame(std::string& bytes) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])); };
  if (bytes.size() < 2) return std::nullopt;
  std::uint64_t length = byte(1) & 0x7FU;
  std::size_t at = 2;
  const std::size_t extended = length == 126 ? 2 : length == 127 ? 8 : 0;
  if (bytes.size() < at + extended) return std::nullopt;
  if (extended > 0) {
    length = 0;
    for (std::size_t i = 0; i < extended; ++i) length = length << 8U | byte(at + i);
  }
  at += extended;
  if (bytes.size() < at + length) return std::nullopt;
  WsFrame frame;
  frame.opcode = static_cast<int>(byte(0) & 0x0FU);
  frame.final = (byte(0) & 0x80U) != 0;
  frame.payload = bytes.substr(at, length);
  bytes.erase(0, at + length);
  return frame;
}

}  // namespace

std::string ws_frame(int opcode, std::string_view payload, bool final, bool masked) {
  std::string frame;
  frame += static_cast<char>(opcode | (final ? 0x80 : 0));
  const int mask_bit = masked ? 0x80 : 0;
  if (payload.size() < 126) {
    frame += static_cast<char>(static_cast<int>(payload.size()) | mask_bit);
  } else if (payload.size() < 65536) {
    frame += static_cast<char>(126 | mask_bit);
    frame += static_cast<char>(payload.size() >> 8U);
    frame += static_cast<char>(payload.size() & 0xFFU);
  } else {
    frame += static_cast<char>(127 | mask_bit);
    for (int shift = 56; shift >= 0; shift -= 8)
      frame += static_cast<char>(payload.size() >> static_cast<unsigned>(shift) & 0xFFU);
  }
  constexpr std::string_view k_mask("\x12\x34\x56\x78", 4);
  if (masked) frame += k_mask;
  for (std::size_t i = 0; i < payload.size(); ++i) {
    frame += masked ? static_cast<char>(payload[i] ^ k_mask[i % 4]) : payload[i];
  }
  return frame;
}

std::string ws_request_text(std::uint16_t port, const WsRequest& request) {
  std::string text = "GET " + request.path + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) +
                     "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
  if (!request.version.empty()) text += "Sec-WebSocket-Version: " + request.version + "\r\n";
  if (!request.key.empty()) text += "Sec-WebSocket-Key: " + request.key + "\r\n";
  if (!request.protocols.empty()) text += "Sec-WebSocket-Protocol: " + request.protocols + "\r\n";
  if (!request.origin.empty()) text += "Origin: " + request.origin + "\r\n";
  return text + request.extra + "\r\n" + request.behind;
}

WsClient::WsClient(std::uint16_t port, const WsRequest& request) : socket_(port, request.receive_buffer_bytes) {
  if (!socket_.connected() || !socket_.send(ws_request_text(port, request))) return;
  answer_ = read_answer(socket_);
  if (!open()) return;
  // Frames may come right behind the head.
  received_ = std::move(answer_.body);
  answer_.body.clear();
}

std::optional<WsFrame> WsClient::receive(Milliseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  for (;;) {
    if (auto frame = take_frame(received_)) {
      if (frame->opcode != k_opcode_ping) return frame;
      send_frame(k_opcode_pong, frame->payload);
      continue;
    }
    const auto left = std::chrono::duration_cast<Milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0 || !socket_.receive(received_, left)) return std::nullopt;
  }
}

std::optional<std::string> WsClient::message(Milliseconds time) {
  auto frame = receive(time);
  if (!frame || frame->opcode != k_opcode_binary) return std::nullopt;
  return std::move(frame->payload);
}

std::optional<WsClose> WsClient::wait_close(Milliseconds time) {
  const auto until = std::chrono::steady_clock::now() + time;
  for (;;) {
    const auto left = std::chrono::duration_cast<Milliseconds>(until - std::chrono::steady_clock::now());
    const auto frame = receive(std::max(left, Milliseconds(0)));
    if (!frame) return std::nullopt;
    if (frame->opcode != k_opcode_close) continue;
    WsClose close;
    if (frame->payload.size() >= 2) {
      close.code = static_cast<unsigned char>(frame->payload[0]) << 8 | static_cast<unsigned char>(frame->payload[1]);
      close.reason = frame->payload.substr(2);
    }
    send_frame(k_opcode_close, frame->payload.substr(0, 2));
    return close;
  }
}

}  // namespace cudgel::test
