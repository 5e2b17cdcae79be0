#pragma once
// Breaks a line of text for a narrow place: at spaces where there are any, between characters where there are none, as Chinese is written.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cudgel::game {

/// At most `lines_max` lines of at most `columns_max` columns; a character of a wide script takes two. What does not fit ends in an
/// ellipsis. `text` is valid UTF-8.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns_max, std::size_t lines_max);

}  // namespace cudgel::game
