#pragma once
// Where one can walk. Immutable during play; the same on client and server.

#include <cstdint>
#include <vector>

#include "base/fixed.h"
#include "content/content.h"

namespace cudgel::sim {

class TileMap {
 public:
  explicit TileMap(const content::MapSpec& spec);

  [[nodiscard]] std::int32_t width() const { return width_; }
  [[nodiscard]] std::int32_t height() const { return height_; }
  /// Outside the map everything is blocked.
  [[nodiscard]] bool blocked(std::int32_t tile_x, std::int32_t tile_y) const {
    if (tile_x < 0 || tile_y < 0 || tile_x >= width_ || tile_y >= height_) return true;
    return blocked_[static_cast<std::size_t>(tile_y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(tile_x)] != 0;
  }
  /// True when a square body of half side `radius` (units, < 1 tile) fits at `position`.
  [[nodiscard]] bool fits(base::Vec2 position, std::int32_t radius) const;
  /// True when a body of that radius can walk the straight line without touching a blocked tile.
  [[nodiscard]] bool straight_walk(base::Vec2 from, base::Vec2 to, std::int32_t radius) const;

 private:
  std::int32_t width_;
  std::int32_t height_;
  std::vector<std::uint8_t> blocked_;
};

}  // namespace cudgel::sim
