#pragma once
// Reads the endless answer of an `sse` road (docs/TRANSPORTS.md): Server-Sent Events, the part of them our server speaks and nothing more.
// Takes bytes cut anywhere, holds at most one line and one event, and believes nothing: the first fault is the last word.
//
//   : words                      a comment: the stream flows
//   data: BASE64                 a message, ended by an empty line
//   event: close + data: CODE REASON   the road's end, with the code and the words of a WebSocket close
//
// Lines end with LF or CR LF.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cudgel::net {

class EventStreamReader {
 public:
  enum class Found : std::uint8_t { nothing, comment, message, close, malformed };

  /// Takes bytes from the front of `rest` up to the next thing found; nothing: all are taken and more are needed. Once malformed, always so.
  Found next(std::span<const std::uint8_t>& rest);

  /// After Found::message; at most protocol::k_server_frame_bytes_max bytes, gone when taken.
  std::vector<std::uint8_t> take_message() { return std::move(message_); }
  /// After Found::close.
  [[nodiscard]] std::uint16_t close_code() const { return close_code_; }
  [[nodiscard]] const std::string& close_reason() const { return close_reason_; }
  /// After Found::malformed: static text that says what is wrong.
  [[nodiscard]] const char* fault() const { return fault_; }

 private:
  Found fail(const char* fault);
  Found read_line(std::string_view line);
  Found read_field(std::string_view name, std::string_view value);
  Found finish_event();

  std::string line_;  ///< so far
  bool has_name_ = false;
  bool has_data_ = false;
  std::string data_;
  std::vector<std::uint8_t> message_;
  std::uint16_t close_code_ = 0;
  std::string close_reason_;
  const char* fault_ = nullptr;
};

}  // namespace cudgel::net
