#pragma once
// Lairs: the places of the map where monsters live. They are filled once, and whoever is slain lies until its time is over and comes
// back where it lived (spawn.cpp buries).

#include "sim/world.h"

namespace cudgel::sim {

/// How long a dead monster keeps its slot: its corpse lies for corpse_ms (the client lets it fade); who belongs to a lair or an arena
/// comes back after this.
std::int32_t corpse_ms_of(const World& world, const Entity& monster);

}  // namespace cudgel::sim
