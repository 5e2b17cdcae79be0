#include "bake_sound/parse.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/random.h"
#include "content/content.h"
#include "parse_layer.h"

namespace cudgel::bake_sound {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_files_max = 200;
constexpr std::size_t k_parts_max = 12;
constexpr std::size_t k_notes_max = 400;
constexpr std::size_t k_cues_max = 500;
constexpr std::size_t k_cue_sounds_max = 16;
constexpr double k_loop_ms_max = 90000;

// Notes without a score: drawn once, always the same.
void scatter(const Json& json, const std::string& path, const Loop& loop, const Place& place, Part& part) {
  RowReader row(json, place.file, path, place.complaints);
  const int count = row.whole("count", {1, 60});
  base::Random random(static_cast<std::uint64_t>(row.whole("seed", {0, 1000000})));
  const double low = row.decimal("semitones_min", 0, -48, 48);
  const double high = row.decimal("semitones_max", 0, -48, 48);
  const double softer_db = row.decimal("softer_db", 0, 0, 40);
  const double length_ms = row.decimal("note_ms", 200, 1, 10000);
  const auto drawn = [&random] { return static_cast<double>(random.below(10001)) / 10000.0; };
  for (int i = 0; i < count; ++i) {
    Note note;
    note.at_ms = (i + 0.8 * drawn()) / count * loop.length_ms;  // spread over the round, but not by the clock
    note.length_ms = length_ms;
    note.semitones = low + (high - low) * drawn();
    note.level_db = -softer_db * drawn();
    part.notes.push_back(note);
  }
}

void play_notes(RowReader& row, double beat_ms, const Loop& loop, Part& part) {
  const Json* notes = row.value("notes");
  if (notes == nullptr || !notes->is_string()) {
    row.complain("notes", "must be a text of notes; without notes there must be scatter");
    return;
  }
  if (beat_ms <= 0) {
    row.complain("notes", "need the file's bpm and beats");
    return;
  }
  std::string reason;
  double beats = 0;
  if (!parse_notes(notes->get<std::string>(), beat_ms, part.notes, beats, reason)) {
    row.complain("notes", reason);
  } else if (beats * beat_ms > loop.length_ms * 1.0001) {
    row.complain("notes", "are " + bake_content::decimal_text(beats) + " beats, which is more than the round has");
  } else if (part.notes.size() > k_notes_max) {
    row.complain("notes", "are more than " + std::to_string(k_notes_max));
  }
}

void parse_parts(RowReader& file, const Json& instruments, double beat_ms, const Place& place, Loop& loop) {
  const Json* parts = file.value("parts");
  if (parts == nullptr) return;
  if (!parts->is_array() || parts->size() > k_parts_max) {
    file.complain("parts", "must be a list of at most " + std::to_string(k_parts_max));
    return;
  }
  for (std::size_t i = 0; i < parts->size(); ++i) {
    const std::string path = "parts[" + std::to_string(i) + "]";
    RowReader row((*parts)[i], place.file, path, place.complaints);
    Part part;
    const std::string name = row.name("instrument", "");
    if (!instruments.is_object() || !instruments.contains(name)) {
      row.complain("instrument", "must be one of this file's instruments");
    } else {
      part.instrument = parse_layers(instruments.at(name), "instruments." + name, place);
    }
    part.level_db = row.decimal("level_db", 0, -60, 12);
    if (const Json* scattered = row.value("scatter"); scattered != nullptr) {
      scatter(*scattered, path + ".scatter", loop, place, part);
    } else {
      play_notes(row, beat_ms, loop, part);
    }
    loop.parts.push_back(std::move(part));
  }
}

std::vector<fs::path> json_files(const fs::path& folder, const std::string& shown, Complaints& complaints) {
  std::vector<fs::path> files;
  std::error_code error;
  for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->path().extension() == ".json") files.push_back(entry->path());
  }
  if (error || files.empty()) complaints.add(shown, "", "has no .json files");
  if (files.size() > k_files_max) complaints.add(shown, "", "has more than " + std::to_string(k_files_max) + " files");
  std::sort(files.begin(), files.end());
  return files;
}

std::string name_of(const fs::path& file, const std::string& shown, Complaints& complaints) {
  std::string name = file.stem().string();
  if (!content::is_content_name(name)) complaints.add(shown, "", "its name must be of a-z, 0-9 and _");
  return name;
}

// "hurt" or "goblin_clubber.hurt" or "step.water".
bool is_cue_key(const std::string& key) {
  const std::size_t dot = key.find('.');
  return content::is_content_name(key.substr(0, dot)) &&
         (dot == std::string::npos || content::is_content_name(key.substr(dot + 1)));
}

std::vector<Cue> parse_cues(const fs::path& file, const std::string& shown, const std::set<std::string>& sounds,
                            Complaints& complaints) {
  std::vector<Cue> cues;
  const auto json = bake_content::read_json(file, shown, complaints);
  if (!json) return cues;
  if (!json->is_object() || json->size() > k_cues_max) {
    complaints.add(shown, "", "must be an object of at most " + std::to_string(k_cues_max) + " cues");
    return cues;
  }
  for (const auto& [key, list] : json->items()) {
    if (key == "note") continue;
    if (!is_cue_key(key)) complaints.add(shown, key, "must be EVENT or WHO.EVENT");
    Cue cue{key, {}};
    if (!list.is_array() || list.empty() || list.size() > k_cue_sounds_max) {
      complaints.add(shown, key, "must be a list of 1.." + std::to_string(k_cue_sounds_max) + " sounds");
      continue;
    }
    for (const Json& entry : list) {
      const std::string name = entry.is_string() ? entry.get<std::string>() : std::string();
      const std::string meant = sounds.contains(name) ? "" : bake_content::nearest_word(name, sounds);
      if (!sounds.contains(name)) {
        complaints.add(shown, key,
                       "there is no sound " + bake_content::shown(entry) +
                           (meant.empty() ? " in effects/" : "; did you mean " + meant + "?"));
      }
      cue.sounds.push_back(name);
    }
    cues.push_back(std::move(cue));
  }
  std::sort(cues.begin(), cues.end(), [](const Cue& a, const Cue& b) { return a.key < b.key; });
  return cues;
}

}  // namespace

std::optional<Effect> parse_effect(const fs::path& file, const std::string& shown, Complaints& complaints) {
  const auto json = bake_content::read_json(file, shown, complaints);
  if (!json) return std::nullopt;
  const Place place{shown, complaints};
  Effect effect;
  effect.name = name_of(file, shown, complaints);
  RowReader row(*json, shown, "", complaints);
  effect.length_ms = row.decimal("length_ms", 0, 10, 4000);
  if (!row.has("length_ms")) row.complain("length_ms", "is missing");
  effect.peak_db = row.decimal("peak_db", effect.peak_db, -40, -1);
  effect.takes = row.has("takes") ? row.whole("takes", {1, 6}) : 1;
  effect.take_semitones = row.decimal("take_semitones", 0, 0, 12);
  effect.pitch_semitones = row.decimal("pitch_semitones", 0, 0, 12);
  effect.gain_db = row.decimal("gain_db", 0, 0, 24);
  effect.reach_tiles = row.decimal("reach_tiles", effect.reach_tiles, 1, 64);
  effect.at_once = row.has("at_once") ? row.whole("at_once", {1, 16}) : effect.at_once;
  effect.later = row.flag("later", false);
  effect.layers = parse_layers(row.object("layers"), "layers", place);
  effect.reverb = parse_reverb(row, place);
  return effect;
}

std::optional<Loop> parse_loop(const fs::path& file, const std::string& shown, Complaints& complaints) {
  const auto json = bake_content::read_json(file, shown, complaints);
  if (!json) return std::nullopt;
  const Place place{shown, complaints};
  Loop loop;
  loop.name = name_of(file, shown, complaints);
  RowReader row(*json, shown, "", complaints);
  loop.music = row.one_of("kind", {"music", "ambience"}) == 0;
  loop.later = row.flag("later", false);
  double beat_ms = 0;
  if (row.has("bpm")) {
    beat_ms = 60000.0 / row.decimal("bpm", 60, 20, 300);
    loop.length_ms = beat_ms * row.whole("beats", {4, 400});
  } else {
    loop.length_ms = row.decimal("length_ms", 0, 2000, k_loop_ms_max);
    if (!row.has("length_ms")) row.complain("length_ms", "is missing; a loop has length_ms, or bpm and beats");
  }
  if (loop.length_ms > k_loop_ms_max) row.complain("beats", "make a round of more than 90 s");
  loop.length_ms = std::floor(loop.length_ms);  // the page is told whole milliseconds, and 24 samples are one
  loop.peak_db = row.decimal("peak_db", loop.peak_db, -40, -1);
  loop.kbit_per_s = row.has("kbit_per_s") ? row.whole("kbit_per_s", {16, 64}) : loop.kbit_per_s;
  if (loop.kbit_per_s % 8 != 0) row.complain("kbit_per_s", "must be 16, 24, 32, 40, 48, 56 or 64");
  if (const Json* beds = row.value("beds"); beds != nullptr) loop.beds = parse_layers(*beds, "beds", place);
  const Json* instruments = row.value("instruments");
  parse_parts(row, instruments == nullptr ? Json() : *instruments, beat_ms, place, loop);
  if (loop.beds.empty() && loop.parts.empty()) row.complain("parts", "a loop needs parts or beds");
  loop.reverb = parse_reverb(row, place);
  return loop;
}

Recipes parse_all(const fs::path& assets, Complaints& complaints) {
  Recipes recipes;
  const fs::path folder = assets / "sounds";
  std::set<std::string> names, loop_names;
  for (const fs::path& file : json_files(folder / "effects", "sounds/effects", complaints)) {
    auto effect = parse_effect(file, "sounds/effects/" + file.filename().string(), complaints);
    names.insert(file.stem().string());
    if (effect) recipes.effects.push_back(std::move(*effect));
  }
  for (const fs::path& file : json_files(folder / "loops", "sounds/loops", complaints)) {
    auto loop = parse_loop(file, "sounds/loops/" + file.filename().string(), complaints);
    loop_names.insert(file.stem().string());
    if (loop) recipes.loops.push_back(std::move(*loop));
  }
  recipes.cues = parse_cues(folder / "cues.json", "sounds/cues.json", names, complaints);
  recipes.soundscapes = parse_soundscapes(folder / "soundscapes.json", "sounds/soundscapes.json", loop_names, complaints);
  return recipes;
}

}  // namespace cudgel::bake_sound
