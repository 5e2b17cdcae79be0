#pragma once
// What save.cpp and restore.cpp agree on beside the schema.

#include <cstdint>

namespace cudgel::sim {
/// Raise when an old save would be misread.
inline constexpr std::uint32_t k_save_format = 2;
}  // namespace cudgel::sim
