#include "oscillator.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace cudgel::bake_sound {

namespace {
constexpr double k_string_hz_min = 20;
constexpr double k_string_loss = 0.4985;  ///< a half would ring for ever

/// What a step at phase 0 must be corrected by near it; `step` is the phase per sample.
double rounded_step(double phase, double step) {
  if (phase < step) {
    const double t = phase / step;
    return t + t - t * t - 1.0;
  }
  if (phase > 1.0 - step) {
    const double t = (phase - 1.0) / step;
    return t * t + t + t + 1.0;
  }
  return 0;
}
}  // namespace

Oscillator::Oscillator(Wave wave, double string_hz, base::Random& random) : wave_(wave), random_(random) {
  if (wave_ != Wave::pluck) return;
  string_.resize(static_cast<std::size_t>(k_sample_rate / std::max(string_hz, k_string_hz_min)) + 1);
  double before = 0;
  for (double& sample : string_) sample = before = 0.5 * before + 0.5 * noise_of(random_);  // plucked with a soft finger
}

double Oscillator::pluck() {
  const std::size_t following = (at_ + 1) % string_.size();
  const double now = string_[at_];
  string_[at_] = k_string_loss * (now + string_[following]);
  at_ = following;
  return now * 2;
}

double Oscillator::next(double hz, double bend) {
  const double step = std::min(hz / k_sample_rate, 0.5);
  const double phase = phase_;
  phase_ += step;
  phase_ -= std::floor(phase_);
  switch (wave_) {
    case Wave::sine:
      return std::sin(2 * std::numbers::pi * (phase + bend));
    case Wave::triangle:
      return 1.0 - 4.0 * std::fabs(phase - 0.5);
    case Wave::saw:
      return 2.0 * phase - 1.0 - rounded_step(phase, step);
    case Wave::square: {
      const double half = phase < 0.5 ? phase + 0.5 : phase - 0.5;
      return (phase < 0.5 ? 1.0 : -1.0) + rounded_step(phase, step) - rounded_step(half, step);
    }
    case Wave::noise:
      return noise_of(random_);
    case Wave::pluck:
      return pluck();
  }
  return 0;
}

}  // namespace cudgel::bake_sound
