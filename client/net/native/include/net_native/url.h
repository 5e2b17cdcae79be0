#pragma once
// The parts of a ws:// address.

#include <cstdint>
#include <optional>
#include <string>

namespace cudgel::net {

struct WsUrl {
  std::string host;  ///< without the brackets of an IPv6 address
  std::uint16_t port = 80;
  std::string path = "/";
};

/// Nothing when it is not ws://HOST[:PORT][/PATH].
std::optional<WsUrl> parse_ws_url(const std::string& url);

}  // namespace cudgel::net
