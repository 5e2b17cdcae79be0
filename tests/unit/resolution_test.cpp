// Goal: a device that cannot keep the pace draws fewer pixels, one that can draws all, and nobody flickers between the two.
// Method: a made-up device whose frame time is a fixed part and a part per pixel, on a clock of its own.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "play/resolution.h"

namespace cudgel::game {
namespace {

struct Device {
  double fixed_ms = 0;  ///< of each frame, whatever its size
  double full_ms = 0;   ///< what all pixels of the screen add
  double display_ms = 1000.0 / 60;
};

class ResolutionTest : public ::testing::Test {
 protected:
  /// Draws for so long; counts the changes.
  int draw(const Device& device, double seconds) {
    int changes = 0;
    for (const double end_ms = now_ms_ + seconds * 1000; now_ms_ < end_ms;) {
      const double work_ms = device.fixed_ms + device.full_ms * resolution_.scale() * resolution_.scale();
      const double interval_ms = std::max(work_ms, device.display_ms);
      now_ms_ += interval_ms;
      if (resolution_.on_frame(now_ms_, interval_ms)) ++changes;
    }
    return changes;
  }

  Resolution resolution_;
  double now_ms_ = 5000;
};

TEST_F(ResolutionTest, a_quick_device_draws_every_pixel) {
  EXPECT_EQ(draw({3, 8}, 600), 0);
  EXPECT_EQ(resolution_.scale(), 1.0);
}

TEST_F(ResolutionTest, a_slow_one_draws_as_many_as_keep_the_pace) {
  draw({8, 16}, 10);
  EXPECT_LT(resolution_.scale(), 1.0);
  EXPECT_LE(8 + 16 * resolution_.scale() * resolution_.scale(), 17.0);
}

TEST_F(ResolutionTest, it_stops_at_half) {
  draw({10, 200}, 60);
  EXPECT_EQ(resolution_.scale(), Resolution::k_scale_min);
}

TEST_F(ResolutionTest, finer_is_tried_ever_more_rarely_when_it_fails) {
  draw({8, 16}, 20);
  const int early = draw({8, 16}, 300);
  const int late = draw({8, 16}, 300);
  EXPECT_GT(early, late);
  EXPECT_LE(late, 4);
}

TEST_F(ResolutionTest, when_the_crowd_has_gone_all_pixels_come_back) {
  draw({8, 16}, 20);
  ASSERT_LT(resolution_.scale(), 1.0);
  draw({3, 8}, 60);
  EXPECT_EQ(resolution_.scale(), 1.0);
}

TEST_F(ResolutionTest, a_device_whose_pixels_are_not_what_is_slow_keeps_them) {
  draw({40, 0.5}, 10);
  EXPECT_EQ(resolution_.scale(), 1.0);
  EXPECT_EQ(draw({40, 0.5}, 20), 0);
}

TEST_F(ResolutionTest, a_crowd_that_grows_meanwhile_does_not_make_it_look_useless) {
  // Slow from the first, one step down, and then the scene costs ten times as much: two steps have gained nothing, it seems.
  while (resolution_.scale() == 1.0) draw({16, 4}, 0.1);
  draw({16, 6}, 1.2);
  draw({16, 40}, 20);
  EXPECT_EQ(resolution_.scale(), Resolution::k_scale_min);
}

TEST_F(ResolutionTest, a_display_of_thirty_frames_a_second_keeps_its_pixels) {
  draw({3, 8, 1000.0 / 30}, 25);
  EXPECT_EQ(resolution_.scale(), 1.0);
}

TEST_F(ResolutionTest, a_hidden_page_and_a_single_hiccup_say_nothing) {
  draw({3, 8}, 5);
  now_ms_ += 60000;
  EXPECT_FALSE(resolution_.on_frame(now_ms_, 60000));
  EXPECT_EQ(draw({60, 8}, 0.4), 0);
  EXPECT_EQ(draw({3, 8}, 5), 0);
}

TEST(Resolution, what_the_player_fixed_stays_however_slow_and_ends_when_it_is_given_up) {
  Resolution resolution;
  resolution.fix(1.0);
  double now_ms = 0;
  for (int i = 0; i < 400; ++i) EXPECT_FALSE(resolution.on_frame(now_ms += 50, 50));
  EXPECT_EQ(resolution.scale(), 1.0);
  resolution.fix(Resolution::k_scale_min);
  EXPECT_EQ(resolution.scale(), Resolution::k_scale_min);
  resolution.fix(0);
  EXPECT_EQ(resolution.scale(), 1.0);
  bool changed = false;
  for (int i = 0; i < 400; ++i) changed = resolution.on_frame(now_ms += 50, 50) || changed;
  EXPECT_TRUE(changed) << "slow as it is, it is drawn coarser again";
}

}  // namespace
}  // namespace cudgel::game
