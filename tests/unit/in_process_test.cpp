// Goal: the whole line from the sim to the player's eye holds: who sees whom, who hits whom, and when it is shown.
// Method: the real realm and real clients in one process on a clock the test moves, with delay and jitter from seeds.

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "common/baked_content.h"
#include "in_process.h"

namespace cudgel::test {
namespace {

TEST(InProcess, after_every_frame_a_client_holds_exactly_what_it_may_see) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    SCOPED_TRACE(seed);
    InProcess game({seed, 60, 50, 64, 150});
    base::Random random(seed);
    for (int i = 0; i < 8; ++i) game.add_client("player " + std::to_string(i), static_cast<std::uint8_t>(i % 3));
    std::deque<std::shared_ptr<const replication::Picture>> pictures;
    std::size_t compared = 0;
    const auto remember = [&] {
      pictures.push_back(game.server.picture());
      if (pictures.size() > 60) pictures.pop_front();
    };
    const auto compare = [&] {
      for (core::GameClient& client : game.clients) {
        if (random.below(60) == 0) {
          const auto heading = static_cast<std::uint8_t>(random.below(65));
          client.want({.heading = heading, .attack = random.below(2) == 0, .target = {}});
        }
        if (client.phase() != core::Phase::playing) continue;
        const replication::Replica& replica = client.replica();
        for (const auto& picture : pictures) {
          if (picture->tick != replica.tick()) continue;
          std::set<std::uint32_t> expected;
          for (const replication::PublishedEntity& entity : picture->entities) {
            if (entity.sight.kind == sim::Kind::none) continue;
            if (replication::may_see(*picture, replica.own().id, entity.sight.id)) expected.insert(entity.sight.id.packed());
          }
          std::set<std::uint32_t> held;
          for (const auto& [id, entity] : replica.entities()) held.insert(id);
          ASSERT_EQ(held, expected) << "tick " << picture->tick;
          ++compared;
        }
      }
    };
    game.run(20000, compare, remember);
    EXPECT_GT(compared, 2000U);
  }
}

TEST(InProcess, two_players_see_each_other_walk) {
  for (const double jitter_ms : {0.0, 80.0}) {
    InProcess game({21, 80, jitter_ms, 16});
    core::GameClient& walker = game.add_client("walker");
    core::GameClient& watcher = game.add_client("watcher", 1);
    game.run(3000);
    const auto seen = [&]() -> std::optional<core::BodyView> {
      for (const core::BodyView& view : watcher.others()) {
        if (view.name == "walker") return view;
      }
      return std::nullopt;
    };
    const auto before = seen();
    ASSERT_TRUE(before.has_value());
    EXPECT_EQ(before->kind, sim::Kind::player);
    EXPECT_EQ(before->archetype, 0);
    // Away from the nearer border, so that there is room to walk.
    const bool right = before->x < 8;
    walker.want({.heading = static_cast<std::uint8_t>(right ? 1 : 33), .attack = false, .target = {}});
    bool was_walking = false;
    game.run(1200, [&] {
      const auto view = seen();
      was_walking |= view && view->action == sim::Action::walk && view->speed_tiles_per_s > 1;
    });
    walker.want({});
    game.run(1500);
    const auto after = seen();
    ASSERT_TRUE(after.has_value());
    EXPECT_TRUE(was_walking);
    EXPECT_GT(std::abs(after->x - before->x), 2);
    EXPECT_EQ(after->action, sim::Action::idle);
    EXPECT_NEAR(after->x, walker.self_view()->x, 0.08);
    EXPECT_NEAR(after->y, walker.self_view()->y, 0.08);
  }
}

/// The promise of the game: touch nothing, and within 15 seconds somebody comes from out of sight and beats you.
TEST(InProcess, a_goblin_visits_an_idle_player_within_15_seconds) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    InProcess game({seed, 40, 20, 0});
    core::GameClient& client = game.add_client("idle one", static_cast<std::uint8_t>(seed % 3));
    ASSERT_TRUE(game.run_until(2000, [&] { return client.self_view().has_value(); }));
    double nearest_at_first_sight = 0;
    bool seen = false;
    bool swung = false;
    std::vector<core::Moment> hits;
    const bool hit = game.run_until(15000, [&] {
      for (const core::BodyView& view : client.others()) {
        if (view.kind != sim::Kind::monster) continue;
        const auto self = client.self_view();
        if (!seen) nearest_at_first_sight = std::max(std::abs(view.x - self->x), std::abs(view.y - self->y));
        seen = true;
        swung |= view.action == sim::Action::attack;
      }
      for (const core::Moment& moment : client.take_moments()) {
        EXPECT_TRUE(moment.source == client.replica().own().id || moment.on_self || moment.tick <= client.render_tick());
        if (moment.type == sim::EventType::hit && moment.on_self) hits.push_back(moment);
      }
      return !hits.empty();
    });
    ASSERT_TRUE(hit);
    EXPECT_TRUE(swung) << "the blow must be seen coming";
    EXPECT_GT(nearest_at_first_sight, 10) << "it comes from out of sight";
    EXPECT_EQ(hits[0].source_kind, sim::Kind::monster);
    EXPECT_EQ(baked_content().monsters()[hits[0].source_archetype].body.name, "goblin_clubber");
    EXPECT_GT(hits[0].amount, 0);
    EXPECT_LT(client.self_view()->health_fraction, 1);
  }
}

TEST(InProcess, a_player_who_fights_back_hurts_the_goblin) {
  InProcess game({4, 50, 30, 0});
  core::GameClient& client = game.add_client("hero");
  ASSERT_TRUE(game.run_until(2000, [&] { return client.self_view().has_value(); }));
  int given = 0;
  bool monster_hurt = false;
  game.run(30000, [&] {
    client.want({.heading = 0, .attack = true, .target = {}});
    for (const core::Moment& moment : client.take_moments()) {
      if (moment.type == sim::EventType::hit && moment.source == client.replica().own().id) ++given;
    }
    for (const core::BodyView& view : client.others())
      monster_hurt |= view.kind == sim::Kind::monster && view.health_fraction < 1;
  });
  EXPECT_GT(given, 0);
  EXPECT_TRUE(monster_hurt);
}

TEST(InProcess, the_dead_do_not_walk_and_wake_elsewhere_able_to) {
  InProcess game({6, 60, 40, 0});
  core::GameClient& client = game.add_client("victim", 1);
  ASSERT_TRUE(game.run_until(2000, [&] { return client.self_view().has_value(); }));
  const bool died = game.run_until(180000, [&] { return client.self_view()->action == sim::Action::dead; });
  ASSERT_TRUE(died);
  const auto lying = client.self_view();
  client.want({.heading = 9, .attack = true, .target = {}});
  game.run(500);
  ASSERT_EQ(client.self_view()->action, sim::Action::dead);
  EXPECT_NEAR(client.self_view()->x, lying->x, 0.01);
  EXPECT_NEAR(client.self_view()->y, lying->y, 0.01);
  client.want({.heading = 9, .attack = false, .target = {}});
  ASSERT_TRUE(game.run_until(20000, [&] { return client.self_view()->action != sim::Action::dead; }));
  const auto awake = client.self_view();
  EXPECT_GT(awake->health_fraction, 0.9);
  game.run(2500);
  const double walked = std::hypot(client.self_view()->x - awake->x, client.self_view()->y - awake->y);
  EXPECT_GT(walked, 1) << "a key still held walks on";
}

TEST(InProcess, the_same_seed_plays_the_same_game) {
  const auto play = [](std::uint64_t seed) {
    InProcess game({seed, 70, 60, 48, 60});
    base::Random random(seed);
    for (int i = 0; i < 4; ++i) game.add_client("player " + std::to_string(i), static_cast<std::uint8_t>(i % 3));
    game.run(15000, [&] {
      for (core::GameClient& client : game.clients) {
        if (random.below(40) != 0) continue;
        client.want({.heading = static_cast<std::uint8_t>(random.below(65)), .attack = random.below(3) == 0, .target = {}});
      }
    });
    return sim::hash(game.server.world());
  };
  EXPECT_EQ(play(77), play(77));
  EXPECT_NE(play(77), play(78));
}

}  // namespace
}  // namespace cudgel::test
