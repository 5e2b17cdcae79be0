#pragma once
// 64-bit fingerprint of bytes (XXH64): the same on every machine. For comparing states and content, never for secrets.

#include <cstddef>
#include <cstdint>
#include <span>

namespace cudgel::base {
std::uint64_t hash_bytes(std::span<const std::uint8_t> bytes, std::uint64_t seed = 0);
}
