#pragma once
// From the text of a recipe to its plain values. Whatever is wrong is a complaint with file, field and reason; reading goes on.

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "bake_content/complaints.h"
#include "bake_sound/recipe.h"

namespace cudgel::bake_sound {

using bake_content::Complaints;

/// Everything below assets/sounds: effects/*.json, loops/*.json, cues.json, soundscapes.json. By name.
struct Recipes {
  std::vector<Effect> effects;
  std::vector<Loop> loops;
  std::vector<Cue> cues;
  std::vector<Soundscape> soundscapes;
};

/// `shown` is what complaints call the file; the recipe's name is the file's.
std::optional<Effect> parse_effect(const std::filesystem::path& file, const std::string& shown, Complaints& complaints);
std::optional<Loop> parse_loop(const std::filesystem::path& file, const std::string& shown, Complaints& complaints);
/// soundscapes.json; `loops` are the names that there are.
std::vector<Soundscape> parse_soundscapes(const std::filesystem::path& file, const std::string& shown,
                                          const std::set<std::string>& loops, Complaints& complaints);
/// `assets` holds sounds/. Also checks that every sound a cue names is there, and every loop of a soundscape.
Recipes parse_all(const std::filesystem::path& assets, Complaints& complaints);

/// "d4:1 f#4:1/2 -:1 a3+d4:2": pitches or a rest, each with its length in beats. False with `reason` where it cannot be read.
bool parse_notes(const std::string& text, double beat_ms, std::vector<Note>& notes, double& length_beats, std::string& reason);

}  // namespace cudgel::bake_sound
