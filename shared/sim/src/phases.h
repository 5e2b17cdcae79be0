#pragma once
// The phases of a fight: what a monster does when its health falls below each of its marks. It calls others to its help, and its blow
// may from then on meet everybody around it.

#include "sim/world.h"

namespace cudgel::sim {

/// `monster` has just lost health, by `foe`: begins the phases that are due.
void begin_phases(World& world, Entity& monster, EntityId foe, Tick now, Events& events);
/// Units within which its strike meets everybody; 0: one victim.
std::int32_t blow_area(const World& world, const Entity& attacker);

}  // namespace cudgel::sim
