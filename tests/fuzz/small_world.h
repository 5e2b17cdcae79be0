#pragma once
// The small world that saved bytes are restored into, the same for the target and for its seeds.

#include "content/content.h"
#include "sim/world.h"

namespace cudgel::fuzz {

inline content::BodySpec small_body(content::AttackKind kind) {
  content::BodySpec body;
  body.radius = 70;
  body.speed = 700;
  body.health = 40;
  body.attack.kind = kind;
  body.attack.damage_min = 3;
  body.attack.damage_max = 9;
  body.attack.reach = kind == content::AttackKind::strike ? 150 : 1500;
  body.attack.windup_ms = 200;
  body.attack.recovery_ms = 200;
  body.attack.cooldown_ms = 600;
  body.attack.projectile_speed = 2000;
  body.attack.projectile_radius = 30;
  return body;
}

/// One skill of each sort of effect that a saved world holds.
inline content::ClassSpec small_class(content::AttackKind kind) {
  content::SkillSpec skill;
  skill.name = skill.picture = "cloud";
  skill.kind = content::SkillKind::area;
  skill.mana = 5;
  skill.reach = 1000;
  skill.radius = 500;
  skill.windup_ms = 100;
  skill.recovery_ms = 100;
  skill.cooldown_ms = 1000;
  skill.lasts_ms = 2000;
  skill.pulse_ms = 500;
  skill.effects = {{content::EffectKind::poison, 2, 2000, 500, content::Stacking::stack}};
  content::ClassSpec spec;
  spec.body = small_body(kind);
  spec.mana = 40;
  spec.mana_per_s = 3;
  spec.skills = {skill, skill};
  spec.skills[1].kind = content::SkillKind::aid;
  spec.skills[1].lasts_ms = spec.skills[1].pulse_ms = 0;
  spec.skills[1].effects = {{content::EffectKind::guard, 20, 2000, 0, content::Stacking::refresh}};
  return spec;
}

inline content::Content small_content() {
  content::MonsterSpec goblin;
  goblin.body = small_body(content::AttackKind::strike);
  goblin.sight = 2000;
  goblin.leash = 3000;
  goblin.corpse_ms = 500;
  goblin.visit_weight = 1;
  goblin.experience = 10;
  content::RulesSpec rules;
  rules.respawn_ms = 500;
  rules.guard_ms = 200;
  rules.visit_within_ms = 1000;
  rules.visitors_max = 2;
  rules.visit_distance_min = 4000;
  rules.visit_distance_max = 5000;
  content::MapSpec map;
  map.width = map.height = 24;
  map.ground.assign(24 * 24, content::Ground::grass);
  map.blocked.assign(24 * 24, 0);
  for (std::size_t i = 4; i < 20; ++i) map.blocked[i * 24 + 9] = 1;  // a wall to walk around
  map.player_starts = {base::tile_centre(5, 12)};
  return content::Content::from_tables({small_class(content::AttackKind::strike), small_class(content::AttackKind::bolt),
                                        small_class(content::AttackKind::talisman)},
                                       {goblin}, rules, std::move(map), {{30, 40, 50}, 1, 25});
}

inline constexpr sim::WorldOptions k_small_options{.tick_hz = 20, .seed = 1, .entities_max = 24, .arena = false};

/// What players who join, wander and strike want at the next step, from the numbers of `random`.
inline std::vector<sim::Command> choose_commands(const sim::World& world, base::Random& random) {
  std::vector<sim::Command> commands;
  if (random.below(10) == 0) {
    sim::Command join;
    join.type = sim::Command::Type::join;
    join.class_index = static_cast<std::uint8_t>(random.below(3));
    join.name.assign("Wu");
    commands.push_back(join);
  }
  for (const std::uint16_t slot : world.alive()) {
    const sim::Entity& entity = world.entities()[slot];
    if (entity.kind != sim::Kind::player || random.below(5) != 0) continue;
    sim::Command command;
    command.who = entity.id;
    command.sequence = entity.last_sequence + 1;
    command.intent = {static_cast<std::uint8_t>(random.below(65)), random.below(2) == 0, {}};
    command.view_age = static_cast<std::uint8_t>(random.below(100));
    command.skill = static_cast<std::uint8_t>(random.below(4));
    command.point = entity.walker.position;
    if (random.below(30) == 0) command.type = sim::Command::Type::leave;
    commands.push_back(command);
  }
  return commands;
}

inline void play(sim::World& world, base::Random& random, int ticks) {
  sim::Events events;
  for (int i = 0; i < ticks; ++i) sim::step(world, choose_commands(world, random), events);
}

}  // namespace cudgel::fuzz
