#pragma once
// Reads what can be owned out of content.bin, with the same distrust as load.cpp: every value is checked, the first fault is named.

#include <vector>

#include "checker.h"
#include "content/content.h"
#include "content/schema/content_generated.h"

namespace cudgel::content {

std::vector<ItemSpec> read_items(Checker& check, const baked::Content& in, std::size_t classes);
/// Gives the monsters what they leave.
void read_loot(Checker& check, const baked::Content& in, const std::vector<ItemSpec>& items, std::vector<MonsterSpec>& monsters);
std::vector<NpcSpec> read_npcs(Checker& check, const baked::Content& in, const std::vector<ItemSpec>& items);
TradeSpec read_trade(Checker& check, const baked::Trade& in);
/// Where they stand.
std::vector<NpcPlacement> read_npc_places(Checker& check, const baked::Map& in, const MapSpec& map, std::size_t npcs);

}  // namespace cudgel::content
