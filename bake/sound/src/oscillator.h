#pragma once
// One wave, sample by sample. Corners of saws and squares are rounded so that they do not ring below what they should.
// Methods: polynomial band-limited steps (V. Valimaki, A. Huovilainen, "Antialiasing Oscillators in Subtractive Synthesis", 2007);
// the plucked string is K. Karplus and A. Strong's, "Digital Synthesis of Plucked-String and Drum Timbres", 1983.

#include <vector>

#include "bake_sound/recipe.h"
#include "base/random.h"

namespace cudgel::bake_sound {

/// White noise -1..1.
inline double noise_of(base::Random& random) { return static_cast<double>(random.next()) / 2147483648.0 - 1.0; }

class Oscillator {
 public:
  /// `random` must outlive it. `string_hz`: the pitch of a plucked string, which does not change afterwards.
  Oscillator(Wave wave, double string_hz, base::Random& random);
  /// The next sample, -1..1; `bend` is added to a sine's phase, in turns.
  double next(double hz, double bend);

 private:
  double pluck();

  Wave wave_;
  base::Random& random_;
  double phase_ = 0;  ///< turns
  std::vector<double> string_;
  std::size_t at_ = 0;
};

}  // namespace cudgel::bake_sound
