#pragma once
// Life comes and goes: players enter and wake, corpses vanish, and whoever is left in peace for too long is visited by a monster
// that walks up from out of sight.

#include "sim/world.h"

namespace cudgel::sim {

/// In an arena a dead monster comes back at its home this long after its corpse time, so that the load stays the same.
inline constexpr std::int32_t k_arena_rebirth_ms = 5000;

/// A new player at a start (anywhere in an arena), guarded for a while. A full world answers with a joined event without a target.
void join(World& world, const Command& command, Tick now, Events& events);
/// Wakes players whose time has come, buries corpses, lets calm monsters leave unseen.
void wake_and_bury(World& world, Tick now, Events& events);
/// A monster comes into the world; nullptr when that is full.
Entity* add_monster(World& world, std::uint8_t archetype, Vec2 place, Events& events);
/// The visit rule: a living player whom nobody has hunted for a while gets a visitor.
void send_visitors(World& world, Tick now, Events& events);

}  // namespace cudgel::sim
