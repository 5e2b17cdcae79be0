#pragma once
// A clock that runs a whole number of times as fast as the real one, counted from an origin: for programs that play an hour in minutes.
// Only the arithmetic; it reads no clock.

#include <cstdint>

namespace cudgel::base {

/// 20: twenty seconds of the scaled clock pass in a real one. 1: it is the real clock.
inline constexpr std::int32_t k_time_factor_min = 1;
inline constexpr std::int32_t k_time_factor_max = 100;

struct TimeScale {
  std::int64_t factor = 1;  ///< k_time_factor_min..k_time_factor_max
  std::int64_t origin_ns =
      0;  ///< both clocks show this at once; from there on, so that large readings times the factor still fit

  [[nodiscard]] constexpr std::int64_t scaled_ns(std::int64_t real_ns) const {
    return origin_ns + (real_ns - origin_ns) * factor;
  }
  /// The real reading at which the scaled clock shows that, at most a nanosecond late.
  [[nodiscard]] constexpr std::int64_t real_ns(std::int64_t scaled_ns) const {
    const std::int64_t since = scaled_ns - origin_ns;
    return origin_ns + (since > 0 ? (since + factor - 1) / factor : since / factor);
  }
  /// How long a scaled duration is really, rounded down.
  [[nodiscard]] constexpr std::int64_t real_duration_ns(std::int64_t scaled_ns) const { return scaled_ns / factor; }
};

}  // namespace cudgel::base
