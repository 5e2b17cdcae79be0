#include <cmath>
#include <numbers>

#include "bake_sound/synth.h"
#include "filter.h"
#include "oscillator.h"

namespace cudgel::bake_sound {

namespace {

constexpr double k_silence_ln = 6.907755;  ///< -60 dB as a natural logarithm

double level_of(const Envelope& e, double ms, double note_ms) {
  if (ms < e.attack_ms) return ms / e.attack_ms;
  const double decayed_ms = ms - e.attack_ms - e.hold_ms;
  double level = decayed_ms <= 0 ? 1.0 : e.sustain + (1.0 - e.sustain) * std::exp(-k_silence_ln * decayed_ms / e.decay_ms);
  if (e.sustain > 0 && ms > note_ms) level *= std::exp(-k_silence_ln * (ms - note_ms) / e.release_ms);
  return level;
}

/// Loudness that beats unevenly: a new depth at each beat.
class Roughness {
 public:
  Roughness(double hz, double depth, base::Random& random) : hz_(hz), depth_(depth), random_(random) {}
  double next() {
    phase_ += hz_ * pace_ / k_sample_rate;
    if (phase_ >= 1) {
      phase_ -= std::floor(phase_);
      pace_ = 1.0 + 0.25 * noise_of(random_);
      strength_ = 1.0 - 0.35 * std::fabs(noise_of(random_));
    }
    const double open = std::exp(-4.0 * phase_);  // a throat snaps open and closes slowly
    return 1.0 - depth_ + depth_ * strength_ * open;
  }

 private:
  double hz_, depth_;
  base::Random& random_;
  double phase_ = 0, pace_ = 1, strength_ = 1;
};

double swell(const Layer& layer, double seconds) {
  const double slow = std::sin(2 * std::numbers::pi * layer.swell_hz * seconds);
  const double slower = std::sin(2 * std::numbers::pi * layer.swell_hz * 0.37 * seconds + 1.0);
  return 1.0 - layer.swell_depth * (0.5 + 0.3 * slow + 0.2 * slower);
}

}  // namespace

Samples render_layer(const Layer& layer, double length_ms, double pitch_hz, double note_ms, std::uint64_t seed) {
  base::Random random(seed);
  const double scale = pitch_hz > 0 ? pitch_hz : 1.0;
  Oscillator wave(layer.wave, layer.hz.at(0) * scale, random);
  Roughness roughness(layer.rough_hz, layer.rough_depth, random);
  std::vector<RunningFilter> filters;
  for (const Filter& filter : layer.filters) filters.emplace_back(filter.kind, filter.q);
  const double gain = std::pow(10.0, layer.level_db / 20.0);
  double fm_phase = 0;
  Samples samples(static_cast<std::size_t>(length_ms * k_sample_rate / 1000));
  const auto begin = static_cast<std::size_t>(layer.at_ms * k_sample_rate / 1000);
  for (std::size_t i = begin; i < samples.size(); ++i) {
    const double seconds = static_cast<double>(i - begin) / k_sample_rate;
    const double ms = seconds * 1000;
    const double vibrato = layer.vibrato_semitones * std::sin(2 * std::numbers::pi * layer.vibrato_hz * seconds);
    const double hz = layer.hz.at(ms) * scale * std::exp2(vibrato / 12);
    fm_phase += hz * layer.fm_ratio / k_sample_rate;
    const double fm = layer.fm_index * std::exp(-k_silence_ln * ms / layer.fm_decay_ms);
    double value = wave.next(hz, fm * std::sin(2 * std::numbers::pi * fm_phase) / (2 * std::numbers::pi));
    if (layer.rough_depth > 0) value *= roughness.next();
    if (layer.swell_depth > 0) value *= swell(layer, seconds);
    if (layer.drive > 0) value = std::tanh(value * (1 + layer.drive)) / std::tanh(1 + layer.drive);
    for (std::size_t f = 0; f < filters.size(); ++f) value = filters[f].run(value, layer.filters[f].hz.at(ms));
    samples[i] = static_cast<float>(value * gain * level_of(layer.envelope, ms, note_ms));
  }
  return samples;
}

}  // namespace cudgel::bake_sound
