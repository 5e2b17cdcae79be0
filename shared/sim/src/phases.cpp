#include "phases.h"

#include "mind.h"
#include "spawn.h"

namespace cudgel::sim {
namespace {

constexpr std::int32_t k_called_at_units = 2 * base::k_units_per_tile;  ///< so far from the caller those come whom it calls

void call_in(World& world, const Entity& caller, const content::PhaseSpec& phase, EntityId foe, Tick now, Events& events) {
  const auto kind = static_cast<std::uint8_t>(phase.call_monster);
  const std::int32_t radius = world.content().monsters()[kind].body.radius;
  const Vec2 from = caller.walker.position;
  for (std::int32_t i = 0; i < phase.call_count; ++i) {
    const int heading = static_cast<int>(i * base::k_headings / phase.call_count);
    Vec2 place = from + base::along(heading, k_called_at_units);
    if (!world.map().straight_walk(from, place, radius)) place = from;
    if (!world.map().fits(place, radius)) continue;
    Entity* called = add_monster(world, kind, place, events);
    if (called == nullptr) return;
    set_on(world, *called, foe, now);
  }
}

}  // namespace

void begin_phases(World& world, Entity& monster, EntityId foe, Tick now, Events& events) {
  const auto& phases = world.content().monsters()[monster.archetype].traits.phases;
  while (monster.mind.phase < phases.size()) {
    const content::PhaseSpec& phase = phases[monster.mind.phase];
    if (monster.health * 100 >= phase.below_percent * monster.health_max) return;
    ++monster.mind.phase;
    if (phase.call_monster >= 0) call_in(world, monster, phase, foe, now, events);
  }
}

std::int32_t blow_area(const World& world, const Entity& attacker) {
  if (attacker.kind != Kind::monster || attacker.mind.phase == 0) return 0;
  return world.content().monsters()[attacker.archetype].traits.phases[attacker.mind.phase - 1U].area;
}

}  // namespace cudgel::sim
