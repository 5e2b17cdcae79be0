#include "lair.h"

#include <algorithm>

#include "spawn.h"

namespace cudgel::sim {
namespace {

constexpr std::int32_t k_neighbour_units = 5 * base::k_units_per_tile / 4;  ///< so far apart those of one lair live
constexpr std::int32_t k_in_ring = 6;  ///< so many around the one in the middle, then twice as many

/// Where the i-th of a lair lives: in the middle, then in rings around it; in the middle when something is in the way.
Vec2 home_in(const World& world, const content::Lair& lair, std::int32_t i) {
  const std::int32_t radius = world.content().monsters()[lair.monster].body.radius;
  Vec2 middle = lair.position;
  if (!world.map().fits(middle, radius)) middle = base::tile_centre(tile_of(middle.x), tile_of(middle.y));
  std::int32_t ring = 0;
  std::int32_t first = 0;
  for (std::int32_t size = 1; i >= first + size; size = k_in_ring * ring) first += size, ++ring;
  if (ring == 0) return middle;
  const int heading = static_cast<int>((i - first) * base::k_headings / (k_in_ring * ring));
  const Vec2 place = middle + base::along(heading, ring * k_neighbour_units);
  return world.map().straight_walk(middle, place, radius) ? place : middle;
}

}  // namespace

std::int32_t corpse_ms_of(const World& world, const Entity& monster) {
  const std::int32_t corpse_ms = world.content().monsters()[monster.archetype].corpse_ms;
  if (monster.mind.lair > 0) return std::max(corpse_ms, world.lairs()[monster.mind.lair - 1U].respawn_ms);
  return corpse_ms + (world.options().arena ? k_arena_rebirth_ms : 0);
}

std::int32_t World::fill_lairs() {
  std::int32_t placed = 0;
  for (std::size_t n = 0; n < lairs_.size(); ++n) {
    const content::Lair& lair = lairs_[n];
    const content::MonsterSpec& spec = content_->monsters()[lair.monster];
    for (std::int32_t i = 0; i < lair.packs * spec.traits.pack_size; ++i) {
      const Vec2 home = home_in(*this, lair, i);
      Entity* monster = map_.fits(home, spec.body.radius) ? create(Kind::monster) : nullptr;
      if (monster == nullptr) continue;
      monster->archetype = lair.monster;
      monster->level = static_cast<std::uint16_t>(spec.level);
      monster->health = monster->health_max = spec.body.health;
      monster->walker.position = monster->mind.home = home;
      monster->mind.lair = static_cast<std::uint16_t>(n + 1);
      ++placed;
    }
  }
  return placed;
}

}  // namespace cudgel::sim
