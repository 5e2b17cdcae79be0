#pragma once
// Reads SDL's events, and what the page tells of its stick and button, into Controls. Knows nothing of the world.

#include <SDL.h>

#include <array>
#include <string_view>

#include "play/controls.h"

namespace cudgel::game {

class Input {
 public:
  /// Reads all waiting events. `pixel_ratio` turns window coordinates into device pixels.
  void poll(float pixel_ratio);
  void set_stick(float x, float y);
  void set_attack_button(bool down);
  /// A skill's button was pressed: 1 + index.
  void press_skill(int skill) { controls_.skill = skill; }
  /// An order's button was pressed: 1 + sim::Order.
  void press_order(int order) { controls_.order = order; }
  /// Everything let go: the window lost the keyboard or a menu opened.
  void release_all();

  /// Gives an action (0 up, 1 down, 2 left, 3 right, 4 attack, 5 to 8 the skills, 9 to 11 the orders attack, stay, come) another key, by its place on the keyboard as a browser names it ("KeyW").
  /// Arrows, J and 1 do what they always do unless one of them is given away. False when action or key is unknown.
  bool bind(int action, std::string_view code);

  [[nodiscard]] Controls take();

 private:
  void key(const SDL_KeyboardEvent& event);
  void pointer(const SDL_Event& event, float pixel_ratio);

  [[nodiscard]] int action_of(SDL_Scancode key) const;

  std::array<SDL_Scancode, 12> keys_{SDL_SCANCODE_W,     SDL_SCANCODE_S, SDL_SCANCODE_A, SDL_SCANCODE_D,
                                     SDL_SCANCODE_SPACE, SDL_SCANCODE_2, SDL_SCANCODE_3, SDL_SCANCODE_4,
                                     SDL_SCANCODE_5,     SDL_SCANCODE_Z, SDL_SCANCODE_X, SDL_SCANCODE_C};  ///< by action
  bool up_ = false, down_ = false, left_ = false, right_ = false;
  bool attack_key_ = false, attack_button_ = false, attack_tapped_ = false;
  Controls controls_;
};

}  // namespace cudgel::game
