// Goal: ticks come once per period, a stall is made up for by at most four ticks and the rest is counted. Method: a beat woken at times
// made up here.

#include "realm/beat.h"

#include <gtest/gtest.h>

namespace cudgel::realm {
namespace {

constexpr ops::Nanoseconds k_period = 50 * ops::k_ns_per_ms;

/// Ticks until the next one lies in the future, as the thread does after a stall.
int ticks_due(Beat& beat, ops::Nanoseconds now_ns) {
  int ticks = 0;
  for (; beat.deadline_ns <= now_ns; ++ticks) beat.wake(now_ns);
  return ticks;
}

TEST(Beat, small_delays_do_not_add_up) {
  Beat beat{k_period, k_period};
  for (int i = 1; i <= 1000; ++i) {
    const Beat::Woken woken = beat.wake(i * k_period + 3 * ops::k_ns_per_ms);
    EXPECT_FALSE(woken.late);
    EXPECT_EQ(woken.skipped_ticks, 0);
    EXPECT_EQ(beat.deadline_ns, (i + 1) * k_period);
  }
}

TEST(Beat, more_than_half_a_period_is_late) {
  Beat beat{k_period, k_period};
  EXPECT_FALSE(beat.wake(k_period + k_period / 2).late);
  EXPECT_TRUE(beat.wake(2 * k_period + k_period / 2 + 1).late);
}

TEST(Beat, up_to_four_ticks_are_made_up_for) {
  for (int missed = 0; missed <= k_catch_up_ticks_max; ++missed) {
    Beat beat{k_period, k_period};
    const ops::Nanoseconds now_ns = k_period + missed * k_period + 1;
    const Beat::Woken woken = Beat(beat).wake(now_ns);
    EXPECT_EQ(woken.skipped_ticks, 0) << missed;
    EXPECT_EQ(ticks_due(beat, now_ns), missed + 1) << "the one that was due, and those missed";
    EXPECT_EQ(beat.deadline_ns, (missed + 2) * k_period) << "the old beat goes on";
  }
}

TEST(Beat, of_a_long_stall_the_rest_is_given_up_and_counted) {
  Beat beat{k_period, k_period};
  const ops::Nanoseconds now_ns = 101 * k_period + 7;
  const Beat::Woken woken = beat.wake(now_ns);
  EXPECT_TRUE(woken.late);
  EXPECT_EQ(woken.stood_still_ns, 100 * k_period + 7);
  EXPECT_EQ(woken.skipped_ticks, 100 - k_catch_up_ticks_max);
  EXPECT_EQ(ticks_due(beat, now_ns), k_catch_up_ticks_max);
  EXPECT_EQ(beat.deadline_ns, 102 * k_period) << "the old beat goes on";
}

}  // namespace
}  // namespace cudgel::realm
