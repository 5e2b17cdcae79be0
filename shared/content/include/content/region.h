#pragma once
// A square of the map as the page gets it: the page's content file (page.bin) has all but the tiles and what stands on them, and a
// fingerprint of each region; regions follow as files of their own and are put into the map when they come. The server and the bots
// have content.bin, which is whole, and never meet a region.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "content/content.h"

namespace cudgel::content {

/// Side of a region in tiles; those at the right and lower edge of a map may be smaller.
inline constexpr std::int32_t k_region_tiles = 64;

/// How many regions lie side by side on a map that is so wide or high.
constexpr std::int32_t regions_along(std::int32_t tiles) { return (tiles + k_region_tiles - 1) / k_region_tiles; }

struct Region {
  std::int32_t column = 0;
  std::int32_t row = 0;
  std::int32_t width = 0;  ///< tiles
  std::int32_t height = 0;
  std::vector<Ground> ground;         ///< width * height, row by row
  std::vector<std::uint8_t> blocked;  ///< the same, 0 or 1
  std::vector<PropPlacement> props;   ///< positions on the whole map, in painter's order
};

/// The file of a region: "map/COLUMN_ROW.bin".
std::string region_file(std::int32_t column, std::int32_t row);
/// Cuts a region out of a whole map.
Region cut_region(const MapSpec& map, std::int32_t column, std::int32_t row);
/// Checked like a stranger's bytes; it may be a region of any map of this size. Errors name the file and the field.
base::Result<Region, ContentError> decode_region(std::span<const std::uint8_t> bytes, const MapSpec& map, std::size_t props,
                                                 const std::string& file);
/// The same, and its fingerprint must be the one that the content knows for that place.
base::Result<Region, ContentError> load_region(std::span<const std::uint8_t> bytes, const Content& content, std::int32_t column,
                                               std::int32_t row);
/// Puts a region of this map's size into it; once per region.
void put_region(MapSpec& map, const Region& region);

}  // namespace cudgel::content
