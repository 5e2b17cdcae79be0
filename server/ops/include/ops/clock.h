#pragma once
// The steady clock of the server's edges, in nanoseconds. The sim never sees it: time there is the tick.

#include <cstdint>
#include <ctime>

namespace cudgel::ops {

using Nanoseconds = std::int64_t;
inline constexpr Nanoseconds k_ns_per_ms = 1'000'000;
inline constexpr Nanoseconds k_ns_per_s = 1'000'000'000;

/// CLOCK_MONOTONIC: never set back, the clock of clock_nanosleep.
inline Nanoseconds monotonic_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<Nanoseconds>(now.tv_sec) * k_ns_per_s + now.tv_nsec;
}

}  // namespace cudgel::ops
