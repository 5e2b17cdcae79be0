#pragma once
// The map as the page draws it small: one pixel per tile, and where everybody in view stands.

#include <cstdint>
#include <string>
#include <vector>

#include "content/content.h"
#include "core/game_client.h"

namespace cudgel::game {

/// width * height pixels of red, green, blue, 255; row by row (y), left to right (x).
std::vector<std::uint8_t> chart_pixels(const content::MapSpec& map);

/// {"width", "height", "self": {"x", "y", "heading"} or null, "players": [[x, y]...], "foes": [[x, y]...]} in tiles, the living only;
/// `heading` 0..7, of the map, from +x to +y. A width of 0: there is no map yet.
std::string chart_marks_json(core::GameClient& client);

}  // namespace cudgel::game
