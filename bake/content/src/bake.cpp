#include "bake_content/bake.h"

#include "bake_content/complaints.h"
#include "bake_content/encode.h"
#include "bake_content/tables.h"
#include "base/hash.h"
#include "content/region.h"
#include "map.h"

namespace cudgel::bake_content {
namespace {

void cut_for_the_page(const Tables& tables, const content::MapSpec& map, Baked& out) {
  PagePart part{base::hash_bytes(out.bytes), {}};
  for (std::int32_t row = 0; row < content::regions_along(map.height); ++row) {
    for (std::int32_t column = 0; column < content::regions_along(map.width); ++column) {
      out.regions.push_back({content::region_file(column, row), encode_region(content::cut_region(map, column, row))});
      part.regions.push_back(base::hash_bytes(out.regions.back().bytes));
    }
  }
  out.page_bytes = encode(tables, map, &part);
}

}  // namespace

Baked bake(const std::filesystem::path& assets) {
  Baked out;
  Complaints complaints;
  const Tables tables = read_tables(assets, complaints);
  const content::MapSpec map = read_map(assets / "maps" / "vale.tmj", "assets/maps/vale.tmj", tables, complaints);
  if (complaints.none()) {
    out.bytes = encode(tables, map);
    cut_for_the_page(tables, map, out);
    // What the game would refuse must not leave the building.
    const auto loaded = content::Content::load(out.bytes);
    if (!loaded) complaints.add("assets", "", loaded.error().text);
    const auto page = content::Content::load_page(out.page_bytes);
    if (!page) complaints.add("assets", "", page.error().text);
  }
  out.complaints = complaints.lines();
  if (!out.complaints.empty()) out.bytes.clear(), out.page_bytes.clear(), out.regions.clear();
  out.summary = std::to_string(tables.classes.size()) + " classes, " + std::to_string(tables.monsters.size()) +
                " monsters, map " + map.name + " of " + std::to_string(map.width) + " x " + std::to_string(map.height) +
                " tiles with " + std::to_string(map.props.size()) + " props, " + std::to_string(map.player_starts.size()) +
                " starts, " + std::to_string(map.lairs.size()) + " lairs and " + std::to_string(map.zones.size()) + " zones";
  return out;
}

}  // namespace cudgel::bake_content
