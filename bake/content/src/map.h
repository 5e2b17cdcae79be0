#pragma once
// The map, from Tiled's JSON format: a tile layer "ground" whose tileset names its tiles (by type) as grounds, and object layers
// "props" (type = name of a prop), "starts" (points) and, optional, the tile layer "growth" (tiles whose type is a prop), "blocked"
// (rectangles), "lairs" (points; type = name of a monster, properties packs and respawn_s), "npcs" (points) and "zones" (rectangles,
// ellipses, polygons; type = key of the zone). Other layers are a mistake,
// so that nothing a person drew is silently left out. Objects of an isometric map are measured in tile heights along both axes.

#include <filesystem>
#include <string>
#include <vector>

#include "bake_content/complaints.h"
#include "bake_content/tables.h"
#include "content/content.h"

namespace cudgel::bake_content {

/// Reads `path`; `file` is what complaints call it. The map's name is the file's.
content::MapSpec read_map(const std::filesystem::path& path, const std::string& file, const Tables& tables,
                          Complaints& complaints);

}  // namespace cudgel::bake_content
