#include "key_codes.h"

#include <array>
#include <utility>

namespace cudgel::game {

namespace {

SDL_Scancode after(SDL_Scancode first, int steps) { return static_cast<SDL_Scancode>(static_cast<int>(first) + steps); }

/// SDL counts 1..9 and then 0.
SDL_Scancode digit(SDL_Scancode one, SDL_Scancode zero, char number) { return number == '0' ? zero : after(one, number - '1'); }

constexpr std::array<std::pair<std::string_view, SDL_Scancode>, 20> k_named{{
    {"Space", SDL_SCANCODE_SPACE},
    {"Backspace", SDL_SCANCODE_BACKSPACE},
    {"ArrowUp", SDL_SCANCODE_UP},
    {"ArrowDown", SDL_SCANCODE_DOWN},
    {"ArrowLeft", SDL_SCANCODE_LEFT},
    {"ArrowRight", SDL_SCANCODE_RIGHT},
    {"ShiftLeft", SDL_SCANCODE_LSHIFT},
    {"ShiftRight", SDL_SCANCODE_RSHIFT},
    {"Comma", SDL_SCANCODE_COMMA},
    {"Period", SDL_SCANCODE_PERIOD},
    {"Slash", SDL_SCANCODE_SLASH},
    {"Semicolon", SDL_SCANCODE_SEMICOLON},
    {"Quote", SDL_SCANCODE_APOSTROPHE},
    {"BracketLeft", SDL_SCANCODE_LEFTBRACKET},
    {"BracketRight", SDL_SCANCODE_RIGHTBRACKET},
    {"Backslash", SDL_SCANCODE_BACKSLASH},
    {"Minus", SDL_SCANCODE_MINUS},
    {"Equal", SDL_SCANCODE_EQUALS},
    {"Backquote", SDL_SCANCODE_GRAVE},
}};

}  // namespace

SDL_Scancode scancode_of(std::string_view code) {
  const auto one_more = [code](std::string_view beginning, char low, char high) {
    return code.size() == beginning.size() + 1 && code.starts_with(beginning) && code.back() >= low && code.back() <= high;
  };
  if (one_more("Key", 'A', 'Z')) return after(SDL_SCANCODE_A, code.back() - 'A');
  if (one_more("Digit", '0', '9')) return digit(SDL_SCANCODE_1, SDL_SCANCODE_0, code.back());
  if (one_more("Numpad", '0', '9')) return digit(SDL_SCANCODE_KP_1, SDL_SCANCODE_KP_0, code.back());
  for (const auto& [name, key] : k_named) {
    if (name == code) return key;
  }
  return SDL_SCANCODE_UNKNOWN;
}

}  // namespace cudgel::game
