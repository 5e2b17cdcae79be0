// Goal: a small monster that is thrown flies, stops at walls and at other monsters, and both are hurt; who is a sheep harms nobody until it is
// struck; the steadfast are neither. Method: one class with both skills on an open map and before a wall.

#include <gtest/gtest.h>

#include "sim_fixture.h"

namespace cudgel::sim::testing {
namespace {

constexpr std::uint8_t k_hurl = 1, k_sheep = 2;
constexpr std::uint8_t k_goblin = 0, k_boss = 1, k_broad = 2;

content::Content joke_content(content::MapSpec map) {
  content::SkillSpec hurl;
  hurl.name = hurl.picture = "hurl";
  hurl.kind = content::SkillKind::hurl;
  hurl.reach = 5 * k_tile;
  hurl.radius = 70;
  hurl.speed = 12 * k_tile;
  hurl.damage_min = hurl.damage_max = 9;
  hurl.windup_ms = 100;
  hurl.recovery_ms = 100;
  hurl.cooldown_ms = 300;
  content::SkillSpec sheep = hurl;
  sheep.name = sheep.picture = "sheep";
  sheep.kind = content::SkillKind::area;
  sheep.reach = 8 * k_tile;
  sheep.radius = 128;
  sheep.damage_min = sheep.damage_max = 0;
  sheep.effects = {{content::EffectKind::sheep, 0, 3000, 0, content::Stacking::refresh}};
  content::ClassSpec joker = make_class("joker", content::AttackKind::strike, 160);
  joker.skills = {hurl, sheep};
  content::MonsterSpec goblin = make_goblin();
  goblin.sight = 0;
  goblin.leash = 40 * k_tile;
  goblin.body.health = 100;
  content::MonsterSpec boss = goblin;
  boss.body.name = "boss";
  boss.steadfast = true;
  content::MonsterSpec broad = goblin;
  broad.body.name = "broad";
  broad.body.radius = 90;
  return content::Content::from_tables({joker}, {goblin, boss, broad}, quiet_rules(), std::move(map));
}

struct Jokes : ::testing::Test {
  Stage stage{joke_content(open_map(32))};
  const Vec2 here = base::tile_centre(16, 16);
  EntityId self = stage.add_player(0, here);

  void use(std::uint8_t skill, Vec2 point, Stage& on, EntityId who) {
    Command command;
    command.who = who;
    command.skill = skill;
    command.point = point;
    on.commands.push_back(command);
  }
  void use(std::uint8_t skill, Vec2 point) { use(skill, point, stage, self); }
};

TEST_F(Jokes, a_goblin_flies_as_far_as_the_arm_can_and_is_hurt_when_it_lands) {
  const EntityId goblin = stage.add_goblin(here + Vec2{200, 0});
  use(k_hurl, here + Vec2{k_tile, 0});
  ASSERT_GT(stage.until(EventType::cast, 10), 0);
  EXPECT_EQ(stage.at(goblin).mind.mood, Mood::thrown);
  ASSERT_GT(stage.until(EventType::hit, 20, [&](const Event& event) { return event.target == goblin; }), 0);
  EXPECT_EQ(stage.at(goblin).health, 91);
  EXPECT_NEAR(stage.at(goblin).walker.position.x - here.x, 200 + 5 * k_tile, 32);
  EXPECT_EQ(stage.at(goblin).mind.mood, Mood::chase);
  EXPECT_EQ(stage.at(goblin).mind.target, self);
}

TEST_F(Jokes, with_nobody_to_throw_one_is_told_so) {
  use(k_hurl, here + Vec2{k_tile, 0});
  ASSERT_GT(stage.until(EventType::refused, 10), 0);
  EXPECT_EQ(stage.events.back().amount, static_cast<std::int32_t>(Refusal::nobody));
}

TEST_F(Jokes, it_hurts_whom_it_hits_and_stops_there) {
  const EntityId goblin = stage.add_goblin(here + Vec2{200, 0});
  const EntityId other = stage.add_goblin(here + Vec2{4 * k_tile, 0});
  use(k_hurl, here + Vec2{k_tile, 0});
  ASSERT_GT(stage.until(EventType::hit, 30, [&](const Event& event) { return event.target == other; }), 0);
  EXPECT_EQ(stage.at(goblin).health, 91);
  EXPECT_EQ(stage.at(other).health, 91);
  EXPECT_LT(stage.at(goblin).walker.position.x, stage.at(other).walker.position.x);
}

TEST_F(Jokes, a_wall_stops_it) {
  Stage walled(joke_content(draw_map({"..........", "..........", ".......#..", ".......#..", ".......#..", "..........",
                                      "..........", "..........", "..........", ".........."})));
  const Vec2 place = base::tile_centre(3, 3);
  const EntityId thrower = walled.add_player(0, place);
  const EntityId goblin = walled.add_goblin(place + Vec2{200, 0});
  use(k_hurl, place + Vec2{k_tile, 0}, walled, thrower);
  ASSERT_GT(walled.until(EventType::hit, 30, [&](const Event& event) { return event.target == goblin; }), 0);
  EXPECT_LE(walled.at(goblin).walker.position.x, 7 * k_tile - 64);
  EXPECT_TRUE(walled.world.map().fits(walled.at(goblin).walker.position, 64));
}

TEST_F(Jokes, the_broad_the_steadfast_and_those_behind_stay_where_they_are) {
  stage.add_goblin(here + Vec2{200, 0}, k_boss);
  stage.add_goblin(here + Vec2{0, 200}, k_broad);
  stage.add_goblin(here + Vec2{-200, 0}, k_goblin);
  use(k_hurl, here + Vec2{k_tile, 0});
  ASSERT_GT(stage.until(EventType::refused, 10), 0);
  for (const std::uint16_t slot : stage.world.alive()) EXPECT_NE(stage.world.entities()[slot].mind.mood, Mood::thrown);
}

TEST_F(Jokes, who_throws_and_leaves_has_thrown_all_the_same) {
  const EntityId goblin = stage.add_goblin(here + Vec2{200, 0});
  use(k_hurl, here + Vec2{k_tile, 0});
  ASSERT_GT(stage.until(EventType::cast, 10), 0);
  stage.command_leave(self);
  stage.ticks(3);
  EXPECT_NE(stage.at(goblin).mind.mood, Mood::thrown);
}

TEST_F(Jokes, a_sheep_grazes_harms_nobody_and_remembers) {
  const EntityId goblin = stage.add_goblin(here + Vec2{200, 0});
  stage.at(goblin).mind.mood = Mood::chase;
  stage.at(goblin).mind.target = self;
  stage.at(goblin).mind.noticed_at = here;
  use(k_sheep, stage.at(goblin).walker.position);
  ASSERT_GT(stage.until(EventType::cast, 10), 0);
  EXPECT_EQ(looks_of(stage.at(goblin).effects.all()) & 4U, 4U);
  EXPECT_EQ(stage.until(EventType::hit, 55), -1);
  EXPECT_FALSE(stage.at(goblin).walker.intent.attack);
  stage.ticks(10);
  EXPECT_EQ(stage.at(goblin).effects.size, 0);
  EXPECT_GT(stage.until(EventType::hit, 300, [&](const Event& event) { return event.source == goblin; }), 0);
}

TEST_F(Jokes, the_first_harm_wakes_a_sheep) {
  const EntityId goblin = stage.add_goblin(here + Vec2{200, 0});
  use(k_sheep, stage.at(goblin).walker.position);
  ASSERT_GT(stage.until(EventType::cast, 10), 0);
  stage.at(goblin).walker.position = here + Vec2{140, 0};
  stage.command_act(self, {0, true, goblin});
  ASSERT_GT(stage.until(EventType::hit, 60, [&](const Event& event) { return event.target == goblin; }), 0);
  EXPECT_FALSE(stage.at(goblin).effects.has(content::EffectKind::sheep));
}

TEST_F(Jokes, the_steadfast_are_no_sheep_and_the_caster_sees_that_it_missed) {
  const EntityId boss = stage.add_goblin(here + Vec2{300, 0}, k_boss);
  use(k_sheep, stage.at(boss).walker.position);
  ASSERT_GT(stage.until(EventType::missed, 10, [&](const Event& event) { return event.target == boss; }), 0);
  EXPECT_EQ(stage.at(boss).effects.size, 0);
}

TEST_F(Jokes, a_saved_world_goes_on_with_what_flies_and_what_grazes) {
  const EntityId sheep = stage.add_goblin(here + Vec2{0, 300});
  use(k_sheep, stage.at(sheep).walker.position);
  ASSERT_GT(stage.until(EventType::cast, 10), 0);
  stage.ticks(8);
  stage.add_goblin(stage.at(self).walker.position + Vec2{200, 0});
  use(k_hurl, here + Vec2{k_tile, 0});
  ASSERT_GT(stage.until(EventType::cast, 10), 0);
  World copy(stage.content, stage.content.map(), stage.world.options());
  const auto restored = restore(copy, save(stage.world));
  ASSERT_TRUE(restored.has_value()) << restored.error().text;
  Events events;
  for (int i = 0; i < 100; ++i) {
    step(copy, {}, events);
    stage.tick();
  }
  EXPECT_EQ(hash(copy), hash(stage.world));
}

}  // namespace
}  // namespace cudgel::sim::testing
