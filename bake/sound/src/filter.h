#pragma once
// One two-pole filter whose frequency may move while it runs.
// Method: state variable filter by trapezoidal integration (A. Simper, "Solving the continuous SVF equations using trapezoidal integration
// and equivalent currents", 2013).

#include <algorithm>
#include <cmath>
#include <numbers>

#include "bake_sound/recipe.h"

namespace cudgel::bake_sound {

class RunningFilter {
 public:
  explicit RunningFilter(FilterKind kind, double q) : kind_(kind), damping_(1.0 / q) {}

  /// `hz` is kept below what the sample rate can hold.
  double run(double input, double hz) {
    const double g = std::tan(std::numbers::pi * std::clamp(hz, 10.0, k_sample_rate * 0.45) / k_sample_rate);
    const double a1 = 1.0 / (1.0 + g * (g + damping_));
    const double v3 = input - second_;
    const double band = a1 * first_ + g * a1 * v3;
    const double low = second_ + g * (a1 * first_ + g * a1 * v3);
    first_ = 2 * band - first_;
    second_ = 2 * low - second_;
    switch (kind_) {
      case FilterKind::low:
        return low;
      case FilterKind::high:
        return input - damping_ * band - low;
      case FilterKind::band:
        return damping_ * band;
    }
    return input;
  }

 private:
  FilterKind kind_;
  double damping_;
  double first_ = 0, second_ = 0;
};

}  // namespace cudgel::bake_sound
