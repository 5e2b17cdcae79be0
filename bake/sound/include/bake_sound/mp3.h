#pragma once
// Samples to an MP3 file, by LAME. MP3 because every browser of the last fifteen years decodes it, Safari included, which refuses Ogg
// before version 18; its patents have ended. A decoder puts some silence before the sound, how much differs: who plays it must not care.

#include <cstdint>
#include <vector>

#include "bake_sound/synth.h"

namespace cudgel::bake_sound {

/// One channel at a constant `kbit_per_s`; empty when the library refuses.
std::vector<std::uint8_t> encode_mp3(const Samples& samples, int kbit_per_s);

}  // namespace cudgel::bake_sound
