// Goal: a character belongs to whoever holds its token, not to a connection: lost connections lose nothing and do nothing twice, a
// newer connection takes over, a stranger gets nothing, and who stays away too long is gone.
// Method: the real sessions and clients in one process, connections cut at every moment a message can be in; seeds are printed.

#include <utility>

#include <gtest/gtest.h>

#include "common/baked_content.h"
#include "in_process.h"
#include "protocol/limits.h"

namespace cudgel::test {
namespace {

using core::Phase;

const sim::Entity* body_of(const InProcess& game, const core::GameClient& client) {
  return game.server.world().find(client.replica().own().id);
}

bool playing(const core::GameClient& client) { return client.phase() == Phase::playing && client.predicted() != nullptr; }

sim::Intent walk(int heading) {
  sim::Intent intent;
  intent.heading = static_cast<std::uint8_t>(1 + heading);
  return intent;
}

TEST(Resume, the_same_body_stands_where_it_was_and_goes_on_walking) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    SCOPED_TRACE(seed);
    InProcess game({seed, 30, 10, 64});
    core::GameClient& client = game.add_client("walker");
    ASSERT_TRUE(game.run_until(2000, [&] { return playing(client); }));
    const base::EntityId id = client.replica().own().id;
    client.want(walk(8));
    game.run(1000);
    game.network.cut_all();
    ASSERT_TRUE(game.run_until(1000, [&] { return client.phase() == Phase::switching; }));
    ASSERT_TRUE(game.run_until(3000, [&] { return playing(client); }));
    EXPECT_EQ(client.replica().own().id, id);
    EXPECT_EQ(client.stats().resumed, 1U);
    const sim::Entity* body = body_of(game, client);
    ASSERT_NE(body, nullptr);
    const base::Vec2 before = body->walker.position;
    game.run(1000);
    EXPECT_NE(body_of(game, client)->walker.position, before) << "the key is still held: the walk goes on";
    EXPECT_EQ(game.server.metrics().players.value(), 1);
  }
}

TEST(Resume, whoever_is_away_lets_go_of_everything_and_is_not_harmed) {
  InProcess game({3, 10, 0, 24, 12});
  core::GameClient& client = game.add_client("prey");
  ASSERT_TRUE(game.run_until(2000, [&] { return playing(client); }));
  client.want(walk(0));
  // Bitten once: the goblins are there.
  ASSERT_TRUE(game.run_until(60000, [&] {
    const sim::Entity* body = body_of(game, client);
    return body != nullptr && body->health > 0 && body->health < body->health_max;
  }));
  const base::EntityId id = client.replica().own().id;
  game.network.conditions().accepting = false;
  game.network.cut_all();
  game.run(500);
  const sim::Entity* body = game.server.world().find(id);
  ASSERT_NE(body, nullptr);
  ASSERT_GT(body->health, 0);
  const std::int32_t health = body->health;
  const base::Vec2 place = body->walker.position;
  EXPECT_EQ(game.server.metrics().players_away.value(), 1);
  game.run(10000);
  body = game.server.world().find(id);
  ASSERT_NE(body, nullptr);
  EXPECT_EQ(body->health, health);
  EXPECT_LT(base::chebyshev(body->walker.position - place), 2 * base::k_units_per_tile) << "pushed aside at most";
}

TEST(Resume, after_a_minute_away_the_body_is_gone_and_a_new_one_comes) {
  InProcess game({5, 10});
  core::GameClient& client = game.add_client("sleeper");
  ASSERT_TRUE(game.run_until(2000, [&] { return playing(client); }));
  const base::EntityId id = client.replica().own().id;
  game.network.conditions().accepting = false;
  game.network.cut_all();
  game.run(58000);
  EXPECT_NE(game.server.world().find(id), nullptr);
  game.run(4000);
  EXPECT_EQ(game.server.world().find(id), nullptr);
  game.network.conditions().accepting = true;
  ASSERT_TRUE(game.run_until(30000, [&] { return playing(client); }));
  EXPECT_NE(client.replica().own().id, id);
  EXPECT_EQ(client.stats().resumed, 0U);
  game.run(5000);
  EXPECT_EQ(game.server.residents().size(), 1U) << "the old one is forgotten";
}

TEST(Resume, goodbye_ends_the_stay_at_once) {
  InProcess game({6, 10});
  core::GameClient& client = game.add_client("leaver");
  ASSERT_TRUE(game.run_until(2000, [&] { return playing(client); }));
  const base::EntityId id = client.replica().own().id;
  const auto token = client.token();
  ASSERT_TRUE(token);
  client.leave();
  game.run(300);
  EXPECT_EQ(game.server.world().find(id), nullptr);
  EXPECT_FALSE(client.token());
  client.join({"memory", "leaver", 0, true, token}, game.now_ms());
  ASSERT_TRUE(game.run_until(2000, [&] { return playing(client); }));
  EXPECT_EQ(client.stats().resumed, 0U);
}

TEST(Resume, a_newer_connection_takes_over_and_the_first_is_told_why) {
  InProcess game({7, 20});
  core::GameClient& first = game.add_client("twice");
  ASSERT_TRUE(game.run_until(2000, [&] { return playing(first); }));
  game.run(500);
  const base::EntityId id = first.replica().own().id;
  core::GameClient& second = game.clients.emplace_back(baked_content(), game.network.make_transport(), 99);
  second.join({"memory", "twice", 0, true, first.token()}, game.now_ms());
  ASSERT_TRUE(game.run_until(2000, [&] { return playing(second); }));
  EXPECT_EQ(second.replica().own().id, id);
  ASSERT_TRUE(game.run_until(1000, [&] { return first.phase() == Phase::refused; }));
  EXPECT_NE(first.message().find("came back from elsewhere"), std::string::npos) << first.message();
  EXPECT_EQ(game.server.metrics().sessions_replaced.value(), 1U);
  // The new one walks, although it knows nothing of the acts the first one sent.
  second.want(walk(16));
  const base::Vec2 before = body_of(game, second)->walker.position;
  game.run(1500);
  ASSERT_NE(body_of(game, second), nullptr);
  EXPECT_NE(body_of(game, second)->walker.position, before);
}

TEST(Resume, a_token_opens_nothing_for_another_name_or_class_or_a_second_time) {
  InProcess game({8, 10});
  core::GameClient& owner = game.add_client("owner");
  ASSERT_TRUE(game.run_until(2000, [&] { return playing(owner); }));
  game.run(500);
  const auto stolen = owner.token();
  const base::EntityId id = owner.replica().own().id;
  const auto come = [&](const char* name, std::uint8_t class_index) -> core::GameClient& {
    core::GameClient& client = game.clients.emplace_back(baked_content(), game.network.make_transport(), 11);
    client.join({"memory", name, class_index, true, stolen}, game.now_ms());
    EXPECT_TRUE(game.run_until(2000, [&] { return playing(client); }));
    return client;
  };
  EXPECT_NE(come("thief", 0).replica().own().id, id);
  EXPECT_NE(come("owner", 1).replica().own().id, id);
  EXPECT_EQ(owner.phase(), Phase::playing);
  // Used once, and its successor shown: the old one is void.
  game.network.cut_all();
  ASSERT_TRUE(game.run_until(5000, [&] { return playing(owner) && owner.stats().resumed == 1; }));
  game.run(1000);
  EXPECT_NE(owner.token(), stolen);
  EXPECT_NE(come("owner", 0).replica().own().id, id);
  EXPECT_EQ(owner.phase(), Phase::playing);
}

TEST(Resume, a_cut_at_any_moment_of_the_handshake_loses_nothing) {
  // The connection dies 5, 10, 15 ... ms after it was begun anew: before the Hello, on the way of the Welcome, just after it.
  for (int cut_ms = 5; cut_ms <= 240; cut_ms += 5) {
    SCOPED_TRACE(cut_ms);
    InProcess game({static_cast<std::uint64_t>(cut_ms), 25, 5});
    core::GameClient& client = game.add_client("unlucky");
    ASSERT_TRUE(game.run_until(2000, [&] { return playing(client); }));
    game.run(500);
    const base::EntityId id = client.replica().own().id;
    // Each absence that somebody can have noticed has one word, which is said until it is heard.
    std::size_t absences = 0;
    double away_ms = 0;
    const auto watch = [&] {
      if (game.server.metrics().players_away.value() > 0) {
        away_ms += InProcess::k_tick_ms;
      } else if (std::exchange(away_ms, 0) > 10000) {
        ++absences;
      }
    };
    game.network.conditions().accepting = false;
    game.network.cut_all();
    game.run(11000, {}, watch);
    game.network.conditions().accepting = true;
    const std::uint64_t attempts = game.network.attempts();
    while (game.network.attempts() == attempts) game.run(InProcess::k_frame_ms, {}, watch);
    game.run(cut_ms, {}, watch);
    game.network.cut_all();
    game.run(20000, {}, watch);
    EXPECT_TRUE(playing(client));
    EXPECT_EQ(client.replica().own().id, id) << "the token of a Welcome that never came must not be the only good one";
    EXPECT_GE(absences, 1U);
    EXPECT_EQ(client.take_notices().size(), absences) << "each word is heard, and once";
    EXPECT_EQ(game.server.metrics().players.value(), 1);
  }
}

TEST(Resume, a_press_of_the_attack_key_is_neither_lost_nor_done_twice) {
  // The key is tapped once around the moment the connection dies; the cooldown would hide a second blow that follows at once, so
  // what counts is that the server has carried out exactly one press by the acts' own numbers.
  int blows_in_all = 0;
  for (int tap_ms = 0; tap_ms <= 150; tap_ms += 10) {
    SCOPED_TRACE(tap_ms);
    InProcess game({static_cast<std::uint64_t>(tap_ms) + 1, 25, 5});
    core::GameClient& client = game.add_client("striker");
    ASSERT_TRUE(game.run_until(2000, [&] { return playing(client); }));
    game.run(1000);
    int blows = 0;
    base::Tick last_blow = 0;
    const auto watch = [&] {
      const sim::Entity* body = body_of(game, client);
      if (body == nullptr || body->walker.action != sim::Action::attack || body->walker.action_since == last_blow) return;
      last_blow = body->walker.action_since;
      ++blows;
    };
    game.run(tap_ms, {}, watch);
    sim::Intent tap;
    tap.attack = true;
    client.want(tap);
    game.run(34, {}, watch);
    client.want({});
    game.run(20, {}, watch);
    game.network.cut_all();
    game.run(4000, {}, watch);
    EXPECT_TRUE(playing(client));
    EXPECT_LE(blows, 1);
    blows_in_all += blows;
  }
  EXPECT_GE(blows_in_all, 14) << "a tap that was sent or not, before the cut or after, is a blow";
}

}  // namespace
}  // namespace cudgel::test
