// Target: content::decode_region, and putting what it gives into a map. Promise: a region that is taken has as many tiles as its place on
// the map, known grounds and props, and nothing outside of itself.

#include "content/limits.h"
#include "content/region.h"
#include "entry.h"

using namespace cudgel;

CUDGEL_DECLARE_FUZZ(fuzz_region_file);

int fuzz_region_file(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t k_props = 3;
  content::MapSpec map = content::make_arena_map(96);  // four regions, three of them smaller
  map.here.assign(4, 0);
  const auto region = content::decode_region(bytes, map, k_props, "map/0_0.bin");
  if (!region) {
    CUDGEL_ASSERT(region.error().text.starts_with("map/0_0.bin: "));
    return 0;
  }
  const auto tiles = static_cast<std::size_t>(region->width) * static_cast<std::size_t>(region->height);
  CUDGEL_ASSERT(region->ground.size() == tiles && region->blocked.size() == tiles);
  content::put_region(map, *region);
  CUDGEL_ASSERT(map.ground.size() == 96U * 96U && map.props.size() == region->props.size());
  for (const content::Ground ground : map.ground) CUDGEL_ASSERT(static_cast<int>(ground) < content::k_grounds);
  for (const content::PropPlacement& prop : map.props) {
    CUDGEL_ASSERT(prop.prop < k_props && prop.position.x >= 0 && prop.position.x < 96 * 256 && prop.position.y < 96 * 256);
  }
  return 0;
}
