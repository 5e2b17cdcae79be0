#pragma once
// What never moves on the ground (grass, path, water, the shadows of props) painted once into squares of the screen's own resolution, which are then
// only copied. Blending a thousand tiles anew for each display frame costs more than everything else together where the graphics are slow.
// Squares are painted when they come into view, and those just outside it ahead of time, one per display frame.

#include <vector>

#include "ground.h"
#include "props.h"

namespace cudgel::game {

/// In tiles.
struct TileRect {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
};

class GroundCache {
 public:
  /// Everything is painted anew: another map.
  void forget();
  /// What lies there is painted anew: that part of the map has come.
  void forget(const TileRect& tiles);
  void draw(Painter& painter, const Atlas& atlas, const Camera& camera, const content::MapSpec& map, const Ground& ground,
            Props& props);

 private:
  struct Square {
    TextureId texture = -1;
    int column = 0, row = 0;
    bool painted = false;
    std::uint64_t used_frame = 0;
  };
  Square* find(int column, int row);
  /// A square to paint (column, row) into: a free one, a new one, or the one not used for longest.
  Square* take(Painter& painter, int column, int row, std::size_t squares_max);

  std::vector<Square> squares_;
  int side_ = 0;    ///< device pixels
  float zoom_ = 0;  ///< at which the squares were painted
  std::uint64_t frame_ = 0;
};

}  // namespace cudgel::game
