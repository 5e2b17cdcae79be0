#include "bake_sound/bake.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "bake_sound/mp3.h"
#include "sounds/schema/sounds_generated.h"

namespace cudgel::bake_sound {

namespace {

constexpr int k_effects_kbit_per_s = 32;
constexpr const char* k_effects_file = "effects.mp3";
// What comes later is called so on the page (scripts/lib/stages.sh counts by it what a first visit fetches).
constexpr const char* k_later_file = "later_effects.mp3";
constexpr double k_tick_hz = 2000;
constexpr double k_tick_length_ms = 6;

void silence(Samples& track, double ms) { track.resize(track.size() + static_cast<std::size_t>(ms * k_sample_rate / 1000)); }

// A short swell of a high tone, loudest at k_tick_ms.
Samples tick() {
  Samples track;
  silence(track, k_tick_ms + k_tick_length_ms / 2);
  const auto length = static_cast<std::size_t>(k_tick_length_ms * k_sample_rate / 1000);
  for (std::size_t i = 0; i < length; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(length);
    const double swell = std::sin(std::numbers::pi * share);
    track[track.size() - length + i] = static_cast<float>(
        0.8 * swell * swell * std::cos(2 * std::numbers::pi * k_tick_hz * k_tick_length_ms / 1000 * (share - 0.5)));
  }
  return track;
}

/// The effects of both files, and where each take lies in its own.
struct Tracks {
  Samples first = tick();
  Samples later = tick();
  bool has_later = false;
  std::vector<std::vector<std::uint32_t>> takes_ms;  ///< by effect
};

std::uint32_t whole_ms(const Samples& samples) { return static_cast<std::uint32_t>(samples.size() * 1000 / k_sample_rate); }

Tracks lay_out(const std::vector<Effect>& effects, std::vector<Rendered>& rendered) {
  Tracks tracks;
  for (const Effect& effect : effects) {
    Samples& samples = effect.later ? tracks.later : tracks.first;
    tracks.has_later = tracks.has_later || effect.later;
    tracks.takes_ms.emplace_back();
    for (int take = 0; take < effect.takes; ++take) {
      silence(samples, k_gap_ms);
      samples.resize((samples.size() + 23) / 24 * 24);  // a whole millisecond
      tracks.takes_ms.back().push_back(whole_ms(samples));
      Samples sound = render_effect(effect, take);
      samples.insert(samples.end(), sound.begin(), sound.end());
      rendered.push_back({effect.name + (effect.takes > 1 ? " " + std::to_string(take + 1) : ""), std::move(sound)});
    }
  }
  silence(tracks.first, k_gap_ms);
  silence(tracks.later, k_gap_ms);
  return tracks;
}

std::string file_of(const Loop& loop) { return (loop.later ? "later_" : "") + loop.name + ".mp3"; }

// The end of the round, the round, its beginning.
Samples with_margins(const Samples& round) {
  const auto margin = static_cast<std::ptrdiff_t>(k_loop_margin_ms * k_sample_rate / 1000);
  Samples all(round.end() - margin, round.end());
  all.insert(all.end(), round.begin(), round.end());
  all.insert(all.end(), round.begin(), round.begin() + margin);
  return all;
}

std::vector<std::uint8_t> encode_book(const Recipes& recipes, const Tracks& tracks) {
  flatbuffers::FlatBufferBuilder builder;
  std::map<std::string, std::uint16_t> index;
  std::vector<flatbuffers::Offset<content::Sound>> sounds;
  for (std::size_t i = 0; i < recipes.effects.size(); ++i) {
    const Effect& e = recipes.effects[i];
    index[e.name] = static_cast<std::uint16_t>(i);
    sounds.push_back(content::CreateSound(builder, builder.CreateString(e.name), builder.CreateVector(tracks.takes_ms[i]),
                                          static_cast<std::uint32_t>(e.length_ms), static_cast<float>(e.pitch_semitones),
                                          static_cast<float>(e.gain_db), static_cast<float>(e.reach_tiles),
                                          static_cast<std::uint8_t>(e.at_once), e.later));
  }
  std::vector<flatbuffers::Offset<content::Cue>> cues;
  for (const Cue& cue : recipes.cues) {
    std::vector<std::uint16_t> chosen;
    for (const std::string& sound : cue.sounds) chosen.push_back(index.at(sound));
    cues.push_back(content::CreateCue(builder, builder.CreateString(cue.key), builder.CreateVector(chosen)));
  }
  std::vector<flatbuffers::Offset<content::Loop>> loops;
  std::map<std::string, std::uint16_t> loop_index;
  for (const Loop& loop : recipes.loops) {
    loop_index[loop.name] = static_cast<std::uint16_t>(loops.size());
    loops.push_back(content::CreateLoop(builder, builder.CreateString(loop.name), builder.CreateString(file_of(loop)),
                                        static_cast<std::uint32_t>(loop.length_ms), loop.music));
  }
  std::vector<flatbuffers::Offset<content::Soundscape>> soundscapes;
  for (const Soundscape& soundscape : recipes.soundscapes) {
    std::vector<std::uint16_t> chosen;
    for (const std::string& loop : soundscape.loops) chosen.push_back(loop_index.at(loop));
    soundscapes.push_back(content::CreateSoundscape(builder, builder.CreateString(soundscape.key), builder.CreateVector(chosen)));
  }
  content::FinishSoundBookBuffer(
      builder,
      content::CreateSoundBook(builder, builder.CreateString(k_effects_file), static_cast<std::uint32_t>(k_tick_ms),
                               builder.CreateVector(sounds), builder.CreateVector(cues), builder.CreateVector(loops),
                               builder.CreateString(tracks.has_later ? k_later_file : ""), builder.CreateVector(soundscapes)));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

}  // namespace

Baked bake(const std::filesystem::path& assets) {
  Baked baked;
  Complaints complaints;
  const Recipes recipes = parse_all(assets, complaints);
  baked.complaints = complaints.lines();
  if (!complaints.none()) return baked;
  const Tracks tracks = lay_out(recipes.effects, baked.rendered);
  baked.files.push_back({"sounds.bin", encode_book(recipes, tracks)});
  baked.files.push_back({k_effects_file, encode_mp3(tracks.first, k_effects_kbit_per_s)});
  if (tracks.has_later) baked.files.push_back({k_later_file, encode_mp3(tracks.later, k_effects_kbit_per_s)});
  for (const Loop& loop : recipes.loops) {
    Samples round = render_loop(loop);
    baked.files.push_back({file_of(loop), encode_mp3(with_margins(round), loop.kbit_per_s)});
    baked.rendered.push_back({loop.name, std::move(round)});
  }
  for (const BakedFile& file : baked.files) {
    if (file.bytes.empty()) baked.complaints.push_back(file.name + ": could not be encoded");
  }
  if (!baked.complaints.empty()) baked.files.clear();
  return baked;
}

}  // namespace cudgel::bake_sound
