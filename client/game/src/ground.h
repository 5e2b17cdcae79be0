#pragma once
// The ground: one grass tile per map tile, and above it path and water, which are drawn on the grid of tile corners (the "dual grid") so
// that 15 pictures by corner mask give every coast. Only what lies in the window is drawn; beyond the map its edge goes on.

#include <array>
#include <span>
#include <vector>

#include "content/content.h"
#include "painter.h"
#include "play/atlas.h"
#include "play/camera.h"

namespace cudgel::game {

class Ground {
 public:
  void open(const Atlas& atlas);
  void draw(Painter& painter, const Atlas& atlas, const Camera& camera, const content::MapSpec& map) const;
  /// The surface of open water moves: over the ground that is painted already, each display frame. Returns how many tiles.
  int draw_waves(Painter& painter, const Atlas& atlas, const Camera& camera, const content::MapSpec& map, double now_ms) const;
  /// Pages on which pictures of `grounds` lie that have not come.
  [[nodiscard]] std::vector<std::size_t> wanted_pages(const Atlas& atlas, std::span<const content::Ground> grounds) const;

 private:
  struct Kind {
    const Animation* animation = nullptr;
    content::Ground ground = content::Ground::path;
  };
  const Animation* grass_ = nullptr;
  std::array<Kind, 7> overlays_{};  ///< in the order in which they are painted: water last, so that its banks lie on everything
  std::array<int, content::k_grounds> order_{};  ///< in which each ground is painted, grass 0
  const Animation* water_ = nullptr;
};

}  // namespace cudgel::game
