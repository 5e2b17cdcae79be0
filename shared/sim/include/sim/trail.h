#pragma once
// How a body moved during the last ticks, one step per tick in a ring, so that a blow can be judged by where its attacker saw it.
// It only remembers; which blows look back, and how far, is src/rewind.cpp's business.

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/fixed.h"
#include "base/ids.h"

namespace cudgel::sim {

/// No blow looks further back than this, in ms: more would forgive longer roads, and hit who has been away for longer.
inline constexpr std::int32_t k_rewind_ms_max = 200;
/// How old a player's view of everybody else is, is told in these parts of a tick.
inline constexpr std::int32_t k_view_age_parts = 16;

/// What of a view's age is believed at that rate, in 1/16 ticks: k_rewind_ms_max, rounded down. 64 at 20 ticks a second.
constexpr std::uint8_t view_age_max(std::int32_t tick_hz) {
  return static_cast<std::uint8_t>(k_rewind_ms_max * tick_hz * k_view_age_parts / 1000);
}
/// Ticks a trail must know for that: 4 at 20 ticks a second.
constexpr std::size_t trail_ticks(std::int32_t tick_hz) {
  return static_cast<std::size_t>((view_age_max(tick_hz) + k_view_age_parts - 1) / k_view_age_parts);
}
inline constexpr std::size_t k_trail_ticks_max = trail_ticks(60);

class Trail {
 public:
  /// Units of one tick. Nothing walks or is pushed 127 tiles in a tick.
  struct Step {
    std::int16_t x = 0;
    std::int16_t y = 0;
    friend bool operator==(const Step&, const Step&) = default;
  };

  /// In the step that makes `now` the body went so far. `ticks` is trail_ticks() of the realm, always the same.
  void note(base::Tick now, base::Vec2 moved, std::size_t ticks) {
    size_ = static_cast<std::uint8_t>(ticks);
    steps_[now % ticks] = {static_cast<std::int16_t>(moved.x), static_cast<std::int16_t>(moved.y)};
  }
  /// How far the body went during the last `age` 1/16 ticks up to the end of tick `last`, the newest that was noted; what was never
  /// noted is rest. `age` is at most view_age_max().
  [[nodiscard]] base::Vec2 moved(base::Tick last, std::uint8_t age) const {
    if (size_ == 0) return {};
    base::Vec2 sum;
    std::int32_t left = age;
    for (; left >= k_view_age_parts; left -= k_view_age_parts, --last) {
      const Step& step = steps_[last % size_];
      sum = sum + base::Vec2{step.x, step.y};
    }
    if (left == 0) return sum;
    const Step& step = steps_[last % size_];
    return sum + base::Vec2{step.x * left / k_view_age_parts, step.y * left / k_view_age_parts};
  }

  // Used by save.cpp, restore.cpp and visit_fields.h
  std::array<Step, k_trail_ticks_max> steps_{};  ///< of tick t at t % size_
  std::uint8_t size_ = 0;                        ///< 0: nothing was noted yet
};

}  // namespace cudgel::sim
