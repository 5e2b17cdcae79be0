#pragma once
// Fetches one file over HTTP, whole, before there is anything else to do. Blocks; follows no redirect, takes no proxy.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace cudgel::net {

/// The body of a 200 at `url` (http:// or https://), or in words why not, the address in front. At most 64 MB and 10 seconds of silence.
base::Result<std::vector<std::uint8_t>, std::string> download_file(const std::string& url);

}  // namespace cudgel::net
