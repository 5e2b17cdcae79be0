// Goal: acts reach the step at their tick, in order, once, and no tap is lost. Method: direct calls.

#include "realm/command_schedule.h"

#include <gtest/gtest.h>

#include "realm/inbox.h"
#include "session/rate_limit.h"

namespace cudgel::realm {
namespace {

protocol::Act act(std::uint32_t sequence, base::Tick tick, bool attack = false) {
  protocol::Act result;
  result.sequence = sequence;
  result.tick = tick;
  result.attack = attack;
  return result;
}

std::uint32_t taken(CommandSchedule& schedule, base::Tick tick) {
  const auto due = schedule.take_due(tick);
  return due ? due->sequence : 0;
}

TEST(CommandSchedule, an_act_waits_for_its_tick) {
  CommandSchedule schedule;
  schedule.add(act(1, 103), 100, 20);
  EXPECT_EQ(taken(schedule, 102), 0U);
  EXPECT_EQ(taken(schedule, 103), 1U);
  EXPECT_EQ(taken(schedule, 104), 0U);
}

TEST(CommandSchedule, a_late_act_goes_next) {
  CommandSchedule schedule;
  schedule.add(act(1, 50), 100, 20);
  EXPECT_EQ(taken(schedule, 100), 1U);
}

TEST(CommandSchedule, one_far_ahead_is_brought_forward) {
  CommandSchedule schedule;
  schedule.add(act(1, 4'000'000'000U), 100, 20);
  EXPECT_EQ(taken(schedule, 119), 0U);
  EXPECT_EQ(taken(schedule, 120), 1U);
}

TEST(CommandSchedule, old_and_repeated_sequences_are_ignored) {
  CommandSchedule schedule;
  EXPECT_EQ(schedule.add(act(2, 100), 100, 20), CommandSchedule::Accepted::yes);
  EXPECT_EQ(schedule.add(act(2, 100), 100, 20), CommandSchedule::Accepted::old);
  EXPECT_EQ(schedule.add(act(1, 100), 100, 20), CommandSchedule::Accepted::old);
  EXPECT_EQ(taken(schedule, 100), 2U);
  EXPECT_EQ(schedule.add(act(2, 101), 101, 20), CommandSchedule::Accepted::old);
  EXPECT_EQ(schedule.size(), 0U);
}

TEST(CommandSchedule, order_by_sequence_is_kept_even_against_the_ticks) {
  CommandSchedule schedule;
  schedule.add(act(1, 105), 100, 20);
  schedule.add(act(2, 101), 100, 20);
  EXPECT_EQ(taken(schedule, 101), 0U);
  EXPECT_EQ(taken(schedule, 105), 2U);
}

TEST(CommandSchedule, of_several_the_newest_wins) {
  CommandSchedule schedule;
  for (std::uint32_t i = 1; i <= 5; ++i) schedule.add(act(i, 90 + i), 100, 20);
  EXPECT_EQ(taken(schedule, 100), 5U);
  EXPECT_EQ(schedule.size(), 0U);
}

TEST(CommandSchedule, a_short_tap_is_not_lost) {
  CommandSchedule schedule;
  schedule.add(act(1, 97), 100, 20);
  schedule.add(act(2, 98, true), 100, 20);
  schedule.add(act(3, 99), 100, 20);
  schedule.add(act(4, 100), 100, 20);
  const auto press = schedule.take_due(100);
  ASSERT_TRUE(press);
  EXPECT_EQ(press->sequence, 2U);
  EXPECT_TRUE(press->attack);
  EXPECT_EQ(taken(schedule, 101), 4U);
  EXPECT_EQ(schedule.size(), 0U);
}

TEST(CommandSchedule, tapping_all_the_time_never_falls_behind) {
  CommandSchedule schedule;
  for (base::Tick tick = 100; tick < 300; ++tick) {
    schedule.add(act(tick * 2, tick, true), tick, 20);
    schedule.add(act(tick * 2 + 1, tick, false), tick, 20);
    schedule.take_due(tick);
    EXPECT_LE(schedule.size(), 1U);
  }
}

TEST(CommandSchedule, when_full_the_last_word_counts) {
  CommandSchedule schedule;
  for (std::uint32_t i = 1; i <= k_schedule_max; ++i)
    EXPECT_EQ(schedule.add(act(i, 110), 100, 20), CommandSchedule::Accepted::yes);
  EXPECT_EQ(schedule.add(act(99, 110), 100, 20), CommandSchedule::Accepted::replaced_newest);
  EXPECT_EQ(schedule.size(), k_schedule_max);
  EXPECT_EQ(taken(schedule, 110), 99U);
}

TEST(CommandSchedule, slack_says_how_early_it_came) {
  EXPECT_EQ(slack_of(103, 100), 3);
  EXPECT_EQ(slack_of(98, 100), -2);
  EXPECT_EQ(slack_of(4'000'000'000U, 100), 127);
  EXPECT_EQ(slack_of(0, 100'000), -127);
}

TEST(CommandSchedule, a_view_ages_while_its_act_is_late_and_never_beyond_a_byte) {
  protocol::Act seen = act(1, 100);
  seen.view_age = 40;
  EXPECT_EQ(view_age_at(seen, 100), 40);
  EXPECT_EQ(view_age_at(seen, 97), 40);  // one that was brought forward
  EXPECT_EQ(view_age_at(seen, 102), 72);
  EXPECT_EQ(view_age_at(seen, 113), 248);
  EXPECT_EQ(view_age_at(seen, 114), 255);
  EXPECT_EQ(view_age_at(seen, 4'000'000'000U), 255);
}

TEST(Inbox, a_full_one_says_so_and_loses_nothing_it_took) {
  Inbox inbox;
  for (std::size_t i = 0; i < k_acts_per_batch_max; ++i)
    ASSERT_TRUE(inbox.add(PlayerAct{{1, 1}, act(static_cast<std::uint32_t>(i), 0)}));
  EXPECT_FALSE(inbox.add(PlayerAct{}));
  inbox.hand_over();
  ASSERT_TRUE(inbox.add(PlayerAct{{2, 1}, act(7, 0)}));
  inbox.hand_over();  // the realm has not come by: it waits
  InputBatch batch;
  inbox.take(batch);
  EXPECT_EQ(batch.acts.size(), k_acts_per_batch_max);
  inbox.hand_over();
  batch.clear();
  inbox.take(batch);
  ASSERT_EQ(batch.acts.size(), 1U);
  EXPECT_EQ(batch.acts[0].who.index, 2);
}

TEST(RateLimit, a_burst_is_fine_then_drops_then_it_is_too_often) {
  session::RateLimit limit(10, 20);
  using Verdict = session::RateLimit::Verdict;
  const ops::Nanoseconds now = 1000 * ops::k_ns_per_s;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(limit.spend(1, now), Verdict::fine);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(limit.spend(1, now), Verdict::drop);
  EXPECT_EQ(limit.spend(1, now), Verdict::too_often);
}

TEST(RateLimit, without_debt_what_is_refused_costs_nothing) {
  session::RateLimit limit(1, 4);
  const ops::Nanoseconds now_ns = 1000 * ops::k_ns_per_s;
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(limit.spend_if_there(1, now_ns));
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(limit.spend_if_there(1, now_ns));
  EXPECT_FALSE(limit.spend_if_there(2, now_ns + ops::k_ns_per_s));
  EXPECT_TRUE(limit.spend_if_there(1, now_ns + ops::k_ns_per_s));
}

TEST(RateLimit, the_usual_rate_is_fine_for_ever) {
  session::RateLimit limit(10, 20);
  for (int i = 0; i < 100000; ++i) {
    ASSERT_EQ(limit.spend(1, (1000 * 10 + i) * ops::k_ns_per_s / 10), session::RateLimit::Verdict::fine);
  }
}

}  // namespace
}  // namespace cudgel::realm
