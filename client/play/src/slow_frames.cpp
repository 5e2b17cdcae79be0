#include "play/slow_frames.h"

#include <algorithm>

namespace cudgel::game {

void SlowFrames::add(const SlowFrame& frame) {
  if (frame.interval_ms < k_slow_ms || frame.interval_ms > k_gap_ms) return;
  std::erase_if(kept_, [&](const SlowFrame& one) { return frame.at_ms - one.at_ms > k_kept_ms; });
  kept_.push_back(frame);
  if (kept_.size() <= k_kept) return;
  const auto quickest = std::min_element(kept_.begin(), kept_.end(),
                                         [](const SlowFrame& a, const SlowFrame& b) { return a.interval_ms < b.interval_ms; });
  kept_.erase(quickest);
}

}  // namespace cudgel::game
