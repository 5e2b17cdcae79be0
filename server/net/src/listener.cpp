#include "net/listener.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace cudgel::net {
namespace {

/// Connections that wait to be accepted; the threads come by at least twice per tick.
constexpr int k_backlog = 512;

struct Address {
  sockaddr_storage storage{};
  socklen_t length = 0;
  int family = AF_INET;
};

base::Result<Address, std::string> resolve(const std::string& host, std::uint16_t port) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  const int status = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found);
  if (status != 0) return base::fail(fmt::format("{} is no address of this machine: {}", host, gai_strerror(status)));
  Address address;
  std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
  address.length = found->ai_addrlen;
  address.family = found->ai_family;
  freeaddrinfo(found);
  return address;
}

void set_port(Address& address, std::uint16_t port) {
  if (address.family == AF_INET6) {
    reinterpret_cast<sockaddr_in6&>(address.storage).sin6_port = htons(port);
  } else {
    reinterpret_cast<sockaddr_in&>(address.storage).sin_port = htons(port);
  }
}

std::uint16_t bound_port(int socket) {
  Address address;
  address.length = sizeof address.storage;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&address.storage), &address.length) != 0) return 0;
  return ntohs(address.storage.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(address.storage).sin6_port
                                                     : reinterpret_cast<sockaddr_in&>(address.storage).sin_port);
}

/// A listening socket, or -errno.
int open_one(const Address& address, bool shared) {
  const int one = 1;
  const int zero = 0;
  const int socket = ::socket(address.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) return -errno;
  setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  if (shared) setsockopt(socket, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
  if (address.family == AF_INET6) setsockopt(socket, IPPROTO_IPV6, IPV6_V6ONLY, &zero, sizeof zero);
  if (bind(socket, reinterpret_cast<const sockaddr*>(&address.storage), address.length) != 0 || listen(socket, k_backlog) != 0) {
    const int error = errno;
    close(socket);
    return -error;
  }
  return socket;
}

std::string advice(int error) {
  switch (error) {
    case EADDRINUSE:
      return "somebody listens there already; choose another port, or 0 for a free one";
    case EACCES:
      return "this user may not; choose a port of 1024 or above";
    case EADDRNOTAVAIL:
      return "it is no address of this machine";
    default:
      return std::strerror(error);
  }
}

}  // namespace

base::Result<Listeners, std::string> open_listeners(const std::string& host, std::uint16_t port, std::int32_t count) {
  auto address = resolve(host, port);
  if (!address) return base::fail("--listen: " + address.error());
  // The first is opened without sharing: a shared port would be taken silently from another server of the same user.
  const int first = open_one(*address, false);
  if (first < 0) return base::fail(fmt::format("--listen {}:{}: {}", host, port, advice(-first)));
  Listeners listeners;
  listeners.port = bound_port(first);
  if (count == 1) {
    listeners.sockets.push_back(first);
    return listeners;
  }
  close(first);
  set_port(*address, listeners.port);
  for (std::int32_t i = 0; i < count; ++i) {
    const int socket = open_one(*address, true);
    if (socket < 0) {
      for (const int opened : listeners.sockets) close(opened);
      return base::fail(fmt::format("--listen {}:{}: {}", host, listeners.port, advice(-socket)));
    }
    listeners.sockets.push_back(socket);
  }
  return listeners;
}

}  // namespace cudgel::net
