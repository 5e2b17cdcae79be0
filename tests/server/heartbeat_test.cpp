// When a silent peer is asked, and when it is given up.

#include <gtest/gtest.h>

#include "net/heartbeat.h"

using cudgel::net::Heartbeat;
using Due = cudgel::net::Heartbeat::Due;

TEST(Heartbeat, a_peer_that_answers_is_asked_again_and_again) {
  Heartbeat heartbeat(5, 12);
  heartbeat.heard(100);
  EXPECT_EQ(heartbeat.due(104), Due::nothing);
  EXPECT_EQ(heartbeat.due(105), Due::ping);
  heartbeat.asked();
  EXPECT_EQ(heartbeat.due(106), Due::nothing);
  heartbeat.heard(107);
  EXPECT_EQ(heartbeat.due(111), Due::nothing);
  EXPECT_EQ(heartbeat.due(112), Due::ping);
}

TEST(Heartbeat, a_peer_that_does_not_answer_is_given_up_so_long_after_it_was_last_heard) {
  Heartbeat heartbeat(5, 12);
  heartbeat.heard(100);
  heartbeat.asked();
  EXPECT_EQ(heartbeat.due(111), Due::nothing);
  EXPECT_EQ(heartbeat.due(112), Due::hang_up);
}

// A reader that is behind cannot be asked, and must not be cut for that: the session is patient with it for longer.
TEST(Heartbeat, who_was_not_asked_is_not_given_up) {
  Heartbeat heartbeat(5, 12);
  heartbeat.heard(100);
  EXPECT_EQ(heartbeat.due(1000), Due::ping);
}
