#pragma once
// The map of a realm in the form the client walks on, made once and shared by all clients of a process: a thousand bots
// walk one map. Single thread; immutable once made, except that on a page regions come.

#include <cstdint>
#include <memory>

#include "content/content.h"
#include "content/region.h"
#include "sim/tile_map.h"

namespace cudgel::core {

struct PlayMap {
  explicit PlayMap(content::MapSpec map) : spec(std::move(map)), tiles(spec) {}
  content::MapSpec spec;
  sim::TileMap tiles;

  void put(const content::Region& region) {
    content::put_region(spec, region);
    tiles.take(spec, region.column * content::k_region_tiles, region.row * content::k_region_tiles, region.width, region.height);
  }
};

class PlayMaps {
 public:
  /// The content's map for side 0, else the arena of that many tiles. Made anew only if nobody holds it.
  std::shared_ptr<PlayMap> get(const content::Content& content, std::uint16_t arena_side, bool free_fights = false);

 private:
  std::uint16_t side_ = 0;
  bool free_fights_ = false;
  std::uint64_t content_hash_ = 0;
  std::weak_ptr<PlayMap> last_;
};

}  // namespace cudgel::core
