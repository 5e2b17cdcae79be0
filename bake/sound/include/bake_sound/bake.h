#pragma once
// From assets/sounds to the files the browser loads: effects.mp3 (effects behind each other), later_effects.mp3 (those that a newcomer does
// not hear at once), one MP3 per loop, and sounds.bin (where each sound lies and when it is heard; shared/content/schema/sounds.fbs).

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "bake_sound/parse.h"
#include "bake_sound/synth.h"

namespace cudgel::bake_sound {

/// Silence before each effect, and before the tick's end at the beginning of effects.mp3: MP3 smears what is loud over 48 ms.
inline constexpr double k_gap_ms = 60;
/// The tick that tells where effects.mp3 begins once it is decoded lies here (its loudest point).
inline constexpr double k_tick_ms = 60;
/// A loop's file holds so much of its round again before and after it: wherever the decoder begins, a whole round is in it.
inline constexpr double k_loop_margin_ms = 150;

struct BakedFile {
  std::string name;
  std::vector<std::uint8_t> bytes;
};

struct Rendered {
  std::string name;
  Samples samples;
};

struct Baked {
  std::vector<BakedFile> files;    ///< empty when there are complaints
  std::vector<Rendered> rendered;  ///< every take and loop, for looking at
  std::vector<std::string> complaints;
};

Baked bake(const std::filesystem::path& assets);

}  // namespace cudgel::bake_sound
