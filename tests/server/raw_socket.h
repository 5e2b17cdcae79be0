#pragma once
// A blocking loopback TCP socket with deadlines, and HTTP by hand on top of it.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cudgel::test {

using Milliseconds = std::chrono::milliseconds;

class RawSocket {
 public:
  /// Connects to 127.0.0.1. `receive_buffer_bytes` 0 leaves the system's size.
  explicit RawSocket(std::uint16_t port, int receive_buffer_bytes = 0);
  ~RawSocket();
  RawSocket(RawSocket&& other) noexcept : socket_(other.socket_) { other.socket_ = -1; }
  RawSocket(const RawSocket&) = delete;
  RawSocket& operator=(const RawSocket&) = delete;

  [[nodiscard]] bool connected() const { return socket_ >= 0; }
  /// False when the peer is gone.
  bool send(std::string_view bytes) const;
  /// Appends what comes within `time` (at least one read); false at the end of the stream or when nothing came.
  bool receive(std::string& bytes, Milliseconds time) const;
  /// Reads until the peer ends or `time` is over.
  [[nodiscard]] std::string receive_all(Milliseconds time) const;
  /// True when the peer ended the stream within `time`; what it still sent is thrown away.
  [[nodiscard]] bool ends_within(Milliseconds time) const;
  void close();

 private:
  int socket_ = -1;
};

struct HttpAnswer {
  int status = 0;    ///< 0: no answer
  std::string head;  ///< with the status line
  std::string body;
  /// Value of a header (any case), or empty.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// Reads one answer by its Content-Length; `no_body` for answers to HEAD.
HttpAnswer read_answer(const RawSocket& socket, bool no_body = false);
/// One request on a connection of its own. `extra` are whole header lines with CR LF.
HttpAnswer http(std::uint16_t port, const std::string& method, const std::string& target, const std::string& extra = "");
/// Sends bytes as they are and reads whatever is answered.
HttpAnswer http_raw(std::uint16_t port, const std::string& bytes);

}  // namespace cudgel::test
