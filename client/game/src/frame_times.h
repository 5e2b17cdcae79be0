#pragma once
// The last few seconds of display frames, for the F3 overlay and the tests: how long from one to the next.

#include <algorithm>
#include <array>
#include <cstddef>

namespace cudgel::game {

class FrameTimes {
 public:
  void add(float ms) {
    ring_[next_] = ms;
    next_ = (next_ + 1) % ring_.size();
    size_ = std::min(size_ + 1, ring_.size());
  }
  /// `share` 0..1 of the frames took at most this long; 0 before the first.
  [[nodiscard]] float percentile(float share) const {
    if (size_ == 0) return 0;
    std::array<float, k_frames> sorted = ring_;
    const auto nth = static_cast<std::size_t>(share * static_cast<float>(size_ - 1));
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(nth),
                     sorted.begin() + static_cast<std::ptrdiff_t>(size_));
    return sorted[nth];
  }
  [[nodiscard]] float mean() const {
    float sum = 0;
    for (std::size_t i = 0; i < size_; ++i) sum += ring_[i];
    return size_ == 0 ? 0 : sum / static_cast<float>(size_);
  }

 private:
  static constexpr std::size_t k_frames = 240;  ///< 4 s at 60 frames/s
  std::array<float, k_frames> ring_{};
  std::size_t next_ = 0;
  std::size_t size_ = 0;
};

}  // namespace cudgel::game
