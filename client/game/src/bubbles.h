#pragma once
// What somebody says, over the head for a few seconds. Forgets what was said by whoever is out of view.

#include <string>
#include <unordered_map>
#include <vector>

#include "base/ids.h"
#include "painter.h"
#include "play/camera.h"
#include "text_cache.h"

namespace cudgel::game {

class Bubbles {
 public:
  /// Instead of what that one said before.
  void say(base::EntityId who, std::string_view words, double now_ms);
  /// Above `head`, a point of the screen.
  void draw(Painter& painter, TextCache& text, base::EntityId who, Point head, float opacity, double now_ms) const;
  void forget_old(double now_ms);

 private:
  struct Bubble {
    std::vector<std::string> lines;
    double begin_ms = 0;
    double end_ms = 0;
  };
  std::unordered_map<std::uint32_t, Bubble> bubbles_;  ///< by packed id
};

}  // namespace cudgel::game
