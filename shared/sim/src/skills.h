#pragma once
// Skills whose blow falls and effects that tick: whom they meet, what they do. Whether a skill may begin was decided when it began
// (casting.h); it moves nobody.

#include "sim/world.h"

namespace cudgel::sim {

/// The blow of walker.skill falls now: foes and friends it meets get its damage and its effects.
void let_skill_fall(World& world, Entity& caster, Tick now, Events& events);
/// What skills have left on the ground falls again, or is gone.
void let_grounds_pulse(World& world, Tick now, Events& events);
/// What has run out is gone, before anything else in the tick asks.
void expire_effects(World& world, Tick now);
/// Poison takes and mending gives whose period is over.
void tick_effects(World& world, Tick now, Events& events);

}  // namespace cudgel::sim
