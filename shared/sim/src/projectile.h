#pragma once
// Things in the air: bolts fly straight, talismans turn after whom they seek. They end at the first foe or wall, or when their reach is flown.

#include "sim/world.h"

namespace cudgel::sim {

/// Lets a projectile fly from the attacker at `target`, or straight ahead when nobody is there. It moves from the next tick on.
void launch(World& world, const Entity& attacker, const Entity* target, Tick now, Events& events);
void fly_projectiles(World& world, Tick now, Events& events);

}  // namespace cudgel::sim
