// Goal: what happens in the game becomes the right sound, told by data only: who has a sound of its own gets it, everybody else the general
// one; how loud, from which side, and how many at once. Method: bodies and moments as plain values, a book of few sounds; no audio device.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "play/cues.h"
#include "play/ears.h"
#include "play/sound_book.h"
#include "sim_fixture.h"
#include "sounds/schema/sounds_generated.h"

namespace cudgel::game {
namespace {

using Keys = std::vector<std::string>;

struct BookOf {
  std::vector<std::pair<std::string, std::uint8_t>> sounds;  ///< name, at once
  std::vector<std::pair<std::string, std::vector<std::uint16_t>>> cues;
  float reach_tiles = 12;
  float pitch_semitones = 0;
  std::vector<std::pair<std::string, std::vector<std::uint16_t>>> soundscapes = {};
  std::string later_file = {};
  bool later = false;  ///< all sounds are

  [[nodiscard]] std::vector<std::uint8_t> bytes() const {
    flatbuffers::FlatBufferBuilder builder;
    std::vector<flatbuffers::Offset<content::Sound>> sound_list;
    for (const auto& [name, at_once] : sounds) {
      sound_list.push_back(content::CreateSound(builder, builder.CreateString(name),
                                                builder.CreateVector(std::vector<std::uint32_t>{100, 400}), 200, pitch_semitones,
                                                0, reach_tiles, at_once, later));
    }
    std::vector<flatbuffers::Offset<content::Cue>> cue_list;
    for (const auto& [key, chosen] : cues)
      cue_list.push_back(content::CreateCue(builder, builder.CreateString(key), builder.CreateVector(chosen)));
    const auto loop = content::CreateLoop(builder, builder.CreateString("hum"), builder.CreateString("hum.mp3"), 2000, true);
    std::vector<flatbuffers::Offset<content::Soundscape>> scape_list;
    for (const auto& [key, chosen] : soundscapes)
      scape_list.push_back(content::CreateSoundscape(builder, builder.CreateString(key), builder.CreateVector(chosen)));
    content::FinishSoundBookBuffer(
        builder, content::CreateSoundBook(builder, builder.CreateString("effects.mp3"), 60, builder.CreateVector(sound_list),
                                          builder.CreateVector(cue_list), builder.CreateVector(&loop, 1),
                                          builder.CreateString(later_file), builder.CreateVector(scape_list)));
    return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
  }
  [[nodiscard]] SoundBook book() const { return *SoundBook::load(bytes()); }
};

TEST(SoundBook, the_most_special_key_that_is_known_wins) {
  const SoundBook book = BookOf{{{"yelp", 1}, {"oof", 1}}, {{"goblin.hurt", {0}}, {"hurt", {1}}}}.book();
  EXPECT_EQ(book.find(Keys{"goblin.hurt", "hurt", ""})[0], 0);
  EXPECT_EQ(book.find(Keys{"wolf.hurt", "hurt", ""})[0], 1);
  EXPECT_TRUE(book.find(Keys{"wolf.howl", "howl", ""}).empty());
  EXPECT_EQ(book.loops().at(0).file, "hum.mp3");
}

TEST(SoundBook, a_damaged_book_is_refused_in_words) {
  EXPECT_EQ(SoundBook::load({}).error().text, "sounds.bin: is damaged or no book of sounds");
  std::vector<std::uint8_t> bytes = BookOf{{{"yelp", 1}}, {{"hurt", {0}}}}.bytes();
  bytes.resize(bytes.size() / 2);
  EXPECT_FALSE(SoundBook::load(bytes));
  EXPECT_EQ(SoundBook::load(BookOf{{{"yelp", 1}}, {{"hurt", {3}}}}.bytes()).error().text,
            "sounds.bin: cue hurt names sound 3 of 1");
  EXPECT_FALSE(SoundBook::load(BookOf{{{"yelp", 0}}, {}}.bytes()));
  EXPECT_FALSE(SoundBook::load(BookOf{{{"yelp", 1}}, {}, NAN}.bytes()));
}

TEST(SoundBook, a_place_without_a_soundscape_of_its_own_sounds_like_everywhere) {
  BookOf of{{{"yelp", 1}}, {}};
  EXPECT_TRUE(of.book().soundscape("cave").empty()) << "none at all is silence";
  of.soundscapes = {{"everywhere", {0}}, {"cave", {}}};
  const SoundBook book = of.book();
  EXPECT_EQ(book.soundscape("").size(), 1U);
  EXPECT_EQ(book.soundscape("swamp").size(), 1U);
  EXPECT_TRUE(book.soundscape("cave").empty()) << "silence on purpose";
  of.soundscapes = {{"cave", {0, 4}}};
  EXPECT_EQ(SoundBook::load(of.bytes()).error().text, "sounds.bin: soundscape cave names loop 4 of 1");
}

TEST(SoundBook, what_comes_later_has_a_file) {
  BookOf of{{{"howl", 1}}, {}};
  of.later = true;
  EXPECT_EQ(SoundBook::load(of.bytes()).error().text, "sounds.bin: sound howl lies in a file without a name");
  of.later_file = "later.mp3";
  EXPECT_TRUE(of.book().sounds().at(0).later);
  EXPECT_EQ(of.book().later_file(), "later.mp3");
}

class Listening : public ::testing::Test {
 protected:
  Listening() : map_(sim::testing::open_map(20)), content_(sim::testing::make_content(map_)), cues_(content_) {
    cues_.enter(&map_);
    self_ = body(sim::Kind::player, 1, 10, 10);
    self_.self = true;
    watch();
    cues_.take();
  }
  static core::BodyView body(sim::Kind kind, std::uint16_t index, double x, double y) {
    core::BodyView view;
    view.id = {index, 1};
    view.kind = kind;
    view.x = x;
    view.y = y;
    return view;
  }
  void watch() {
    now_ms_ += 16;
    cues_.watch(self_, now_ms_);
    for (const core::BodyView& other : others_) cues_.watch(other, now_ms_);
    cues_.watched(now_ms_);
  }
  /// First keys of what was noticed since the last call.
  Keys heard() {
    Keys keys;
    for (const Cue& cue : cues_.take()) keys.push_back(cue.keys[0]);
    return keys;
  }
  Keys walk(core::BodyView& who, double tiles) {
    who.action = sim::Action::walk;
    for (int i = 0; i < 100; ++i) {
      who.x += tiles / 100;
      watch();
    }
    Keys grounds;
    for (const Cue& cue : cues_.take()) grounds.push_back(cue.keys[1]);
    return grounds;
  }
  [[nodiscard]] std::string name_of(const core::BodyView& who) const {
    return who.kind == sim::Kind::player ? content_.classes()[who.archetype].body.name
                                         : content_.monsters()[who.archetype].body.name;
  }

  content::MapSpec map_;
  content::Content content_;
  Cues cues_;
  core::BodyView self_;
  std::vector<core::BodyView> others_;
  double now_ms_ = 1000;
};

TEST_F(Listening, steps_fall_by_distance_and_sound_like_the_ground) {
  const Keys grass = walk(self_, 4.4);
  EXPECT_EQ(grass.size(), 4U);
  EXPECT_TRUE(std::all_of(grass.begin(), grass.end(), [](const std::string& key) { return key == "step.grass"; }));
  std::fill(map_.ground.begin(), map_.ground.end(), content::Ground::path);
  EXPECT_EQ(walk(self_, 2.2).front(), "step.path");
  std::fill(map_.ground.begin(), map_.ground.end(), content::Ground::grass);
  for (std::size_t column = 10; column < 20; ++column) map_.ground[11 * 20 + column] = content::Ground::water;  // beside the way
  self_.x = 17.2;
  watch();
  EXPECT_EQ(walk(self_, 1.15).front(), "step.water");
}

TEST_F(Listening, waking_elsewhere_is_no_walk_and_far_steps_are_not_listened_to) {
  self_.action = sim::Action::walk;
  self_.x += 6;
  watch();
  EXPECT_TRUE(heard().empty());
  others_ = {body(sim::Kind::player, 2, self_.x - Cues::k_steps_tiles - 4, self_.y)};
  watch();
  EXPECT_TRUE(walk(others_[0], 3).empty());
}

TEST_F(Listening, a_blow_is_heard_when_it_is_lifted_and_when_it_falls_once_each) {
  others_ = {body(sim::Kind::monster, 2, 11, 10)};
  watch();
  const auto& attack = content_.monsters()[0].body.attack;
  core::BodyView& goblin = others_[0];
  Keys all;
  for (int blow = 0; blow < 2; ++blow) {
    goblin.action = sim::Action::attack;
    for (double age_ms = 0; age_ms < attack.windup_ms + attack.recovery_ms; age_ms += 16) {
      goblin.action_age_ms = age_ms;
      watch();
      for (const std::string& key : heard()) all.push_back(key);
    }
  }
  const std::string name = name_of(goblin);
  EXPECT_EQ(all, (Keys{name + ".windup", name + ".swing", name + ".windup", name + ".swing"}));
}

TEST_F(Listening, whoever_comes_into_view_in_the_middle_of_a_blow_began_it_unheard) {
  others_ = {body(sim::Kind::monster, 2, 11, 10)};
  others_[0].action = sim::Action::attack;
  others_[0].action_age_ms = 300;
  watch();
  others_[0].action_age_ms = 600;
  watch();
  EXPECT_TRUE(heard().empty());
}

TEST_F(Listening, a_hit_names_who_struck_and_whom_and_a_players_death_is_a_triumph) {
  others_ = {body(sim::Kind::monster, 2, 11, 10)};
  core::Moment moment;
  moment.type = sim::EventType::hit;
  moment.source_kind = sim::Kind::monster;
  moment.x = 10;
  cues_.happen(moment, &self_);
  auto cues = cues_.take();
  const std::string goblin = name_of(others_[0]), player = name_of(self_);
  ASSERT_EQ(cues.size(), 2U);
  EXPECT_EQ(cues[0].keys, (std::array<std::string, 3>{goblin + ".hit", "strike.hit", "hit"}));
  EXPECT_EQ(cues[1].keys, (std::array<std::string, 3>{player + ".hurt", "hurt", ""}));
  EXPECT_EQ(cues[0].x, 10);
  moment.type = sim::EventType::death;
  cues_.happen(moment, &self_);
  EXPECT_EQ(heard(), (Keys{player + ".death", goblin + ".triumph"}));
  cues_.happen(moment, &others_[0]);
  EXPECT_EQ(heard(), Keys{goblin + ".death"});
  moment.type = sim::EventType::hit;
  cues_.happen(moment, nullptr);  // nobody knows whom: it is heard all the same
  cues = cues_.take();
  EXPECT_EQ(cues[1].keys[1], "hurt");
}

TEST_F(Listening, a_weak_heart_beats_once_a_second_until_death) {
  self_.health_fraction = 0.2;
  for (int i = 0; i < 190; ++i) watch();  // three seconds and a bit
  EXPECT_EQ(heard(), (Keys{"heartbeat", "heartbeat", "heartbeat", "heartbeat"}));
  self_.action = sim::Action::dead;
  for (int i = 0; i < 190; ++i) watch();
  EXPECT_TRUE(heard().empty());
}

TEST_F(Listening, a_level_gained_in_view_is_heard) {
  self_.level = 2;
  watch();
  EXPECT_EQ(heard(), Keys{name_of(self_) + ".level_up"});
  watch();
  EXPECT_TRUE(heard().empty());
}

TEST_F(Listening, who_comes_straight_at_the_ears_calls_once_until_it_has_long_been_calm) {
  self_.x = 3;
  watch();
  others_ = {body(sim::Kind::monster, 2, 17, 10)};
  core::BodyView& goblin = others_[0];
  const std::string call = name_of(goblin) + ".rouse";
  const auto run = [&](double dx, double dy, int frames) {
    goblin.action = sim::Action::walk;
    const double tiles = content_.monsters()[0].body.speed / 256.0 * 0.016;
    for (int i = 0; i < frames; ++i) goblin.x += dx * tiles, goblin.y += dy * tiles, watch();
    const Keys keys = heard();
    return std::count(keys.begin(), keys.end(), call);
  };
  EXPECT_EQ(run(0, 1, 60), 0) << "past the ears";
  EXPECT_EQ(run(0, -1, 60), 0);
  EXPECT_EQ(run(-1, 0, 40), 0) << "so short a way may be a stroll";
  EXPECT_EQ(run(-1, 0, 80), 1);
  EXPECT_EQ(run(1, 0, 80), 0);
  EXPECT_EQ(run(-1, 0, 80), 0) << "again, but not anew";
  goblin.action = sim::Action::idle;
  for (int i = 0; i < 1000; ++i) watch();
  EXPECT_EQ(run(1, 0, 60), 0);
  EXPECT_EQ(run(-1, 0, 120), 1) << "after sixteen calm seconds";
}

TEST_F(Listening, who_follows_its_master_does_not_call) {
  others_ = {body(sim::Kind::summoned, 2, 18, 10)};
  others_[0].action = sim::Action::walk;
  for (int i = 0; i < 150; ++i) others_[0].x -= content_.monsters()[0].body.speed / 256.0 * 0.016, watch();
  for (const std::string& key : heard()) EXPECT_EQ(key.find("rouse"), std::string::npos) << key;
}

TEST_F(Listening, a_sheep_bleats_whatever_it_was_and_is_struck_as_a_sheep) {
  others_ = {body(sim::Kind::monster, 2, 11, 10)};
  watch();
  others_[0].looks = 4 | 1;
  for (int i = 0; i < 340; ++i) watch();  // 5.4 s
  EXPECT_EQ(heard(), (Keys{"sheep.bleat", "sheep.bleat", "sheep.bleat"}));
  core::Moment moment;
  cues_.happen(moment, &others_[0]);
  auto cues = cues_.take();
  EXPECT_EQ(cues.back().keys, (std::array<std::string, 3>{"sheep.hurt", "hurt", ""}));
  moment.type = sim::EventType::death;
  cues_.happen(moment, &others_[0]);
  EXPECT_EQ(heard(), Keys{"sheep.death"});
  others_[0].looks = 1;
  for (int i = 0; i < 340; ++i) watch();
  EXPECT_TRUE(heard().empty());
}

TEST_F(Listening, what_becomes_of_a_duel_is_heard_by_all_who_see_it) {
  core::Moment moment;
  moment.type = sim::EventType::duel;
  Keys all;
  for (const int news : {0, 1, 2, 3, 4, -1}) {
    moment.amount = news;
    cues_.happen(moment, nullptr);
    for (const std::string& key : heard()) all.push_back(key);
  }
  EXPECT_EQ(all, (Keys{"duel.begun", "duel.won", "duel.off", "duel.turned_down"}));
}

TEST_F(Listening, what_nobody_takes_is_bounded) {
  core::Moment moment;
  for (std::size_t i = 0; i < 2 * Cues::k_waiting_max; ++i) cues_.happen(moment, &self_);
  EXPECT_EQ(cues_.take().size(), Cues::k_waiting_max);
}

TEST(Ears, near_is_loud_far_is_soft_and_beyond_reach_is_silent) {
  const SoundBook book = BookOf{{{"thud", 8}}, {{"hit", {0}}}}.book();
  Ears ears(book, 1);
  double now_ms = 0;
  const auto gain_at = [&](double x, double y) {
    now_ms += 1000;
    const auto start = ears.hear({{"hit", "", ""}, x, y}, 0, 0, now_ms);
    return start ? start->gain : 0;
  };
  EXPECT_FLOAT_EQ(gain_at(0, 0), 1);
  EXPECT_FLOAT_EQ(gain_at(1, 1), 1);
  EXPECT_LT(gain_at(6, 0), gain_at(4, 0));
  EXPECT_GT(gain_at(6, 0), 0.1F);
  EXPECT_EQ(gain_at(12, 0), 0);
  EXPECT_EQ(gain_at(200, 0), 0);
}

TEST(Ears, what_is_right_on_the_screen_is_heard_from_the_right) {
  const SoundBook book = BookOf{{{"thud", 8}}, {{"hit", {0}}}}.book();
  Ears ears(book, 1);
  EXPECT_GT(ears.hear({{"hit", "", ""}, 5, -5}, 0, 0, 0)->pan, 0.3F);
  EXPECT_LT(ears.hear({{"hit", "", ""}, -5, 5}, 0, 0, 1000)->pan, -0.3F);
  EXPECT_FLOAT_EQ(ears.hear({{"hit", "", ""}, 5, 5}, 0, 0, 2000)->pan, 0);  // straight below
}

TEST(Ears, only_so_many_at_once_and_never_two_in_one_breath) {
  BookOf of{{{"thud", 3}}, {{"hit", {0}}}};
  for (int i = 0; i < 40; ++i) {
    of.sounds.emplace_back("other" + std::to_string(i), 16);
    of.cues.push_back({"other" + std::to_string(i), {static_cast<std::uint16_t>(i + 1)}});
  }
  const SoundBook book = of.book();
  Ears ears(book, 1);
  const Cue hit{{"hit", "", ""}, 0, 0};
  EXPECT_TRUE(ears.hear(hit, 0, 0, 0));
  EXPECT_FALSE(ears.hear(hit, 0, 0, Ears::k_again_ms / 2));
  EXPECT_TRUE(ears.hear(hit, 0, 0, 40));
  EXPECT_TRUE(ears.hear(hit, 0, 0, 80));
  EXPECT_FALSE(ears.hear(hit, 0, 0, 120)) << "a fourth of three";
  EXPECT_TRUE(ears.hear(hit, 0, 0, 205)) << "the first has ended";
  std::size_t others = 0;
  for (int i = 0; i < 40; ++i) others += ears.hear({{"other" + std::to_string(i), "", ""}, 0, 0}, 0, 0, 210) ? 1 : 0;
  EXPECT_EQ(others + 3, Ears::k_voices_max);
}

TEST(Ears, repeated_sounds_differ_in_pitch_within_the_books_range_and_take_all_takes) {
  BookOf of{{{"step", 8}}, {{"step", {0}}}};
  of.pitch_semitones = 2;
  const SoundBook book = of.book();
  Ears ears(book, 1);
  std::vector<float> rates;
  bool takes[2] = {};
  for (int i = 0; i < 50; ++i) {
    const auto start = ears.hear({{"step", "", ""}, 0, 0}, 0, 0, i * 1000.0);
    ASSERT_TRUE(start);
    rates.push_back(start->rate);
    ASSERT_LT(start->take, 2);
    takes[start->take] = true;
  }
  const auto [low, high] = std::minmax_element(rates.begin(), rates.end());
  EXPECT_GE(*low, std::exp2(-2.0F / 12) - 0.001F);
  EXPECT_LE(*high, std::exp2(2.0F / 12) + 0.001F);
  EXPECT_GT(*high - *low, 0.1F);
  EXPECT_TRUE(takes[0] && takes[1]);
}

}  // namespace
}  // namespace cudgel::game
