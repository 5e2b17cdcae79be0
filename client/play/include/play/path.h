#pragma once
// The way to a clicked place, around what blocks it: a search over the tiles near the walker. Straight when nothing is in the way.

#include <vector>

#include "base/fixed.h"
#include "sim/tile_map.h"

namespace cudgel::game {

/// Points to walk to in turn, ending at `to` or at the reachable tile nearest to it; never empty.
/// `radius` of the walker, all in units.
std::vector<base::Vec2> find_way(const sim::TileMap& map, base::Vec2 from, base::Vec2 to, std::int32_t radius);

}  // namespace cudgel::game
