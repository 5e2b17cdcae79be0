// Goal: every recipe of the game makes a sound that is heard, does not clip, ends in silence and is as long as it says; loops have no seam;
// the same recipe gives the same samples; mistakes are named by file, field and reason. Method: the game's own recipes, and small wrong ones.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <numeric>

#include "bake_sound/bake.h"
#include "bake_sound/mp3.h"
#include "common/files.h"
#include "play/sound_book.h"

namespace cudgel::bake_sound {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_download_bytes_max = 250 * 1000;  ///< of what is fetched at first
constexpr std::size_t k_later_bytes_max = 160 * 1000;     ///< of each file that comes later
constexpr double k_music_volume_db = -8.9;                ///< the page's: 60 % (web/js/settings_store.js)

fs::path assets() { return fs::path(std::getenv("CUDGEL_SOURCE_DIR")) / "assets"; }

const Recipes& recipes() {
  static const Recipes all = [] {
    Complaints complaints;
    Recipes read = parse_all(assets(), complaints);
    EXPECT_TRUE(complaints.none()) << complaints.lines().front();
    return read;
  }();
  return all;
}

double mean_of(const Samples& samples) {
  return std::accumulate(samples.begin(), samples.end(), 0.0) / static_cast<double>(samples.size());
}
double decibels(float value) { return 20 * std::log10(static_cast<double>(value)); }

TEST(BakeSound, every_effect_is_heard_never_clips_and_ends_in_silence) {
  ASSERT_FALSE(recipes().effects.empty());
  for (const Effect& effect : recipes().effects) {
    for (int take = 0; take < effect.takes; ++take) {
      SCOPED_TRACE(effect.name + ", take " + std::to_string(take));
      const Samples samples = render_effect(effect, take);
      EXPECT_EQ(samples.size(), static_cast<std::size_t>(effect.length_ms * k_sample_rate / 1000));
      EXPECT_LE(effect.length_ms, 2000);
      EXPECT_NEAR(decibels(peak_of(samples)), effect.peak_db, 0.1);
      EXPECT_GT(decibels(rms_of(samples)), effect.peak_db - 26) << "a click in silence";
      EXPECT_TRUE(std::all_of(samples.begin(), samples.end(), [](float sample) { return std::isfinite(sample); }));
      EXPECT_NEAR(samples.back(), 0, 0.001);
      EXPECT_LT(std::fabs(mean_of(samples)), 0.001);
      // What is cut off at the end would be heard as a click or as missing.
      const Samples tail(samples.end() - 24 * 15, samples.end() - 24 * 8);
      EXPECT_LT(decibels(peak_of(tail)), effect.peak_db - 18) << "the end is cut off";
    }
  }
}

TEST(BakeSound, takes_differ_and_the_same_take_is_the_same_again) {
  for (const Effect& effect : recipes().effects) {
    EXPECT_EQ(render_effect(effect, 0), render_effect(effect, 0)) << effect.name;
    if (effect.takes > 1) {
      EXPECT_NE(render_effect(effect, 0), render_effect(effect, 1)) << effect.name;
    }
  }
}

TEST(BakeSound, a_loops_end_goes_over_into_its_beginning) {
  ASSERT_FALSE(recipes().loops.empty());
  for (const Loop& loop : recipes().loops) {
    SCOPED_TRACE(loop.name);
    const Samples round = render_loop(loop);
    EXPECT_NEAR(decibels(peak_of(round)), loop.peak_db, 0.1);
    EXPECT_LT(std::fabs(mean_of(round)), 0.0005);
    // Louder in one half than in the other may be music; nothing at all at the seam is a hole.
    const auto edge = static_cast<std::ptrdiff_t>(k_sample_rate / 4);
    EXPECT_GT(decibels(rms_of(Samples(round.end() - edge, round.end()))), -60);
    EXPECT_GT(decibels(rms_of(Samples(round.begin(), round.begin() + edge))), -60);
    float largest = 0;
    for (std::size_t i = 1; i < round.size(); ++i) largest = std::max(largest, std::fabs(round[i] - round[i - 1]));
    EXPECT_LE(std::fabs(round.front() - round.back()), largest) << "a step at the seam would click";
  }
}

TEST(BakeSound, themes_stay_well_below_what_happens_and_are_as_loud_as_each_other) {
  std::vector<double> effects;
  for (const Effect& effect : recipes().effects) {
    const double loud = decibels(loudest_rms_of(render_effect(effect, 0), 100));
    EXPECT_GT(loud, -32) << effect.name << " would not be heard";
    EXPECT_LT(loud, -8) << effect.name << " would drown everything";
    effects.push_back(loud);
  }
  std::sort(effects.begin(), effects.end());
  const double usual = effects[effects.size() / 2];
  for (const Loop& loop : recipes().loops) {
    const Samples round = render_loop(loop);
    const double all = decibels(rms_of(round));
    EXPECT_NEAR(all, loop.music ? -25 : -30, loop.music ? 2 : 3) << loop.name;
    const double loud = decibels(loudest_rms_of(round, 400)) + (loop.music ? k_music_volume_db : 0);
    EXPECT_LT(loud, usual - (loop.music ? 8 : 4)) << loop.name << " against " << usual;
  }
}

TEST(BakeSound, the_book_finds_what_was_baked_and_all_of_it_is_small) {
  const Baked baked = bake(assets());
  ASSERT_TRUE(baked.complaints.empty()) << baked.complaints.front();
  std::size_t bytes = 0;
  for (const BakedFile& file : baked.files) {
    EXPECT_FALSE(file.bytes.empty()) << file.name;
    if (file.name.starts_with("later_")) {
      EXPECT_LT(file.bytes.size(), k_later_bytes_max) << file.name;
    } else {
      bytes += file.bytes.size();
    }
    if (file.name.ends_with(".mp3")) {
      EXPECT_EQ(file.bytes[0], 0xFF) << file.name;
    }
  }
  EXPECT_LT(bytes, k_download_bytes_max);
  const auto book = game::SoundBook::load(baked.files.front().bytes);
  ASSERT_TRUE(book) << book.error().text;
  ASSERT_EQ(book->sounds().size(), recipes().effects.size());
  std::uint32_t end_first_ms = 0, end_later_ms = 0;
  for (const game::SoundSpec& sound : book->sounds()) {
    std::uint32_t& end_ms = sound.later ? end_later_ms : end_first_ms;
    for (const std::uint32_t take_ms : sound.takes_ms) {
      EXPECT_GE(take_ms, end_ms + static_cast<std::uint32_t>(k_gap_ms)) << sound.name << " begins while another sounds";
      end_ms = take_ms + sound.length_ms;
    }
  }
  for (const Cue& cue : recipes().cues) EXPECT_EQ(book->find(std::vector{cue.key}).size(), cue.sounds.size()) << cue.key;
  EXPECT_EQ(book->later_file(), "later_effects.mp3");
  const auto has_file = [&](const std::string& name) {
    return std::any_of(baked.files.begin(), baked.files.end(), [&](const BakedFile& file) { return file.name == name; });
  };
  for (const game::LoopSpec& loop : book->loops()) EXPECT_TRUE(has_file(loop.file)) << loop.file;
  EXPECT_TRUE(has_file(book->later_file()));
}

TEST(BakeSound, notes_are_read_with_their_times) {
  std::vector<Note> notes;
  double beats = 0;
  std::string reason;
  ASSERT_TRUE(parse_notes("a4:1 | -:1/2 c4+eb5:3/2", 500, notes, beats, reason)) << reason;
  EXPECT_DOUBLE_EQ(beats, 3);
  ASSERT_EQ(notes.size(), 3U);
  EXPECT_DOUBLE_EQ(notes[0].semitones, 0);
  EXPECT_DOUBLE_EQ(notes[0].length_ms, 500);
  EXPECT_DOUBLE_EQ(notes[1].semitones, -9);
  EXPECT_DOUBLE_EQ(notes[1].at_ms, 750);
  EXPECT_DOUBLE_EQ(notes[2].semitones, 6);
  EXPECT_DOUBLE_EQ(notes[2].length_ms, 750);
  for (const char* wrong : {"h4:1", "a4", "a4:", "a4:0", "a4:1/0", "a9:1", "a4+:1", ":1", "a4:1/2/3", "a#b4:1"}) {
    EXPECT_FALSE(parse_notes(wrong, 500, notes, beats, reason)) << wrong;
    EXPECT_NE(reason.find(wrong), std::string::npos) << reason;
  }
}

class WrongRecipes : public ::testing::Test {
 protected:
  std::string complaint_of(const std::string& text, bool loop = false) {
    const fs::path file = fs::path(directory_.path()) / "thud.json";
    std::ofstream(file) << text;
    Complaints complaints;
    if (loop)
      parse_loop(file, "sounds/loops/thud.json", complaints);
    else
      parse_effect(file, "sounds/effects/thud.json", complaints);
    return complaints.none() ? "" : complaints.lines().front();
  }
  test::TemporaryDirectory directory_;
};

TEST_F(WrongRecipes, are_refused_with_file_field_and_reason) {
  const std::pair<const char*, const char*> wrong[] = {
      {R"({"layers": [{"wave": "sine", "hz": 100}]})", "sounds/effects/thud.json: length_ms: is missing"},
      {R"({"length_ms": 99999, "layers": [{"wave": "sine"}]})", "length_ms: must be 10..4000"},
      {R"({"length_ms": 100})", "layers: is missing"},
      {R"({"length_ms": 100, "layers": []})", "layers: must be a list of 1..12"},
      {R"({"length_ms": 100, "layers": [{"wave": "sin"}]})", "layers[0].wave: must be one of sine"},
      {R"({"length_ms": 100, "layers": [{"wave": "sine", "hz": -4}]})", "layers[0].hz: must be a number"},
      {R"({"length_ms": 100, "layers": [{"wave": "sine", "hz": [[0, 100], [0, 200]]}]})", "layers[0].hz[1]: must be later"},
      {R"({"length_ms": 100, "layers": [{"wave": "sine", "hz": [[0, 100, 3]]}]})", "layers[0].hz[0]: must be [0..60000 ms"},
      {R"({"length_ms": 100, "layers": [{"wave": "sine", "atack_ms": 3}]})",
       "layers[0].atack_ms: is no key that is known here; did you mean attack_ms?"},
      {R"({"length_ms": 100, "layers": [{"wave": "noise", "filters": [{"kind": "low", "q": 99}]}]})",
       "layers[0].filters[0].q: must be 0.3..30"},
      {R"({"length_ms": 100, "takes": 7, "layers": [{"wave": "sine"}]})", "takes: must be 1..6"},
      {R"({"length_ms": 100, "reverb": {"share": 2}, "layers": [{"wave": "sine"}]})", "reverb.share: must be 0..1"},
      {"{", "sounds/effects/thud.json"},
  };
  for (const auto& [text, expected] : wrong)
    EXPECT_NE(complaint_of(text).find(expected), std::string::npos) << complaint_of(text);
  EXPECT_EQ(complaint_of(R"({"note": "fine", "length_ms": 100, "layers": [{"wave": "sine", "hz": 100}]})"), "");
}

TEST_F(WrongRecipes, loops_are_refused_the_same_way) {
  const std::string beginning =
      R"({"kind": "music", "bpm": 60, "beats": 4, "instruments": {"s": [{"wave": "sine"}]}, "parts": [)";
  const std::pair<std::string, const char*> wrong[] = {
      {R"({"kind": "musak", "length_ms": 4000, "beds": [{"wave": "noise"}]})", "kind: must be one of music, ambience"},
      {R"({"kind": "music", "length_ms": 4000})", "parts: a loop needs parts or beds"},
      {beginning + R"({"instrument": "t", "notes": "a4:1"}]})", "parts[0].instrument: must be one of this file's instruments"},
      {beginning + R"({"instrument": "s", "notes": "x4:1"}]})", "parts[0].notes: 'x4:1' is no note"},
      {beginning + R"({"instrument": "s", "notes": "a4:5"}]})", "parts[0].notes: are 5 beats"},
      {beginning + R"({"instrument": "s"}]})", "parts[0].notes: must be a text of notes"},
      {R"({"kind": "music", "bpm": 20, "beats": 400, "beds": [{"wave": "noise"}]})", "beats: make a round of more than 90 s"},
      {R"({"kind": "music", "length_ms": 4000, "kbit_per_s": 30, "beds": [{"wave": "noise"}]})", "kbit_per_s: must be 16"},
  };
  for (const auto& [text, expected] : wrong)
    EXPECT_NE(complaint_of(text, true).find(expected), std::string::npos) << complaint_of(text, true);
}

TEST_F(WrongRecipes, a_cue_of_no_sound_names_the_nearest) {
  const fs::path root = directory_.path();
  for (const char* folder : {"sounds/effects", "sounds/loops"}) fs::create_directories(root / folder);
  std::ofstream(root / "sounds/effects/thud.json") << R"({"length_ms": 100, "layers": [{"wave": "sine"}]})";
  std::ofstream(root / "sounds/loops/hum.json") << R"({"kind": "ambience", "length_ms": 2000, "beds": [{"wave": "noise"}]})";
  std::ofstream(root / "sounds/cues.json") << R"({"hit": ["thut"], "a.b.c": ["thud"], "death": []})";
  std::ofstream(root / "sounds/soundscapes.json") << R"({"note": "none"})";
  const Baked baked = bake(root);
  ASSERT_EQ(baked.complaints.size(), 3U);
  EXPECT_EQ(baked.complaints[0], "sounds/cues.json: hit: there is no sound \"thut\"; did you mean thud?");
  EXPECT_EQ(baked.complaints[1], "sounds/cues.json: a.b.c: must be EVENT or WHO.EVENT");
  EXPECT_EQ(baked.complaints[2], "sounds/cues.json: death: must be a list of 1..16 sounds");
  EXPECT_TRUE(baked.files.empty());
}

TEST_F(WrongRecipes, a_soundscape_of_no_loop_names_the_nearest) {
  const std::string file = directory_.write("soundscapes.json", R"({
    "note": "here", "cave": ["hum", "hmu"], "meadow": [], "bird wood": ["hum"], "marsh": "hum", "ring": ["hum", "hum"], "sea": [3] })");
  Complaints complaints;
  const auto soundscapes = parse_soundscapes(file, "sounds/soundscapes.json", {"hum", "wind"}, complaints);
  const std::vector<std::string> expected = {"sounds/soundscapes.json: cave: there is no loop \"hmu\"; did you mean hum?",
                                             "sounds/soundscapes.json: bird wood: must be a zone's music, of a-z, 0-9 and _",
                                             "sounds/soundscapes.json: marsh: must be a list of at most 4 loops; none is silence",
                                             "sounds/soundscapes.json: ring: names hum twice",
                                             "sounds/soundscapes.json: sea: there is no loop 3 in loops/"};
  EXPECT_EQ(complaints.lines(), expected);
  const auto meadow = std::find_if(soundscapes.begin(), soundscapes.end(), [](const auto& one) { return one.key == "meadow"; });
  ASSERT_NE(meadow, soundscapes.end());
  EXPECT_TRUE(meadow->loops.empty()) << "silence on purpose";
}

}  // namespace
}  // namespace cudgel::bake_sound
