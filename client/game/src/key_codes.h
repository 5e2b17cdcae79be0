#pragma once
// Keys by their place on the keyboard, from the browser's names (KeyboardEvent.code) to SDL's. The page allows the same (web/js/settings_store.js).

#include <SDL.h>

#include <string_view>

namespace cudgel::game {

/// SDL_SCANCODE_UNKNOWN when it is none that may be bound.
SDL_Scancode scancode_of(std::string_view code);

}  // namespace cudgel::game
