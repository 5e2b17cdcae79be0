#include "rewind.h"

namespace cudgel::sim {
namespace {

bool has_escaped(const World& world, const Entity& attacker, const Entity& victim) {
  const std::int64_t range = reach_between(world, attacker, victim) + k_escape_units;
  return base::length_squared(victim.walker.position - attacker.walker.position) > range * range;
}

/// Out of the attacker's sight at every tick of the last k_cover_ms.
bool is_in_cover(const World& world, const Entity& attacker, const Entity& victim, Tick last) {
  const std::int32_t ticks = k_cover_ms * world.options().tick_hz / 1000;
  for (std::int32_t i = 0; i <= ticks; ++i) {
    const auto age = static_cast<std::uint8_t>(i * k_view_age_parts);
    const Vec2 place = victim.walker.position - victim.trail.moved(last, age);
    if (!world.map().stops_flight(attacker.walker.position, place)) return false;
  }
  return true;
}

}  // namespace

bool looks_back(const World& world, const Entity& attacker) {
  return attacker.view_age > 0 && world.attack_of(attacker).kind == content::AttackKind::strike;
}

Vec2 place_in_view(const World& world, const Entity& attacker, const Entity& victim, Tick last) {
  const Vec2 present = victim.walker.position;
  if (!looks_back(world, attacker)) return present;
  const Vec2 moved = victim.trail.moved(last, attacker.view_age);
  if (moved == Vec2{} || has_escaped(world, attacker, victim) || is_in_cover(world, attacker, victim, last)) return present;
  return present - moved;
}

std::int64_t reach_between(const World& world, const Entity& attacker, const Entity& victim) {
  return world.attack_of(attacker).reach + world.body_of(attacker).radius + world.body_of(victim).radius;
}

}  // namespace cudgel::sim
