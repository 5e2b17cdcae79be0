// Goal: a blow is felt in the picture and leaves nothing behind; the game's own words follow the language. Method: plain values in and out.

#include <gtest/gtest.h>

#include <cmath>

#include "play/impact.h"
#include "play/words.h"

namespace cudgel::game {
namespace {

TEST(Impact, the_picture_stands_still_and_catches_up_without_ever_running_back) {
  Impact impact;
  impact.land(0, 0, 1000);
  const auto shown_at = [&](double now_ms) { return impact.shown_age_ms(300 + now_ms - 1000, now_ms); };
  EXPECT_DOUBLE_EQ(shown_at(1000), 300);
  EXPECT_DOUBLE_EQ(shown_at(1000 + Impact::k_stop_ms), 300);
  double before = 300;
  for (double now_ms = 1000; now_ms < 1400; now_ms += 4) {
    EXPECT_GE(shown_at(now_ms), before);
    EXPECT_LE(shown_at(now_ms), 300 + now_ms - 1000);
    before = shown_at(now_ms);
  }
  EXPECT_DOUBLE_EQ(shown_at(1000 + Impact::k_stop_ms + Impact::k_catch_up_ms), 300 + Impact::k_stop_ms + Impact::k_catch_up_ms);
}

TEST(Impact, a_new_action_in_the_middle_begins_at_its_beginning) {
  Impact impact;
  impact.land(0, 0, 1000);
  EXPECT_DOUBLE_EQ(impact.shown_age_ms(0, 1050), 0);
  EXPECT_DOUBLE_EQ(Impact().shown_age_ms(123, 1000), 123) << "nobody was struck";
}

TEST(Impact, who_is_struck_is_knocked_the_blows_way_a_little_and_comes_back) {
  Impact impact;
  impact.land(3, 4, 1000);
  const Impact::Offset at_once = impact.offset(1000);
  EXPECT_NEAR(at_once.x, 0.6 * Impact::k_knock_tiles, 1e-9);
  EXPECT_NEAR(at_once.y, 0.8 * Impact::k_knock_tiles, 1e-9);
  EXPECT_LT(std::hypot(impact.offset(1050).x, impact.offset(1050).y), Impact::k_knock_tiles);
  EXPECT_EQ(impact.offset(1000 + Impact::k_knock_ms).x, 0);
  impact.land(0, 0, 2000);
  EXPECT_EQ(impact.offset(2000).x, 0) << "who struck is not knocked";
}

TEST(Words, names_and_sentences_are_the_dictionarys_or_english) {
  Words words;
  EXPECT_EQ(words.name("goblin_clubber"), "Goblin clubber");
  EXPECT_EQ(words.one_of("goblin_clubber"), "a goblin clubber");
  words.set("name.goblin_clubber\t哥布林棒手\none_of\t{name}\nmissed\t未中\nno tab here\n\tno key");
  EXPECT_EQ(words.name("goblin_clubber"), "哥布林棒手");
  EXPECT_EQ(words.one_of("goblin_clubber"), "哥布林棒手");
  EXPECT_EQ(words.word("missed", "missed"), "未中");
  EXPECT_EQ(words.name("cave_spider"), "Cave spider") << "what is new has no word yet";
  words.set("");
  EXPECT_EQ(words.word("missed", "missed"), "missed") << "another dictionary takes the place of the first";
}

TEST(Words, a_dictionary_is_bounded) {
  std::string lines;
  for (std::size_t i = 0; i < 2 * Words::k_entries_max; ++i) lines += "k" + std::to_string(i) + "\tv\n";
  Words words;
  words.set(lines);
  EXPECT_EQ(words.word("k0", ""), "v");
  EXPECT_EQ(words.word("k" + std::to_string(Words::k_entries_max), "none"), "none");
}

}  // namespace
}  // namespace cudgel::game
