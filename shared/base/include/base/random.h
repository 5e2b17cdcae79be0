#pragma once
// The sim's own random numbers: the same sequence on every machine. Not for secrets.
// Method: PCG-XSH-RR 64/32 (M. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms", 2014).

#include <cstdint>

namespace cudgel::base {

class Random {
 public:
  Random() = default;
  explicit Random(std::uint64_t seed) {
    next();
    state_ += seed;
    next();
  }

  std::uint32_t next() {
    const std::uint64_t old = state_;
    state_ = old * 6364136223846793005ULL + 1442695040888963407ULL;
    const auto shifted = static_cast<std::uint32_t>(((old >> 18U) ^ old) >> 27U);
    const auto rotation = static_cast<std::uint32_t>(old >> 59U);
    return shifted >> rotation | shifted << ((32U - rotation) & 31U);
  }
  /// A number in 0..bound-1, without bias worth noticing for the small bounds of a game (bound >= 1).
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(static_cast<std::uint64_t>(next()) * bound >> 32U);
  }
  /// A number in low..high, both ends included.
  std::int32_t between(std::int32_t low, std::int32_t high) {
    return low + static_cast<std::int32_t>(below(static_cast<std::uint32_t>(high - low) + 1U));
  }

  [[nodiscard]] std::uint64_t state() const { return state_; }
  void restore(std::uint64_t state) { state_ = state; }

 private:
  std::uint64_t state_ = 0;
};

}  // namespace cudgel::base
