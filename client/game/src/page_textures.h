#pragma once
// Puts the atlas pages that play begins with onto the graphics card: side by side in as few textures as it allows, because every change of texture between two
// bodies is a draw call of its own. Pixels come decoded from the browser and never pass through our memory.

#include <string>

#include "painter.h"
#include "play/atlas.h"

namespace cudgel::game {

/// Empty when all is well, else a sentence for people.
std::string upload_pages(Painter& painter, Atlas& atlas);

}  // namespace cudgel::game
