#pragma once
// Base64 as a stranger sends it: RFC 4648, the standard alphabet with padding, and nothing else.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace cudgel::net {

/// Nothing unless the text is the one canonical form of its bytes: no spaces, no missing padding, no bits left over.
std::optional<std::vector<std::uint8_t>> decode_base64(std::string_view text);

}  // namespace cudgel::net
