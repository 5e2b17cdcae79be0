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
/// The page itself did not run for so long: what came meanwhile came together.
constexpr double k_slept_ms = 250;
}  // namespace

void LumpWatch::begin(double now_ms) {
  window_began_ms_ = counted_until_ms_ = arrived_ms_ = now_ms;
  ran_ms_ = now_ms;
  in_gaps_ms_ = 0;
  bad_windows_ = 0;
}

/// The present gap, as far as it lies in this window and is not counted yet.
void LumpWatch::count_gap(double until_ms) {
  if (until_ms - arrived_ms_ > k_gap_ms) in_gaps_ms_ += until_ms - std::max(counted_until_ms_, arrived_ms_);
  counted_until_ms_ = until_ms;
}

void LumpWatch::arrived(double now_ms) {
  count_gap(now_ms);
  arrived_ms_ = now_ms;
}

void LumpWatch::ran(double now_ms) {
  const bool slept = now_ms - ran_ms_ > k_slept_ms;
  ran_ms_ = now_ms;
  if (slept && !lumpy()) return begin(now_ms);
  if (now_ms - window_began_ms_ < k_window_ms) return;
  count_gap(now_ms);
  if (!lumpy()) bad_windows_ = in_gaps_ms_ > k_share * (now_ms - window_began_ms_) ? bad_windows_ + 1 : 0;
  window_began_ms_ = now_ms;
  in_gaps_ms_ = 0;
}

}  // namespace cudgel::core
