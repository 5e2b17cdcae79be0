#pragma once
// A picture of sounds for looking at: of each its wave and its spectrum over time, low below. Only for people who write recipes.

#include <vector>

#include "bake_art/image.h"
#include "bake_sound/bake.h"

namespace cudgel::bake_sound {

/// One row each: left the wave over full scale (red where it reaches -0.5 dB), right 0..12 kHz, brighter is louder (80 dB).
bake::Image sound_sheet(const std::vector<Rendered>& sounds);

}  // namespace cudgel::bake_sound
