// Goal: lumps are told from stalls and from a page that slept; the order of roads and the pauses between climbs are what they should be.
// Method: arrivals and losses at exact times; 60 display frames a second.

#include <cmath>
#include <functional>

#include <gtest/gtest.h>

#include "core/lump_watch.h"
#include "core/road_choice.h"

namespace cudgel::core {
namespace {

using Order = RoadChoice::Order;

constexpr double k_frame_ms = 1000.0 / 60;
constexpr double k_tick_ms = 50;

/// Milliseconds until the watch calls the road lumpy, or -1: not within `run_ms`. `comes(t)`: when what the server sent at t arrives.
double found_after_ms(double run_ms, const std::function<double(double)>& comes) {
  LumpWatch watch;
  watch.begin(0);
  double sent_ms = 0;
  for (double now_ms = 0; now_ms < run_ms; now_ms += k_frame_ms) {
    for (; comes(sent_ms) <= now_ms; sent_ms += k_tick_ms) watch.arrived();
    watch.ran(now_ms);
    if (watch.lumpy()) return now_ms;
  }
  return -1;
}

/// Arrives at the next multiple of `flush_ms`.
std::function<double(double)> buffered(double flush_ms) {
  return [flush_ms](double sent_ms) { return std::ceil(sent_ms / flush_ms) * flush_ms; };
}

TEST(LumpWatch, a_proxy_that_flushes_once_a_second_or_less_often_is_found_within_ten_seconds) {
  for (const double flush_ms : {1000.0, 1500.0, 2000.0, 3000.0, 4000.0}) {
    SCOPED_TRACE(flush_ms);
    const double found_ms = found_after_ms(30000, buffered(flush_ms));
    EXPECT_GT(found_ms, 0);
    EXPECT_LT(found_ms, 10000);
  }
}

TEST(LumpWatch, even_delay_and_short_buffers_are_not_lumps) {
  EXPECT_EQ(found_after_ms(60000, [](double sent_ms) { return sent_ms; }), -1);
  EXPECT_EQ(found_after_ms(60000, [](double sent_ms) { return sent_ms + 2000; }), -1);
  for (const double flush_ms : {100.0, 300.0, 600.0}) EXPECT_EQ(found_after_ms(60000, buffered(flush_ms)), -1) << flush_ms;
}

TEST(LumpWatch, a_stall_that_a_connection_survives_is_not_lumps_whenever_it_begins) {
  for (double begins_ms = 0; begins_ms < 4000; begins_ms += 100) {
    const auto stalled = [begins_ms](double sent_ms) {
      return sent_ms >= begins_ms && sent_ms < begins_ms + 4900 ? begins_ms + 4900 : sent_ms;
    };
    EXPECT_EQ(found_after_ms(20000, stalled), -1) << begins_ms;
  }
}

TEST(LumpWatch, a_slow_page_finds_lumps_too) {
  LumpWatch watch;
  watch.begin(0);
  // Four display frames a second, now and then a longer one.
  double now_ms = 0;
  double handed_on_ms = 0;
  for (int i = 0; i < 100 && !watch.lumpy(); ++i) {
    now_ms += i % 8 == 0 ? 400 : 240;
    if (now_ms - handed_on_ms >= 2000) {
      watch.arrived();
      handed_on_ms = now_ms;
    }
    watch.ran(now_ms);
  }
  EXPECT_TRUE(watch.lumpy());
  EXPECT_LT(now_ms, 14000);
}

TEST(LumpWatch, what_the_page_slept_through_is_not_the_roads_fault) {
  LumpWatch watch;
  watch.begin(0);
  // A hidden tab: it runs once in two seconds and finds two seconds of frames.
  for (double now_ms = 2000; now_ms < 60000; now_ms += 2000) {
    watch.arrived();
    watch.ran(now_ms);
    EXPECT_FALSE(watch.lumpy());
  }
}

TEST(RoadChoice, a_lost_road_leads_to_itself_then_down_then_up) {
  RoadChoice choice(4, 1);
  choice.begin(std::nullopt);
  EXPECT_EQ(choice.from_best(0), (Order{0, 1, 2, 3}));
  choice.began(1, false, 0);
  EXPECT_TRUE(choice.lost(1, 10000)) << "worth another try";
  EXPECT_EQ(choice.after(1, 10000), (Order{2, 3, 0}));
  EXPECT_FALSE(choice.lost(1, 40000)) << "twice within a minute: not first any more";
  EXPECT_TRUE(choice.lost(1, 101000));
}

TEST(RoadChoice, a_road_that_brought_lumps_is_the_last_to_be_tried_and_not_climbed_to_for_five_minutes) {
  RoadChoice choice(4, 1);
  choice.begin(std::nullopt);
  choice.lumpy(1, 1000);
  EXPECT_EQ(choice.from_best(2000), (Order{0, 2, 3, 1}));
  EXPECT_EQ(choice.above(3, 2000), (Order{0, 2}));
  choice.began(2, false, 2000);
  EXPECT_TRUE(choice.climb_due(2, 60000)) << "the best one was never lumpy";
  EXPECT_EQ(choice.above(3, 302000), (Order{0, 1, 2}));
}

TEST(RoadChoice, a_forced_road_has_no_others) {
  RoadChoice choice(4, 1);
  choice.begin(2);
  choice.lumpy(2, 0);
  EXPECT_EQ(choice.from_best(1), (Order{2}));
  EXPECT_TRUE(choice.after(2, 1).empty());
  EXPECT_TRUE(choice.above(2, 1).empty());
  EXPECT_TRUE(choice.below(2).empty());
  choice.began(2, false, 1);
  EXPECT_FALSE(choice.climb_due(2, 1e9));
}

/// When the next climb is due, to 100 ms.
double next_climb_ms(const RoadChoice& choice, std::size_t road, double now_ms) {
  double at_ms = now_ms;
  while (!choice.climb_due(road, at_ms) && at_ms < now_ms + 1e6) at_ms += 100;
  return at_ms - now_ms;
}

TEST(RoadChoice, pauses_between_climbs_double_from_ten_seconds_to_five_minutes) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    RoadChoice choice(2, seed);
    choice.begin(std::nullopt);
    double now_ms = 5000;
    choice.began(1, false, now_ms);
    for (const double expected_ms : {10000.0, 20000.0, 40000.0, 80000.0, 160000.0, 300000.0, 300000.0}) {
      const double pause_ms = next_climb_ms(choice, 1, now_ms);
      EXPECT_GE(pause_ms, expected_ms * 0.7);
      EXPECT_LE(pause_ms, expected_ms * 1.3 + 100);
      now_ms += pause_ms;
      choice.climb_failed(now_ms);
    }
  }
}

TEST(RoadChoice, a_road_climbed_to_that_does_not_last_makes_the_next_pause_longer_and_one_that_lasts_the_first_again) {
  RoadChoice choice(2, 1);
  choice.begin(std::nullopt);
  double now_ms = 0;
  const auto climb_and_lose_after = [&](double stay_ms) {
    choice.began(0, true, now_ms);
    now_ms += stay_ms;
    choice.lost(0, now_ms);
    choice.began(1, false, now_ms);
    const double pause_ms = next_climb_ms(choice, 1, now_ms);
    now_ms += pause_ms;
    return pause_ms;
  };
  EXPECT_GE(climb_and_lose_after(5000), 14000);
  EXPECT_GE(climb_and_lose_after(5000), 28000);
  EXPECT_LE(climb_and_lose_after(90000), 13100);
}

}  // namespace
}  // namespace cudgel::core
