// Goal: effects stack, tick and end as their rules say; skills begin only when they may, and meet whom they should. Method: a map drawn
// as text, a class with one skill of each kind, and random games whose bounds are checked.

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "sim_fixture.h"

namespace cudgel::sim::testing {
namespace {

using content::EffectKind;
using content::SkillKind;
using content::Stacking;

content::SkillSpec make_skill(SkillKind kind, std::vector<content::EffectSpec> effects = {}) {
  content::SkillSpec skill;
  skill.name = skill.picture = "skill";
  skill.kind = kind;
  skill.mana = 10;
  skill.reach = 4 * k_tile;
  skill.radius = 2 * k_tile;
  skill.windup_ms = 100;
  skill.recovery_ms = 100;
  skill.cooldown_ms = 2000;
  skill.effects = std::move(effects);
  return skill;
}

content::Content skilled_content(content::MapSpec map) {
  content::ClassSpec mage_class = make_class("mage", content::AttackKind::strike, 160);
  mage_class.mana = 50;
  mage_class.mana_per_s = 2;
  mage_class.skills = {make_skill(SkillKind::burst, {{EffectKind::slow, 50, 2000, 0, Stacking::refresh}}),
                       make_skill(SkillKind::aid, {{EffectKind::mend, 5, 1000, 250, Stacking::refresh}}),
                       make_skill(SkillKind::blink),
                       make_skill(SkillKind::dash, {{EffectKind::stun, 0, 1000, 0, Stacking::refresh}})};
  content::ClassSpec brewer = make_class("brewer", content::AttackKind::strike, 160);
  brewer.mana = 50;
  brewer.skills = {make_skill(SkillKind::area)};
  brewer.skills[0].damage_min = brewer.skills[0].damage_max = 3;
  brewer.skills[0].lasts_ms = 2000;
  brewer.skills[0].pulse_ms = 500;
  mage_class.skills[0].damage_min = mage_class.skills[0].damage_max = 7;
  mage_class.skills[3].speed = 12 * k_tile;
  mage_class.skills[3].level = 1;
  return content::Content::from_tables({mage_class, brewer}, {make_goblin()}, quiet_rules(), std::move(map));
}
constexpr std::uint8_t k_burst = 1, k_aid = 2, k_blink = 3, k_dash = 4;

class Skills : public ::testing::Test {
 protected:
  Stage stage{skilled_content(open_map(32))};
  const Vec2 here = base::tile_centre(16, 16);
  EntityId self = stage.add_player(0, here);

  void use(std::uint8_t skill, Vec2 point) {
    Command command;
    command.who = self;
    command.skill = skill;
    command.point = point;
    stage.commands.push_back(command);
  }
  std::int32_t refused(std::uint8_t skill, Vec2 point) {
    use(skill, point);
    stage.tick();
    for (const Event& event : stage.events) {
      if (event.type == EventType::refused) return event.amount;
    }
    return 0;
  }
};

TEST_F(Skills, a_burst_meets_foes_around_and_slows_them) {
  const EntityId near = stage.add_goblin(here + Vec2{k_tile, 0});
  const EntityId far = stage.add_goblin(here + Vec2{5 * k_tile, 0});
  use(k_burst, here);
  ASSERT_GT(stage.until(EventType::cast, 10), 0);
  EXPECT_EQ(stage.at(near).health, 30 - 7);
  EXPECT_EQ(stage.at(far).health, 30);
  EXPECT_EQ(condition_of(stage.at(near).effects.all()).speed_percent, 50);
  EXPECT_EQ(stage.at(self).walker.mana, 40);
  stage.ticks(41);
  EXPECT_EQ(stage.at(near).effects.size, 0);
}

TEST_F(Skills, aid_mends_by_and_by_and_never_beyond_the_whole) {
  stage.at(self).health = 90;
  use(k_aid, here);
  stage.ticks(30);
  EXPECT_EQ(stage.at(self).health, 100);
  EXPECT_EQ(stage.at(self).effects.size, 0);
}

TEST_F(Skills, a_blink_stands_at_the_point) {
  const Vec2 point = here + Vec2{3 * k_tile, 0};
  use(k_blink, point);
  stage.ticks(4);
  EXPECT_LE(base::chebyshev(stage.at(self).walker.position - point), 32);
}

TEST_F(Skills, a_dash_stops_at_the_first_foe_and_stuns_it) {
  const EntityId foe = stage.add_goblin(here + Vec2{2 * k_tile, 0});
  use(k_dash, here + Vec2{4 * k_tile, 0});
  ASSERT_GT(stage.until(EventType::cast, 20), 0);
  EXPECT_LT(stage.at(self).walker.position.x, stage.at(foe).walker.position.x);
  EXPECT_TRUE(condition_of(stage.at(foe).effects.all()).stunned);
}

TEST_F(Skills, what_may_not_begin_is_refused_with_the_reason) {
  EXPECT_EQ(refused(200, here), static_cast<std::int32_t>(Refusal::unknown));
  EXPECT_EQ(refused(k_blink, here + Vec2{9 * k_tile, 0}), static_cast<std::int32_t>(Refusal::too_far));
  stage.at(self).walker.mana = 9;
  EXPECT_EQ(refused(k_burst, here), static_cast<std::int32_t>(Refusal::mana));
  stage.at(self).walker.mana = 50;
  EXPECT_EQ(refused(k_burst, here), 0);
  stage.ticks(10);
  EXPECT_EQ(refused(k_burst, here), static_cast<std::int32_t>(Refusal::cooling));
}

TEST_F(Skills, who_is_too_young_stunned_or_looks_at_a_wall_is_told_so) {
  content::MapSpec map = open_map(32);
  map.blocked[static_cast<std::size_t>(16 * 32 + 18)] = 1;
  content::Content taught = skilled_content(std::move(map));
  std::vector<content::ClassSpec> classes = taught.classes();
  classes[0].skills[1].level = 2;
  Stage walled(content::Content::from_tables(std::move(classes), taught.monsters(), taught.rules(), taught.map()));
  const EntityId player = walled.add_player(0, here);
  const auto answer = [&](std::uint8_t skill, Vec2 point) {
    Command command;
    command.who = player;
    command.skill = skill;
    command.point = point;
    walled.commands.push_back(command);
    walled.tick();
    return walled.events.empty() || walled.events[0].type != EventType::refused ? Refusal::none
                                                                                : static_cast<Refusal>(walled.events[0].amount);
  };
  EXPECT_EQ(answer(k_aid, here), Refusal::level);
  EXPECT_EQ(answer(k_blink, here + Vec2{4 * k_tile, 0}), Refusal::out_of_sight);
  Effect stun;
  stun.kind = EffectKind::stun;
  stun.until = walled.world.tick() + 10;
  walled.at(player).effects.add(stun, Stacking::refresh);
  EXPECT_EQ(answer(k_burst, here), Refusal::stunned);
}

TEST_F(Skills, what_the_dead_wish_is_refused_and_does_not_begin_when_they_wake) {
  const EntityId goblin = stage.add_goblin(here + Vec2{k_tile, 0});
  stage.at(self).health = 1;
  const auto refused_as_dead = [](const Event& event) { return event.amount == static_cast<std::int32_t>(Refusal::dead); };
  ASSERT_GT(stage.until(EventType::death, 200), 0);
  EXPECT_EQ(refused(k_burst, here), static_cast<std::int32_t>(Refusal::dead));
  stage.world.destroy(goblin);
  ASSERT_GT(stage.until(EventType::respawn, 100), 0);
  EXPECT_EQ(stage.until(EventType::cast, 30), -1);
  // And what waited for a free body when it fell.
  stage.add_goblin(stage.at(self).walker.position + Vec2{k_tile, 0});
  stage.at(self).guarded_until = 0;
  stage.at(self).health = 1;
  bool told = false;
  for (int i = 0; i < 200 && stage.at(self).health > 0; ++i) {
    stage.at(self).walker.action = Action::attack;
    stage.at(self).walker.action_since = stage.world.tick();
    use(k_aid, here);
    stage.tick();
    told = told || std::any_of(stage.events.begin(), stage.events.end(),
                               [&](const Event& event) { return event.type == EventType::refused && refused_as_dead(event); });
  }
  EXPECT_TRUE(told);
}

TEST_F(Skills, a_place_on_the_ground_falls_again_and_again_until_its_time_is_over) {
  const Vec2 point = here + Vec2{3 * k_tile, 0};
  const EntityId foe = stage.add_goblin(point);
  stage.at(foe).health = stage.at(foe).health_max = 1000;
  self = stage.add_player(1, here);
  use(1, point);
  ASSERT_GT(stage.until(EventType::cast, 10), 0);
  EXPECT_EQ(stage.at(foe).health, 1000 - 3);
  // Who comes later is met, too; who walks out is not any more.
  stage.ticks(11);
  EXPECT_EQ(stage.at(foe).health, 1000 - 2 * 3);
  stage.at(foe).walker.position = here + Vec2{0, 9 * k_tile};
  const EntityId late = stage.add_goblin(point);
  stage.ticks(11);
  EXPECT_EQ(stage.at(foe).health, 1000 - 2 * 3);
  EXPECT_LT(stage.at(late).health, 30);
  stage.ticks(40);
  EXPECT_EQ(stage.at(self).ground, Ground{});
}

TEST_F(Skills, a_dash_does_not_run_into_a_wall_nor_a_blink_behind_it) {
  Stage walled(skilled_content(draw_map({"................", "................", "......#.........", "......#.........",
                                         "......#.........", "......#.........", "................", "................"})));
  const Vec2 before_wall = base::tile_centre(3, 3);
  const Vec2 behind_wall = base::tile_centre(7, 3);
  for (const std::uint8_t skill : {k_dash, k_blink}) {
    const EntityId player = walled.add_player(0, before_wall);
    Command command;
    command.who = player;
    command.skill = skill;
    command.point = behind_wall;
    walled.commands.push_back(command);
    walled.ticks(20);
    EXPECT_LT(walled.at(player).walker.position.x, 6 * k_tile);
    EXPECT_TRUE(walled.world.map().fits(walled.at(player).walker.position, 72));
  }
}

TEST_F(Skills, the_stunned_neither_walk_nor_strike_and_the_rooted_do_not_walk) {
  const Tick until = stage.world.tick() + 20;
  for (const EffectKind kind : {EffectKind::stun, EffectKind::root}) {
    stage.at(self).effects.clear();
    stage.at(self).effects.add({kind, 0, 0, until, 0, {}}, Stacking::refresh);
    Command command;
    command.who = self;
    command.intent = {1, kind == EffectKind::stun, {}};
    const Vec2 before = stage.at(self).walker.position;
    stage.commands.push_back(command);
    stage.ticks(3);
    EXPECT_EQ(stage.at(self).walker.position, before);
    EXPECT_NE(stage.at(self).walker.action, Action::attack);
  }
}

TEST_F(Skills, who_comes_back_has_no_mana_and_waits_for_every_skill_but_a_newcomer_and_the_fallen_are_fresh) {
  const auto join = [&](std::optional<Returning> had) {
    Command command;
    command.type = Command::Type::join;
    command.name.assign("Back");
    command.returning = had;
    stage.commands.push_back(command);
    stage.tick();
    return stage.at(stage.events.back().target).walker;
  };
  const Walker back = join(Returning{std::nullopt, 50, 1, 0});
  EXPECT_EQ(back.mana, 0);
  EXPECT_EQ(back.mana_max, 50);
  EXPECT_GT(back.skill_ready[0], stage.world.tick() + 30);
  for (const auto& had : {std::optional<Returning>{}, std::optional(Returning{std::nullopt, 0, 1, 0})}) {
    const Walker fresh = join(had);
    EXPECT_EQ(fresh.mana, 50);
    EXPECT_LE(fresh.skill_ready[0], stage.world.tick());
  }
}

TEST_F(Skills, death_clears_what_lies_on_a_body) {
  stage.at(self).effects.add({EffectKind::poison, 200, 1, stage.world.tick() + 100, 0, {}}, Stacking::refresh);
  stage.ticks(2);
  EXPECT_EQ(stage.at(self).walker.action, Action::dead);
  EXPECT_EQ(stage.at(self).effects.size, 0);
}

TEST(EffectsRule, refresh_keeps_the_longer_and_the_stronger_and_stack_adds) {
  Effects effects;
  effects.add({EffectKind::slow, 30, 0, 100, 0, {}}, Stacking::refresh);
  effects.add({EffectKind::slow, 20, 0, 150, 0, {}}, Stacking::refresh);
  ASSERT_EQ(effects.size, 1);
  EXPECT_EQ(effects.list[0].magnitude, 30);
  EXPECT_EQ(effects.list[0].until, 150U);
  for (Tick i = 0; i < 10; ++i) effects.add({EffectKind::poison, 1, 5, 200 + i, 0, {}}, Stacking::stack);
  EXPECT_EQ(effects.size, k_effects_max);
  effects.expire(300);
  EXPECT_EQ(effects.size, 0);
}

TEST(SkillsProperty, health_and_mana_stay_within_bounds_and_no_effect_outlives_its_time) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Stage stage(skilled_content(open_map(24)), {.tick_hz = 20, .seed = seed, .entities_max = 64, .arena = false});
    base::Random random(seed);
    std::vector<EntityId> players;
    for (int i = 0; i < 4; ++i) players.push_back(stage.add_player(0, base::tile_centre(10 + i, 12)));
    for (int i = 0; i < 6; ++i) stage.add_goblin(base::tile_centre(9 + i, 14));
    for (int tick = 0; tick < 300; ++tick) {
      for (const EntityId player : players) {
        if (random.below(6) != 0) continue;
        Command command;
        command.who = player;
        command.intent = {static_cast<std::uint8_t>(random.below(65)), random.below(2) == 0, {}};
        command.skill = static_cast<std::uint8_t>(random.below(6));
        command.point = {random.between(0, 24 * k_tile), random.between(0, 24 * k_tile)};
        stage.commands.push_back(command);
      }
      stage.tick();
      for (const std::uint16_t slot : stage.world.alive()) {
        const Entity& one = stage.world.entities()[slot];
        ASSERT_TRUE(one.health >= 0 && one.health <= one.health_max);
        ASSERT_TRUE(one.walker.mana >= 0 && one.walker.mana <= one.walker.mana_max);
        for (const Effect& effect : one.effects.all()) ASSERT_GE(effect.until, stage.world.tick());
        ASSERT_TRUE(one.kind == Kind::projectile || stage.world.map().fits(one.walker.position, stage.world.body_of(one).radius));
      }
    }
    World copy(stage.content, stage.content.map(), stage.world.options());
    ASSERT_TRUE(restore(copy, save(stage.world)));
    ASSERT_EQ(hash(copy), hash(stage.world));
  }
}

}  // namespace
}  // namespace cudgel::sim::testing
