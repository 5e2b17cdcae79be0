#include "bake_content/bake.h"

#include "bake_content/complaints.h"
#include "bake_content/encode.h"
#include "bake_content/tables.h"
#include "map.h"

namespace cudgel::bake_content {

Baked bake(const std::filesystem::path& assets) {
  Baked out;
  Complaints complaints;
  const Tables tables = read_tables(assets, complaints);
  const content::MapSpec map = read_map(assets / "maps" / "vale.tmj", "assets/maps/vale.tmj", tables, complaints);
  if (complaints.none()) {
    out.bytes = encode(tables, map);
    // What the game would refuse must not leave the building.
    const auto loaded = content::Content::load(out.bytes);
    if (!loaded) complaints.add("assets", "", loaded.error().text);
  }
  out.complaints = complaints.lines();
  if (!out.complaints.empty()) out.bytes.clear();
  out.summary = std::to_string(tables.classes.size()) + " classes, " + std::to_string(tables.monsters.size()) +
                " monsters, map " + map.name + " of " + std::to_string(map.width) + " x " + std::to_string(map.height) +
                " tiles with " + std::to_string(map.props.size()) + " props, " + std::to_string(map.player_starts.size()) +
                " starts and " + std::to_string(map.lairs.size()) + " lairs";
  return out;
}

}  // namespace cudgel::bake_content
