#include "raw_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace cudgel::test {

RawSocket::RawSocket(std::uint16_t port, int receive_buffer_bytes) {
  socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (receive_buffer_bytes > 0) setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer_bytes, sizeof receive_buffer_bytes);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) close();
}

RawSocket::~RawSocket() { close(); }

void RawSocket::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

bool RawSocket::send(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

bool RawSocket::receive(std::string& bytes, Milliseconds time) const {
  pollfd waiting{socket_, POLLIN, 0};
  if (poll(&waiting, 1, static_cast<int>(time.count())) != 1) return false;
  std::array<char, 65536> buffer;
  const ssize_t count = recv(socket_, buffer.data(), buffer.size(), 0);
  if (count <= 0) return false;
  bytes.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

std::string RawSocket::receive_all(Milliseconds time) const {
  const auto until = std::chrono::steady_clock::now() + time;
  std::string bytes;
  for (;;) {
    const auto left = std::chrono::duration_cast<Milliseconds>(until - std::chrono::steady_clock::now());
    if (left.count() <= 0 || !receive(bytes, left)) return bytes;
  }
}

bool RawSocket::ends_within(Milliseconds time) const {
  const auto until = std::chrono::steady_clock::now() + time;
  std::array<char, 65536> buffer;
  for (;;) {
    // Rounded up: the last fraction of a millisecond is waited for, too.
    const auto left = std::chrono::ceil<Milliseconds>(until - std::chrono::steady_clock::now());
    pollfd waiting{socket_, POLLIN, 0};
    if (left.count() <= 0 || poll(&waiting, 1, static_cast<int>(left.count())) != 1) return false;
    if (recv(socket_, buffer.data(), buffer.size(), 0) <= 0) return true;
  }
}

std::string HttpAnswer::header(std::string_view name) const {
  std::size_t at = head.find("\r\n");
  while (at != std::string::npos) {
    at += 2;
    const std::size_t end = head.find("\r\n", at);
    const std::string line = head.substr(at, end == std::string::npos ? end : end - at);
    const std::size_t colon = line.find(':');
    if (colon == name.size() && strncasecmp(line.data(), name.data(), colon) == 0) {
      return line.substr(line.find_first_not_of(' ', colon + 1));
    }
    at = end;
  }
  return {};
}

HttpAnswer read_answer(const RawSocket& socket, bool no_body) {
  std::string bytes;
  while (bytes.find("\r\n\r\n") == std::string::npos) {
    if (!socket.receive(bytes, Milliseconds(8000))) return {};
  }
  HttpAnswer answer;
  const std::size_t head_end = bytes.find("\r\n\r\n");
  answer.head = bytes.substr(0, head_end);
  answer.body = bytes.substr(head_end + 4);
  if (answer.head.starts_with("HTTP/1.1 ")) answer.status = std::stoi(answer.head.substr(9, 3));
  const std::string length = answer.header("content-length");
  const std::size_t expected = no_body || length.empty() ? 0 : std::stoul(length);
  while (answer.body.size() < expected) {
    if (!socket.receive(answer.body, Milliseconds(8000))) break;
  }
  return answer;
}

HttpAnswer http(std::uint16_t port, const std::string& method, const std::string& target, const std::string& extra) {
  const RawSocket socket(port);
  socket.send(method + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(port) + "\r\n" + extra + "\r\n");
  return read_answer(socket, method == "HEAD");
}

HttpAnswer http_raw(std::uint16_t port, const std::string& bytes) {
  const RawSocket socket(port);
  socket.send(bytes);
  return read_answer(socket);
}

}  // namespace cudgel::test
