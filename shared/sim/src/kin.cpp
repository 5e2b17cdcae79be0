#include "kin.h"

#include "mind.h"

namespace cudgel::sim {
namespace {

bool is_calm(const Mind& mind) { return mind.mood == Mood::rest || mind.mood == Mood::roam || mind.mood == Mood::home; }

void rally(World& world, const Entity& caller, std::int32_t range, EntityId foe, Tick now) {
  if (range <= 0) return;
  const auto& monsters = world.content().monsters();
  const std::string& kin = monsters[caller.archetype].traits.kin;
  world.grid.for_each_within(caller.walker.position, range, [&](const SpatialGrid::Item& item) {
    Entity& other = world.entities()[item.index];
    if (other.kind != Kind::monster || other.health <= 0 || other.id == caller.id || !is_calm(other.mind)) return;
    if (monsters[other.archetype].traits.kin == kin) set_on(world, other, foe, now);
  });
}

}  // namespace

void share_target(World& world, const Entity& monster, EntityId prey, Tick now) {
  rally(world, monster, world.content().monsters()[monster.archetype].traits.pack_share, prey, now);
}

void call_for_help(World& world, const Entity& monster, EntityId foe, Tick now) {
  rally(world, monster, world.content().monsters()[monster.archetype].traits.call_for_help, foe, now);
}

}  // namespace cudgel::sim
