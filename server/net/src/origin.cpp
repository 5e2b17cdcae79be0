#include "net/origin.h"

#include <algorithm>

namespace cudgel::net {

bool origin_allowed(const HttpRequest& request, const std::vector<std::string>& allow_origins) {
  if (!request.has("origin")) return true;
  const std::string_view origin = request.header("origin");
  const std::string_view host = request.header("host");
  // TLS may end at a proxy in front of us, so both schemes of our own host are ours.
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.size() == scheme.size() + host.size() && equal_ignoring_case(origin.substr(0, scheme.size()), scheme) &&
        equal_ignoring_case(origin.substr(scheme.size()), host)) {
      return true;
    }
  }
  return std::any_of(allow_origins.begin(), allow_origins.end(),
                     [&](const std::string& allowed) { return allowed == "*" || equal_ignoring_case(allowed, origin); });
}

}  // namespace cudgel::net
