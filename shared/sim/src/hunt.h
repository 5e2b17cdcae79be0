#pragma once
// How a monster goes after its target and how it gets away from one: writes its intent, as its attack and its traits want it. It
// decides no mood (mind.cpp) and hurts nobody.

#include "sim/world.h"

namespace cudgel::sim {

/// Walks up until the target is in reach, then attacks; a kiter steps back between its attacks, who charges aims first.
void hunt(World& world, Entity& monster, const Entity& target, Tick now);
/// Heads away from `danger`; false when every way is closed.
bool run_away(World& world, Entity& monster, Vec2 danger);

}  // namespace cudgel::sim
