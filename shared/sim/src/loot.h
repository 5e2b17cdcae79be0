#pragma once
// What lies on the ground: monsters leave it, players drop it; it belongs to whoever did most for a while, is taken up by walking over it,
// and vanishes when nobody wants it.

#include "sim/world.h"

namespace cudgel::sim {

/// A stack on the ground at `place`, on free ground beside it when there is some. `owner` may be nobody. False when the world is full.
bool lay_down(World& world, Stack stack, Vec2 place, EntityId owner, Tick now);
/// What a monster that has died leaves, to whoever did it most harm. Draws from the world's random numbers.
void leave_loot(World& world, const Entity& monster, Tick now);
/// A player who has died loses some of the gold it carried. It is gone.
void lose_gold(World& world, const Entity& player);
/// Owners take up what they stand on, and what has lain for long enough vanishes.
void tend_things(World& world, Tick now);

}  // namespace cudgel::sim
