#pragma once
// Decides whether a request may become a WebSocket: path, handshake headers, Origin and subprotocol, all before the WebSocket
// library sees a byte of it. No socket.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "net/http_request.h"
#include "session/connection.h"

namespace cudgel::net {

inline constexpr const char* k_websocket_path = "/ws";
inline constexpr const char* k_echo_path = "/echo";

enum class Endpoint : std::uint8_t { game, echo };

struct Upgrade {
  Endpoint endpoint = Endpoint::game;
  std::string key;          ///< Sec-WebSocket-Key, 24 characters of base64
  std::string subprotocol;  ///< the one chosen; none for the echo
  session::Offer offer;
};

/// True when the request asks to become a WebSocket, rightly or wrongly; false: it is the site's business.
bool asks_for_websocket(const HttpRequest& request, bool diagnostics = false);

/// `allow_origins` as in origin.h. `diagnostics`: there is an echo, too.
base::Result<Upgrade, HttpRefusal> check_upgrade(const HttpRequest& request, const std::vector<std::string>& allow_origins,
                                                 bool diagnostics = false);

/// A fresh request that says only what was checked: what the WebSocket library gets to read instead of the stranger's.
std::string canonical_request(const Upgrade& upgrade);

}  // namespace cudgel::net
