// Goal: every sentence is found again by its words, whatever follows a colon, and none by those of another. Method: the table against itself.

#include "protocol/sentences.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace cudgel::protocol {
namespace {

TEST(Sentences, are_found_again_by_their_words) {
  std::set<std::string_view> keys;
  for (int i = 0; i < k_sentences; ++i) {
    const auto sentence = static_cast<Sentence>(i);
    EXPECT_FALSE(words_of(sentence).empty());
    EXPECT_EQ(key_of_words(words_of(sentence)), key_of(sentence)) << words_of(sentence);
    EXPECT_TRUE(keys.insert(key_of(sentence)).second) << key_of(sentence) << " stands there twice";
  }
}

TEST(Sentences, what_follows_the_colon_does_not_matter_and_everything_before_it_does) {
  const std::string malformed(words_of(Sentence::malformed));
  EXPECT_EQ(key_of_words(malformed + ": Acts.acts.heading: must be 0 to 64"), "reason.malformed");
  EXPECT_EQ(key_of_words("the realm is full"), "reason.realm_full");
  EXPECT_EQ(key_of_words("the realm is full of goblins"), "");
  EXPECT_EQ(key_of_words("Hello.name: must be displayable"), "");
  EXPECT_EQ(key_of_words("that player does not want to be watched"), "watch.forbidden");
  EXPECT_EQ(key_of_words("that player does not want to be watched any more"), "watch.forbidden_now");
  EXPECT_EQ(key_of_words(""), "");
}

TEST(Sentences, fit_into_a_close_frame) {
  for (int i = 0; i < k_sentences; ++i) EXPECT_LE(words_of(static_cast<Sentence>(i)).size(), 123U);
}

}  // namespace
}  // namespace cudgel::protocol
