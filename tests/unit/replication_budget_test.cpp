// Goal: whatever is pending and however frames come, nobody waits longer than a second, no frame is larger than promised, and what it
// holds is the most important. Method: queues filled at random, emptied by choose() frame after frame; every seed is named.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/random.h"
#include "replication/budget.h"

namespace cudgel::replication {
namespace {

constexpr std::size_t k_no_limit = 1'000'000;

std::vector<Pending> pending_at(const std::vector<std::int32_t>& distances) {
  std::vector<Pending> pending;
  for (const std::int32_t distance : distances) {
    const auto place = static_cast<std::uint32_t>(pending.size());
    pending.push_back({{static_cast<std::uint16_t>(place), 1}, place, distance, 0, false});
  }
  return pending;
}

std::vector<std::uint32_t> places(const std::vector<Pending>& pending) {
  std::vector<std::uint32_t> list;
  for (const Pending& one : pending) list.push_back(one.place);
  return list;
}

TEST(Choose, nobody_is_left_out_up_to_the_usual_number) {
  auto pending = pending_at({5, 9, 1, 7});
  choose(pending, {4, k_no_limit, 1});
  EXPECT_EQ(places(pending), (std::vector<std::uint32_t>{0, 1, 2, 3}));
}

TEST(Choose, the_nearest_come_first_in_the_order_of_their_places) {
  std::vector<std::int32_t> distances(20, 100);
  for (const std::size_t near : {3, 7, 8, 15}) distances[near] = 10;
  auto pending = pending_at(distances);
  choose(pending, {4, 4, 1});
  EXPECT_EQ(places(pending), (std::vector<std::uint32_t>{3, 7, 8, 15}));
}

TEST(Choose, own_fights_come_before_who_waits_and_who_is_near_and_those_who_wait_before_the_near) {
  auto pending = pending_at({1, 2, 3, 4, 5});
  pending[4].fight = true;
  pending[3].waited = k_told_within_ticks - 1;
  const auto all = pending;
  choose(pending, {1, 1, 1});
  EXPECT_EQ(places(pending), (std::vector<std::uint32_t>{4}));
  pending = all;
  choose(pending, {2, 2, 1});
  EXPECT_EQ(places(pending), (std::vector<std::uint32_t>{3, 4}));
  pending = all;
  choose(pending, {3, 3, 1});
  EXPECT_EQ(places(pending), (std::vector<std::uint32_t>{0, 3, 4}));
}

TEST(Choose, of_too_many_fights_the_nearest_come_first) {
  std::vector<std::int32_t> distances;
  for (std::int32_t i = 0; i < 200; ++i) distances.push_back(200 - i);
  auto pending = pending_at(distances);
  for (Pending& one : pending) one.fight = true;
  choose(pending, {1, k_no_limit, 1});
  const std::vector<std::uint32_t> told = places(pending);
  ASSERT_LT(told.size(), 60U);
  for (std::uint32_t place = 200 - k_fights_max; place < 200; ++place)
    EXPECT_TRUE(std::find(told.begin(), told.end(), place) != told.end());
}

TEST(Choose, there_is_never_more_than_there_is_room_for) {
  for (const std::size_t room : {0U, 1U, 5U, 33U}) {
    auto pending = pending_at(std::vector<std::int32_t>(100, 1));
    for (Pending& one : pending) one.waited = 200;
    for (std::size_t i = 0; i < 50; ++i) pending[i].fight = true;
    choose(pending, {24, room, 1});
    EXPECT_EQ(pending.size(), room);
  }
}

/// Things that become pending and are told, each at a random distance.
class Queue {
 public:
  explicit Queue(std::uint64_t seed) : random(seed) {}
  void add(std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) waiting_.push_back({random.between(0, 4096), 0});
  }
  /// `gap` ticks after the frame before: one frame. Returns how many it tells.
  std::size_t frame(std::size_t usual, base::Tick gap) {
    std::vector<Pending> pending;
    largest = std::max(largest, waiting_.size());
    for (const One& one : waiting_) {
      const auto place = static_cast<std::uint32_t>(pending.size());
      pending.push_back({{}, place, one.distance, static_cast<std::uint8_t>(std::min<base::Tick>(one.waited, 255)), false});
    }
    choose(pending, {usual, k_no_limit, gap});
    for (auto told = pending.rbegin(); told != pending.rend(); ++told) waiting_.erase(waiting_.begin() + told->place);
    return pending.size();
  }
  void pass(base::Tick ticks) {
    for (One& one : waiting_) one.waited += ticks;
  }
  /// The longest that anybody who is still not told has waited.
  [[nodiscard]] base::Tick longest_wait() const {
    base::Tick longest = 0;
    for (const One& one : waiting_) longest = std::max(longest, one.waited);
    return longest;
  }

  base::Random random;
  std::size_t largest = 0;  ///< most pending at once

 private:
  struct One {
    std::int32_t distance = 0;
    base::Tick waited = 0;
  };
  std::vector<One> waiting_;
};

TEST(Choose, at_a_steady_gap_frames_stay_within_the_promised_number_and_nobody_waits_for_longer_than_a_second) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Queue queue(seed);
    const auto gap = static_cast<base::Tick>(1 + seed % 7);
    const std::size_t usual = 12 * gap;
    for (base::Tick tick = 0; tick < 400; tick += gap) {
      // Long quiet, then bursts: what makes deadlines fall together.
      if (queue.random.below(4) == 0) queue.add(queue.random.below(queue.random.below(5) == 0 ? 500 : 20));
      const std::size_t told = queue.frame(usual, gap);
      const std::size_t promised =
          std::max(usual, k_nearest_min + gap * ((queue.largest + k_told_within_ticks - 1) / k_told_within_ticks));
      ASSERT_LE(told, promised) << "seed " << seed << ", tick " << tick;
      ASSERT_LT(queue.longest_wait(), k_told_within_ticks - 1) << "seed " << seed << ", tick " << tick;
      queue.pass(gap);
    }
  }
}

TEST(Choose, at_any_gap_nobody_is_untold_by_the_first_frame_after_a_second) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Queue queue(seed);
    for (int frame = 0; frame < 200; ++frame) {
      queue.add(queue.random.below(60));
      const base::Tick gap = 1 + queue.random.below(queue.random.below(10) == 0 ? 50 : 5);
      queue.pass(gap);
      queue.frame(12 * gap, gap);
      ASSERT_LT(queue.longest_wait(), k_told_within_ticks - 1) << "seed " << seed << ", frame " << frame;
    }
  }
}

}  // namespace
}  // namespace cudgel::replication
