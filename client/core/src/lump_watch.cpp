#include "core/lump_watch.h"

#include <algorithm>

namespace cudgel::core {

namespace {
/// Longer without a frame is a gap. The worst jitter worth playing with stays below (delay 200 +- 150 ms gives 0.3 s), buffers of a
/// proxy that are flushed by time or by size lie above (1 s; 4 KiB are some seconds of frames).
constexpr double k_gap_ms = 750;
/// Two windows must each lie in gaps for this share: 5.2 s of 8. A stall of less than the 5 s that end a connection cannot do it.
constexpr double k_window_ms = 4000;
constexpr double k_share = 0.65;
/// Between two calls of ran() the clock goes on by this much at most: a slow page's longest display frame, shorter than a gap.
constexpr double k_step_max_ms = 250;
}  // namespace

void LumpWatch::begin(double now_ms) {
  *this = {};
  ran_ms_ = now_ms;
}

/// The present gap, as far as it is not counted yet.
void LumpWatch::count_gap() {
  if (clock_ms_ - arrived_ms_ > k_gap_ms) in_gaps_ms_ += clock_ms_ - std::max(counted_until_ms_, arrived_ms_);
  counted_until_ms_ = clock_ms_;
}

void LumpWatch::ran(double now_ms) {
  clock_ms_ += std::clamp(now_ms - ran_ms_, 0.0, k_step_max_ms);
  ran_ms_ = now_ms;
  if (arrived_) {
    count_gap();
    arrived_ms_ = clock_ms_;
    arrived_ = false;
  }
  if (lumpy() || clock_ms_ - window_began_ms_ < k_window_ms) return;
  count_gap();
  bad_windows_ = in_gaps_ms_ > k_share * (clock_ms_ - window_began_ms_) ? bad_windows_ + 1 : 0;
  window_began_ms_ = clock_ms_;
  in_gaps_ms_ = 0;
}

}  // namespace cudgel::core
