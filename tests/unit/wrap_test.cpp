// Goal: words are broken for a narrow place where a reader would break them, and never inside a character.
// Method: texts in, lines out.

#include "play/wrap.h"

#include <gtest/gtest.h>

namespace cudgel::game {
namespace {

using Lines = std::vector<std::string>;

TEST(Wrap, at_spaces_where_there_are_any) {
  EXPECT_EQ(wrapped("short", 10, 3), (Lines{"short"}));
  EXPECT_EQ(wrapped("the goblin is on its way", 10, 3), (Lines{"the goblin", "is on its", "way"}));
  EXPECT_EQ(wrapped("exactly 10 and", 10, 3), (Lines{"exactly 10", "and"}));
}

TEST(Wrap, between_characters_where_there_are_none) {
  EXPECT_EQ(wrapped("哥布林已经在路上了", 8, 3), (Lines{"哥布林已", "经在路上", "了"}));
  EXPECT_EQ(wrapped("abcdefghijkl", 5, 3), (Lines{"abcde", "fghij", "kl"}));
}

TEST(Wrap, what_does_not_fit_ends_in_an_ellipsis) {
  EXPECT_EQ(wrapped("one two three four", 5, 2), (Lines{"one", "two…"}));
  EXPECT_EQ(wrapped("哥布林已经在路上了", 8, 1), (Lines{"哥布林已…"}));
  EXPECT_EQ(wrapped("one two", 3, 2), (Lines{"one", "two"}));
}

TEST(Wrap, a_wide_character_in_a_narrow_place_still_ends) {
  // Wider than a line: it cannot be shown, and must not be tried for ever.
  EXPECT_EQ(wrapped("哥布", 1, 2).size(), 2U);
}

}  // namespace
}  // namespace cudgel::game
