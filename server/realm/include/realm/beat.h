#pragma once
// When the next tick is due: absolute deadlines, one period apart, so that errors do not add up; after a stall a few ticks are made up
// for at once and the rest is given up. Arithmetic only: it reads no clock.

#include "ops/clock.h"

namespace cudgel::realm {

/// Ticks made up for after a stall. More would make everybody jump; fewer would slow the world after each hiccup of the machine.
inline constexpr int k_catch_up_ticks_max = 4;

struct Beat {
  ops::Nanoseconds period_ns = 0;
  ops::Nanoseconds deadline_ns = 0;  ///< of the tick that is due next

  /// What waking up at a time for the tick that was due means.
  struct Woken {
    bool late = false;                    ///< by more than half a period
    ops::Nanoseconds stood_still_ns = 0;  ///< between the deadline and now
    ops::Nanoseconds skipped_ticks = 0;   ///< given up
  };

  /// Takes the tick that was due; from then on the next one is.
  Woken wake(ops::Nanoseconds now_ns) {
    Woken woken;
    woken.stood_still_ns = now_ns - deadline_ns;
    woken.late = woken.stood_still_ns > period_ns / 2;
    const ops::Nanoseconds behind = woken.stood_still_ns / period_ns;
    if (behind > k_catch_up_ticks_max) woken.skipped_ticks = behind - k_catch_up_ticks_max;
    deadline_ns += (woken.skipped_ticks + 1) * period_ns;
    return woken;
  }
};

}  // namespace cudgel::realm
