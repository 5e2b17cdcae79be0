#pragma once
// The page's HttpClient: fetch(), with answers read as they come. What has arrived waits in JavaScript (src/fetch_library.js), within
// k_exchange_bytes_max for each exchange, until it is polled. Only addresses of the page's own origin. Main thread only.

#include <memory>

#include "net_http/http_client.h"

namespace cudgel::net {

std::unique_ptr<HttpClient> make_fetch_client();

}  // namespace cudgel::net
