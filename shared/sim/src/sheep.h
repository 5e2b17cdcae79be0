#pragma once
// The effect sheep: what the mind does while the body is one. It harms nobody.

#include "sim/world.h"

namespace cudgel::sim {

/// Called when the effect is about to be laid: whatever it was doing ends. False for those whom it cannot change.
bool become_sheep(const World& world, Entity& foe, EntityId by);
/// Walks a little here and there.
void graze(World& world, Entity& sheep, Tick now);

}  // namespace cudgel::sim
