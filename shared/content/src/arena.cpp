#include <algorithm>
#include <array>

#include "base/assert.h"
#include "content/content.h"
#include "content/limits.h"

namespace cudgel::content {

MapSpec make_arena_map(std::int32_t side, bool free_fights) {
  CUDGEL_ASSERT(k_map_side.holds(side));
  const auto tiles = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
  MapSpec map;
  map.name = "arena";
  map.width = side;
  map.height = side;
  map.ground.assign(tiles, Ground::grass);
  map.blocked.assign(tiles, 0);
  map.player_starts = {base::tile_centre(side / 2, side / 2)};
  if (free_fights) {
    ZoneSpec ring;
    ring.name = "ring";
    ring.free_fight = true;
    map.zones = {ring};
    const auto squares = static_cast<std::size_t>((side + k_zone_cell_tiles - 1) / k_zone_cell_tiles);
    map.zone_cells.assign(squares * squares, 0);
  }
  return map;
}

std::vector<std::uint8_t> draw_chart(const MapSpec& map) {
  std::vector<std::uint8_t> out;
  for (std::int32_t top = 0; top < map.height; top += k_chart_cell_tiles) {
    for (std::int32_t left = 0; left < map.width; left += k_chart_cell_tiles) {
      std::array<int, k_grounds> tiles{};
      int standing = 0, all = 0;
      for (std::int32_t y = top; y < std::min(top + k_chart_cell_tiles, map.height); ++y) {
        for (std::int32_t x = left; x < std::min(left + k_chart_cell_tiles, map.width); ++x) {
          const std::size_t tile =
              static_cast<std::size_t>(y) * static_cast<std::size_t>(map.width) + static_cast<std::size_t>(x);
          ++all, ++tiles[static_cast<std::size_t>(map.ground[tile])];
          standing += map.blocked[tile] != 0 && map.ground[tile] != Ground::water ? 1 : 0;
        }
      }
      const auto most = std::max_element(tiles.begin(), tiles.end()) - tiles.begin();
      out.push_back(static_cast<std::uint8_t>(most + (2 * standing > all ? k_chart_stands : 0)));
    }
  }
  return out;
}

}  // namespace cudgel::content
