#include "content_fixture.h"

#include <cstdlib>

namespace cudgel::test {
namespace {

constexpr const char* k_classes = R"({
  "warrior": {
    "health": 120, "growth": { "health": 10, "damage_percent": 5, "mana": 3 }, "mana": 40, "mana_per_s": 2, "speed_tiles_per_s": 3.5, "radius_tiles": 0.25,
    "attack": { "kind": "strike", "damage_min": 8, "damage_max": 14, "reach_tiles": "0.75",
                "windup_ms": 250, "recovery_ms": 200, "cooldown_ms": 700 }
  },
  "mage": {
    "health": 80, "growth": { "health": 6, "damage_percent": 7, "mana": 8 }, "mana": 80, "mana_per_s": 4, "speed_tiles_per_s": 3, "radius_tiles": 0.25, "sprite": "warrior",
    "attack": { "kind": "bolt", "damage_min": 9, "damage_max": 15, "reach_tiles": 9, "windup_ms": 350, "recovery_ms": 250,
                "cooldown_ms": 1000, "projectile_speed_tiles_per_s": 9, "projectile_radius_tiles": 0.125 }
  }
}
)";

constexpr const char* k_monsters = R"({
  "goblin": {
    "note": "for people",
    "level": 2, "experience": 12, "health": 40, "speed_tiles_per_s": 2.5, "radius_tiles": 0.25,
    "sight_tiles": 9, "leash_tiles": 24, "corpse_ms": 4000, "visit_weight": 1,
    "attack": { "kind": "strike", "damage_min": 5, "damage_max": 9, "reach_tiles": 0.8,
                "windup_ms": 450, "recovery_ms": 400, "cooldown_ms": 1600 }
  }
}
)";

constexpr const char* k_props = R"({
  "oak": { "blocks": true, "hides": true },
  "flowers": {},
  "hut": { "blocks": true, "hides": true, "width_tiles": 3, "height_tiles": 3 }
}
)";

constexpr const char* k_rules = R"({
  "respawn_ms": 4000, "guard_ms": 2000, "visit_within_ms": 9000, "visitors_max": 2,
  "visit_distance_min_tiles": 17.5, "visit_distance_max_tiles": 20,
  "ask_ms": 30000, "party_size": 5, "party_share_tiles": 24, "party_bonus_percent": 10
}
)";

constexpr const char* k_skills = R"({
  "frost_nova": { "class": "mage", "picture": "warrior", "kind": "burst", "level": 5, "mana": 18, "damage_min": 6, "damage_max": 10,
    "radius_tiles": 2.5, "windup_ms": 300, "recovery_ms": 250, "cooldown_ms": 8000,
    "effects": { "slow": { "percent": 40, "duration_ms": 4000 } } },
  "blink": { "class": "mage", "picture": "warrior", "kind": "blink", "level": 2, "mana": 14, "reach_tiles": 5, "windup_ms": 100,
    "recovery_ms": 150, "cooldown_ms": 8000 }
}
)";

constexpr const char* k_levels = R"({ "experience": [50, 80, 120], "fair_levels": 2, "lost_percent": 25 }
)";

constexpr const char* k_items = R"({
  "gold": { "kind": "gold", "icon": "coins" },
  "potion": { "kind": "potion", "icon": "potion", "stack": 10, "price": 8, "heals": 40 },
  "sword": { "kind": "weapon", "icon": "sword", "price": 60, "rarity": "rare", "class": "warrior", "damage_min": 2, "damage_max": 4 }
}
)";

constexpr const char* k_loot = R"({
  "goblin": { "gold": { "percent": 50, "min": 1, "max": 6 }, "rolls": 1, "nothing": 70,
              "drops": [ { "item": "potion", "weight": 20, "count_max": 2 }, { "item": "sword", "weight": 10 } ] }
}
)";

constexpr const char* k_npcs = R"({ "trader": { "sprite": "warrior", "role": "vendor", "sells": [ "potion" ] },
  "banker": { "sprite": "warrior", "role": "bank" } }
)";

constexpr const char* k_trade =
    R"({ "owned_ms": 10000, "lies_ms": 60000, "reach_tiles": 1, "talk_tiles": 3, "lost_gold_percent": 10, "trade_tiles": 6 }
)";

/// Row 0 is water, the rest grass. A hut around tile (8, 8), an oak on (3, 4), flowers on (12, 12), a rectangle over (1..2, 14).
std::string map_text() {
  std::string rows;
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 16; ++x) rows += std::string(y == 0 ? "3" : "1") + (x == 15 && y == 15 ? "" : ",");
    rows += "\n";
  }
  return R"({ "type": "map", "orientation": "isometric", "infinite": false, "width": 16, "height": 16, "tilewidth": 128, "tileheight": 64,
 "layers": [
  { "id": 1, "name": "ground", "type": "tilelayer", "data": [
)" + rows +
         R"(] },
  { "id": 2, "name": "props", "type": "objectgroup", "objects": [
    { "id": 1, "type": "flowers", "x": 800, "y": 800, "point": true },
    { "id": 2, "class": "hut", "x": 544, "y": 544, "point": true },
    { "id": 3, "type": "oak", "x": 208, "y": 288, "point": true } ] },
  { "id": 3, "name": "starts", "type": "objectgroup", "objects": [ { "id": 4, "type": "start", "x": 352, "y": 352, "point": true } ] },
  { "id": 4, "name": "blocked", "type": "objectgroup", "objects": [ { "id": 5, "x": 64, "y": 896, "width": 128, "height": 64 } ] }
 ],
 "tilesets": [ { "firstgid": 1, "name": "ground", "tiles": [
   { "id": 0, "type": "grass" }, { "id": 1, "type": "path" }, { "id": 2, "type": "water" } ] } ] }
)";
}

}  // namespace

void ContentFixture::SetUp() {
  write("content/classes.json", k_classes);
  write("content/monsters.json", k_monsters);
  write("content/props.json", k_props);
  write("content/rules.json", k_rules);
  write("content/levels.json", k_levels);
  write("content/skills.json", k_skills);
  write("content/items.json", k_items);
  write("content/loot.json", k_loot);
  write("content/npcs.json", k_npcs);
  write("content/trade.json", k_trade);
  write("maps/vale.tmj", map_text());
}

void ContentFixture::write(const std::string& file, const std::string& text) const {
  ASSERT_EQ(read_whole_file(directory_.write(file, text)), text);
}

std::string ContentFixture::read(const std::string& file) const { return read_whole_file(assets_ / file); }

void ContentFixture::replace(const std::string& file, const std::string& from, const std::string& to) const {
  std::string text = read(file);
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos) << file << " has no " << from;
  write(file, text.replace(at, from.size(), to));
}

std::string ContentFixture::complaint() const {
  std::string all;
  for (const std::string& line : bake().complaints) all += (all.empty() ? "" : "\n") + line;
  return all;
}

std::filesystem::path repository_assets() {
  const char* root = std::getenv("CUDGEL_SOURCE_DIR");
  return std::filesystem::path(root == nullptr ? "." : root) / "assets";
}

}  // namespace cudgel::test
