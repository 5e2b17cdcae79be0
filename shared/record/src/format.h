#pragma once
// What encode.cpp and reader.cpp agree on beside the schema.

#include <array>
#include <cstddef>
#include <cstdint>

namespace cudgel::record {
inline constexpr std::array<std::uint8_t, 8> k_file_head{'C', 'D', 'G', 'L', 'R', 'E', 'C', '1'};
inline constexpr std::size_t k_chunk_head_bytes = 16;  ///< length, zero, checksum
inline constexpr std::size_t k_alignment = 8;          ///< of payloads
}  // namespace cudgel::record
