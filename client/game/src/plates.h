#pragma once
// What hangs above heads: names of players, health of whoever was hurt or is aimed at, and the ring under the target's feet.
// Crisp at every pixel ratio; its unit is the CSS pixel, so that it stays readable when the scene is small.

#include "bodies.h"
#include "content/content.h"
#include "core/game_client.h"
#include "palette.h"
#include "play/camera.h"
#include "play/words.h"
#include "text_cache.h"

namespace cudgel::game {

struct Plate {
  const core::BodyView* view = nullptr;
  Pose pose;
  bool target = false;
  bool pointed_at = false;
  bool own = false;         ///< summoned by the own character
  std::string_view master;  ///< of somebody summoned: the name of whose it is, as far as he is in view
};

class Plates {
 public:
  /// Both must outlive this.
  Plates(const content::Content& content, const Words& words) : content_(&content), words_(&words) {}
  void set_palette(const Palette& palette) { palette_ = palette; }
  /// Returns the point above it.
  Point draw(Painter& painter, TextCache& text, const Camera& camera, const Plate& plate) const;

 private:
  void bar(Painter& painter, const TextCache& text, const Plate& plate, Point at) const;
  /// A small mark over somebody summoned: gold over one's own, pale over others'.
  void mark(Painter& painter, const TextCache& text, const Plate& plate, Point at) const;
  [[nodiscard]] std::string title(const Plate& plate) const;

  const content::Content* content_;
  const Words* words_;
  Palette palette_ = make_palette(false);
};

}  // namespace cudgel::game
