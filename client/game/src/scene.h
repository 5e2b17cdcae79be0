#pragma once
// One picture of the world: ground, shadows, everything that stands (painter's order by x + y), light, writing. Reads what client/core
// says is there; decides nothing and changes nothing but its own memory of fades and steps.

#include <array>
#include <span>
#include <vector>

#include "bodies.h"
#include "bubbles.h"
#include "content/region.h"
#include "dust.h"
#include "effects.h"
#include "ground.h"
#include "ground_cache.h"
#include "plates.h"
#include "play/camera.h"
#include "props.h"
#include "text_cache.h"

namespace cudgel::game {

/// A body as it was last drawn, for the pointer.
struct Pickable {
  base::EntityId id;
  bool foe = false;
  Rect box;  ///< device pixels
};

struct SceneView {
  const core::BodyView* self = nullptr;
  std::span<const core::BodyView> others;
  base::EntityId target;
  base::EntityId pointed_at;
  bool has_goal = false;          ///< somebody clicked on the ground and walks there
  double goal_x = 0, goal_y = 0;  ///< tiles
  double ring_x = 0, ring_y = 0;  ///< tiles: middle of the own duel's place
  double ring_tiles = 0;          ///< its radius; 0: there is no duel
  double aim_x = 0, aim_y = 0;    ///< tiles: where the own skill that is being begun will fall
  double aim_tiles = 0;           ///< its radius; 0: there is none
  float aim_share = 0;            ///< 0..1 of its wind-up is over
  bool aim_lasts = false;         ///< it stays there
  double now_ms = 0;
  float elapsed_ms = 0;
};

class Scene {
 public:
  /// All must outlive the scene.
  Scene(const content::Content& content, const Atlas& atlas, const Words& words);
  /// `calm`: no more motion than the game needs; `safe_colours`: see palette.h.
  void set_look(bool calm, bool safe_colours);
  /// A new map: another realm than before, or the first.
  void enter(const content::MapSpec& map);
  /// A region of that map has come.
  void region_came(const content::Region& region);
  /// A page of the atlas has come: if the ground lacked it, it is painted anew.
  void page_came(std::size_t page);
  /// Something happened; shown from now on.
  void happen(const core::Moment& moment, base::EntityId self, double now_ms);
  /// Words over somebody's head for a while.
  void say(base::EntityId who, std::string_view words, double now_ms) { bubbles_.say(who, words, now_ms); }
  /// Something rare lies there from now on.
  void treasure(const core::BodyView& thing, double now_ms);
  void draw(Painter& painter, TextCache& text, Camera& camera, const SceneView& view);

  /// Squares of the ground that the last draw() painted anew.
  [[nodiscard]] int squares_painted() const { return ground_cache_.painted(); }
  /// Players, monsters, dogs and townsfolk of whom the last draw() showed something.
  [[nodiscard]] int bodies_in_window() const { return bodies_in_window_; }
  /// Pages on which pictures lie that the last draw() lacked.
  [[nodiscard]] std::span<const std::size_t> wanted_pages() const { return wanted_pages_; }

  /// The thing on the ground that a device pixel means, or nobody.
  [[nodiscard]] base::EntityId pick_thing(float px, float py, float zoom) const;
  /// Front-most living body under a device pixel, foes first; nobody when there is none.
  [[nodiscard]] base::EntityId pick(float px, float py, float slack_px) const;

 private:
  struct Standing {
    double depth = 0;
    const Sprite* sprite = nullptr;
    std::array<const Sprite*, 2> over{};  ///< laid over it, in this order: head and what the hand holds
    const Sprite* shadow = nullptr;
    Point ground;
    float lift = 0;  ///< device pixels above it
    float opacity = 1;
    float flash = 0;
    bool additive = false;
  };
  /// A body whose pictures have not come yet.
  struct Unseen {
    Point ground;
    float height = 0;  ///< art pixels
    float opacity = 1;
  };
  /// A thing on the ground.
  struct Lying {
    base::EntityId id;
    const content::ItemSpec* item = nullptr;
    int count = 1;
    Point ground;
    bool named = true;
  };
  struct Townsman {
    const content::NpcSpec* npc = nullptr;
    Point head;
  };
  void collect_thing(const Camera& camera, const SceneView& view, const core::BodyView& body);
  void collect_npcs(const Camera& camera);
  void draw_goods(Painter& painter, TextCache& text, const Camera& camera);
  void collect_bodies(const Camera& camera, const SceneView& view);
  /// What somebody wears takes the place of the class's pictures in `entry`, as soon as it has come.
  void dress(const Pose& pose, Standing& entry);
  /// The pictures of the skills that somebody in view has learned are fetched before the first is used.
  void want_skill_pictures(const core::BodyView& body);
  void collect_body(const Camera& camera, const SceneView& view, const core::BodyView& body);
  void collect_props(const Camera& camera, const SceneView& view);
  /// Dust below feet, where a foot comes down in this display frame.
  void stir(const core::BodyView& body, const Pose& pose, double now_ms);
  void draw_aim(Painter& painter, const TextCache& text, const Camera& camera, const SceneView& view) const;
  void draw_marks(Painter& painter, const TextCache& text, const Camera& camera, const SceneView& view) const;
  void draw_unseen(Painter& painter, const TextCache& text, float zoom) const;
  void draw_standing(Painter& painter, float zoom);
  void draw_lights(Painter& painter, const TextCache& text, const Camera& camera) const;

  const content::Content* content_;
  const Atlas* atlas_;
  const Words* words_;
  const content::MapSpec* map_ = nullptr;
  Ground ground_;
  GroundCache ground_cache_;
  Props props_;
  Bodies bodies_;
  Effects effects_;
  Dust dust_;
  Plates plates_;
  Bubbles bubbles_;
  std::vector<Standing> standing_;
  std::vector<Unseen> unseen_;
  std::vector<Lying> lying_;
  std::vector<Rect> labels_;  ///< names of things that stand already, device pixels
  std::vector<Townsman> townsfolk_;
  std::vector<std::size_t> wanted_pages_;
  std::vector<Plate> shown_plates_;
  std::vector<Pickable> pickables_;
  std::vector<Point> projectile_lights_;
  std::vector<Colour> projectile_colours_;
  std::vector<std::size_t> map_pages_;  ///< of the map's own pictures, asked for until they are here
  bool calm_ = false;
  Rect self_box_;
  int bodies_in_window_ = 0;
  double self_depth_ = 0;
};

}  // namespace cudgel::game
