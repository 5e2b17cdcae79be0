// Goal: a token survives being kept as text, and no other text becomes one.

#include <gtest/gtest.h>

#include "play/token_text.h"

namespace cudgel::game {
namespace {

TEST(TokenText, comes_back_as_it_was) {
  protocol::Token token;
  for (std::size_t i = 0; i < token.size(); ++i) token[i] = static_cast<std::uint8_t>(i * 37 + 250);
  const std::string text = text_of(token);
  EXPECT_EQ(text.size(), 64U);
  EXPECT_EQ(token_of(text), token);
}

TEST(TokenText, anything_else_is_none) {
  const std::string good(64, 'a');
  EXPECT_TRUE(token_of(good));
  EXPECT_FALSE(token_of(""));
  EXPECT_FALSE(token_of(good + "a"));
  EXPECT_FALSE(token_of(good.substr(1)));
  EXPECT_FALSE(token_of(good.substr(1) + "g"));
  EXPECT_FALSE(token_of(good.substr(1) + "A"));
}

}  // namespace
}  // namespace cudgel::game
