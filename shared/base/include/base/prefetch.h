#pragma once
// Memory that will be looked at soon, fetched while something else is being done. A hint: changes nothing but the time, and any address will do.

#include <cstddef>

namespace cudgel::base {

inline constexpr std::size_t k_cache_line_bytes = 64;

/// The first `lines` cache lines from `begin` on.
inline void prefetch(const void* begin, std::size_t lines) {
  const auto* at = static_cast<const char*>(begin);
  for (std::size_t i = 0; i < lines; ++i) __builtin_prefetch(at + i * k_cache_line_bytes);
}

}  // namespace cudgel::base
