#include "play/resolution.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cudgel::game {

namespace {
/// Each has about 70 % of the pixels of the one before.
constexpr std::array<double, 5> k_scales{1.0, 0.85, 0.72, 0.6, Resolution::k_scale_min};
constexpr double k_window_ms = 1000;
/// The aim is 60 frames a second, of which one in fifty may be missed.
constexpr double k_pace_ms = 1000.0 / 60;
constexpr double k_slow_ms = 17.0;
/// One slow second is a hiccup, two are a device at its limit.
constexpr int k_slow_windows = 2;
/// A gap longer than this is a hidden page or a stall, not drawing.
constexpr double k_gap_ms = 250;
constexpr double k_skip_ms = 400;
/// Two steps down halve the pixels. Where then still more than this share of the time above the pace is left, it was not slow by its pixels:
/// something else is slow, or the display is. One step alone would not tell: crowds come and go meanwhile.
constexpr std::size_t k_steps_to_judge = 2;
constexpr double k_left = 0.86;
/// Unless the pixels that came back made it this much slower again: then it was the scene that grew meanwhile.
constexpr double k_regret = 1.08;
constexpr double k_hold_first_ms = 30000;
constexpr double k_hold_max_ms = 480000;
constexpr double k_rise_wait_first_ms = 10000;
constexpr double k_rise_wait_max_ms = 320000;
/// A finer picture that had to be given up again within this time was too much for the device.
constexpr double k_rise_failed_ms = 6000;
}  // namespace

Resolution::Resolution() : rise_wait_ms_(k_rise_wait_first_ms), hold_ms_(k_hold_first_ms) {}

double Resolution::scale() const { return fixed_ > 0 ? fixed_ : k_scales[level_]; }

bool Resolution::on_frame(double now_ms, double interval_ms) {
  if (fixed_ > 0) return false;
  if (skip_until_ms_ < 0) skip_until_ms_ = now_ms + k_skip_ms;
  if (interval_ms > k_gap_ms || now_ms < skip_until_ms_) return false;
  window_ms_ += interval_ms;
  ++frames_;
  if (window_ms_ < k_window_ms) return false;
  const double mean_ms = window_ms_ / frames_;
  window_ms_ = 0;
  frames_ = 0;
  if (!judge(now_ms, mean_ms)) return false;
  skip_until_ms_ = now_ms + k_skip_ms;
  slow_windows_ = 0;
  calm_ms_ = 0;
  return true;
}

bool Resolution::judge(double now_ms, double mean_ms) {
  const double gave_up_mean_ms = std::exchange(gave_up_mean_ms_, 0.0);
  if (gave_up_mean_ms > 0 && mean_ms > gave_up_mean_ms * k_regret) return regret();
  if (mean_ms <= k_slow_ms) return finer(now_ms);
  calm_ms_ = 0;
  ++slow_windows_;
  const bool gained = mean_ms - k_pace_ms < (descent_mean_ms_ - k_pace_ms) * k_left;
  if (descending_ && level_ >= descent_from_ + k_steps_to_judge && !gained) return give_up(now_ms, mean_ms);
  return coarser(now_ms, mean_ms);
}

bool Resolution::give_up(double now_ms, double mean_ms) {
  gave_up_level_ = level_;
  gave_up_mean_ms_ = mean_ms;
  level_ = descent_from_;
  descending_ = false;
  hold_until_ms_ = now_ms + hold_ms_;
  hold_ms_ = std::min(hold_ms_ * 2, k_hold_max_ms);
  return true;
}

bool Resolution::regret() {
  level_ = gave_up_level_;
  hold_until_ms_ = -1;
  hold_ms_ = k_hold_first_ms;
  return true;
}

bool Resolution::coarser(double now_ms, double mean_ms) {
  const bool sure = descending_ || slow_windows_ >= k_slow_windows;
  if (!sure || level_ + 1 == k_scales.size() || now_ms < hold_until_ms_) return false;
  if (now_ms - rose_ms_ < k_rise_failed_ms) rise_wait_ms_ = std::min(rise_wait_ms_ * 2, k_rise_wait_max_ms);
  if (!descending_) {
    descending_ = true;
    descent_from_ = level_;
    descent_mean_ms_ = mean_ms;
  }
  ++level_;
  return true;
}

bool Resolution::finer(double now_ms) {
  slow_windows_ = 0;
  descending_ = false;
  calm_ms_ += k_window_ms;
  if (level_ == 0 || calm_ms_ < rise_wait_ms_) return false;
  --level_;
  rose_ms_ = now_ms;
  return true;
}

}  // namespace cudgel::game
