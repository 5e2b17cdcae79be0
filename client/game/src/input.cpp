#include "input.h"

#include "key_codes.h"

namespace cudgel::game {

namespace {
constexpr int k_attack = 4;
constexpr int k_last_skill = 8;
/// Of the three that follow: 1 + sim::Order.
constexpr std::array k_orders{3, 2, 1};
}  // namespace

int Input::action_of(SDL_Scancode key) const {
  for (std::size_t action = 0; action < keys_.size(); ++action) {
    if (keys_[action] == key) return static_cast<int>(action);
  }
  switch (key) {
    case SDL_SCANCODE_UP:
      return 0;
    case SDL_SCANCODE_DOWN:
      return 1;
    case SDL_SCANCODE_LEFT:
      return 2;
    case SDL_SCANCODE_RIGHT:
      return 3;
    case SDL_SCANCODE_J:
    case SDL_SCANCODE_1:
      return k_attack;
    default:
      return -1;
  }
}

bool Input::bind(int action, std::string_view code) {
  const SDL_Scancode key = scancode_of(code);
  if (action < 0 || action >= static_cast<int>(keys_.size()) || key == SDL_SCANCODE_UNKNOWN) return false;
  keys_[static_cast<std::size_t>(action)] = key;
  release_all();
  return true;
}

void Input::key(const SDL_KeyboardEvent& event) {
  const bool down = event.type == SDL_KEYDOWN;
  // By place on the keyboard, so that WASD is the same four keys on every layout.
  const int action = action_of(event.keysym.scancode);
  if (action < 0) return;
  if (action > k_attack) {
    if (!down || event.repeat != 0) return;
    if (action <= k_last_skill) {
      controls_.skill = action - k_attack;
    } else {
      controls_.order = k_orders[static_cast<std::size_t>(action - k_last_skill - 1)];
    }
    return;
  }
  if (action < k_attack) {
    *std::array{&up_, &down_, &left_, &right_}[static_cast<std::size_t>(action)] = down;
    return;
  }
  attack_key_ = down;
  if (down) attack_tapped_ = true;
}

void Input::pointer(const SDL_Event& event, float pixel_ratio) {
  if (event.type == SDL_MOUSEMOTION) {
    controls_.pointer_x = static_cast<float>(event.motion.x) * pixel_ratio;
    controls_.pointer_y = static_cast<float>(event.motion.y) * pixel_ratio;
    controls_.pointer_is_finger = event.motion.which == SDL_TOUCH_MOUSEID;
    return;
  }
  if (event.button.button != SDL_BUTTON_LEFT) return;
  controls_.pointer_x = static_cast<float>(event.button.x) * pixel_ratio;
  controls_.pointer_y = static_cast<float>(event.button.y) * pixel_ratio;
  controls_.pointer_is_finger = event.button.which == SDL_TOUCH_MOUSEID;
  controls_.pointer_down = event.type == SDL_MOUSEBUTTONDOWN;
  if (controls_.pointer_down) controls_.clicked = true;
}

void Input::poll(float pixel_ratio) {
  SDL_Event event;
  while (SDL_PollEvent(&event) != 0) {
    switch (event.type) {
      case SDL_KEYDOWN:
      case SDL_KEYUP:
        key(event.key);
        break;
      case SDL_MOUSEMOTION:
      case SDL_MOUSEBUTTONDOWN:
      case SDL_MOUSEBUTTONUP:
        pointer(event, pixel_ratio);
        break;
      case SDL_WINDOWEVENT:
        if (event.window.event == SDL_WINDOWEVENT_FOCUS_LOST) release_all();
        if (event.window.event == SDL_WINDOWEVENT_LEAVE) controls_.pointer_x = controls_.pointer_y = -1;
        break;
      default:
        break;
    }
  }
}

void Input::set_stick(float x, float y) {
  controls_.stick_x = x;
  controls_.stick_y = y;
}

void Input::set_attack_button(bool down) {
  attack_button_ = down;
  if (down) attack_tapped_ = true;
}

void Input::release_all() {
  up_ = down_ = left_ = right_ = attack_key_ = attack_button_ = attack_tapped_ = false;
  controls_ = Controls{};
}

Controls Input::take() {
  Controls now = controls_;
  now.move_x = static_cast<float>(right_ ? 1 : 0) - static_cast<float>(left_ ? 1 : 0);
  now.move_y = static_cast<float>(down_ ? 1 : 0) - static_cast<float>(up_ ? 1 : 0);
  now.attack = attack_key_ || attack_button_ || attack_tapped_;
  attack_tapped_ = false;
  controls_.clicked = false;
  controls_.skill = 0;
  controls_.order = 0;
  // A finger that was lifted points at nothing.
  if (controls_.pointer_is_finger && !controls_.pointer_down) controls_.pointer_x = controls_.pointer_y = -1;
  return now;
}

}  // namespace cudgel::game
