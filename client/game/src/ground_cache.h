#pragma once
// What never moves on the ground (grass, path, water, the shadows of props) painted once into squares of the screen's own resolution, which are then
// only copied. Blending a thousand tiles anew for each display frame costs more than everything else together where the graphics are slow.
// Squares are painted when they come into view, and those just outside it ahead of time, one per display frame. Where something is there already,
// painted for another resolution or before more of the map had come, that is shown until its turn comes: to paint a whole window at once is a hitch.

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
  /// Nothing that is painted is of use: another map.
  void forget();
  /// Everything is painted anew, a few squares per display frame.
  void refresh();
  /// What lies there is painted anew, a few squares per display frame: that part of the map has come.
  void refresh(const TileRect& tiles);
  void draw(Painter& painter, const Atlas& atlas, const Camera& camera, const content::MapSpec& map, const Ground& ground,
            Props& props);

  /// How many squares the last draw() painted anew.
  [[nodiscard]] int painted() const { return painted_; }

 private:
  struct Square {
    TextureId texture = -1;
    int column = 0, row = 0;
    float zoom = 0;  ///< at which it was painted
    bool painted = false;
    bool stale = false;  ///< to be painted anew
    std::uint64_t used_frame = 0;
  };
  Square* find(int column, int row);
  void paint(Painter& painter, const Atlas& atlas, const Camera& camera, const content::MapSpec& map, const Ground& ground,
             Props& props, Square& square);
  /// One square too many, after a change of the resolution.
  void give_back(Painter& painter, std::size_t squares_max);
  /// What is left of another resolution, enlarged or made smaller, until this one is painted. True when there was something.
  bool draw_old(Painter& painter, const Camera& camera);
  /// A square to paint (column, row) into: a free one, a new one, or the one not used for longest.
  Square* take(Painter& painter, int column, int row, std::size_t squares_max);

  std::vector<Square> squares_;
  int side_ = 0;  ///< device pixels
  int painted_ = 0;
  float zoom_ = 0;
  float old_zoom_ = 0;  ///< of the squares that are shown until those of zoom_ are painted; 0: none are needed
  std::uint64_t frame_ = 0;
};

}  // namespace cudgel::game
