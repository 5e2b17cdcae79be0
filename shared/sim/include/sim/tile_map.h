#pragma once
// Where one can walk. Immutable during play, except that on a page regions of it come one by one; then the same on client and server.

#include <cstdint>
#include <vector>

#include "base/fixed.h"
#include "content/content.h"

namespace cudgel::sim {

/// The tile that a coordinate (units) lies in; also right for negative ones.
constexpr std::int32_t tile_of(std::int32_t units) {
  static_assert(base::k_units_per_tile == 256);
  return units >> 8;
}

/// haven: not at all. consent: in a duel. free: whoever has the level for it.
enum class FightKind : std::uint8_t { haven, consent, free };

class TileMap {
 public:
  explicit TileMap(const content::MapSpec& spec);
  /// Takes a square of `spec` anew: a region has come. `spec` must be of the same size as the one it was made of.
  void take(const content::MapSpec& spec, std::int32_t left, std::int32_t top, std::int32_t width, std::int32_t height);

  [[nodiscard]] std::int32_t width() const { return width_; }
  [[nodiscard]] std::int32_t height() const { return height_; }
  /// Outside the map everything is blocked.
  [[nodiscard]] bool blocked(std::int32_t tile_x, std::int32_t tile_y) const {
    if (tile_x < 0 || tile_y < 0 || tile_x >= width_ || tile_y >= height_) return true;
    return blocked_[static_cast<std::size_t>(tile_y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(tile_x)] != 0;
  }
  /// True where no projectile passes: what blocks feet, except water.
  [[nodiscard]] bool stops_flight(base::Vec2 position) const {
    const std::int32_t x = tile_of(position.x);
    const std::int32_t y = tile_of(position.y);
    if (x < 0 || y < 0 || x >= width_ || y >= height_) return true;
    return blocked_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x)] == k_stops_all;
  }
  /// True when such a place lies on the straight line; it is looked at every k_flight_look_units.
  [[nodiscard]] bool stops_flight(base::Vec2 from, base::Vec2 to) const;
  /// True when a square body of half side `radius` (units, < 1 tile) fits at `position`.
  [[nodiscard]] bool fits(base::Vec2 position, std::int32_t radius) const;
  /// True when a body of that radius can walk the straight line without touching a blocked tile.
  [[nodiscard]] bool straight_walk(base::Vec2 from, base::Vec2 to, std::int32_t radius) const;
  /// How players may fight each other there.
  [[nodiscard]] FightKind fights_at(base::Vec2 position) const;

 private:
  static constexpr std::int32_t k_flight_look_units = 32;
  static constexpr std::uint8_t k_stops_feet = 1;
  static constexpr std::uint8_t k_stops_all = 2;
  std::int32_t width_;
  std::int32_t height_;
  std::vector<std::uint8_t> blocked_;
  std::vector<FightKind> fights_;  ///< of squares of content::k_zone_cell_tiles, row by row; empty: by consent everywhere
};

}  // namespace cudgel::sim
