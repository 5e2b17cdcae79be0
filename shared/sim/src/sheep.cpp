#include "sheep.h"

namespace cudgel::sim {
namespace {
constexpr std::int32_t k_graze_ms = 1200;    ///< so long in one direction, or standing
constexpr std::uint32_t k_stand_chance = 3;  ///< one time of so many it stands and chews
}  // namespace

bool become_sheep(const World& world, Entity& foe, EntityId by) {
  if (foe.kind != Kind::monster || world.content().monsters()[foe.archetype].steadfast || foe.mind.mood == Mood::thrown)
    return false;
  foe.mind.mood = Mood::chase;  // of whoever did it, once it is itself again
  foe.mind.target = by;
  foe.mind.noticed_at = foe.walker.position;
  foe.mind.path_size = foe.mind.path_next = 0;
  foe.mind.until = 0;
  foe.expires = 0;
  foe.walker.intent = {};
  return true;
}

void graze(World& world, Entity& sheep, Tick now) {
  Intent& intent = sheep.walker.intent;
  intent.attack = false;
  intent.target = {};
  const bool stuck = intent.heading != 0 && sheep.walker.velocity == Vec2{};
  if (now < sheep.mind.until && !stuck) return;
  sheep.mind.until = now + static_cast<Tick>(world.ticks_of_ms(k_graze_ms));
  const bool stands = world.random.below(k_stand_chance) == 0;
  intent.heading = stands ? 0 : static_cast<std::uint8_t>(1 + world.random.below(base::k_headings));
}

}  // namespace cudgel::sim
