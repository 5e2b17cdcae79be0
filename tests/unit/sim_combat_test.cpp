// Goal: a blow falls when it should on whom it should, can be stepped out of, and harms nobody it must not; bolts fly straight,
// talismans turn. Method: two or three bodies on an open map, moved tick by tick.

#include <gtest/gtest.h>

#include "sim_fixture.h"

namespace cudgel::sim {
namespace {

using namespace testing;

constexpr Vec2 k_middle{16 * k_tile, 16 * k_tile};
constexpr int k_windup_ticks = 6;  // of the players' classes in the fixture

/// A goblin without sight never does anything by itself.
struct Blind : ::testing::Test {
  static content::Content blind_content(content::MapSpec map) {
    content::MonsterSpec goblin = make_goblin();
    goblin.sight = 0;
    goblin.leash = 0;
    return content::Content::from_tables(
        {make_class("warrior", content::AttackKind::strike, 160), make_class("mage", content::AttackKind::bolt, 8 * k_tile),
         make_class("taoist", content::AttackKind::talisman, 8 * k_tile)},
        {goblin}, quiet_rules(), std::move(map));
  }
  Stage stage{blind_content(open_map(32))};
};

TEST_F(Blind, a_strike_falls_after_its_windup_and_not_before) {
  const EntityId player = stage.add_player(warrior, k_middle);
  const EntityId goblin = stage.add_goblin(k_middle + Vec2{200, 0});
  stage.command_act(player, {0, true, goblin});
  stage.ticks(k_windup_ticks);
  EXPECT_EQ(stage.at(goblin).health, 30);
  stage.tick();
  const std::int32_t taken = 30 - stage.at(goblin).health;
  EXPECT_GE(taken, 10);
  EXPECT_LE(taken, 12);
  ASSERT_EQ(stage.events.size(), 1U);
  EXPECT_EQ(stage.events[0].type, EventType::hit);
  EXPECT_EQ(stage.events[0].source, player);
  EXPECT_EQ(stage.events[0].target, goblin);
  EXPECT_EQ(stage.events[0].amount, taken);
}

TEST_F(Blind, whoever_steps_out_of_reach_during_the_windup_is_missed) {
  const EntityId player = stage.add_player(warrior, k_middle);
  const EntityId goblin = stage.add_goblin(k_middle + Vec2{200, 0});
  stage.command_act(player, {0, true, goblin});
  stage.ticks(k_windup_ticks - 1);
  stage.at(goblin).walker.position = k_middle + Vec2{72 + 64 + 160 + 1, 0};
  EXPECT_EQ(stage.until(EventType::missed, 4), 2);
  EXPECT_EQ(stage.at(goblin).health, 30);
}

TEST_F(Blind, reach_is_from_edge_to_edge) {
  const EntityId player = stage.add_player(warrior, k_middle);
  const EntityId goblin = stage.add_goblin(k_middle + Vec2{72 + 64 + 160, 0});
  stage.command_act(player, {0, true, goblin});
  EXPECT_EQ(stage.until(EventType::hit, 10), k_windup_ticks + 1);
}

TEST_F(Blind, a_strike_meets_only_what_stands_in_front) {
  const EntityId player = stage.add_player(warrior, k_middle);
  const EntityId aimed = stage.add_goblin(k_middle + Vec2{200, 0});
  const EntityId behind = stage.add_goblin(k_middle - Vec2{200, 0});
  stage.command_act(player, {0, true, aimed});
  stage.ticks(2);
  stage.world.destroy(aimed);
  EXPECT_GT(stage.until(EventType::missed, 10), 0);
  EXPECT_EQ(stage.at(behind).health, 30);
}

TEST_F(Blind, without_a_target_the_nearest_in_reach_is_struck_wherever_it_stands) {
  const EntityId player = stage.add_player(warrior, k_middle);
  const EntityId far = stage.add_goblin(k_middle + Vec2{250, 0});
  const EntityId near = stage.add_goblin(k_middle - Vec2{180, 0});
  stage.command_act(player, {0, true, {}});
  EXPECT_GT(stage.until(EventType::hit, 10, [&](const Event& e) { return e.target == near; }), 0);
  EXPECT_EQ(stage.at(far).health, 30);
  EXPECT_EQ(stage.at(player).walker.facing, 4);
}

TEST_F(Blind, attack_held_down_strikes_once_per_cooldown) {
  const EntityId player = stage.add_player(warrior, k_middle);
  const EntityId goblin = stage.add_goblin(k_middle + Vec2{200, 0});
  stage.at(goblin).health = stage.at(goblin).health_max = 1000;
  stage.command_act(player, {0, true, goblin});
  int hits = 0;
  for (int i = 0; i < 100; ++i) {
    stage.tick();
    for (const Event& event : stage.events) hits += event.type == EventType::hit && event.source == player ? 1 : 0;
  }
  EXPECT_EQ(hits, 5);  // cooldown of one second
}

TEST_F(Blind, players_do_not_harm_players) {
  const EntityId one = stage.add_player(warrior, k_middle);
  const EntityId two = stage.add_player(warrior, k_middle + Vec2{150, 0});
  stage.command_act(one, {0, true, two});
  int missed = 0;
  for (int i = 0; i < 60; ++i) {
    stage.tick();
    for (const Event& event : stage.events) {
      EXPECT_NE(event.type, EventType::hit);
      missed += event.type == EventType::missed && event.source == one ? 1 : 0;
    }
  }
  EXPECT_GT(missed, 0) << "no blow was struck at all";
  EXPECT_EQ(stage.at(two).health, 100);
  const EntityId magician = stage.add_player(mage, k_middle - Vec2{600, 0});
  stage.command_act(magician, {0, true, two});
  EXPECT_EQ(stage.until(EventType::hit, 60), -1);
}

TEST_F(Blind, monsters_do_not_harm_monsters) {
  const EntityId one = stage.add_goblin(k_middle);
  const EntityId two = stage.add_goblin(k_middle + Vec2{150, 0});
  stage.at(one).mind.until = 0;
  int missed = 0;
  for (int i = 0; i < 100; ++i) {
    stage.at(one).walker.intent = {0, true, two};
    stage.tick();
    for (const Event& event : stage.events) missed += event.type == EventType::missed && event.source == one ? 1 : 0;
  }
  EXPECT_GT(missed, 0) << "no blow was struck at all";
  EXPECT_EQ(stage.at(two).health, 30);
}

TEST_F(Blind, a_bolt_flies_and_hits_later_the_farther_the_target) {
  const EntityId player = stage.add_player(mage, k_middle);
  const EntityId goblin = stage.add_goblin(k_middle + Vec2{5 * k_tile, 0});
  stage.command_act(player, {0, true, goblin});
  const int shot = stage.until(EventType::shot, 20);
  EXPECT_EQ(shot, k_windup_ticks + 1);
  const int flight = stage.until(EventType::hit, 40);
  EXPECT_GE(flight, 8);  // 5 tiles less both radii at half a tile per tick
  EXPECT_LE(flight, 10);
  for (const std::uint16_t slot : stage.world.alive()) EXPECT_NE(stage.world.entities()[slot].kind, Kind::projectile);
}

TEST_F(Blind, a_bolt_can_be_sidestepped_but_a_talisman_turns) {
  for (const std::uint8_t which : {std::uint8_t{mage}, std::uint8_t{taoist}}) {
    Stage own{blind_content(open_map(32))};
    const EntityId player = own.add_player(which, k_middle);
    const EntityId goblin = own.add_goblin(k_middle + Vec2{6 * k_tile, 0});
    own.command_act(player, {0, true, goblin});
    ASSERT_GT(own.until(EventType::shot, 20), 0);
    own.command_act(player, {0, false, {}});
    own.ticks(2);
    own.at(goblin).walker.position = k_middle + Vec2{6 * k_tile, 2 * k_tile};
    const int hit = own.until(EventType::hit, 60);
    if (which == mage) {
      EXPECT_EQ(hit, -1);
    } else {
      EXPECT_GT(hit, 0);
    }
  }
}

TEST_F(Blind, a_projectile_ends_at_its_reach_and_says_that_it_met_nobody) {
  const EntityId player = stage.add_player(mage, k_middle);
  const Vec2 begin = stage.at(player).walker.position;
  stage.at(player).walker.facing = 0;
  stage.command_act(player, {0, true, {}});
  ASSERT_GT(stage.until(EventType::shot, 20), 0);
  stage.command_act(player, {0, false, {}});
  ASSERT_GT(stage.until(EventType::missed, 60), 0);
  for (const Event& event : stage.events) {
    if (event.type != EventType::missed) continue;
    EXPECT_NEAR(event.position.x - begin.x, 8 * k_tile, 130);
    EXPECT_EQ(event.source, player);
  }
}

TEST_F(Blind, trees_stop_bolts_and_water_does_not) {
  for (const char obstacle : {'#', '~'}) {
    std::vector<std::string> rows(9, std::string(16, '.'));
    for (std::string& row : rows) row[6] = obstacle;
    Stage own{blind_content(draw_map(rows))};
    const EntityId player = own.add_player(mage, base::tile_centre(3, 4));
    const EntityId goblin = own.add_goblin(base::tile_centre(9, 4));
    own.command_act(player, {0, true, goblin});
    EXPECT_EQ(own.until(EventType::hit, 60) > 0, obstacle == '~') << obstacle;
  }
}

TEST_F(Blind, a_projectile_outlives_its_owner_and_still_harms) {
  const EntityId player = stage.add_player(mage, k_middle);
  const EntityId goblin = stage.add_goblin(k_middle + Vec2{5 * k_tile, 0});
  stage.command_act(player, {0, true, goblin});
  ASSERT_GT(stage.until(EventType::shot, 20), 0);
  stage.command_leave(player);
  EXPECT_GT(stage.until(EventType::hit, 40), 0);
  EXPECT_LT(stage.at(goblin).health, 30);
}

TEST_F(Blind, two_who_strike_in_the_same_tick_both_hit) {
  const EntityId player = stage.add_player(warrior, k_middle);
  const EntityId goblin = stage.add_goblin(k_middle + Vec2{200, 0});
  stage.at(player).health = stage.at(goblin).health = 1;
  stage.tick();
  const Tick falls = stage.world.tick() + 1;
  for (const EntityId id : {player, goblin}) {
    Walker& walker = stage.at(id).walker;
    walker.action = Action::attack;
    walker.action_since = falls - stage.world.spec_of(stage.at(id)).windup_ticks;
    walker.facing = id == player ? 0 : 4;
  }
  stage.tick();
  EXPECT_EQ(stage.at(player).walker.action, Action::dead);
  EXPECT_EQ(stage.at(goblin).walker.action, Action::dead);
}

}  // namespace
}  // namespace cudgel::sim
