#pragma once
// Which pages may talk to the game: the same answer for a WebSocket and for the HTTP roads.

#include <string>
#include <vector>

#include "net/http_request.h"

namespace cudgel::net {

/// `allow_origins`: in lower case, "*" allows every page. The page of the host that was asked is always allowed. A request without Origin
/// comes from no page (bots, tools) and is allowed.
bool origin_allowed(const HttpRequest& request, const std::vector<std::string>& allow_origins);

}  // namespace cudgel::net
