#pragma once
// A way around obstacles, tile by tile: A* over eight neighbours without cutting corners, bounded in tiles looked at, so that
// no search can hold up a tick. When the goal is too far it gives the way to the nearest tile it saw. It never sees bodies.
// Method: Hart, Nilsson, Raphael, "A Formal Basis for the Heuristic Determination of Minimum Cost Paths", 1968.

#include <cstdint>
#include <vector>

#include "sim/tile_map.h"

namespace cudgel::sim {

struct Tile {
  std::int32_t x = 0;
  std::int32_t y = 0;
  friend bool operator==(Tile, Tile) = default;
};
constexpr Tile tile_at(base::Vec2 position) { return {tile_of(position.x), tile_of(position.y)}; }

class PathFinder {
 public:
  struct Found {
    bool any = false;       ///< false: not one step nearer
    bool complete = false;  ///< the way ends at the goal itself
    std::int32_t length_units = 0;
    std::int32_t tiles_looked_at = 0;
  };
  /// Only tiles within this distance (Chebyshev) of the start are looked at.
  static constexpr std::int32_t k_radius_tiles = 63;

  /// way(): the tiles after `from` up to the goal, or up to the tile nearest to it among `tiles_max` looked at.
  Found find(const TileMap& map, Tile from, Tile to, std::int32_t tiles_max);
  [[nodiscard]] const std::vector<Tile>& way() const { return way_; }

 private:
  static constexpr std::int32_t k_side = 2 * k_radius_tiles + 2;
  struct Cell {
    std::uint32_t search = 0;  ///< number of the search that wrote it last: nothing needs clearing
    std::uint16_t cost = 0;
    std::uint8_t from = 0;  ///< direction it was reached by
    bool closed = false;
  };
  void expand(const TileMap& map, std::uint32_t cell, Tile to);
  void offer(std::uint32_t cell, std::uint32_t cost, std::uint8_t from, Tile to);
  [[nodiscard]] Tile tile_of_cell(std::uint32_t cell) const;
  void trace(std::uint32_t end, std::uint32_t start);

  std::vector<Cell> cells_;
  std::vector<std::uint64_t> open_;  ///< heap of (estimate, -cost, cell): the order is the same on every machine
  std::vector<Tile> way_;
  Tile origin_;
  std::uint32_t search_ = 0;
};

}  // namespace cudgel::sim
