#pragma once
// Dust that feet raise: small clouds on the ground, in the ground's colour, gone within half a second. Purely for the eye; the oldest goes when
// there are too many.

#include <vector>

#include "content/content.h"
#include "painter.h"
#include "play/camera.h"
#include "text_cache.h"

namespace cudgel::game {

class Dust {
 public:
  /// A foot came down at (x, y) tiles.
  void step(const content::MapSpec& map, double x, double y, double now_ms) { raise(map, x, y, 1, now_ms); }
  /// Somebody came down from above: dust all around.
  void fall(const content::MapSpec& map, double x, double y, double now_ms);
  void draw(Painter& painter, const TextCache& text, const Camera& camera, double now_ms);

 private:
  struct Puff {
    double x = 0, y = 0;
    double begin_ms = 0;
    float size = 1;
    Colour colour;
  };
  void raise(const content::MapSpec& map, double x, double y, float size, double now_ms);

  std::vector<Puff> puffs_;
};

}  // namespace cudgel::game
