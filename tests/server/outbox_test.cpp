// Goal: words reach the client in order, each once, and are kept until they were acknowledged. Method: values in, values out.

#include "session/outbox.h"

#include <gtest/gtest.h>

namespace cudgel::session {
namespace {

TEST(Outbox, numbers_ascend_and_wait_until_acknowledged) {
  Outbox outbox;
  for (const char* words : {"one", "two", "three"}) EXPECT_TRUE(outbox.push(words));
  ASSERT_EQ(outbox.unsent(2).size(), 2U);
  EXPECT_EQ(outbox.unsent(2)[0].sequence, 1U);
  EXPECT_EQ(outbox.unsent(2)[1].text, "two");
  outbox.mark_sent(2);
  ASSERT_EQ(outbox.unsent(15).size(), 1U);
  EXPECT_EQ(outbox.unsent(15)[0].sequence, 3U);
  EXPECT_EQ(outbox.waiting(), 3U);
  outbox.acknowledge(1);
  EXPECT_EQ(outbox.waiting(), 2U);
  EXPECT_EQ(outbox.unsent(15)[0].sequence, 3U);
}

TEST(Outbox, another_connection_hears_what_was_not_acknowledged) {
  Outbox outbox;
  for (const char* words : {"one", "two", "three"}) outbox.push(words);
  outbox.mark_sent(3);
  outbox.acknowledge(1);
  outbox.begin_again();
  ASSERT_EQ(outbox.unsent(15).size(), 2U);
  EXPECT_EQ(outbox.unsent(15)[0].text, "two");
}

TEST(Outbox, a_lie_about_what_was_received_throws_nothing_unsent_away) {
  Outbox outbox;
  for (const char* words : {"one", "two"}) outbox.push(words);
  outbox.mark_sent(1);
  outbox.acknowledge(4'000'000'000U);
  ASSERT_EQ(outbox.unsent(15).size(), 1U);
  EXPECT_EQ(outbox.unsent(15)[0].text, "two");
}

TEST(Outbox, it_is_bounded) {
  Outbox outbox;
  for (std::size_t i = 0; i < Outbox::k_waiting_max; ++i) EXPECT_TRUE(outbox.push("x"));
  EXPECT_FALSE(outbox.push("one too many"));
  EXPECT_EQ(outbox.waiting(), Outbox::k_waiting_max);
}

}  // namespace
}  // namespace cudgel::session
