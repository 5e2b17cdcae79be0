#include "net_native/url.h"

#include <charconv>
#include <string_view>

namespace cudgel::net {

std::optional<WsUrl> parse_ws_url(const std::string& url) {
  constexpr std::string_view k_scheme = "ws://";
  std::string_view rest = url;
  if (!rest.starts_with(k_scheme)) return std::nullopt;
  rest.remove_prefix(k_scheme.size());
  WsUrl parts;
  const std::size_t slash = rest.find('/');
  if (slash != std::string_view::npos) {
    parts.path = rest.substr(slash);
    rest = rest.substr(0, slash);
  }
  std::size_t host_end = rest.find(':');
  if (rest.starts_with('[')) {
    const std::size_t bracket = rest.find(']');
    if (bracket == std::string_view::npos) return std::nullopt;
    parts.host = rest.substr(1, bracket - 1);
    host_end = bracket + 1 < rest.size() ? bracket + 1 : std::string_view::npos;
    if (host_end != std::string_view::npos && rest[host_end] != ':') return std::nullopt;
  } else {
    parts.host = rest.substr(0, host_end);
  }
  if (parts.host.empty()) return std::nullopt;
  if (host_end != std::string_view::npos) {
    const std::string_view digits = rest.substr(host_end + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), parts.port);
    if (error != std::errc{} || end != digits.data() + digits.size() || parts.port == 0) return std::nullopt;
  }
  return parts;
}

}  // namespace cudgel::net
