#pragma once
// Counts values in fixed buckets, for the metrics page. Any thread may record. Only counts.

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include "ops/clock.h"

namespace cudgel::ops {

class Histogram {
 public:
  /// Upper bounds of the buckets, ascending; what is larger goes into one more. A value of `per_unit` is 1 on the page.
  struct Scale {
    std::array<std::int64_t, 20> bounds;
    std::int64_t per_unit;
  };
  /// Microseconds around a tick of 50 ms.
  static constexpr Scale k_tick_scale{{50,    100,   200,   500,   1000,  2000,  5000,  10000,  20000,  40000,
                                       45000, 48000, 50000, 52000, 55000, 60000, 80000, 100000, 250000, 1000000},
                                      1000000};
  /// Microseconds over the internet.
  static constexpr Scale k_network_scale{{5000,   10000,  20000,  30000,  40000,  50000,  60000,  80000,   100000,  125000,
                                          150000, 200000, 250000, 300000, 400000, 500000, 750000, 1000000, 2000000, 5000000},
                                         1000000};
  /// Display frames a second.
  static constexpr Scale k_frames_scale{{1, 5, 10, 15, 20, 25, 29, 35, 40, 45, 50, 55, 59, 65, 75, 90, 120, 144, 165, 240}, 1};

  explicit Histogram(const Scale& scale = k_tick_scale) : scale_(scale) {}

  /// For scales in microseconds.
  void record(Nanoseconds duration_ns) { count(duration_ns / 1000); }
  void count(std::int64_t value);
  /// All lines but HELP and TYPE; `labels` without braces, may be empty.
  void render(std::string& text, const char* name, const char* labels = "") const;

 private:
  const Scale& scale_;
  std::array<std::atomic<std::uint64_t>, 21> buckets_{};
  std::atomic<std::uint64_t> sum_{0};
};

}  // namespace cudgel::ops
