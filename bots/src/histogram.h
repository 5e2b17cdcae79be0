#pragma once
// Millions of durations or distances in fixed memory: 20,000 buckets of one width; larger ones share the last bucket, but the
// largest is remembered exactly.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace cudgel::bots {

class Histogram {
 public:
  explicit Histogram(double bucket_width) : bucket_width_(bucket_width) {}

  void record(double value) {
    const double clamped = std::max(0.0, value);
    const auto bucket = static_cast<std::size_t>(std::min(clamped / bucket_width_, static_cast<double>(k_buckets - 1)));
    ++counts_[bucket];
    ++count_;
    max_ = std::max(max_, clamped);
  }
  /// The smallest bound that at least this share (0..1) of all lie below; 0 without any.
  [[nodiscard]] double quantile(double share) const {
    if (count_ == 0) return 0;
    const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(count_)));
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < k_buckets; ++i) {
      seen += counts_[i];
      if (seen >= wanted) return i == k_buckets - 1 ? max_ : std::min(max_, static_cast<double>(i + 1) * bucket_width_);
    }
    return max_;
  }
  [[nodiscard]] double max() const { return max_; }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  void clear() {
    std::fill(counts_.begin(), counts_.end(), 0);
    count_ = 0;
    max_ = 0;
  }

 private:
  static constexpr std::size_t k_buckets = 20001;
  double bucket_width_;
  std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(k_buckets);
  std::uint64_t count_ = 0;
  double max_ = 0;
};

}  // namespace cudgel::bots
