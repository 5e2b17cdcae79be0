#pragma once
// The server's network code without a world behind it: real sockets, HTTP, WebSockets and roads, whose sessions are the test's. What
// net::NetThread does on a thread of its own happens here when the test says so.

#include <memory>
#include <unordered_map>

#include "net/http_connection.h"
#include "net/listener.h"
#include "net/road_hub.h"
#include "net/web_socket.h"
#include "session/connection.h"

namespace cudgel::test {

class ContractServer {
 public:
  explicit ContractServer(session::ConnectionHost& host);
  ~ContractServer();
  ContractServer(const ContractServer&) = delete;
  ContractServer& operator=(const ContractServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return listeners_.port; }
  void turn();
  /// The server's clock goes ahead by so much.
  void skip(ops::Nanoseconds time) { skipped_ns_ += time; }

 private:
  [[nodiscard]] ops::Nanoseconds now_ns() const { return ops::monotonic_ns() + skipped_ns_; }
  void accept_all();
  void settle(int socket, net::HttpConnection::Outcome outcome);

  ops::Nanoseconds skipped_ns_ = 0;
  net::Listeners listeners_;
  ops::Metrics metrics_;
  ops::LimitedLog log_;
  net::Admission admission_{64, 0, true};
  std::vector<std::string> no_origins_;
  net::Site site_{net::WebFiles(), metrics_};
  net::RoadHub roads_;
  net::HttpContext context_;
  std::unique_ptr<net::WebSocketHub> web_sockets_;
  std::unordered_map<int, std::unique_ptr<net::HttpConnection>> http_;
};

}  // namespace cudgel::test
