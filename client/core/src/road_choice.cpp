#include "core/road_choice.h"

#include <algorithm>

namespace cudgel::core {

namespace {
/// A road lost twice within this time is no longer the first to be tried: something on the way ends it.
constexpr double k_lost_lately_ms = 60000;
/// The first look for a better road: soon, because most reasons to fall are short (a change of network). Then twice as long each
/// time, because a middlebox stays what it is, and each look costs a connection and a resume.
constexpr double k_climb_first_ms = 10000;
constexpr double k_climb_max_ms = 300000;
/// Share by which pauses differ, so that a crowd does not climb in one instant.
constexpr double k_climb_jitter = 0.3;
/// A road that was climbed to and lasts this long was worth it: the next pause is the first one again.
constexpr double k_worth_it_ms = 60000;
/// A road that brought lumps is not climbed to: its Welcome would come in time and its frames in lumps as before.
constexpr double k_lumpy_ms = 300000;
}  // namespace

void RoadChoice::begin(std::optional<std::size_t> only) {
  only_ = only;
  std::fill(roads_.begin(), roads_.end(), Memory{});
  climbed_to_.reset();
  climb_pause_ms_ = k_climb_first_ms;
}

RoadChoice::Order RoadChoice::lumps_last(Order order, double now_ms) const {
  std::stable_partition(order.begin(), order.end(), [&](std::size_t road) { return !was_lumpy(road, now_ms); });
  return order;
}

RoadChoice::Order RoadChoice::from_best(double now_ms) const {
  if (only_) return {*only_};
  Order order;
  for (std::size_t road = 0; road < roads_.size(); ++road) order.push_back(road);
  return lumps_last(std::move(order), now_ms);
}

RoadChoice::Order RoadChoice::after(std::size_t road, double now_ms) const {
  Order order = below(road);
  if (!only_) {
    for (std::size_t better = 0; better < road; ++better) order.push_back(better);
  }
  return lumps_last(std::move(order), now_ms);
}

RoadChoice::Order RoadChoice::above(std::size_t road, double now_ms) const {
  Order order;
  if (only_) return order;
  for (std::size_t better = 0; better < road; ++better) {
    if (!was_lumpy(better, now_ms)) order.push_back(better);
  }
  return order;
}

RoadChoice::Order RoadChoice::below(std::size_t road) const {
  Order order;
  if (only_) return order;
  for (std::size_t lower = road + 1; lower < roads_.size(); ++lower) order.push_back(lower);
  return order;
}

void RoadChoice::began(std::size_t road, bool climbed, double now_ms) {
  climbed_to_.reset();
  if (climbed) climbed_to_ = road;
  began_ms_ = now_ms;
  plan_climb(now_ms);
}

bool RoadChoice::lost(std::size_t road, double now_ms) {
  if (climbed_to_ == road) {
    if (now_ms - began_ms_ >= k_worth_it_ms) {
      climb_pause_ms_ = k_climb_first_ms;
    } else {
      lengthen_pause();
    }
    climbed_to_.reset();
  }
  const bool again = now_ms - roads_[road].lost_ms > k_lost_lately_ms;
  roads_[road].lost_ms = now_ms;
  return again;
}

void RoadChoice::lumpy(std::size_t road, double now_ms) { roads_[road].lumpy_until_ms = now_ms + k_lumpy_ms; }

bool RoadChoice::climb_due(std::size_t road, double now_ms) const {
  return now_ms >= climb_at_ms_ && !above(road, now_ms).empty();
}

void RoadChoice::climb_failed(double now_ms) {
  lengthen_pause();
  plan_climb(now_ms);
}

void RoadChoice::lengthen_pause() { climb_pause_ms_ = std::min(2 * climb_pause_ms_, k_climb_max_ms); }

void RoadChoice::plan_climb(double now_ms) {
  const double share = static_cast<double>(random_.between(-1000, 1000)) / 1000.0;
  climb_at_ms_ = now_ms + climb_pause_ms_ * (1 + k_climb_jitter * share);
}

}  // namespace cudgel::core
