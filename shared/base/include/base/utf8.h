#pragma once
// Checks of text that came from outside. Never changes text.

#include <cstddef>
#include <optional>
#include <string_view>

namespace cudgel::base {
/// Number of code points, or nothing when `text` is not valid UTF-8 (overlong forms, surrogates and values above U+10FFFF are invalid).
std::optional<std::size_t> utf8_length(std::string_view text);
/// True when `text` is fit for display as a name: valid UTF-8, 1..characters_max code points, no control characters
/// (C0, C1, line separators, bidirectional marks, zero-width), not only spaces.
bool is_displayable_name(std::string_view text, std::size_t characters_max);
}  // namespace cudgel::base
