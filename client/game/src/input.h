#pragma once
// Reads SDL's events, and what the page tells of its stick and button, into Controls. Knows nothing of the world.

#include <SDL.h>

#include "play/controls.h"

namespace cudgel::game {

class Input {
 public:
  /// Reads all waiting events. `pixel_ratio` turns window coordinates into device pixels.
  void poll(float pixel_ratio);
  void set_stick(float x, float y);
  void set_attack_button(bool down);
  /// Everything let go: the window lost the keyboard or a menu opened.
  void release_all();

  [[nodiscard]] Controls take();

 private:
  void key(const SDL_KeyboardEvent& event);
  void pointer(const SDL_Event& event, float pixel_ratio);

  bool up_ = false, down_ = false, left_ = false, right_ = false;
  bool attack_key_ = false, attack_button_ = false, attack_tapped_ = false;
  Controls controls_;
};

}  // namespace cudgel::game
