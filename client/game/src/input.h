#pragma once
// What the player's hands do, as plain values: keys, pointer, and the page's stick and button. Reads SDL's events; knows nothing of the world.

#include <SDL.h>

namespace cudgel::game {

struct Controls {
  float move_x = 0, move_y = 0;    ///< -1..1 on the screen, y down; keys
  float stick_x = 0, stick_y = 0;  ///< -1..1 on the screen, y down; the touch stick
  bool attack = false;             ///< held, or tapped since the last frame
  bool pointer_down = false;
  bool pointer_is_finger = false;
  bool clicked = false;                  ///< went down since the last frame
  float pointer_x = -1, pointer_y = -1;  ///< device pixels; negative: not over the canvas
};

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
