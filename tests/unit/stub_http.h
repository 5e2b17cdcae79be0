#pragma once
// An HTTP server that says what the test writes, byte for byte: one thread, asked by the test whether something has arrived. Understands
// Content-Length and no more.

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cudgel::test {

class StubHttp {
 public:
  struct Request {
    std::size_t connection = 0;  ///< which one it came over, from 0
    std::string head;            ///< up to the empty line
    std::string body;
  };

  StubHttp() : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~StubHttp() {
    for (std::size_t i = 0; i < connections_.size(); ++i) end(i);
    ::close(listener_);
  }
  StubHttp(const StubHttp&) = delete;
  StubHttp& operator=(const StubHttp&) = delete;

  /// HOST:PORT.
  [[nodiscard]] std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
  /// The next whole request that has arrived; does not wait.
  std::optional<Request> next() {
    const int accepted = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (accepted >= 0) connections_.push_back({accepted, {}, false});
    for (std::size_t i = 0; i < connections_.size(); ++i) {
      read(connections_[i]);
      if (auto request = take(connections_[i].arrived)) {
        request->connection = i;
        return request;
      }
    }
    return std::nullopt;
  }
  void say(std::size_t connection, const std::string& bytes) {
    static_cast<void>(::send(connections_[connection].socket, bytes.data(), bytes.size(), MSG_NOSIGNAL));
  }
  void end(std::size_t connection) {
    if (connections_[connection].socket >= 0) ::close(std::exchange(connections_[connection].socket, -1));
  }
  /// The client has closed it.
  [[nodiscard]] bool left(std::size_t connection) {
    read(connections_[connection]);
    return connections_[connection].left;
  }

 private:
  struct Connection {
    int socket = -1;
    std::string arrived;
    bool left = false;
  };
  static void read(Connection& connection) {
    std::array<char, 4096> part{};
    if (connection.socket < 0) return;
    const ssize_t got = ::recv(connection.socket, part.data(), part.size(), 0);
    if (got == 0) connection.left = true;
    if (got > 0) connection.arrived.append(part.data(), static_cast<std::size_t>(got));
  }
  static std::optional<Request> take(std::string& arrived) {
    const std::size_t end = arrived.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    const std::size_t field = arrived.find("Content-Length: ");
    const std::size_t length =
        field < end ? std::strtoul(arrived.c_str() + field + std::strlen("Content-Length: "), nullptr, 10) : 0;
    if (arrived.size() < end + 4 + length) return std::nullopt;
    Request request{0, arrived.substr(0, end + 2), arrived.substr(end + 4, length)};
    arrived.erase(0, end + 4 + length);
    return request;
  }

  int listener_;
  std::uint16_t port_ = 0;
  std::vector<Connection> connections_;
};

}  // namespace cudgel::test
