#pragma once
// From "I want to be there" to a heading: straight ahead where that is free, else along a path of tiles, pulled tight like a string.

#include "sim/world.h"

namespace cudgel::sim {

/// Turns the monster's intent towards `goal`. When the straight way is blocked and `may_search`, it asks for a path.
void steer_to(World& world, Entity& monster, Vec2 goal, bool may_search, Tick now);
/// Serves those who asked in this tick, longest waiting first, until the tick's budget is used up. The rest ask again.
void find_wanted_paths(World& world, Tick now);
/// Keeps the first k_path_tiles_max tiles of a way.
void remember_path(Mind& mind, const std::vector<Tile>& way);

}  // namespace cudgel::sim
