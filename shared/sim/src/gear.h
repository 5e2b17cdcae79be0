#pragma once
// What worn things do for a body. Reads belongings, writes Entity::gear and the health that depends on it.

#include "sim/world.h"

namespace cudgel::sim {

/// What the worn cells add; every item is one of the content.
Gear gear_of(const content::Content& content, const Belongings& belongings);
/// Sums up what is worn and fits health to it. After every change of the worn cells, and when a level is reached.
void put_on(World& world, Entity& player, const Belongings& belongings);
/// Whole health of a player at its level, with its gear.
std::int32_t health_of(const World& world, const Entity& player);
/// What of a blow goes through armour: at least a third, so that nobody becomes invulnerable.
std::int32_t softened(const Entity& victim, std::int32_t damage);

}  // namespace cudgel::sim
