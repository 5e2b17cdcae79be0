#include "net/upgrade.h"

#include <algorithm>
#include <charconv>

#include "net/origin.h"
#include "protocol/limits.h"

namespace cudgel::net {
namespace {

/// 16 bytes in base64: 22 characters and two signs of padding.
bool is_websocket_key(std::string_view key) {
  if (key.size() != 24 || !key.ends_with("==")) return false;
  return std::all_of(key.begin(), key.end() - 2, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '/';
  });
}

/// Which of the offered subprotocols is spoken; empty when none is.
std::string choose_subprotocol(const HttpRequest& request, session::Offer& offer) {
  bool exact = false;
  bool any = false;
  const std::string family = std::string(protocol::k_subprotocol_any) + ".";
  for_each_token(request.header("sec-websocket-protocol"), [&](std::string_view name) {
    exact = exact || name == protocol::k_subprotocol;
    any = any || name == protocol::k_subprotocol_any;
    if (!name.starts_with(family)) return;
    int version = 0;
    const char* end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data() + family.size(), end, version);
    if (error == std::errc() && stop == end && version > 0) offer.their_version = std::max(offer.their_version, version);
  });
  offer.our_version = exact;
  if (exact) return protocol::k_subprotocol;
  return any ? protocol::k_subprotocol_any : "";
}

}  // namespace

bool asks_for_websocket(const HttpRequest& request, bool diagnostics) {
  return request.has("upgrade") || request.path == k_websocket_path || (diagnostics && request.path == k_echo_path);
}

base::Result<Upgrade, HttpRefusal> check_upgrade(const HttpRequest& request, const std::vector<std::string>& allow_origins,
                                                 bool diagnostics) {
  const bool echo = diagnostics && request.path == k_echo_path;
  if (!echo && request.path != k_websocket_path) return base::fail(HttpRefusal{404, "the game's WebSocket is at /ws"});
  if (request.method != "GET") return base::fail(HttpRefusal{405, "a WebSocket begins with GET"});
  if (!request.lists("upgrade", "websocket") || !request.lists("connection", "upgrade")) {
    return base::fail(HttpRefusal{426, "this is a WebSocket: open it with Upgrade: websocket and Connection: Upgrade"});
  }
  if (request.header("sec-websocket-version") != "13") {
    return base::fail(HttpRefusal{426, "the WebSocket version must be 13"});
  }
  Upgrade upgrade;
  upgrade.key = request.header("sec-websocket-key");
  if (!is_websocket_key(upgrade.key)) return base::fail(HttpRefusal{400, "sec-websocket-key must be 16 bytes in base64"});
  if (!origin_allowed(request, allow_origins)) {
    return base::fail(HttpRefusal{403, "this page may not connect: its origin is not allowed here (see --allow-origin)"});
  }
  if (echo) {
    upgrade.endpoint = Endpoint::echo;
    return upgrade;
  }
  upgrade.subprotocol = choose_subprotocol(request, upgrade.offer);
  if (upgrade.subprotocol.empty()) {
    return base::fail(HttpRefusal{400, std::string("sec-websocket-protocol must offer ") + protocol::k_subprotocol});
  }
  return upgrade;
}

std::string canonical_request(const Upgrade& upgrade) {
  std::string request = std::string("GET ") + (upgrade.endpoint == Endpoint::echo ? k_echo_path : k_websocket_path) +
                        " HTTP/1.1\r\nHost: cudgel\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: " +
                        upgrade.key + "\r\n";
  if (!upgrade.subprotocol.empty()) request += "Sec-WebSocket-Protocol: " + upgrade.subprotocol + "\r\n";
  return request + "\r\n";
}

}  // namespace cudgel::net
