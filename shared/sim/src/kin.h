#pragma once
// Monsters of equal kin help each other: a pack shares its target, and who is hurt calls those who are near. Only who is calm comes,
// and who came because it was called does not call on, so that a cry never runs over the whole map.

#include "sim/world.h"

namespace cudgel::sim {

/// `monster` has found `prey`: its pack takes the same target.
void share_target(World& world, const Entity& monster, EntityId prey, Tick now);
/// `monster` was hurt by `foe`: whoever hears it call comes.
void call_for_help(World& world, const Entity& monster, EntityId foe, Tick now);

}  // namespace cudgel::sim
