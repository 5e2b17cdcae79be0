#include "charge.h"

#include <algorithm>

#include "combat.h"
#include "sim/foes.h"

namespace cudgel::sim {
namespace {

constexpr std::int32_t k_contact_units = 24;  ///< edges this near have met: bodies push each other apart before they overlap

/// The nearest foe that the runner has run into; the lower slot where two are equally near.
Entity* met(World& world, const Entity& runner) {
  const Vec2 centre = runner.walker.position;
  const std::int32_t radius = world.body_of(runner).radius;
  Entity* best = nullptr;
  std::int64_t best_distance = 0;
  const std::int32_t range = radius + world.radius_max() + k_contact_units + k_grid_slack_units;
  world.grid.for_each_within(centre, range, [&](const SpatialGrid::Item& item) {
    Entity& other = world.entities()[item.index];
    if (!can_harm(world, runner, other)) return;
    const Vec2 to = other.walker.position - centre;
    const std::int64_t reach = radius + world.body_of(other).radius + k_contact_units;
    const std::int64_t distance = base::length_squared(to);
    if (distance > reach * reach || !in_front(runner.walker, to)) return;
    if (best != nullptr && (distance > best_distance || (distance == best_distance && other.id.index > best->id.index))) return;
    best = &other;
    best_distance = distance;
  });
  return best;
}

/// It stands as after any blow until the recovery is over.
void end_rush(World& world, Entity& runner, Tick now) {
  runner.mind.mood = Mood::chase;
  runner.walker.intent = {0, false, runner.mind.target};
  runner.walker.velocity = {};
  runner.walker.action = Action::attack;
  runner.walker.action_since = now - std::min(now, world.spec_of(runner).windup_ticks);
}

void rush_on(World& world, Entity& runner, Tick now, Events& events) {
  if (runner.mind.mood != Mood::rush || runner.health <= 0 || runner.walker.action_since == now) return;
  Entity* victim = met(world, runner);
  if (victim != nullptr) {
    const content::AttackSpec& attack = world.attack_of(runner);
    harm(world, runner.id, *victim, roll_damage(world, runner, attack.damage_min, attack.damage_max), now, events);
  } else if (runner.walker.velocity != Vec2{} && now < runner.mind.until) {
    return;
  } else {
    events.push_back({EventType::missed, runner.id, {}, 0, runner.walker.position, 0});
  }
  end_rush(world, runner, now);
}

}  // namespace

void begin_rush(World& world, Entity& runner, Tick now) {
  Walker& walker = runner.walker;
  const int ahead = walker.facing * (base::k_headings / base::k_facings);
  const auto heading = walker.intent.heading == 0 ? static_cast<std::uint8_t>(1 + ahead) : walker.intent.heading;
  walker.intent = {heading, false, {}};
  walker.action = Action::walk;
  walker.action_since = now;
  runner.mind.mood = Mood::rush;
  runner.mind.path_size = runner.mind.path_next = 0;
  const std::int32_t run_ticks = world.attack_of(runner).run_length / world.spec_of(runner).speed;
  runner.mind.until = now + static_cast<Tick>(std::max(1, run_ticks));
}

void run_on(World& world, Tick now, Events& events) {
  for (const std::uint16_t slot : world.scratch.monsters) rush_on(world, world.entities()[slot], now, events);
  for (const SpatialGrid::Item& item : world.scratch.summoned) rush_on(world, world.entities()[item.index], now, events);
}

}  // namespace cudgel::sim
