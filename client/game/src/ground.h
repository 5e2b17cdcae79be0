#pragma once
// The ground: one grass tile per map tile, and above it path and water, which are drawn on the grid of tile corners (the "dual grid") so
// that 15 pictures by corner mask give every coast. Only what lies in the window is drawn; beyond the map its edge goes on.

#include <array>

#include "content/content.h"
#include "painter.h"
#include "play/atlas.h"
#include "play/camera.h"

namespace cudgel::game {

class Ground {
 public:
  void open(const Atlas& atlas);
  void draw(Painter& painter, const Atlas& atlas, const Camera& camera, const content::MapSpec& map) const;

 private:
  struct Kind {
    const Animation* animation = nullptr;
    content::Ground ground = content::Ground::path;
  };
  const Animation* grass_ = nullptr;
  std::array<Kind, 2> overlays_{};
};

}  // namespace cudgel::game
