#include "projectile.h"

#include <algorithm>

#include "combat.h"
#include "sim/foes.h"

namespace cudgel::sim {
namespace {

/// Headings per second that a talisman can turn: 40 of 64 is 225 degrees, a circle of about two tiles at its usual speed.
constexpr int k_turn_headings_per_second = 40;
/// A flight is checked at least this often on its way; shorter than the smallest body, so nothing is jumped over.
constexpr std::int32_t k_flight_step_units = 48;

/// Turns towards whom it seeks, as far as one tick allows.
void seek(const World& world, Entity& projectile) {
  const Entity* target = world.find(projectile.homing);
  if (target == nullptr || target->health <= 0) return;
  const int heading = projectile.walker.intent.heading - 1;
  const int wanted = base::heading_of(target->walker.position - projectile.walker.position);
  int turn = (wanted - heading) & (base::k_headings - 1);
  if (turn > base::k_headings / 2) turn -= base::k_headings;
  const int turn_max = std::max(1, k_turn_headings_per_second / world.options().tick_hz);
  const int turned = (heading + std::clamp(turn, -turn_max, turn_max)) & (base::k_headings - 1);
  projectile.walker.intent.heading = static_cast<std::uint8_t>(1 + turned);
}

/// Its owner's foes; when he is gone, whoever is of the kind it was let fly at.
bool meets(const World& world, const Entity& projectile, const Entity& other) {
  if (other.health <= 0) return false;
  const Entity* owner = world.find(projectile.owner);
  return owner != nullptr ? is_foe(world, *owner, other)
                          : other.kind == projectile.foe || (projectile.foe == Kind::player && other.kind == Kind::summoned);
}

/// The nearest foe that a projectile at `position` touches; the lower slot where two are equally near.
Entity* touched(World& world, const Entity& projectile, Vec2 position) {
  Entity* best = nullptr;
  std::int64_t best_distance = 0;
  const std::int32_t range = projectile.flight_radius + world.radius_max() + k_grid_slack_units;
  world.grid.for_each_within(position, range, [&](const SpatialGrid::Item& item) {
    Entity& other = world.entities()[item.index];
    if (!meets(world, projectile, other)) return;
    const std::int64_t reach = projectile.flight_radius + world.body_of(other).radius;
    const std::int64_t distance = base::length_squared(other.walker.position - position);
    if (distance > reach * reach) return;
    if (best != nullptr && (distance > best_distance || (distance == best_distance && other.id.index > best->id.index))) return;
    best = &other;
    best_distance = distance;
  });
  return best;
}

/// True when the flight ended in this tick.
bool fly(World& world, Entity& projectile, Tick now, Events& events) {
  if (projectile.homing.valid()) seek(world, projectile);
  Walker& walker = projectile.walker;
  const int heading = walker.intent.heading - 1;
  walker.velocity = base::along(heading, projectile.flight_speed);
  walker.facing = static_cast<std::uint8_t>(base::facing_of_heading(heading));
  const Vec2 begin = walker.position;
  const std::int32_t steps = std::max(1, (projectile.flight_speed + k_flight_step_units - 1) / k_flight_step_units);
  for (std::int32_t i = 1; i <= steps; ++i) {
    walker.position = begin + Vec2{walker.velocity.x * i / steps, walker.velocity.y * i / steps};
    if (world.map().stops_flight(walker.position)) break;
    if (Entity* victim = touched(world, projectile, walker.position); victim != nullptr) {
      harm(world, projectile.owner, *victim, projectile.damage, now, events);
      return true;
    }
    if (i == steps && now < projectile.expires) return false;
  }
  events.push_back({EventType::missed, projectile.owner, {}, 0, walker.position, 0});
  return true;
}

}  // namespace

void launch(World& world, const Entity& attacker, const Entity* target, Tick now, Events& events) {
  const content::AttackSpec& attack = world.attack_of(attacker);
  Entity* projectile = world.create(Kind::projectile);
  if (projectile == nullptr) return;  // the world is full: the blow goes off without a shot
  int heading = attacker.walker.facing * (base::k_headings / base::k_facings);
  const Vec2 from = attacker.walker.position;
  if (target != nullptr && target->walker.position != from) heading = base::heading_of(target->walker.position - from);

  projectile->archetype = static_cast<std::uint8_t>(attack.kind);
  projectile->owner = attacker.id;
  projectile->foe = attacker.kind == Kind::monster ? Kind::player : Kind::monster;
  if (attack.kind == content::AttackKind::talisman && target != nullptr) projectile->homing = target->id;
  projectile->damage = roll_damage(world, attacker, attack.damage_min, attack.damage_max);
  projectile->flight_radius = attack.projectile_radius;
  projectile->flight_speed = std::max(1, (attack.projectile_speed + world.options().tick_hz / 2) / world.options().tick_hz);
  projectile->expires = now + static_cast<Tick>(std::max(1, attack.reach / projectile->flight_speed));
  projectile->walker.position = from;
  projectile->walker.intent.heading = static_cast<std::uint8_t>(1 + heading);
  projectile->walker.velocity = base::along(heading, projectile->flight_speed);
  projectile->walker.facing = static_cast<std::uint8_t>(base::facing_of_heading(heading));
  projectile->walker.action = Action::walk;
  projectile->walker.action_since = now;
  events.push_back({EventType::shot, attacker.id, target == nullptr ? EntityId{} : target->id, 0, from, 0});
}

void fly_projectiles(World& world, Tick now, Events& events) {
  for (const std::uint16_t slot : world.scratch.projectiles) {
    Entity& projectile = world.entities()[slot];
    if (fly(world, projectile, now, events)) world.destroy(projectile.id);
  }
}

}  // namespace cudgel::sim
