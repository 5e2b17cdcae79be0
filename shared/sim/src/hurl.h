#pragma once
// The skill kind hurl: who is light enough is picked up and thrown. Damage and its consequences are combat.h's.

#include "sim/world.h"

namespace cudgel::sim {

/// The nearest foe in front that can be lifted flies towards walker.point from now on; false when there is none.
bool hurl(World& world, const Entity& caster, const content::SkillSpec& skill, Tick now);
/// Everybody who was thrown flies on, until a wall, a foe of the thrower or the end of the flight: then it is hurt, and whom it hit.
void fly_thrown(World& world, Tick now, Events& events);

}  // namespace cudgel::sim
