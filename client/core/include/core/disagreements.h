#pragma once
// Where prediction and server part: what was predicted of the own character for a tick, against what the server then said of that tick,
// field by field in words. For whoever looks for the reason of corrections. It corrects nothing, prints nothing and reads no clock.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/ids.h"
#include "sim/walker.h"

namespace cudgel::core {

class Disagreements {
 public:
  /// The newest prediction of that tick takes the place of older ones. What is k_ticks ticks older than the newest is forgotten.
  void predicted(base::Tick tick, const sim::Walker& walker);

  /// The server's word about that tick. Text of a line for each field that differs: "tick 1031: own character walker.position.x:
  /// 1234 here, 1235 on the server"; empty when all agree, nothing was predicted for the tick, or it was told of another less than
  /// k_quiet_ticks ago: those are counted, and the next text says how many they were.
  std::string compare(base::Tick tick, const sim::Walker& server);

  /// Ticks in which any field differed so far.
  [[nodiscard]] std::uint64_t count() const { return count_; }

  static constexpr std::size_t k_ticks = 64;       ///< more than a client predicts ahead; a power of two
  static constexpr base::Tick k_quiet_ticks = 20;  ///< one text a second at 20 ticks a second

 private:
  struct Predicted {
    base::Tick tick = 0;  ///< 0: none
    sim::Walker walker;
  };
  std::array<Predicted, k_ticks> predicted_;
  base::Tick told_tick_ = 0;
  bool told_any_ = false;
  std::uint64_t count_ = 0;
  std::uint64_t untold_ = 0;
};

}  // namespace cudgel::core
