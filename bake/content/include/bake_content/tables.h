#pragma once
// The tables of assets/content as the game will hold them. Knows the files' keys; knows nothing of the map.

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "bake_content/complaints.h"
#include "content/content.h"

namespace cudgel::bake_content {

/// A prop with what only the baker needs: how many tiles it covers, centred where it is placed.
struct PropRow {
  content::PropSpec spec;
  std::int32_t width_tiles = 1;
  std::int32_t height_tiles = 1;
  std::int32_t strays = 0;  ///< units: drawn as a tile of the layer "growth", it stands up to so far from the tile's middle
};

struct Tables {
  std::vector<content::ClassSpec> classes;
  std::vector<content::MonsterSpec> monsters;
  std::vector<PropRow> props;
  std::vector<content::ItemSpec> items;
  std::vector<content::NpcSpec> npcs;
  content::TradeSpec trade;
  content::RulesSpec rules;
  content::LevelsSpec levels;
};

/// Names of the models that exist; empty when there are none, and then no sprite is checked.
std::set<std::string> model_names(const std::filesystem::path& assets);

Tables read_tables(const std::filesystem::path& assets, Complaints& complaints);

}  // namespace cudgel::bake_content
