#pragma once
// A token bucket that can run into debt: what exceeds the rate is dropped, and whoever keeps exceeding it until the debt is as
// deep as the bucket is told to go. Time is an argument.

#include <algorithm>
#include <cstdint>

#include "ops/clock.h"

namespace cudgel::session {

class RateLimit {
 public:
  enum class Verdict : std::uint8_t { fine, drop, too_often };

  /// `per_second` in the long run, `burst` at once.
  RateLimit(std::int64_t per_second, std::int64_t burst)
      : per_second_(per_second), burst_(burst), tokens_(burst * ops::k_ns_per_s) {}

  Verdict spend(std::int64_t amount, ops::Nanoseconds now_ns) {
    refill(now_ns);
    tokens_ -= amount * ops::k_ns_per_s;
    if (tokens_ >= 0) return Verdict::fine;
    return tokens_ < -burst_ * ops::k_ns_per_s ? Verdict::too_often : Verdict::drop;
  }

  /// The same without debt: what exceeds the rate is not spent, and false.
  bool spend_if_there(std::int64_t amount, ops::Nanoseconds now_ns) {
    refill(now_ns);
    if (tokens_ < amount * ops::k_ns_per_s) return false;
    tokens_ -= amount * ops::k_ns_per_s;
    return true;
  }

 private:
  void refill(ops::Nanoseconds now_ns) {
    if (last_ns_ != 0 && now_ns > last_ns_) {
      const ops::Nanoseconds elapsed = std::min(now_ns - last_ns_, k_elapsed_max_ns);
      tokens_ = std::min(burst_ * ops::k_ns_per_s, tokens_ + elapsed * per_second_);
    }
    last_ns_ = now_ns;
  }

  static constexpr ops::Nanoseconds k_elapsed_max_ns = 60 * ops::k_ns_per_s;  ///< keeps the product within 64 bits

  std::int64_t per_second_;
  std::int64_t burst_;
  std::int64_t tokens_;  ///< in billionths
  ops::Nanoseconds last_ns_ = 0;
};

}  // namespace cudgel::session
