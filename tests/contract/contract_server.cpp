#include "contract_server.h"

#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

namespace cudgel::test {

ContractServer::ContractServer(session::ConnectionHost& host)
    : listeners_(net::open_listeners("127.0.0.1", 0, 1).value()),
      roads_(host, admission_, metrics_, 0, [this] { return now_ns(); }),
      context_{site_, no_origins_, metrics_, log_, roads_, 0, 1, false, {}},
      web_sockets_(net::WebSocketHub::create(host, metrics_).value()) {}

ContractServer::~ContractServer() {
  http_.clear();
  for (const int socket : listeners_.sockets) close(socket);
}

void ContractServer::turn() {
  accept_all();
  std::vector<int> sockets;
  for (const auto& [socket, connection] : http_) sockets.push_back(socket);
  for (const int socket : sockets) {
    const auto found = http_.find(socket);
    if (found != http_.end()) settle(socket, found->second->advance(now_ns()));
  }
  roads_.service();
  web_sockets_->service();
  // Every socket has a turn anyway.
  context_.woken.clear();
}

void ContractServer::accept_all() {
  for (;;) {
    const int socket = ::accept4(listeners_.sockets[0], nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) return;
    std::optional<net::Seat> seat;
    if (admission_.admit("127.0.0.1", seat) != net::Admission::Verdict::admitted) std::abort();
    http_[socket] = std::make_unique<net::HttpConnection>(socket, std::move(*seat), context_, now_ns());
  }
}

void ContractServer::settle(int socket, net::HttpConnection::Outcome outcome) {
  using Outcome = net::HttpConnection::Outcome;
  if (outcome == Outcome::wait_readable || outcome == Outcome::wait_writable) return;
  if (outcome == Outcome::upgrade) {
    net::HttpConnection& connection = *http_[socket];
    connection.take_socket();
    metrics_.connections.add(-1);
    web_sockets_->adopt(socket, connection.upgrade(), connection.leftover(), connection.take_seat());
  }
  http_.erase(socket);
}

}  // namespace cudgel::test
