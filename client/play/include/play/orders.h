#pragma once
// From what the hands do to what the character wants: keys and stick walk directly, a click on the ground walks there around obstacles, a click
// on a foe walks up to it and hits it until it falls, the attack key finds the nearest foe by itself. Makes intents; the rules decide what comes of them.

#include <span>
#include <vector>

#include "base/ids.h"
#include "content/content.h"
#include "core/game_client.h"
#include "play/camera.h"
#include "play/controls.h"
#include "sim/tile_map.h"
#include "sim/walker.h"

namespace cudgel::game {

struct Surroundings {
  const core::BodyView& self;
  std::span<const core::BodyView> others;
  const sim::TileMap& map;
  const Camera& camera;
  base::EntityId pointed_at;  ///< living body under the pointer
};

class Orders {
 public:
  explicit Orders(const content::Content& content) : content_(&content) {}

  sim::Intent decide(const Controls& controls, const Surroundings& around, double now_ms);
  /// Whoever struck us is worth looking at if we look at nobody.
  void struck_by(base::EntityId source);
  /// Death, another realm: nothing is wanted any more.
  void forget();

  [[nodiscard]] base::EntityId target() const { return target_; }
  [[nodiscard]] bool has_goal() const { return !way_.empty() && !engaged_; }
  [[nodiscard]] base::Vec2 goal() const { return way_.empty() ? base::Vec2{} : way_.back(); }

 private:
  void read_pointer(const Controls& controls, const Surroundings& around, double now_ms);
  bool attack_wanted(const Controls& controls, double now_ms);
  void choose_target(const Surroundings& around);
  /// 0 or 1 + heading towards the way's next point.
  std::uint8_t follow_way(base::Vec2 here, double now_ms);
  void go_to(base::Vec2 goal, const Surroundings& around, double now_ms);
  void approach(const core::BodyView& foe, const Surroundings& around, double now_ms);
  [[nodiscard]] const core::BodyView* find_foe(base::EntityId id, const Surroundings& around) const;
  [[nodiscard]] bool in_reach(const core::BodyView& foe, const Surroundings& around) const;

  const content::Content* content_;
  base::EntityId target_;
  bool engaged_ = false;  ///< walk up to the target and hit it without further keys
  std::vector<base::Vec2> way_;
  std::size_t way_next_ = 0;
  double way_made_ms_ = 0;
  bool dragging_ = false;  ///< the pointer went down on the ground and is still held
  double attack_until_ms_ = 0;
  base::Vec2 progress_at_;
  double progress_ms_ = 0;
};

}  // namespace cudgel::game
