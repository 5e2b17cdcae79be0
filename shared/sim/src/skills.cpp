#include "skills.h"

#include <algorithm>

#include "combat.h"
#include "hurl.h"
#include "sheep.h"
#include "sim/foes.h"
#include "summoned.h"

namespace cudgel::sim {
namespace {

using content::SkillKind;

void lay(const World& world, Entity& body, const content::EffectSpec& spec, EntityId source, Tick now) {
  Effect effect;
  effect.kind = spec.kind;
  effect.magnitude = static_cast<std::int16_t>(spec.magnitude);
  effect.period_ticks = static_cast<std::uint16_t>(world.ticks_of_ms(spec.period_ms));
  effect.until = now + static_cast<Tick>(world.ticks_of_ms(spec.duration_ms));
  effect.next = now + effect.period_ticks;
  effect.source = source;
  body.effects.add(effect, spec.stacking);
}

void lay_helpful(const World& world, Entity& body, const content::SkillSpec& skill, EntityId source, Tick now) {
  for (const content::EffectSpec& effect : skill.effects) {
    if (!content::harms(effect.kind)) lay(world, body, effect, source, now);
  }
}

void strike(World& world, const Entity& caster, Entity& foe, const content::SkillSpec& skill, Tick now, Events& events) {
  const bool guarded = now < foe.guarded_until;
  if (skill.damage_max > 0 || guarded) {
    harm(world, caster.id, foe, roll_damage(world, caster, skill.damage_min, skill.damage_max), now, events);
  }
  if (guarded || !can_harm(world, caster, foe)) return;  // slain, or the duel is over
  for (const content::EffectSpec& effect : skill.effects) {
    if (!content::harms(effect.kind)) continue;
    if (effect.kind == content::EffectKind::sheep && !become_sheep(world, foe, caster.id)) {
      events.push_back({EventType::missed, caster.id, foe.id, 0, foe.walker.position, 0});
      continue;
    }
    lay(world, foe, effect, caster.id, now);
  }
}

/// Slots of living bodies whose edge is within `reach` of `centre` and that `wanted(entity)`, ascending.
template <class Wanted>
std::vector<std::uint16_t> within(const World& world, Vec2 centre, std::int32_t reach, Wanted&& wanted) {
  std::vector<std::uint16_t> found;
  world.grid.for_each_within(centre, reach + world.radius_max() + k_grid_slack_units, [&](const SpatialGrid::Item& item) {
    const Entity& other = world.entities()[item.index];
    if (other.health <= 0 || !wanted(other)) return;
    const std::int64_t range = reach + world.body_of(other).radius;
    if (base::length_squared(other.walker.position - centre) <= range * range) found.push_back(item.index);
  });
  std::sort(found.begin(), found.end());
  return found;
}

bool seen_foe(const World& world, const Entity& caster, Vec2 from, const Entity& other) {
  return can_harm(world, caster, other) && !world.map().stops_flight(from, other.walker.position);
}

std::vector<std::uint16_t> foes_around(const World& world, const Entity& caster, Vec2 centre, std::int32_t radius) {
  return within(world, centre, radius, [&](const Entity& other) { return seen_foe(world, caster, centre, other); });
}

std::vector<std::uint16_t> foes_met(const World& world, const Entity& caster, const content::SkillSpec& skill) {
  const Vec2 here = caster.walker.position;
  switch (skill.kind) {
    case SkillKind::burst:
      return foes_around(world, caster, here, skill.radius);
    case SkillKind::area:
      return foes_around(world, caster, caster.walker.point, skill.radius);
    case SkillKind::arc:
    case SkillKind::dash: {
      const std::int32_t arm = skill.kind == SkillKind::arc ? skill.reach : base::k_units_per_tile / 2;
      return within(world, here, arm + world.body_of(caster).radius, [&](const Entity& other) {
        return seen_foe(world, caster, here, other) && in_front(caster.walker, other.walker.position - here);
      });
    }
    case SkillKind::aid:
    case SkillKind::blink:
    case SkillKind::summon:
    case SkillKind::hurl:
      break;
  }
  return {};
}

}  // namespace

void let_skill_fall(World& world, Entity& caster, Tick now, Events& events) {
  const std::uint8_t slot = caster.walker.skill;
  const content::SkillSpec& skill = world.content().classes()[caster.archetype].skills[slot - 1U];
  const Vec2 place = skill.kind == SkillKind::area ? caster.walker.point : caster.walker.position;
  events.push_back({EventType::cast, caster.id, {}, slot, place, 0});
  for (const std::uint16_t foe : foes_met(world, caster, skill)) strike(world, caster, world.entities()[foe], skill, now, events);
  if (skill.lasts_ms > 0) {
    caster.ground = {place, now + static_cast<Tick>(world.ticks_of_ms(skill.lasts_ms)),
                     now + static_cast<Tick>(world.ticks_of_ms(skill.pulse_ms)), slot};
  }
  if (skill.kind == SkillKind::summon && !summon(world, caster, skill, now, events)) {
    events.push_back({EventType::refused, {}, caster.id, static_cast<std::int32_t>(Refusal::no_room), place, 0});
  }
  if (skill.kind == SkillKind::hurl && !hurl(world, caster, skill, now)) {
    events.push_back({EventType::refused, {}, caster.id, static_cast<std::int32_t>(Refusal::nobody), place, 0});
  }
  if (skill.kind != SkillKind::aid) {
    lay_helpful(world, caster, skill, caster.id, now);
    return;
  }
  const auto is_friend = [](const Entity& other) { return other.kind == Kind::player || other.kind == Kind::summoned; };
  for (const std::uint16_t friendly : within(world, caster.walker.position, skill.radius, is_friend)) {
    lay_helpful(world, world.entities()[friendly], skill, caster.id, now);
  }
}

void let_grounds_pulse(World& world, Tick now, Events& events) {
  for (const SpatialGrid::Item& item : world.scratch.players) {
    Entity& caster = world.entities()[item.index];
    Ground& ground = caster.ground;
    if (ground.skill == 0) continue;
    if (now >= ground.until) {
      ground = {};
      continue;
    }
    if (now < ground.next) continue;
    const content::SkillSpec& skill = world.content().classes()[caster.archetype].skills[ground.skill - 1U];
    ground.next = now + static_cast<Tick>(world.ticks_of_ms(skill.pulse_ms));
    for (const std::uint16_t foe : foes_around(world, caster, ground.place, skill.radius)) {
      strike(world, caster, world.entities()[foe], skill, now, events);
    }
  }
}

void expire_effects(World& world, Tick now) {
  for (const SpatialGrid::Item& item : world.scratch.bodies) {
    Effects& effects = world.entities()[item.index].effects;
    if (effects.size > 0) effects.expire(now);
  }
}

void tick_effects(World& world, Tick now, Events& events) {
  for (const SpatialGrid::Item& item : world.scratch.bodies) {
    Entity& body = world.entities()[item.index];
    for (std::size_t i = 0; i < body.effects.size && body.health > 0; ++i) {
      Effect& effect = body.effects.list[i];
      if (effect.period_ticks == 0 || now < effect.next) continue;
      effect.next = now + effect.period_ticks;
      if (effect.kind == content::EffectKind::mend) {
        const std::int32_t given = std::min<std::int32_t>(effect.magnitude, body.health_max - body.health);
        body.health += given;
        if (given > 0) events.push_back({EventType::mended, effect.source, body.id, given, body.walker.position, 0});
      } else if (now >= body.guarded_until) {
        harm(world, effect.source, body, effect.magnitude, now, events);
      }
    }
  }
}

}  // namespace cudgel::sim
