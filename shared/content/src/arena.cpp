#include "base/assert.h"
#include "content/content.h"
#include "content/limits.h"

namespace cudgel::content {

MapSpec make_arena_map(std::int32_t side) {
  CUDGEL_ASSERT(k_map_side.holds(side));
  const auto tiles = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
  MapSpec map;
  map.name = "arena";
  map.width = side;
  map.height = side;
  map.ground.assign(tiles, Ground::grass);
  map.blocked.assign(tiles, 0);
  map.player_starts = {base::tile_centre(side / 2, side / 2)};
  return map;
}

}  // namespace cudgel::content
