#pragma once
// What hangs above heads: names of players, health of whoever was hurt or is aimed at, and the ring under the target's feet.
// Crisp at every pixel ratio; its unit is the CSS pixel, so that it stays readable when the scene is small.

#include "bodies.h"
#include "content/content.h"
#include "core/game_client.h"
#include "play/camera.h"
#include "text_cache.h"

namespace cudgel::game {

struct Plate {
  const core::BodyView* view = nullptr;
  Pose pose;
  bool target = false;
  bool pointed_at = false;
};

class Plates {
 public:
  explicit Plates(const content::Content& content) : content_(&content) {}
  void draw(Painter& painter, TextCache& text, const Camera& camera, const Plate& plate) const;

 private:
  void bar(Painter& painter, const TextCache& text, const Plate& plate, Point at) const;
  [[nodiscard]] std::string title(const core::BodyView& view) const;

  const content::Content* content_;
};

}  // namespace cudgel::game
