// Method: parallel combs and serial all-passes (M. Schroeder, "Natural Sounding Artificial Reverberation", 1962).
#include <array>
#include <cmath>

#include "bake_sound/synth.h"

namespace cudgel::bake_sound {

namespace {

/// A line of `ms` that repeats what runs through it.
class Line {
 public:
  explicit Line(double ms) : samples_(static_cast<std::size_t>(ms * k_sample_rate / 1000)) {}
  double comb(double input, double feedback) {
    double& place = samples_[at_];
    const double out = place;
    damped_ = out * 0.6 + damped_ * 0.4;  // walls swallow what is high first
    place = input + damped_ * feedback;
    at_ = (at_ + 1) % samples_.size();
    return out;
  }
  double all_pass(double input) {
    double& place = samples_[at_];
    const double out = place - 0.5 * input;
    place = input + 0.5 * out;
    at_ = (at_ + 1) % samples_.size();
    return out;
  }

 private:
  std::vector<double> samples_;
  std::size_t at_ = 0;
  double damped_ = 0;
};

// Lengths without common divisors, or the echoes would sound like a pipe.
constexpr std::array k_combs_ms = {29.7, 37.1, 41.1, 43.7};
constexpr std::array k_all_passes_ms = {5.0, 1.7};

class Room {
 public:
  explicit Room(double seconds) {
    for (const double ms : k_combs_ms) {
      combs_.emplace_back(ms);
      feedbacks_.push_back(std::pow(10.0, -3.0 * ms / 1000.0 / seconds));
    }
    for (const double ms : k_all_passes_ms) all_passes_.emplace_back(ms);
  }
  double run(double input) {
    double sum = 0;
    for (std::size_t i = 0; i < combs_.size(); ++i) sum += combs_[i].comb(input, feedbacks_[i]);
    for (Line& line : all_passes_) sum = line.all_pass(sum);
    return sum * 0.25;
  }

 private:
  std::vector<Line> combs_, all_passes_;
  std::vector<double> feedbacks_;
};

}  // namespace

void add_reverb(Samples& samples, const Reverb& reverb, bool round) {
  if (reverb.share <= 0) return;
  Room room(reverb.seconds);
  // The first time round only fills the room.
  if (round) {
    for (const float sample : samples) room.run(static_cast<double>(sample));
  }
  for (float& sample : samples) {
    const auto dry = static_cast<double>(sample);
    sample = static_cast<float>(dry + room.run(dry) * reverb.share);
  }
}

}  // namespace cudgel::bake_sound
