#pragma once
// The map as the page draws it small: one pixel per tile, and where everybody in view stands.

#include <cstdint>
#include <string>
#include <vector>

#include "content/content.h"
#include "core/game_client.h"

namespace cudgel::game {

/// width * height pixels of red, green, blue, 255; row by row (y), left to right (x). Where a region has not come: the rough picture.
std::vector<std::uint8_t> chart_pixels(const content::MapSpec& map);

/// [{"name", "level_min", "level_max", "safe", "free_fight", "x", "y"}...]: the zones that have a place on the map, and where on it their
/// names are best written, in tiles.
std::string zones_json(const content::MapSpec& map);

/// {"width", "height", "regions", "self": {"x", "y", "heading"} or null, "players": [[x, y]...], "foes": [[x, y]...], "dogs": [[x, y]...] (one's own), "mates": [[x, y]...]} in tiles, the living only;
/// `heading` 0..7, of the map, from +x to +y. A width of 0: there is no map yet. The
/// pixels change when `regions` does.
std::string chart_marks_json(core::GameClient& client);

}  // namespace cudgel::game
