#pragma once
// What can be owned, who leaves it and who deals in it: items.json, loot.json, npcs.json and trade.json. Names become indices here, and
// a name that nothing has is a complaint. Knows the files' keys.

#include <filesystem>

#include "bake_content/tables.h"
#include "body_rows.h"

namespace cudgel::bake_content {

/// Needs the classes and monsters; fills in items, npcs and what the monsters leave.
void read_goods(const std::filesystem::path& assets, const Source& items, const Source& loot, const Source& npcs, Tables& out);
content::TradeSpec read_trade(const std::filesystem::path& assets, Complaints& complaints);

}  // namespace cudgel::bake_content
