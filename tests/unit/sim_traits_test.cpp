// Goal: each trait of a monster's mind does what monsters.json promises of it, alone. Method: one monster with that trait and nothing
// else on open ground, a player put where it matters, and events looked at until the thing happens or too much time has passed.

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "sim_fixture.h"

namespace cudgel::sim {
namespace {

using namespace testing;

constexpr Vec2 k_middle{32 * k_tile, 32 * k_tile};

/// Two kinds: the one under test (0) and plain goblins of the same kin (1).
content::Content make_kinds(const std::function<void(content::MonsterSpec&)>& change, content::MapSpec map = open_map(64)) {
  content::MonsterSpec plain = make_goblin();
  plain.traits.kin = "goblin";
  content::MonsterSpec special = plain;
  special.body.name = "special";
  change(special);
  return content::Content::from_tables(
      {make_class("warrior", content::AttackKind::strike, 160), make_class("mage", content::AttackKind::bolt, 8 * k_tile)},
      {special, plain}, quiet_rules(), std::move(map));
}

EntityId add_target(Stage& stage, Vec2 place) {
  const EntityId player = stage.add_player(warrior, place);
  stage.at(player).health = stage.at(player).health_max = 30000;
  return player;
}

Mood mood(Stage& stage, EntityId id) { return stage.at(id).mind.mood; }

void throw_stones(content::MonsterSpec& spec) {
  spec.traits.keep_distance = 4 * k_tile;
  spec.body.attack.kind = content::AttackKind::stone;
  spec.body.attack.reach = 7 * k_tile;
  spec.body.attack.projectile_speed = 8 * k_tile;
  spec.body.attack.projectile_radius = 24;
}

TEST(Kiter, throws_from_afar_and_hits_who_stands_still) {
  Stage stage{make_kinds(throw_stones)};
  const EntityId slinger = stage.add_goblin(k_middle);
  const EntityId player = add_target(stage, k_middle + Vec2{8 * k_tile - 100, 0});
  ASSERT_GT(stage.until(EventType::hit, 120, [&](const Event& e) { return e.source == slinger && e.target == player; }), 0);
  EXPECT_GE(stage.distance(slinger, player), 4 * k_tile);
}

TEST(Kiter, steps_back_between_its_throws_when_one_comes_near) {
  Stage stage{make_kinds(throw_stones)};
  const EntityId slinger = stage.add_goblin(k_middle);
  const EntityId player = add_target(stage, k_middle + Vec2{2 * k_tile, 0});
  const std::int32_t before = stage.distance(slinger, player);
  ASSERT_GT(stage.until(EventType::shot, 60), 0);
  ASSERT_GT(stage.until(EventType::shot, 60), 0);
  EXPECT_GT(stage.distance(slinger, player), before + k_tile);
}

TEST(Kiter, with_its_back_to_the_wall_it_stands_and_throws) {
  std::vector<std::string> rows(16, std::string(16, '#'));
  rows[8] = "#....###########";
  Stage stage{make_kinds(throw_stones, draw_map(rows))};
  const EntityId slinger = stage.add_goblin(base::tile_centre(1, 8));
  const EntityId player = add_target(stage, base::tile_centre(3, 8));
  int shots = 0;
  for (int i = 0; i < 120; ++i) {
    stage.tick();
    shots += static_cast<int>(
        std::count_if(stage.events.begin(), stage.events.end(), [](const Event& e) { return e.type == EventType::shot; }));
  }
  EXPECT_GE(shots, 2);
  EXPECT_LT(stage.at(player).health, 30000);
  EXPECT_LT(stage.distance(slinger, player), 4 * k_tile);
}

TEST(Kiter, does_not_throw_at_a_wall) {
  std::vector<std::string> rows(16, std::string(16, '.'));
  for (std::size_t y = 0; y < 16; ++y) rows[y][8] = '#';
  Stage stage{make_kinds(throw_stones, draw_map(rows))};
  const EntityId slinger = stage.add_goblin(base::tile_centre(6, 8));
  add_target(stage, base::tile_centre(10, 8));
  ASSERT_EQ(stage.until(EventType::shot, 100), -1);
  EXPECT_EQ(mood(stage, slinger), Mood::chase);
}

void hunt_in_packs(content::MonsterSpec& spec) {
  spec.traits.kin = "wolf";
  spec.traits.pack_size = 3;
  spec.traits.pack_share = 10 * k_tile;
}

TEST(Pack, who_finds_somebody_sets_the_calm_ones_near_it_on_him) {
  Stage stage{make_kinds(hunt_in_packs)};
  const EntityId finder = stage.add_goblin(k_middle);
  const EntityId mate = stage.add_goblin(k_middle - Vec2{6 * k_tile, 0});
  const EntityId far = stage.add_goblin(k_middle - Vec2{14 * k_tile, 0});
  const EntityId stranger = stage.add_goblin(k_middle - Vec2{5 * k_tile, 0}, 1);
  const EntityId player = add_target(stage, k_middle + Vec2{7 * k_tile, 0});
  stage.ticks(8);
  EXPECT_EQ(mood(stage, finder), Mood::chase);
  EXPECT_EQ(mood(stage, mate), Mood::chase);
  EXPECT_EQ(stage.at(mate).mind.target, player);
  EXPECT_EQ(mood(stage, far), Mood::rest) << "it did not hear";
  EXPECT_EQ(mood(stage, stranger), Mood::rest) << "no kin";
}

TEST(Pack, comes_as_a_pack_when_it_visits) {
  content::RulesSpec rules = make_rules();
  content::MonsterSpec wolf = make_goblin();
  hunt_in_packs(wolf);
  Stage stage{
      content::Content::from_tables({make_class("warrior", content::AttackKind::strike, 160)}, {wolf}, rules, open_map(64))};
  stage.command_join(warrior);
  ASSERT_GT(stage.until(EventType::spawn, 400), 0);
  EXPECT_EQ(std::count_if(stage.events.begin(), stage.events.end(), [](const Event& e) { return e.type == EventType::spawn; }),
            3);
}

TEST(Caller, calls_its_kin_when_it_is_hurt_and_not_before) {
  Stage stage{make_kinds([](content::MonsterSpec& spec) { spec.traits.call_for_help = 10 * k_tile; })};
  const EntityId caller = stage.add_goblin(k_middle);
  const EntityId helper = stage.add_goblin(k_middle - Vec2{5 * k_tile, 0}, 1);
  const EntityId player = stage.add_player(mage, k_middle + Vec2{7 * k_tile, 0});
  stage.ticks(8);
  ASSERT_EQ(mood(stage, caller), Mood::chase);
  ASSERT_EQ(mood(stage, helper), Mood::rest);
  stage.command_act(player, {0, true, caller});
  ASSERT_GT(stage.until(EventType::hit, 40, [&](const Event& e) { return e.target == caller; }), 0);
  EXPECT_EQ(mood(stage, helper), Mood::chase);
  EXPECT_EQ(stage.at(helper).mind.target, player);
}

TEST(Fleer, runs_away_once_when_it_is_weak_and_comes_back) {
  Stage stage{make_kinds([](content::MonsterSpec& spec) {
    spec.traits.flee_below_percent = 50;
    spec.traits.flee_ms = 2000;
  })};
  const EntityId fleer = stage.add_goblin(k_middle);
  const EntityId player = add_target(stage, k_middle + Vec2{3 * k_tile, 0});
  stage.ticks(8);
  ASSERT_EQ(mood(stage, fleer), Mood::chase);
  stage.at(fleer).health = 14;
  stage.ticks(5);
  ASSERT_EQ(mood(stage, fleer), Mood::flee);
  const std::int32_t near = stage.distance(fleer, player);
  stage.ticks(34);
  EXPECT_GT(stage.distance(fleer, player), near + 3 * k_tile);
  stage.ticks(10);
  EXPECT_EQ(mood(stage, fleer), Mood::chase);
  EXPECT_GT(stage.until(EventType::hit, 120, [&](const Event& e) { return e.source == fleer; }), 0) << "and does not flee again";
}

void charge_from_afar(content::MonsterSpec& spec) {
  content::AttackSpec& attack = spec.body.attack;
  attack.kind = content::AttackKind::charge;
  attack.reach = 6 * k_tile;
  attack.windup_ms = 700;
  attack.recovery_ms = 600;
  attack.cooldown_ms = 3000;
  attack.run_speed = 9 * k_tile;
  attack.run_length = 8 * k_tile;
}

struct Charge : ::testing::Test {
  Stage stage{make_kinds(charge_from_afar)};
  EntityId boar = stage.add_goblin(k_middle);
  EntityId player = add_target(stage, k_middle + Vec2{5 * k_tile, 0});
  void wait_for_windup() {
    for (int i = 0; i < 100 && stage.at(boar).walker.action != Action::attack; ++i) stage.tick();
    ASSERT_EQ(stage.at(boar).walker.action, Action::attack);
  }
};

TEST_F(Charge, hits_who_stands_in_the_way) {
  wait_for_windup();
  const Vec2 stood = stage.at(boar).walker.position;
  stage.ticks(12);
  EXPECT_EQ(stage.at(boar).walker.position, stood) << "the wind-up can be seen";
  ASSERT_GT(stage.until(EventType::hit, 30, [&](const Event& e) { return e.source == boar && e.target == player; }), 0);
  EXPECT_EQ(stage.at(boar).walker.action, Action::attack) << "then it stands and recovers";
  EXPECT_EQ(mood(stage, boar), Mood::chase);
}

TEST_F(Charge, misses_who_stepped_aside_and_runs_past) {
  wait_for_windup();
  stage.at(player).walker.position.y += 2 * k_tile;
  const std::int32_t before = stage.at(boar).walker.position.x;
  ASSERT_GT(stage.until(EventType::missed, 60, [&](const Event& e) { return e.source == boar; }), 0);
  EXPECT_GT(stage.at(boar).walker.position.x, before + 7 * k_tile);
  EXPECT_EQ(stage.at(player).health, 30000);
}

TEST_F(Charge, hits_whoever_stepped_into_the_way_instead) {
  wait_for_windup();
  stage.at(player).walker.position.y += 2 * k_tile;
  const EntityId other = add_target(stage, k_middle + Vec2{3 * k_tile, 0});
  EXPECT_GT(stage.until(EventType::hit, 60, [&](const Event& e) { return e.target == other; }), 0);
}

TEST(ChargeAndWalls, a_wall_ends_the_run) {
  std::vector<std::string> rows(24, std::string(24, '.'));
  for (std::size_t y = 0; y < 24; ++y) rows[y][12] = '#';
  Stage stage{make_kinds(charge_from_afar, draw_map(rows))};
  const EntityId boar = stage.add_goblin(base::tile_centre(6, 12));
  const EntityId player = add_target(stage, base::tile_centre(11, 12));
  for (int i = 0; i < 100 && stage.at(boar).walker.action != Action::attack; ++i) stage.tick();
  stage.at(player).walker.position = base::tile_centre(2, 2);
  ASSERT_GT(stage.until(EventType::missed, 60), 0);
  EXPECT_LT(stage.at(boar).walker.position.x, 12 * k_tile);
  EXPECT_GT(stage.at(boar).walker.position.x, 11 * k_tile);
}

struct Chief : ::testing::Test {
  Stage stage{make_kinds([](content::MonsterSpec& spec) {
    spec.body.health = 300;
    spec.traits.phases = {{66, 1, 3, 0}, {33, 1, 2, 2 * k_tile}};
  })};
  EntityId chief = stage.add_goblin(k_middle);
  EntityId player = add_target(stage, k_middle + Vec2{2 * k_tile, 0});
  /// The player strikes until the chief has at most that much; how many came to its help meanwhile.
  int strike_down_to(std::int32_t health) {
    int came = 0;
    for (int i = 0; i < 4000 && stage.at(chief).health > health; ++i) {
      stage.command_act(player, {0, true, chief});
      stage.tick();
      for (const Event& event : stage.events) came += event.type == EventType::spawn ? 1 : 0;
    }
    return came;
  }
};

TEST_F(Chief, calls_at_each_mark_once_and_those_who_come_fight) {
  EXPECT_EQ(strike_down_to(212), 0);
  EXPECT_EQ(strike_down_to(190), 3);
  int hunting = 0;
  for (const std::uint16_t slot : stage.world.alive()) {
    const Entity& entity = stage.world.entities()[slot];
    if (entity.kind == Kind::monster && entity.archetype == 1) hunting += entity.mind.target == player ? 1 : 0;
  }
  EXPECT_EQ(hunting, 3);
  EXPECT_EQ(strike_down_to(115), 0);
  EXPECT_EQ(strike_down_to(80), 2);
  EXPECT_EQ(stage.at(chief).mind.phase, 2);
}

TEST_F(Chief, in_its_last_phase_its_blow_meets_everybody_around) {
  stage.at(chief).health = 90;
  strike_down_to(89);
  ASSERT_EQ(stage.at(chief).mind.phase, 2);
  const EntityId behind = add_target(stage, stage.at(chief).walker.position - Vec2{k_tile, 0});
  bool both = false;
  for (int i = 0; i < 200 && !both; ++i) {
    stage.tick();
    const auto hit = [&](EntityId who) {
      return std::any_of(stage.events.begin(), stage.events.end(),
                         [&](const Event& e) { return e.type == EventType::hit && e.source == chief && e.target == who; });
    };
    both = hit(player) && hit(behind);
  }
  EXPECT_TRUE(both);
}

TEST(ChiefAndWalls, his_wide_blow_does_not_go_through_a_wall) {
  content::MapSpec map = open_map(32);
  for (std::size_t y = 8; y < 24; ++y) map.blocked[y * 32 + 14] = 1;
  Stage stage{make_kinds([](content::MonsterSpec& spec) { spec.traits.phases = {{99, -1, 0, 3 * k_tile}}; }, map)};
  const Vec2 beside = base::tile_centre(15, 16);
  const EntityId chief = stage.add_goblin(beside);
  stage.at(chief).health -= 1;
  stage.at(chief).mind.phase = 1;
  const EntityId target = add_target(stage, beside + Vec2{k_tile, 0});
  const EntityId behind = add_target(stage, base::tile_centre(13, 16));
  int hits = 0;
  for (int i = 0; i < 400; ++i) {
    stage.tick();
    for (const Event& event : stage.events) {
      if (event.type != EventType::hit || event.source != chief) continue;
      EXPECT_EQ(event.target, target);
      ++hits;
    }
    stage.at(behind).walker.position = base::tile_centre(13, 16);
  }
  EXPECT_GT(hits, 0);
}

TEST_F(Chief, who_got_home_is_whole_again_and_calls_once_more) {
  strike_down_to(190);
  stage.command_leave(player);
  for (int i = 0; i < 600 && mood(stage, chief) != Mood::rest; ++i) stage.tick();
  EXPECT_EQ(stage.at(chief).health, 300);
  EXPECT_EQ(stage.at(chief).mind.phase, 0);
}

TEST(Lairs, hold_their_packs_and_who_is_slain_comes_back) {
  content::MapSpec map = open_map(64);
  map.lairs = {{0, base::tile_centre(10, 10), 2, 5000}};
  Stage stage{make_kinds(hunt_in_packs, map)};
  ASSERT_EQ(stage.world.fill_lairs(), 6);
  for (const std::uint16_t slot : stage.world.alive()) {
    EXPECT_LE(base::chebyshev(stage.world.entities()[slot].walker.position - base::tile_centre(10, 10)), 3 * k_tile);
  }
  const EntityId player = stage.add_player(warrior, base::tile_centre(10, 12));
  stage.at(player).guarded_until = stage.world.tick() + 100000;
  const EntityId victim = stage.world.entities()[0].id;
  const Vec2 home = stage.at(victim).mind.home;
  stage.at(victim).health = 1;
  stage.at(victim).walker.position = stage.at(player).walker.position + Vec2{150, 0};
  stage.command_act(player, {0, true, victim});
  ASSERT_GT(stage.until(EventType::death, 60, [&](const Event& e) { return e.target == victim; }), 0);
  const int back = stage.until(EventType::spawn, 140);
  EXPECT_EQ(back, 100);
  EXPECT_EQ(stage.events.back().position, home);
}

TEST(Lairs, nobody_leaves_one_because_nobody_is_there) {
  content::MapSpec map = open_map(64);
  map.lairs = {{0, base::tile_centre(10, 10), 1, 5000}};
  Stage stage{make_kinds(hunt_in_packs, map)};
  ASSERT_EQ(stage.world.fill_lairs(), 3);
  stage.ticks(20 * 120);
  EXPECT_EQ(stage.world.alive().size(), 3U);
}

}  // namespace
}  // namespace cudgel::sim
