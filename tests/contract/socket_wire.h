#pragma once
// The wires whose bytes go through sockets.

#include <memory>
#include <string>

#include "wire.h"

namespace cudgel::test {

/// "sse", "longpoll", "poll", else WebSocket.
std::unique_ptr<Wire> make_socket_wire(const std::string& name);

}  // namespace cudgel::test
