#pragma once
// A rectangle of pixels, on the screen or of a texture, y down, and which texture.

namespace cudgel::game {

struct Rect {
  float x = 0, y = 0, w = 0, h = 0;
  [[nodiscard]] bool contains(float px, float py) const { return px >= x && py >= y && px < x + w && py < y + h; }
  [[nodiscard]] bool overlaps(const Rect& o) const { return x < o.x + o.w && o.x < x + w && y < o.y + o.h && o.y < y + h; }
};

/// Index of a texture made by the painter; -1: none.
using TextureId = int;

}  // namespace cudgel::game
