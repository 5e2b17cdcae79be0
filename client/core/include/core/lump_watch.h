#pragma once
// Finds out that somebody on the way holds frames back and hands them on in lumps: a proxy that buffers a stream. The server sends a
// frame every tick, so a healthy road has no long gap but the odd stall; a buffered one consists of them.
// Judged are two windows one after the other, so that a single stall, however long a connection survives it, is never taken for lumps.
// Its clock stands still while the page does not run: what came meanwhile came together, and that is not the road's fault.

namespace cudgel::core {

class LumpWatch {
 public:
  /// A road begins; nothing is held against it.
  void begin(double now_ms);
  /// Something has come since ran() was last called.
  void arrived() { arrived_ = true; }
  /// Call at every update, after the arrivals.
  void ran(double now_ms);
  /// The road brought lumps for the last two windows. Stays so until begin().
  [[nodiscard]] bool lumpy() const { return bad_windows_ >= 2; }

 private:
  void count_gap();

  double ran_ms_ = 0;
  double clock_ms_ = 0;  ///< that of the page while it runs; what follows is of it
  double window_began_ms_ = 0;
  double arrived_ms_ = 0;
  double counted_until_ms_ = 0;  ///< of the present gap, what is before this is in a window already
  double in_gaps_ms_ = 0;        ///< of this window
  bool arrived_ = false;
  int bad_windows_ = 0;  ///< in a row
};

}  // namespace cudgel::core
