#pragma once
// How far two words lie apart, for "did you mean". Bytes, not characters: the names it is asked about are ASCII.

#include <cstddef>
#include <string_view>

namespace cudgel::base {
/// Fewest insertions, deletions, replacements and swaps of neighbours that make `b` of `a` (optimal string alignment).
std::size_t edit_distance(std::string_view a, std::string_view b);
}  // namespace cudgel::base
