#pragma once
// The steady clock of the server's edges, in nanoseconds. The sim never sees it: time there is the tick.

#include <cstdint>
#include <ctime>

#include "base/time_scale.h"

namespace cudgel::ops {

using Nanoseconds = std::int64_t;
inline constexpr Nanoseconds k_ns_per_ms = 1'000'000;
inline constexpr Nanoseconds k_ns_per_s = 1'000'000'000;

/// CLOCK_MONOTONIC: never set back, the clock of clock_nanosleep.
inline Nanoseconds real_monotonic_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<Nanoseconds>(now.tv_sec) * k_ns_per_s + now.tv_nsec;
}

/// How fast this process's time runs: the one place where --time-factor counts. Set once by run_time_faster(), read by every thread.
inline base::TimeScale process_time;

/// From now on monotonic_ns() runs `factor` times as fast (base::k_time_factor_min..max). Before the first thread begins, and once.
inline void run_time_faster(std::int32_t factor) { process_time = {factor, real_monotonic_ns()}; }

/// The clock of everything here that waits or measures.
inline Nanoseconds monotonic_ns() { return process_time.scaled_ns(real_monotonic_ns()); }

/// For the system's own sleeps, which know nothing of process_time: the moment of CLOCK_MONOTONIC at which monotonic_ns() shows `deadline_ns`.
inline timespec real_deadline(Nanoseconds deadline_ns) {
  const Nanoseconds real_ns = process_time.real_ns(deadline_ns);
  return {real_ns / k_ns_per_s, real_ns % k_ns_per_s};
}
/// How many whole milliseconds the system has to sleep for that long; rounded down.
inline std::int64_t real_sleep_ms(Nanoseconds duration_ns) { return process_time.real_duration_ns(duration_ns) / k_ns_per_ms; }

}  // namespace cudgel::ops
