#include "combat.h"

#include <algorithm>

#include "charge.h"
#include "duel.h"
#include "experience.h"
#include "gear.h"
#include "mind.h"
#include "phases.h"
#include "projectile.h"
#include "rewind.h"
#include "sim/foes.h"
#include "skills.h"
#include "summoned.h"

namespace cudgel::sim {
namespace {

/// `to`: from the attacker to where the victim counts as standing.
bool in_reach(const World& world, const Entity& attacker, const Entity& victim, Vec2 to) {
  const std::int64_t range = reach_between(world, attacker, victim);
  return base::length_squared(to) <= range * range;
}

/// The nearest that can be harmed and reached (and stands in front, if asked); the lower slot where two are equally near.
/// `last`: the newest tick in the trails.
const Entity* nearest_in_reach(const World& world, const Entity& attacker, bool only_in_front, Tick last) {
  const Vec2 centre = attacker.walker.position;
  const std::int32_t range = world.attack_of(attacker).reach + world.body_of(attacker).radius + world.radius_max() +
                             k_grid_slack_units + (looks_back(world, attacker) ? k_escape_units : 0);
  const Entity* best = nullptr;
  std::int64_t best_distance = 0;
  world.grid.for_each_within(centre, range, [&](const SpatialGrid::Item& item) {
    const Entity& other = world.entities()[item.index];
    if (!can_harm(world, attacker, other)) return;
    const Vec2 to = place_in_view(world, attacker, other, last) - centre;
    if (!in_reach(world, attacker, other, to)) return;
    if (only_in_front && !in_front(attacker.walker, to)) return;
    const std::int64_t distance = base::length_squared(to);
    if (best != nullptr && (distance > best_distance || (distance == best_distance && other.id.index > best->id.index))) return;
    best = &other;
    best_distance = distance;
  });
  return best;
}

/// Whom a blow that falls now meets: the intended target if it still stands there, else the nearest in front.
const Entity* victim_of(const World& world, const Entity& attacker, bool must_reach, Tick now) {
  const Entity* intended = world.find(attacker.walker.intent.target);
  if (intended != nullptr && can_harm(world, attacker, *intended)) {
    const Vec2 to = place_in_view(world, attacker, *intended, now) - attacker.walker.position;
    if ((!must_reach || in_reach(world, attacker, *intended, to)) && in_front(attacker.walker, to)) return intended;
  }
  return nearest_in_reach(world, attacker, true, now);
}

/// Everybody within `area` and in sight, in front or not, in ascending order of slots.
std::vector<std::uint16_t> victims_around(const World& world, const Entity& attacker, std::int32_t area) {
  std::vector<std::uint16_t> victims;
  const std::int32_t radius = world.body_of(attacker).radius;
  const std::int32_t range = area + radius + world.radius_max() + k_grid_slack_units;
  world.grid.for_each_within(attacker.walker.position, range, [&](const SpatialGrid::Item& item) {
    const Entity& other = world.entities()[item.index];
    if (!can_harm(world, attacker, other)) return;
    const std::int64_t reach = area + radius + world.body_of(other).radius;
    if (base::length_squared(other.walker.position - attacker.walker.position) > reach * reach) return;
    if (!world.map().stops_flight(attacker.walker.position, other.walker.position)) victims.push_back(item.index);
  });
  std::sort(victims.begin(), victims.end());
  return victims;
}

/// A strike meets one victim, or everybody around when the attacker's phase says so.
std::vector<std::uint16_t> victims_of(const World& world, const Entity& attacker, Tick now) {
  const std::int32_t area = blow_area(world, attacker);
  if (area > 0) return victims_around(world, attacker, area);
  const Entity* one = victim_of(world, attacker, true, now);
  return one == nullptr ? std::vector<std::uint16_t>{} : std::vector<std::uint16_t>{one->id.index};
}

void strike(World& world, const Entity& attacker, Tick now, Events& events) {
  const content::AttackSpec& attack = world.attack_of(attacker);
  const std::vector<std::uint16_t> victims = victims_of(world, attacker, now);
  if (victims.empty()) events.push_back({EventType::missed, attacker.id, {}, 0, attacker.walker.position, 0});
  for (const std::uint16_t slot : victims) {
    const std::int32_t damage = roll_damage(world, attacker, attack.damage_min, attack.damage_max);
    harm(world, attacker.id, world.entities()[slot], damage, now, events);
  }
}

void let_fall(World& world, Entity& attacker, Tick now, Events& events) {
  switch (world.attack_of(attacker).kind) {
    case content::AttackKind::strike:
      return strike(world, attacker, now, events);
    case content::AttackKind::bolt:
    case content::AttackKind::talisman:
    case content::AttackKind::stone:
      return launch(world, attacker, victim_of(world, attacker, false, now), now, events);
    case content::AttackKind::charge:
      return begin_rush(world, attacker, now);
  }
}

}  // namespace

bool in_front(const Walker& attacker, Vec2 to) {
  if (to == Vec2{}) return true;
  const Vec2 ahead = base::along(attacker.facing * (base::k_headings / base::k_facings), base::k_units_per_tile);
  const std::int64_t dot = static_cast<std::int64_t>(ahead.x) * to.x + static_cast<std::int64_t>(ahead.y) * to.y;
  return 2 * dot >= static_cast<std::int64_t>(base::k_units_per_tile) * base::length(to);
}

bool begins_attack(const Walker& walker, const WalkerSpec& spec, Tick now) {
  if (!walker.intent.attack || now < walker.attack_ready) return false;
  return walker.action != Action::attack || now - walker.action_since >= busy_ticks(walker, spec);
}

std::optional<Vec2> aim_of(const World& world, const Entity& attacker, Tick now) {
  const Entity* target = world.find(attacker.walker.intent.target);
  if (target == nullptr || !can_harm(world, attacker, *target)) target = nearest_in_reach(world, attacker, false, now - 1);
  if (target == nullptr) return std::nullopt;
  return place_in_view(world, attacker, *target, now - 1);
}

void remember_steps(World& world, Tick now) {
  const std::size_t ticks = trail_ticks(world.options().tick_hz);
  for (const SpatialGrid::Item& item : world.scratch.bodies) {
    Entity& body = world.entities()[item.index];
    if (body.kind == Kind::monster) body.trail.note(now, body.walker.position - item.position, ticks);
  }
}

void let_blows_fall(World& world, Tick now, Events& events) {
  for (const SpatialGrid::Item& item : world.scratch.bodies) {
    Entity& attacker = world.entities()[item.index];
    const bool due = attacker.walker.action == Action::attack &&
                     now - attacker.walker.action_since == blow_ticks(attacker.walker, world.spec_of(attacker));
    if (!due) continue;
    if (attacker.walker.skill == 0) {
      let_fall(world, attacker, now, events);
    } else {
      let_skill_fall(world, attacker, now, events);
    }
  }
}

std::int32_t roll_damage(World& world, const Entity& attacker, std::int32_t low, std::int32_t high) {
  const std::int32_t points =
      damage_at_level(world, attacker, world.random.between(low + attacker.gear.damage_min, high + attacker.gear.damage_max));
  return static_cast<std::int32_t>(std::int64_t{points} * (100 + condition_of(attacker.effects.all()).might_percent) / 100);
}

void harm(World& world, EntityId source, Entity& victim, std::int32_t damage, Tick now, Events& events) {
  if (now < victim.guarded_until) {
    events.push_back({EventType::missed, source, victim.id, 0, victim.walker.position, 0});
    return;
  }
  const std::int32_t guard = condition_of(victim.effects.all()).guard_percent;
  const auto meant = static_cast<std::int32_t>(std::int64_t{damage} * (100 - guard) / 100);
  std::int32_t taken = std::min(softened(victim, meant), victim.health);
  const bool beaten = taken == victim.health && is_rival(world, source, victim);
  if (beaten) --taken;  // a duel kills nobody
  victim.health -= taken;
  events.push_back({EventType::hit, source, victim.id, taken, victim.walker.position, 0});
  // What somebody summoned does is its master's doing.
  const Entity* harmer = world.find(source);
  const EntityId doer = harmer == nullptr ? source : answerable(world, *harmer).id;
  if (victim.kind == Kind::monster && taken > 0) victim.shares.add(doer, taken);
  if (taken > 0) victim.effects.end(content::EffectKind::sheep);
  if (harmer != nullptr) rouse(world, *harmer, victim);
  if (beaten) {
    lose_duel(world, victim, now, events);
  } else if (victim.health == 0) {
    world.scratch.deaths.push_back({doer, victim.id.index});
  } else if (victim.kind == Kind::monster) {
    provoke(world, victim, source);
    begin_phases(world, victim, source, now, events);
  }
}

}  // namespace cudgel::sim
