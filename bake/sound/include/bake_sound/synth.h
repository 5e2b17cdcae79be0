#pragma once
// Our own synthesiser: recipes to samples of -1..1 at k_sample_rate. The same recipe gives the same samples. It never clips: what would be
// too loud is turned down as a whole.

#include <cstdint>
#include <vector>

#include "bake_sound/recipe.h"

namespace cudgel::bake_sound {

using Samples = std::vector<float>;

/// `take` 0..takes-1. Peaks at exactly peak_db and ends in silence.
Samples render_effect(const Effect& effect, int take);

/// One round. Its end goes over into its beginning: notes and echoes that ring on at the end are heard at the beginning.
Samples render_loop(const Loop& loop);

/// One layer for `length_ms`; `pitch_hz` 0: the layer's own frequencies, else they are factors. `note_ms`: how long the key is held.
Samples render_layer(const Layer& layer, double length_ms, double pitch_hz, double note_ms, std::uint64_t seed);

/// Adds the echoes of a small room; with `round`, those of the end come back at the beginning.
void add_reverb(Samples& samples, const Reverb& reverb, bool round);

/// The loudest sample, and the root of the mean of squares; 0..1.
float peak_of(const Samples& samples);
float rms_of(const Samples& samples);
/// The same of the loudest piece of so many milliseconds: how loud it is felt to be.
float loudest_rms_of(const Samples& samples, double ms);

}  // namespace cudgel::bake_sound
