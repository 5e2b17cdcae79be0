#pragma once
// Which picture of a body to draw now: chosen from what client/core says of it (action, age, facing) and a little memory of our own
// (distance walked, last blow taken). The blow's frame falls together with the rules' wind-up. It never draws and never decides anything.

#include <cstdint>
#include <unordered_map>

#include "content/content.h"
#include "core/game_client.h"
#include "play/atlas.h"
#include "play/flight.h"
#include "play/impact.h"
#include "play/wardrobe.h"

namespace cudgel::game {

struct Pose {
  const BodyArt* art = nullptr;  ///< nullptr: nothing to draw
  const Animation* animation = nullptr;
  /// Drawn instead, with `head` and what is `held` over it, once all three have come; nullptr: nothing is worn that shows.
  const Animation* dressed = nullptr;
  const Animation* head = nullptr;
  const Animation* held = nullptr;
  int direction = 0;
  int frame = 0;
  float opacity = 1;
  float flash = 0;         ///< 0..1, light added after a blow
  float health_shown = 1;  ///< 0..1, follows the real one smoothly
  double hurt_age_ms = 1e9;
  Impact::Offset knock;  ///< drawn so much aside
  float lift = 0;        ///< art pixels above the ground: thrown
  bool steps = false;    ///< a foot comes down in this display frame
  bool lands = false;    ///< it comes down from a flight
};

class Bodies {
 public:
  /// Both must outlive this.
  void open(const content::Content& content, const Atlas& atlas);
  /// Call once per body and display frame.
  Pose pose(const core::BodyView& view, double now_ms, float elapsed_ms);
  /// A blow landed on `target` now; `source` is who struck it by hand, or nobody near.
  void hurt(base::EntityId target, base::EntityId source, double now_ms);
  /// Without the pictures' standing still and being knocked aside.
  void set_calm(bool calm) { calm_ = calm; }
  /// Forgets whoever was not posed for a while.
  void forget_unseen(double now_ms);

 private:
  struct Memory {
    double x = 0, y = 0;
    double walked_tiles = 0;
    double first_ms = 0;
    double seen_ms = 0;
    double hurt_ms = -1e9;
    Impact impact;
    Flight flight;
    float health_shown = 1;
  };
  /// Walking and flying: from where it was drawn in the display frame before.
  void travel(const core::BodyView& view, Memory& memory, Pose& pose, double now_ms, float elapsed_ms) const;
  [[nodiscard]] int frame_of(const core::BodyView& view, const Pose& pose, const Memory& memory, double now_ms) const;
  [[nodiscard]] float opacity_of(const core::BodyView& view, const Memory& memory, double now_ms) const;

  const content::Content* content_ = nullptr;
  const Atlas* atlas_ = nullptr;
  Wardrobe wardrobe_;
  bool calm_ = false;
  std::unordered_map<std::uint32_t, Memory> memories_;
};

}  // namespace cudgel::game
