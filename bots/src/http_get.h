#pragma once
// Fetches one file over plain HTTP, once, before the players start. Blocks; knows no redirects and no encodings.

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"

namespace cudgel::bots {

/// The body, or in words why not. At most 64 MB and 10 seconds of silence.
base::Result<std::vector<std::uint8_t>, std::string> http_get(const std::string& host, std::uint16_t port, const std::string& path);

}  // namespace cudgel::bots
