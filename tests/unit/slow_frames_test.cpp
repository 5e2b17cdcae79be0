// Goal: of the display frames of the last minute the slowest are known, with what was done in them. Method: frames in, what is kept out.

#include "play/slow_frames.h"

#include <gtest/gtest.h>

namespace cudgel::game {
namespace {

SlowFrame frame(double at_ms, float interval_ms, int pages = 0) {
  SlowFrame one;
  one.at_ms = at_ms;
  one.interval_ms = interval_ms;
  one.deeds.pages = pages;
  return one;
}

TEST(SlowFrames, keeps_what_missed_a_frame_with_its_deeds_and_nothing_else) {
  SlowFrames slow;
  slow.add(frame(0, 16.7F));
  slow.add(frame(17, 80, 2));
  slow.add(frame(97, 5000));  // a hidden page
  ASSERT_EQ(slow.kept().size(), 1U);
  EXPECT_EQ(slow.kept()[0].at_ms, 17);
  EXPECT_EQ(slow.kept()[0].deeds.pages, 2);
}

TEST(SlowFrames, of_too_many_the_slowest_stay_in_their_order) {
  SlowFrames slow;
  for (int i = 0; i < 100; ++i) slow.add(frame(i * 100, 40.0F + static_cast<float>(i % 25)));
  ASSERT_EQ(slow.kept().size(), SlowFrames::k_kept);
  for (std::size_t i = 0; i < slow.kept().size(); ++i) {
    EXPECT_GE(slow.kept()[i].interval_ms, 57);
    if (i > 0) {
      EXPECT_GT(slow.kept()[i].at_ms, slow.kept()[i - 1].at_ms);
    }
  }
}

TEST(SlowFrames, forgets_after_a_minute) {
  SlowFrames slow;
  slow.add(frame(1000, 300));
  slow.add(frame(1000 + SlowFrames::k_kept_ms + 1, 40));
  ASSERT_EQ(slow.kept().size(), 1U);
  EXPECT_EQ(slow.kept()[0].interval_ms, 40);
}

}  // namespace
}  // namespace cudgel::game
