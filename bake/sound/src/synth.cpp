#include "bake_sound/synth.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <span>

#include "base/hash.h"
#include "base/random.h"

namespace cudgel::bake_sound {

namespace {

constexpr double k_fade_ms = 6;     ///< at an effect's end, so that nothing clicks
constexpr double k_seam_ms = 1500;  ///< over which a bed's end goes over into its beginning
constexpr double k_tail_ms = 4000;  ///< a note rings on at most so long after its end

std::uint64_t seed_of(const std::string& name, std::uint64_t number) {
  return base::hash_bytes({reinterpret_cast<const std::uint8_t*>(name.data()), name.size()}, number);
}

std::size_t count_of(double ms) { return static_cast<std::size_t>(ms * k_sample_rate / 1000); }

/// A moving mean is silence that clicks when it is cut off: taken out by a gentle high-pass.
class DirectCurrentBlock {
 public:
  double run(double in) {
    before_out_ = in - before_in_ + 0.995 * before_out_;
    before_in_ = in;
    return before_out_;
  }

 private:
  double before_in_ = 0, before_out_ = 0;
};

/// With `round`, its end goes over into its beginning: the first time only tells the filter what came before.
void block_direct_current(Samples& samples, bool round) {
  DirectCurrentBlock block;
  if (round) {
    for (const float sample : samples) block.run(static_cast<double>(sample));
  }
  for (float& sample : samples) sample = static_cast<float>(block.run(static_cast<double>(sample)));
}

void set_peak(Samples& samples, double peak_db) {
  const float peak = peak_of(samples);
  if (peak <= 0) return;
  const float gain = static_cast<float>(std::pow(10.0, peak_db / 20.0)) / peak;
  for (float& sample : samples) sample *= gain;
}

void fade_out(Samples& samples) {
  const std::size_t count = std::min(samples.size(), count_of(k_fade_ms));
  for (std::size_t i = 0; i < count; ++i) samples[samples.size() - 1 - i] *= static_cast<float>(i) / static_cast<float>(count);
}

void add_at(Samples& round, const Samples& piece, double at_ms, double level_db) {
  const auto gain = static_cast<float>(std::pow(10.0, level_db / 20.0));
  const std::size_t begin = count_of(at_ms);
  for (std::size_t i = 0; i < piece.size(); ++i) round[(begin + i) % round.size()] += piece[i] * gain;
}

/// What sounds on after the round is laid over its beginning, softer while that gets louder: equal power on both sides.
void add_bed(Samples& round, const Layer& layer, double length_ms, std::uint64_t seed) {
  const double seam_ms = std::min(k_seam_ms, length_ms / 2);
  const Samples bed = render_layer(layer, length_ms + seam_ms, 0, length_ms + seam_ms, seed);
  const std::size_t seam = bed.size() - round.size();
  for (std::size_t i = 0; i < round.size(); ++i) {
    if (i >= seam) {
      round[i] += bed[i];
      continue;
    }
    const double turn = static_cast<double>(i) / static_cast<double>(seam) * std::numbers::pi / 2;
    round[i] += bed[i] * static_cast<float>(std::sin(turn)) + bed[round.size() + i] * static_cast<float>(std::cos(turn));
  }
}

}  // namespace

float peak_of(const Samples& samples) {
  float peak = 0;
  for (const float sample : samples) peak = std::max(peak, std::fabs(sample));
  return peak;
}

float rms_of(const Samples& samples) {
  double sum = 0;
  for (const float sample : samples) sum += static_cast<double>(sample) * static_cast<double>(sample);
  return samples.empty() ? 0 : static_cast<float>(std::sqrt(sum / static_cast<double>(samples.size())));
}

float loudest_rms_of(const Samples& samples, double ms) {
  const std::size_t piece = std::clamp<std::size_t>(count_of(ms), 1, std::max<std::size_t>(samples.size(), 1));
  double sum = 0, most = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    sum += static_cast<double>(samples[i]) * static_cast<double>(samples[i]);
    if (i >= piece) sum -= static_cast<double>(samples[i - piece]) * static_cast<double>(samples[i - piece]);
    most = std::max(most, sum);
  }
  return static_cast<float>(std::sqrt(most / static_cast<double>(piece)));
}

Samples render_effect(const Effect& effect, int take) {
  Samples samples(count_of(effect.length_ms));
  base::Random random(seed_of(effect.name, static_cast<std::uint64_t>(take)));
  const double tuned = std::exp2(effect.take_semitones * (static_cast<double>(random.below(2001)) / 1000.0 - 1.0) / 12);
  for (Layer layer : effect.layers) {
    for (Curve::Point& point : layer.hz.points) point.value *= tuned;
    const Samples sound = render_layer(layer, effect.length_ms, 0, effect.length_ms, random.next());
    for (std::size_t i = 0; i < samples.size(); ++i) samples[i] += sound[i];
  }
  add_reverb(samples, effect.reverb, false);
  block_direct_current(samples, false);
  fade_out(samples);
  set_peak(samples, effect.peak_db);
  return samples;
}

Samples render_loop(const Loop& loop) {
  Samples round(count_of(loop.length_ms));
  base::Random random(seed_of(loop.name, 0));
  for (const Layer& bed : loop.beds) add_bed(round, bed, loop.length_ms, random.next());
  for (const Part& part : loop.parts) {
    for (const Note& note : part.notes) {
      const double pitch_hz = 440.0 * std::exp2(note.semitones / 12);
      const double length_ms = std::min(note.length_ms + k_tail_ms, loop.length_ms);
      for (const Layer& layer : part.instrument) {
        add_at(round, render_layer(layer, length_ms, pitch_hz, note.length_ms, random.next()), note.at_ms,
               part.level_db + note.level_db);
      }
    }
  }
  add_reverb(round, loop.reverb, true);
  block_direct_current(round, true);
  set_peak(round, loop.peak_db);
  return round;
}

}  // namespace cudgel::bake_sound
