// Goal: who enters, dies, wakes and leaves does so by the rules, and ids never lie. Method: small worlds, one rule each.

#include <gtest/gtest.h>

#include <set>

#include "sim_fixture.h"

namespace cudgel::sim {
namespace {

using namespace testing;

struct Life : ::testing::Test {
  Stage stage{make_content(
      draw_map(std::vector<std::string>{"................", "..s.............", "................", "................",
                                        "................", "..........s.....", "................", "................"}),
      quiet_rules())};

  void kill(EntityId id) {
    Entity& victim = stage.at(id);
    victim.health = 1;
    victim.guarded_until = 0;
    const EntityId goblin = stage.add_goblin(victim.walker.position + Vec2{180, 0});
    ASSERT_GT(stage.until(EventType::death, 100, [&](const Event& e) { return e.target == id; }), 0);
    stage.world.destroy(goblin);
  }
  bool near_a_start(Vec2 place) {
    for (const Vec2 start : stage.world.player_starts()) {
      if (base::chebyshev(place - start) <= 2 * k_tile) return true;
    }
    return false;
  }
};

TEST_F(Life, who_joins_is_whole_guarded_and_at_a_start) {
  stage.command_join(mage, 77);
  stage.tick();
  ASSERT_EQ(stage.events.size(), 1U);
  EXPECT_EQ(stage.events[0].type, EventType::joined);
  EXPECT_EQ(stage.events[0].ticket, 77U);
  const Entity& player = stage.at(stage.events[0].target);
  EXPECT_EQ(player.kind, Kind::player);
  EXPECT_EQ(player.archetype, mage);
  EXPECT_EQ(player.name.view(), "somebody");
  EXPECT_EQ(player.health, 100);
  EXPECT_EQ(player.guarded_until, stage.world.tick() + 20);
  EXPECT_TRUE(near_a_start(player.walker.position));
}

TEST_F(Life, a_full_world_refuses_and_says_whom) {
  Stage small{make_content(open_map(16), quiet_rules()), {.tick_hz = 20, .seed = 1, .entities_max = 2, .arena = false}};
  for (std::uint64_t ticket = 1; ticket <= 3; ++ticket) small.command_join(warrior, ticket);
  small.tick();
  ASSERT_EQ(small.events.size(), 3U);
  EXPECT_TRUE(small.events[1].target.valid());
  EXPECT_FALSE(small.events[2].target.valid());
  EXPECT_EQ(small.events[2].ticket, 3U);
  small.command_leave(small.events[0].target);
  small.command_join(warrior, 4);
  small.tick();
  EXPECT_TRUE(small.events.back().target.valid());
}

TEST_F(Life, a_class_that_does_not_exist_is_refused) {
  stage.command_join(200, 5);
  stage.tick();
  ASSERT_EQ(stage.events.size(), 1U);
  EXPECT_FALSE(stage.events[0].target.valid());
  EXPECT_TRUE(stage.world.alive().empty());
}

TEST_F(Life, the_guard_takes_all_harm_and_ends_by_itself) {
  const EntityId player = stage.add_player(warrior, base::tile_centre(6, 4));
  stage.add_goblin(base::tile_centre(7, 4));
  stage.ticks(5);  // it has noticed him
  stage.at(player).guarded_until = stage.world.tick() + 60;
  const int blocked = stage.until(EventType::missed, 60, [&](const Event& e) { return e.target == player; });
  EXPECT_GT(blocked, 0);
  EXPECT_EQ(stage.at(player).health, 100);
  EXPECT_GT(stage.until(EventType::hit, 120, [&](const Event& e) { return e.target == player; }), 0);
}

TEST_F(Life, who_strikes_gives_up_the_guard) {
  const EntityId player = stage.add_player(warrior, base::tile_centre(6, 4));
  stage.at(player).guarded_until = stage.world.tick() + 1000;
  stage.command_act(player, {0, true, {}});
  stage.tick();
  EXPECT_EQ(stage.at(player).guarded_until, 0U);
}

TEST_F(Life, the_dead_lie_still_and_wake_whole_at_a_start_with_a_guard) {
  const EntityId player = stage.add_player(warrior, base::tile_centre(14, 2));
  stage.command_act(player, {towards(2), false, {}});
  kill(player);
  EXPECT_EQ(stage.at(player).walker.action, Action::dead);
  EXPECT_EQ(stage.at(player).walker.intent, Intent{});
  const Vec2 lies = stage.at(player).walker.position;
  stage.command_act(player, {towards(0), true, {}});  // wishes of the dead are kept, not carried out
  const int woke = stage.until(EventType::respawn, 100);
  EXPECT_EQ(woke, 60);
  const Entity& again = stage.at(player);
  EXPECT_EQ(again.health, again.health_max);
  EXPECT_NE(again.walker.position, lies);
  EXPECT_TRUE(near_a_start(again.walker.position));
  EXPECT_EQ(again.guarded_until, stage.world.tick() + 20);
  EXPECT_EQ(again.last_sequence, 2U);
}

TEST_F(Life, nobody_bumps_into_the_dead) {
  const EntityId player = stage.add_player(warrior, base::tile_centre(8, 4));
  kill(player);
  const EntityId other = stage.add_player(warrior, stage.at(player).walker.position);
  const Vec2 place = stage.at(other).walker.position;
  stage.ticks(10);
  EXPECT_EQ(stage.at(other).walker.position, place);
}

TEST_F(Life, a_dead_monster_lies_for_its_time_and_is_gone) {
  const EntityId player = stage.add_player(warrior, base::tile_centre(8, 4));
  const EntityId goblin = stage.add_goblin(base::tile_centre(8, 4) + Vec2{200, 0});
  stage.at(goblin).health = 1;
  stage.command_act(player, {0, true, goblin});
  ASSERT_GT(stage.until(EventType::death, 20, [&](const Event& e) { return e.target == goblin && e.source == player; }), 0);
  stage.command_act(player, {});
  stage.ticks(39);
  ASSERT_NE(stage.world.find(goblin), nullptr);
  EXPECT_EQ(stage.at(goblin).walker.action, Action::dead);
  stage.tick();
  EXPECT_EQ(stage.world.find(goblin), nullptr);
}

TEST_F(Life, in_an_arena_the_dead_monster_comes_back_at_its_home_under_a_new_id) {
  Stage arena{make_content(open_map(32), quiet_rules()), {.tick_hz = 20, .seed = 1, .entities_max = 64, .arena = true}};
  ASSERT_EQ(arena.world.populate(0, 1), 1);
  const EntityId goblin = arena.world.entities()[arena.world.alive()[0]].id;
  const Vec2 home = arena.at(goblin).mind.home;
  const EntityId player = arena.add_player(warrior, home + Vec2{200, 0});
  arena.at(goblin).health = 1;
  arena.command_act(player, {0, true, goblin});
  ASSERT_GT(arena.until(EventType::death, 40), 0);
  const int back = arena.until(EventType::spawn, 300);
  EXPECT_EQ(back, (2000 + 5000) / 50);
  EXPECT_EQ(arena.events.back().position, home);
  EXPECT_NE(arena.events.back().target, goblin);
  EXPECT_EQ(arena.world.find(goblin), nullptr);
}

TEST_F(Life, a_population_stands_evenly_and_avoids_walls) {
  Stage arena{make_content(open_map(64), quiet_rules()), {.tick_hz = 20, .seed = 1, .entities_max = 512, .arena = true}};
  EXPECT_EQ(arena.world.populate(0, 256), 256);
  // 256 goblins on 64 x 64 tiles: one in each square of 4 x 4.
  std::set<std::pair<std::int32_t, std::int32_t>> squares;
  for (const std::uint16_t slot : arena.world.alive()) {
    const Vec2 place = arena.world.entities()[slot].walker.position;
    squares.insert({place.x / (4 * k_tile), place.y / (4 * k_tile)});
  }
  EXPECT_EQ(squares.size(), 256U);
  Stage half{
      make_content(draw_map({"##########......", "##########......", "##########......", "##########......"}), quiet_rules())};
  const std::int32_t placed = half.world.populate(0, 32);
  EXPECT_GT(placed, 5);
  EXPECT_LT(placed, 32);
  for (const std::uint16_t slot : half.world.alive()) {
    EXPECT_TRUE(half.world.map().fits(half.world.entities()[slot].walker.position, 64));
  }
}

TEST_F(Life, an_arena_lets_players_appear_all_over) {
  Stage arena{make_content(open_map(64), quiet_rules()), {.tick_hz = 20, .seed = 1, .entities_max = 512, .arena = true}};
  for (std::uint64_t i = 0; i < 100; ++i) arena.command_join(warrior, i);
  arena.tick();
  std::set<std::pair<std::int32_t, std::int32_t>> quarters;
  for (const std::uint16_t slot : arena.world.alive()) {
    const Vec2 place = arena.world.entities()[slot].walker.position;
    quarters.insert({place.x / (16 * k_tile), place.y / (16 * k_tile)});
  }
  EXPECT_GE(quarters.size(), 14U);
}

TEST_F(Life, an_id_kept_too_long_is_recognised) {
  const EntityId first = stage.add_player(warrior, base::tile_centre(8, 4));
  stage.command_leave(first);
  ASSERT_EQ(stage.until(EventType::left, 1, [&](const Event& e) { return e.target == first; }), 1);
  EXPECT_EQ(stage.world.find(first), nullptr);
  const EntityId second = stage.add_player(warrior, base::tile_centre(8, 4));
  EXPECT_EQ(second.index, first.index);
  EXPECT_NE(second.generation, first.generation);
  EXPECT_EQ(stage.world.find(first), nullptr);
  // Commands for somebody who is gone do nothing to whoever has the slot now.
  stage.command_act(first, {towards(0), true, {}});
  stage.command_leave(first);
  stage.tick();
  ASSERT_NE(stage.world.find(second), nullptr);
  EXPECT_EQ(stage.at(second).walker.intent, Intent{});
}

TEST_F(Life, a_generation_never_becomes_nobody) {
  Stage small{make_content(open_map(16), quiet_rules()), {.tick_hz = 20, .seed = 1, .entities_max = 1, .arena = false}};
  for (int i = 0; i < 70000; ++i) {
    Entity* entity = small.world.create(Kind::monster);
    ASSERT_NE(entity, nullptr);
    ASSERT_TRUE(entity->id.valid());
    EXPECT_EQ(small.world.create(Kind::monster), nullptr);
    small.world.destroy(entity->id);
  }
}

TEST_F(Life, the_lowest_free_slot_is_given_first) {
  std::vector<EntityId> ids;
  for (int i = 0; i < 6; ++i) ids.push_back(stage.world.create(Kind::monster)->id);
  stage.world.destroy(ids[4]);
  stage.world.destroy(ids[1]);
  stage.world.destroy(ids[3]);
  EXPECT_EQ(stage.world.create(Kind::monster)->id.index, 1);
  EXPECT_EQ(stage.world.create(Kind::monster)->id.index, 3);
  EXPECT_EQ(stage.world.create(Kind::monster)->id.index, 4);
  EXPECT_EQ(stage.world.create(Kind::monster)->id.index, 6);
}

TEST_F(Life, commands_are_no_more_than_wishes_of_players) {
  const EntityId goblin = stage.add_goblin(base::tile_centre(4, 4));
  stage.command_act(goblin, {towards(0), true, {}});
  stage.command_leave(goblin);
  stage.command_act({}, {});
  stage.command_act({9999, 9}, {});
  stage.tick();
  ASSERT_NE(stage.world.find(goblin), nullptr);
  EXPECT_EQ(stage.at(goblin).walker.intent.heading, 0);
}

TEST_F(Life, time_is_the_same_at_every_tick_rate) {
  for (const std::int32_t tick_hz : {5, 20, 60}) {
    Stage own{make_content(open_map(64), quiet_rules()), {.tick_hz = tick_hz, .seed = 1, .entities_max = 64, .arena = false}};
    const EntityId player = own.add_player(warrior, base::tile_centre(10, 10));
    own.command_act(player, {towards(0), false, {}});
    own.ticks(tick_hz * 3);
    EXPECT_NEAR(own.at(player).walker.position.x - base::tile_centre(10, 10).x, 12 * k_tile, k_tile / 4) << tick_hz;
    EXPECT_EQ(own.world.ticks_of_ms(1000), tick_hz);
  }
}

}  // namespace
}  // namespace cudgel::sim
