#pragma once
// Opens the port. Each network thread gets a listening socket of its own on the same port (SO_REUSEPORT), so that the kernel
// spreads the players; whether somebody else already listens there is found out first and said in words.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace cudgel::net {

struct Listeners {
  std::vector<int> sockets;  ///< non-blocking, one per thread; the caller closes them
  std::uint16_t port = 0;    ///< the one picked when 0 was asked for
};

base::Result<Listeners, std::string> open_listeners(const std::string& host, std::uint16_t port, std::int32_t count);

}  // namespace cudgel::net
