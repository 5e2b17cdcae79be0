#pragma once
// What the player's hands do, as plain values: keys, pointer, stick and button. Where they come from is the game's business.

namespace cudgel::game {

struct Controls {
  float move_x = 0, move_y = 0;    ///< -1..1 on the screen, y down; keys
  float stick_x = 0, stick_y = 0;  ///< -1..1 on the screen, y down; the touch stick
  bool attack = false;             ///< held, or tapped since the last frame
  int skill = 0;                   ///< pressed since the last frame: 1 + index, 0 none
  int order = 0;                   ///< to those one has summoned, pressed since the last frame: 1 + sim::Order, 0 none
  bool pointer_down = false;
  bool pointer_is_finger = false;
  bool clicked = false;                  ///< went down since the last frame
  float pointer_x = -1, pointer_y = -1;  ///< device pixels; negative: not over the canvas
};

}  // namespace cudgel::game
