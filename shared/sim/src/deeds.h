#pragma once
// What players do with what they own, one function per deed: checks everything and then changes, or changes nothing and says why.

#include "sim/world.h"

namespace cudgel::sim {

/// Carries a deed out or refuses it; `player` is one.
Verdict carry_out(World& world, Entity& player, const Deed& deed, Tick now, Events& events);

/// Puts as much of the stack into the bag as fits, first beside its like; returns what did not fit.
std::uint16_t put_into_bag(const World& world, Belongings& belongings, Stack stack);
/// The nearest to `had` that could have been: what is unknown, too much or worn in a wrong place is put right or left out. For what comes
/// from a store that people may have edited, or from before the content changed.
Belongings possible(const World& world, const Belongings& had);
/// Takes up what lies there, all of it or, of a stack, what fits. The entity is gone when nothing is left.
Verdict take_up(World& world, Entity& player, Entity& thing, Tick now);

}  // namespace cudgel::sim
