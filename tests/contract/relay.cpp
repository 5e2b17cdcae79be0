#include "relay.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace cudgel::test {

namespace {
/// Read at a time: a prime, so that pieces begin everywhere in messages.
constexpr std::size_t k_piece_bytes = 4093;

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}
int new_socket(int flags) { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | flags, 0); }
bool would_wait() { return errno == EAGAIN || errno == EINPROGRESS; }
}  // namespace

Relay::Relay(std::uint16_t server_port) : server_port_(server_port), listener_(new_socket(SOCK_NONBLOCK)) {
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size);
  ::listen(listener_, 64);
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
}

Relay::~Relay() { cut(); }

void Relay::cut() {
  for (const Pair& pair : pairs_) {
    ::close(pair.up.from);
    ::close(pair.up.to);
  }
  pairs_.clear();
  if (listener_ >= 0) ::close(listener_);
  listener_ = -1;
}

void Relay::accept_all() {
  if (listener_ < 0) return;
  for (;;) {
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (client < 0) return;
    const int server = new_socket(SOCK_NONBLOCK);
    const sockaddr_in address = loopback(server_port_);
    ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    pairs_.push_back({{client, server, {}, false}, {server, client, {}, false}});
  }
}

/// False when the other end has broken.
bool Relay::carry(Lane& lane) {
  std::array<char, k_piece_bytes> piece{};
  // What is not taken stays, and nothing is read behind it: a stalled reader is felt by the writer.
  while (true) {
    if (lane.under_way.empty() && !lane.ended) {
      const ssize_t got = ::recv(lane.from, piece.data(), piece.size(), 0);
      if (got < 0 && !would_wait()) return false;
      if (got < 0) return true;
      lane.ended = got == 0;
      if (lane.ended) ::shutdown(lane.to, SHUT_WR);
      if (got > 0) lane.under_way.assign(piece.data(), static_cast<std::size_t>(got));
    }
    if (lane.under_way.empty()) return true;
    const ssize_t taken = ::send(lane.to, lane.under_way.data(), lane.under_way.size(), MSG_NOSIGNAL);
    if (taken < 0) return would_wait();
    lane.under_way.erase(0, static_cast<std::size_t>(taken));
  }
}

void Relay::turn() {
  accept_all();
  std::erase_if(pairs_, [](Pair& pair) {
    const bool whole = carry(pair.up) && carry(pair.down);
    const bool over = pair.up.ended && pair.down.ended && pair.up.under_way.empty() && pair.down.under_way.empty();
    if (whole && !over) return false;
    ::close(pair.up.from);
    ::close(pair.up.to);
    return true;
  });
}

}  // namespace cudgel::test
