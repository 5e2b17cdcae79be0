#pragma once
// The slowest display frames of the last minute, each with what the game did in it that can take long: so that a hitch is never without its cause.

#include <cstddef>
#include <vector>

namespace cudgel::game {

/// What happened between the begin of a display frame and the next.
struct FrameDeeds {
  int squares = 0;    ///< of the ground painted anew
  int texts = 0;      ///< pieces of writing made
  int pages = 0;      ///< of the atlas taken onto the graphics card
  int regions = 0;    ///< of the map taken in
  bool grew = false;  ///< the program's memory became larger
};

struct SlowFrame {
  double at_ms = 0;
  float interval_ms = 0;  ///< to the next
  float work_ms = 0;      ///< of that, what the game itself took
  FrameDeeds deeds;
};

class SlowFrames {
 public:
  /// Two display frames at 60 a second: one was missed.
  static constexpr float k_slow_ms = 34;
  /// A longer gap is a hidden page.
  static constexpr float k_gap_ms = 1000;
  static constexpr double k_kept_ms = 60000;
  static constexpr std::size_t k_kept = 32;

  /// Times ascend. Of more than k_kept the slowest stay.
  void add(const SlowFrame& frame);
  /// In the order in which they happened.
  [[nodiscard]] const std::vector<SlowFrame>& kept() const { return kept_; }

 private:
  std::vector<SlowFrame> kept_;
};

}  // namespace cudgel::game
