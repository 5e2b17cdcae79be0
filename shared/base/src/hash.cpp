#include "base/hash.h"

#include <xxhash.h>

namespace cudgel::base {
std::uint64_t hash_bytes(std::span<const std::uint8_t> bytes, std::uint64_t seed) {
  return XXH64(bytes.data(), bytes.size(), seed);
}
}  // namespace cudgel::base
