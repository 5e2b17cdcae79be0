#pragma once
// How finely the picture is drawn: with every pixel of the screen, unless the device cannot keep the pace; then with fewer, and the
// browser enlarges the picture. A steady walk matters more than a sharp leaf. Learns from the time between display frames only; draws nothing.

#include <cstddef>

namespace cudgel::game {

class Resolution {
 public:
  Resolution();
  /// A display frame began, `interval_ms` after the one before. True when scale() has changed.
  bool on_frame(double now_ms, double interval_ms);
  /// From now on always this scale, k_scale_min..1; 0: as the device can, which goes on where it was.
  void fix(double scale) { fixed_ = scale; }
  /// Pixels drawn per pixel of the screen, along each side: 1 is all, k_scale_min the least.
  [[nodiscard]] double scale() const;

  static constexpr double k_scale_min = 0.5;

 private:
  bool judge(double now_ms, double mean_ms);
  bool give_up(double now_ms, double mean_ms);
  bool regret();
  bool coarser(double now_ms, double mean_ms);
  bool finer(double now_ms);

  double fixed_ = 0;
  std::size_t level_ = 0;
  double window_ms_ = 0;       ///< time gathered for the coming judgement
  int frames_ = 0;             ///< in it
  double skip_until_ms_ = -1;  ///< the change itself costs a few frames, which say nothing
  int slow_windows_ = 0;       ///< in a row
  double calm_ms_ = 0;         ///< how long the pace has been held
  bool descending_ = false;    ///< getting coarser step by step, since the pace was held last
  std::size_t descent_from_ = 0;
  double descent_mean_ms_ = 0;  ///< frame time before it
  double gave_up_mean_ms_ =
      0;  ///< frame time at the coarse picture that was given up as no use, until it is known what came of it; else 0
  std::size_t gave_up_level_ = 0;
  double rise_wait_ms_;    ///< calm needed before a finer picture is tried
  double rose_ms_ = -1e9;  ///< when that was tried last
  double hold_ms_;         ///< how long a step down that gained nothing is not tried again
  double hold_until_ms_ = -1;
};

}  // namespace cudgel::game
