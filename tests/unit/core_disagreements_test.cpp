// Goal: where client and server part about the own character, tick and fields are named with both values, and an undisturbed game has
// nothing to name. Method: two walkers by hand; then a real client and server in one process, one of whose acts is made late by a
// network that suddenly slows down.

#include "core/disagreements.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "in_process.h"

namespace cudgel::core {
namespace {

sim::Walker at(std::int32_t x) {
  sim::Walker walker;
  walker.position = {x, 256};
  return walker;
}

TEST(Disagreements, names_tick_field_and_both_values) {
  Disagreements disagreements;
  disagreements.predicted(1031, at(1234));
  sim::Walker server = at(1235);
  server.intent.heading = 17;
  EXPECT_EQ(disagreements.compare(1031, server),
            "tick 1031: own character walker.position.x: 1234 here, 1235 on the server\n"
            "tick 1031: own character walker.intent.heading: 0 here, 17 on the server\n");
  EXPECT_EQ(disagreements.count(), 1U);
}

TEST(Disagreements, what_agrees_and_what_was_never_predicted_is_no_disagreement) {
  Disagreements disagreements;
  disagreements.predicted(10, at(1));
  disagreements.predicted(10, at(2));
  EXPECT_EQ(disagreements.compare(10, at(2)), "");
  EXPECT_EQ(disagreements.compare(0, at(2)), "");
  EXPECT_EQ(disagreements.compare(11, at(2)), "");
  EXPECT_EQ(disagreements.compare(10 + Disagreements::k_ticks, at(2)), "");
  EXPECT_EQ(disagreements.count(), 0U);
}

TEST(Disagreements, tells_of_one_tick_a_second_and_how_many_it_left_out) {
  Disagreements disagreements;
  int told = 0;
  std::string last;
  for (base::Tick tick = 100; tick <= 140; ++tick) {
    disagreements.predicted(tick, at(1));
    const std::string text = disagreements.compare(tick, at(2));
    if (text.empty()) continue;
    ++told;
    last = text;
  }
  EXPECT_EQ(told, 3);  // 100, 120, 140
  EXPECT_EQ(last,
            "tick 140: own character walker.position.x: 1 here, 2 on the server\nand 19 ticks before it that differed, too\n");
  EXPECT_EQ(disagreements.count(), 41U);
}

/// A player who turns every half second.
class Walk {
 public:
  explicit Walk(const test::Setup& setup) : game(setup), client(game.add_client("walker")) {
    client.watch_prediction([this](const std::string& text) { told.push_back(text); });
  }
  void run(double ms) {
    game.run(ms, [&] {
      if (game.now_ms() < turn_ms_) return;
      turn_ms_ = game.now_ms() + 500;
      client.want({static_cast<std::uint8_t>(1 + turns_++ * 13 % 64), false, {}});
    });
  }

  test::InProcess game;
  core::GameClient& client;
  std::vector<std::string> told;

 private:
  double turn_ms_ = 3000;  ///< by then the lead is learned
  int turns_ = 0;
};

TEST(Disagreements, an_undisturbed_game_has_none) {
  Walk walk({.seed = 3, .delay_ms = 50, .jitter_ms = 20});
  walk.run(20000);
  EXPECT_TRUE(walk.told.empty()) << walk.told.front();
}

TEST(Disagreements, acts_that_come_late_show_as_the_fields_they_moved) {
  Walk walk({.seed = 3, .delay_ms = 30});
  walk.run(8000);
  ASSERT_TRUE(walk.told.empty()) << walk.told.front();
  walk.game.network.conditions().delay_ms = 300;
  walk.run(3000);
  ASSERT_FALSE(walk.told.empty());
  EXPECT_NE(walk.told.front().find(": own character walker.intent.heading: "), std::string::npos) << walk.told.front();
  EXPECT_NE(walk.told.front().find(": own character walker.position.x: "), std::string::npos) << walk.told.front();
  walk.client.watch_prediction({});
  const std::size_t told = walk.told.size();
  walk.game.network.conditions().delay_ms = 900;
  walk.run(3000);
  EXPECT_EQ(walk.told.size(), told);
}

}  // namespace
}  // namespace cudgel::core
