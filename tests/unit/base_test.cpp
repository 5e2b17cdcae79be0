// Goal: the small things everything stands on give the same and the right values. Method: known values, symmetry, and for texts
// the cases that are usually forgotten.

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

#include "base/edit_distance.h"
#include "base/fixed.h"
#include "base/fixed_text.h"
#include "base/hash.h"
#include "base/ids.h"
#include "base/random.h"
#include "base/result.h"
#include "base/time_scale.h"
#include "base/utf8.h"

namespace cudgel::base {
namespace {

TEST(Fixed, the_integer_square_root_is_exact_around_every_square) {
  for (std::int64_t root : {1LL, 2LL, 255LL, 256LL, 46340LL, 65535LL, 1048576LL, 2147483646LL}) {
    EXPECT_EQ(isqrt(root * root), root);
    EXPECT_EQ(isqrt(root * root - 1), root - 1);
    EXPECT_EQ(isqrt(root * root + 2 * root), root);
  }
  EXPECT_EQ(isqrt(0), 0);
}

TEST(Fixed, every_heading_is_the_heading_of_its_own_vector) {
  for (int heading = 0; heading < k_headings; ++heading) {
    EXPECT_EQ(heading_of(along(heading, 2048)), heading) << heading;
    EXPECT_EQ(heading_of(along(heading, 100)), heading) << heading;
  }
}

TEST(Fixed, vectors_of_all_headings_have_their_length_and_opposites_cancel) {
  for (int heading = 0; heading < k_headings; ++heading) {
    EXPECT_NEAR(length(along(heading, 10000)), 10000, 6) << heading;
    EXPECT_EQ(along(heading, 777) + along((heading + 32) % k_headings, 777), Vec2{}) << heading;
  }
  EXPECT_EQ(along(0, 256), (Vec2{256, 0}));
  EXPECT_EQ(along(16, 256), (Vec2{0, 256}));
  EXPECT_EQ(along(32, 256), (Vec2{-256, 0}));
  EXPECT_EQ(along(48, 256), (Vec2{0, -256}));
}

TEST(Fixed, facings_are_the_eight_directions_and_round_to_the_nearest) {
  for (int facing = 0; facing < k_facings; ++facing) {
    EXPECT_EQ(facing_of_heading(facing * 8), facing);
    EXPECT_EQ(facing_of_heading((facing * 8 + 3) % k_headings), facing);
    EXPECT_EQ(facing_of_heading((facing * 8 + k_headings - 4) % k_headings), facing);
  }
}

TEST(Fixed, the_distance_of_the_view_is_the_larger_of_both) {
  EXPECT_EQ(chebyshev({-7, 3}), 7);
  EXPECT_EQ(chebyshev({2, -9}), 9);
  EXPECT_EQ(tile_centre(3, 5), (Vec2{3 * 256 + 128, 5 * 256 + 128}));
}

TEST(Ids, an_id_survives_being_packed_and_generation_nothing_is_nobody) {
  const EntityId id{513, 77};
  EXPECT_EQ(EntityId::unpack(id.packed()), id);
  EXPECT_TRUE(id.valid());
  EXPECT_FALSE(EntityId{}.valid());
  EXPECT_FALSE((EntityId{5, 0}).valid());
}

TEST(Random, the_sequence_is_that_of_pcg_and_goes_on_after_a_restore) {
  Random random(42);
  std::array<std::uint32_t, 4> first{};
  for (std::uint32_t& number : first) number = random.next();
  const std::uint64_t state = random.state();
  const std::uint32_t fifth = random.next();
  Random other(1);
  other.restore(state);
  EXPECT_EQ(other.next(), fifth);
  Random again(42);
  for (const std::uint32_t number : first) EXPECT_EQ(again.next(), number);
  EXPECT_NE(Random(43).next(), first[0]);
}

TEST(Random, between_reaches_both_ends_and_nothing_beyond) {
  Random random(7);
  std::set<std::int32_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.between(-2, 3));
  EXPECT_EQ(seen, (std::set<std::int32_t>{-2, -1, 0, 1, 2, 3}));
  for (int i = 0; i < 100; ++i) EXPECT_EQ(random.between(9, 9), 9);
}

TEST(Random, all_values_are_about_equally_likely) {
  Random random(3);
  std::array<int, 10> counts{};
  for (int i = 0; i < 100000; ++i) ++counts[random.below(10)];
  for (const int count : counts) EXPECT_NEAR(count, 10000, 500);
}

TEST(Hash, is_xxh64) {
  // Published test value of XXH64 for no bytes and seed 0.
  EXPECT_EQ(hash_bytes({}), 0xEF46DB3751D8E999ULL);
  const std::array<std::uint8_t, 3> bytes{1, 2, 3};
  EXPECT_NE(hash_bytes(bytes), hash_bytes(bytes, 1));
}

TEST(FixedText, a_text_that_is_too_long_is_refused_and_the_old_one_stays) {
  FixedText<4> text;
  EXPECT_TRUE(text.empty());
  EXPECT_TRUE(text.assign("abcd"));
  EXPECT_FALSE(text.assign("abcde"));
  EXPECT_EQ(text.view(), "abcd");
  EXPECT_TRUE(text.assign("x"));
  FixedText<4> other;
  ASSERT_TRUE(other.assign("x"));
  EXPECT_TRUE(text == other);
}

TEST(Utf8, counts_code_points_of_any_script) {
  EXPECT_EQ(utf8_length(""), 0U);
  EXPECT_EQ(utf8_length("Grug"), 4U);
  EXPECT_EQ(utf8_length("\xE6\xA3\x8D\xE5\xAD\x90"), 2U);  // two Chinese characters
  EXPECT_EQ(utf8_length("\xF0\x9F\x98\x80"), 1U);          // beyond the first plane
}

TEST(Utf8, refuses_what_is_not_utf8) {
  const std::vector<std::string> wrong = {
      "\x80",              // a follower alone
      "\xC0\x80",          // overlong
      "\xC1\xBF",          // overlong
      "\xE0\x80\x80",      // overlong
      "\xF0\x80\x80\x80",  // overlong
      "\xED\xA0\x80",      // surrogate
      "\xF4\x90\x80\x80",  // above U+10FFFF
      "\xF5\x80\x80\x80",  // no such lead
      "\xE6\xA3",          // cut off
      "\xE6\x41\x41",      // no follower
      "ok\xFF",
  };
  for (const std::string& text : wrong) EXPECT_EQ(utf8_length(text), std::nullopt) << ::testing::PrintToString(text);
}

TEST(Utf8, names_can_be_shown) {
  EXPECT_TRUE(is_displayable_name("Ann", 16));
  EXPECT_TRUE(is_displayable_name("J\xC3\xB6rg the 2nd", 16));
  EXPECT_TRUE(is_displayable_name("\xE6\xA3\x8D\xE5\xAD\x90", 2));
  EXPECT_FALSE(is_displayable_name("\xE6\xA3\x8D\xE5\xAD\x90", 1));
  EXPECT_FALSE(is_displayable_name("", 16));
  EXPECT_FALSE(is_displayable_name("   ", 16));
  EXPECT_FALSE(is_displayable_name("\xE3\x80\x80", 16));  // only an ideographic space
  EXPECT_FALSE(is_displayable_name("a\nb", 16));
  EXPECT_FALSE(is_displayable_name(std::string_view("a\0b", 3), 16));
  EXPECT_FALSE(
      is_displayable_name("a\xE2\x80\xAE"
                          "b",
                          16));                           // turns text around
  EXPECT_FALSE(is_displayable_name("\xE2\x80\x8B", 16));  // zero width
  EXPECT_FALSE(is_displayable_name("\xC2\x85", 16));      // C1 control
}

TEST(Result, holds_a_value_or_a_reason) {
  const Result<int, std::string> good = 3;
  const Result<int, std::string> bad = fail(std::string("why"));
  EXPECT_EQ(good.value(), 3);
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(bad.error(), "why");
}

TEST(TimeScale, runs_so_many_times_as_fast_from_its_origin_and_back_again_without_waking_early) {
  const TimeScale real;
  EXPECT_EQ(real.scaled_ns(12345), 12345);
  EXPECT_EQ(real.real_ns(12345), 12345);
  const TimeScale fast{20, 1'000'000'000'000'000'000};  // thirty years since the machine began
  EXPECT_EQ(fast.scaled_ns(fast.origin_ns), fast.origin_ns);
  EXPECT_EQ(fast.scaled_ns(fast.origin_ns + 50), fast.origin_ns + 1000);
  EXPECT_EQ(fast.real_duration_ns(50'000'000), 2'500'000);
  for (const std::int64_t after : {0, 1, 19, 20, 21, 49'999'999}) {
    const std::int64_t deadline = fast.origin_ns + after;
    EXPECT_GE(fast.scaled_ns(fast.real_ns(deadline)), deadline) << after;
    EXPECT_LT(fast.scaled_ns(fast.real_ns(deadline) - 1), deadline) << after;
  }
}

TEST(EditDistance, counts_the_fewest_steps_and_a_swap_of_neighbours_once) {
  EXPECT_EQ(edit_distance("", ""), 0U);
  EXPECT_EQ(edit_distance("", "oak"), 3U);
  EXPECT_EQ(edit_distance("oak", "oak"), 0U);
  EXPECT_EQ(edit_distance("guard", "gaurd"), 1U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
  EXPECT_EQ(edit_distance("listen", "lisetn"), edit_distance("lisetn", "listen"));
  EXPECT_EQ(edit_distance("ab", "ba"), 1U);
}

}  // namespace
}  // namespace cudgel::base
