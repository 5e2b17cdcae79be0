// Goal: a lost connection is found again by itself, politely; a refusal for good is said in words and not repeated.
// Method: real clients against a server in the same process whose network breaks, goes silent or turns them away.

#include <gtest/gtest.h>

#include "in_process.h"
#include "protocol/limits.h"

namespace cudgel::test {
namespace {

using core::Phase;

std::uint16_t code(protocol::CloseCode value) { return static_cast<std::uint16_t>(value); }

int players_named(const sim::World& world, std::string_view name) {
  int count = 0;
  for (const std::uint16_t slot : world.alive()) {
    const sim::Entity& entity = world.entities()[slot];
    if (entity.kind == sim::Kind::player && entity.name.view() == name) ++count;
  }
  return count;
}

TEST(Link, joins_again_by_itself_after_a_forced_close) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    InProcess game({seed, 20, 10});
    core::GameClient& client = game.add_client("阿木");
    ASSERT_TRUE(game.run_until(2000, [&] { return client.phase() == Phase::playing; }));
    EXPECT_TRUE(client.message().empty());
    game.server.close_all(code(protocol::CloseCode::internal_error), "the realm stumbled");
    ASSERT_TRUE(game.run_until(200, [&] { return client.phase() == Phase::waiting; }));
    EXPECT_EQ(client.message(), "the realm stumbled");
    EXPECT_GE(client.retry_in_ms(game.now_ms()), 300);
    EXPECT_LE(client.retry_in_ms(game.now_ms()), 650);
    ASSERT_TRUE(game.run_until(2000, [&] { return client.phase() == Phase::playing; }));
    game.run(500);
    EXPECT_EQ(players_named(game.server.world(), "阿木"), 1);
    EXPECT_EQ(client.stats().disconnects, 1U);
    EXPECT_TRUE(client.self_view().has_value());
    EXPECT_TRUE(client.message().empty());
  }
}

TEST(Link, waits_longer_after_each_failure_up_to_a_limit) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    InProcess game({seed, 5});
    core::GameClient& client = game.add_client("patient");
    ASSERT_TRUE(game.run_until(2000, [&] { return client.phase() == Phase::playing; }));
    game.network.conditions().accepting = false;
    game.network.cut_all();
    for (const double expected_ms : {500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0}) {
      // The lost road is tried again first, within a quarter of a second.
      ASSERT_TRUE(game.run_until(400, [&] { return client.phase() == Phase::waiting; }));
      const double wait_ms = client.retry_in_ms(game.now_ms());
      EXPECT_GE(wait_ms, expected_ms * 0.7 - 20);
      EXPECT_LE(wait_ms, expected_ms * 1.3);
      EXPECT_FALSE(client.message().empty());
      ASSERT_TRUE(game.run_until(11000, [&] { return client.phase() == Phase::connecting; }));
    }
    game.network.conditions().accepting = true;
    EXPECT_TRUE(game.run_until(11000, [&] { return client.phase() == Phase::playing; }));
  }
}

TEST(Link, a_crowd_does_not_come_back_in_one_instant) {
  InProcess game({1, 5});
  for (int i = 0; i < 20; ++i) game.add_client("one of many " + std::to_string(i));
  game.run(1000);
  game.server.close_all(code(protocol::CloseCode::internal_error), "");
  game.run(100);
  double first = 1e9;
  double last = 0;
  for (core::GameClient& client : game.clients) {
    first = std::min(first, client.retry_in_ms(game.now_ms()));
    last = std::max(last, client.retry_in_ms(game.now_ms()));
  }
  EXPECT_GT(last - first, 100);
}

TEST(Link, an_announced_restart_is_tried_after_a_second) {
  InProcess game({2, 5});
  core::GameClient& client = game.add_client("loyal");
  ASSERT_TRUE(game.run_until(2000, [&] { return client.phase() == Phase::playing; }));
  game.server.close_all(code(protocol::CloseCode::going_away), "the realm restarts, back in a moment");
  ASSERT_TRUE(game.run_until(100, [&] { return client.phase() == Phase::waiting; }));
  EXPECT_EQ(client.message(), "the realm restarts, back in a moment");
  EXPECT_GE(client.retry_in_ms(game.now_ms()), 650);
  EXPECT_LE(client.retry_in_ms(game.now_ms()), 1300);
}

TEST(Link, five_seconds_of_silence_count_as_lost) {
  InProcess game({3, 5});
  core::GameClient& client = game.add_client("listener");
  ASSERT_TRUE(game.run_until(2000, [&] { return client.phase() == Phase::playing; }));
  game.network.silence_all();
  game.run(4500);
  EXPECT_EQ(client.phase(), Phase::playing);
  EXPECT_GT(client.stats().snapshot_age_ms, 4000);
  ASSERT_TRUE(game.run_until(1000, [&] { return client.phase() == Phase::switching; }));
  EXPECT_EQ(client.message(), "no answer from the server");
  EXPECT_TRUE(game.run_until(1000, [&] { return client.phase() == Phase::playing; }));
}

TEST(Link, a_page_that_slept_is_not_taken_for_a_lost_connection) {
  InProcess game({4, 5});
  core::GameClient& client = game.add_client("sleeper");
  ASSERT_TRUE(game.run_until(2000, [&] { return client.phase() == Phase::playing; }));
  // Half a minute without update(), while the server goes on sending.
  core::GameClient away = std::move(client);
  game.clients.clear();
  game.network.conditions().buffer_bytes_max = std::size_t{1} << 22U;
  game.run(30000);
  away.update(game.now_ms());
  EXPECT_EQ(away.phase(), Phase::playing);
  game.clients.push_back(std::move(away));
  game.run(2000);
  EXPECT_EQ(game.clients[0].phase(), Phase::playing);
  EXPECT_EQ(game.clients[0].stats().disconnects, 0U);
  EXPECT_LT(game.clients[0].stats().interpolation_delay_ms, 300);
}

TEST(Link, a_game_that_was_updated_is_said_in_words_and_not_tried_again) {
  for (const auto close_code : {protocol::CloseCode::wrong_version, protocol::CloseCode::wrong_content}) {
    InProcess game({5, 5});
    game.server.turn_away(code(close_code), "whatever the server says");
    core::GameClient& client = game.add_client("old page");
    ASSERT_TRUE(game.run_until(2000, [&] { return client.phase() == Phase::refused; }));
    EXPECT_EQ(client.message(), "the game was updated: reload the page");
    game.run(30000);
    EXPECT_EQ(client.phase(), Phase::refused);
    EXPECT_EQ(game.network.attempts(), 1U);
  }
}

TEST(Link, a_refused_name_is_refused_with_the_servers_words) {
  InProcess game({6, 5});
  game.server.turn_away(code(protocol::CloseCode::malformed), "Hello.name: must be displayable");
  core::GameClient& client = game.add_client("bad");
  ASSERT_TRUE(game.run_until(2000, [&] { return client.phase() == Phase::refused; }));
  EXPECT_EQ(client.message(), "Hello.name: must be displayable");
}

TEST(Link, a_full_realm_is_tried_again) {
  InProcess game({7, 5});
  game.server.turn_away(code(protocol::CloseCode::try_later), "the realm is full");
  core::GameClient& client = game.add_client("queue");
  ASSERT_TRUE(game.run_until(2000, [&] { return client.phase() == Phase::waiting; }));
  EXPECT_EQ(client.message(), "the realm is full");
  game.run(10000);
  EXPECT_GT(game.network.attempts(), 2U);
}

TEST(Link, leaving_removes_the_player_and_stays_idle) {
  InProcess game({8, 20});
  core::GameClient& client = game.add_client("guest");
  ASSERT_TRUE(game.run_until(2000, [&] { return client.phase() == Phase::playing; }));
  game.run(200);
  EXPECT_EQ(players_named(game.server.world(), "guest"), 1);
  client.leave();
  game.run(5000);
  EXPECT_EQ(players_named(game.server.world(), "guest"), 0);
  EXPECT_EQ(client.phase(), Phase::idle);
  EXPECT_EQ(game.network.attempts(), 1U);
}

TEST(Link, acts_are_coalesced_while_the_road_is_full_and_the_last_word_counts) {
  InProcess game({9, 20});
  core::GameClient& client = game.add_client("busy");
  ASSERT_TRUE(game.run_until(2000, [&] { return client.phase() == Phase::playing; }));
  game.run(3000);
  const base::EntityId self = client.replica().own().id;
  // Nothing passes any more while the player changes their mind every tick for three seconds.
  game.network.conditions().buffer_bytes_max = 0;
  for (int i = 0; i < 60; ++i) {
    client.want({.heading = static_cast<std::uint8_t>(1 + i % 64), .attack = false, .target = {}});
    game.run(50);
  }
  client.want({.heading = 17, .attack = false, .target = {}});
  game.run(100);
  game.network.conditions().buffer_bytes_max = 65536;
  game.run(2000);
  EXPECT_EQ(game.server.malformed(), 0U);
  EXPECT_EQ(client.phase(), Phase::playing);
  EXPECT_EQ(game.server.world().find(self)->walker.intent.heading, 17);
}

}  // namespace
}  // namespace cudgel::test
