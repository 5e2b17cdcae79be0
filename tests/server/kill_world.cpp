#include "kill_world.h"

#include <cstdio>
#include <cstdlib>

#include "bake_content/encode.h"

namespace cudgel::test {
namespace {

constexpr std::int32_t k_width = 40;
constexpr std::int32_t k_height = 20;
constexpr std::int32_t k_wall_x = 15;

content::BodySpec body(const char* name, std::int32_t health, std::int32_t damage_min, std::int32_t damage_max) {
  content::BodySpec made;
  made.name = made.sprite = name;
  made.radius = 72;
  made.speed = 800;
  made.health = health;
  made.attack.kind = content::AttackKind::strike;
  made.attack.damage_min = damage_min;
  made.attack.damage_max = damage_max;
  made.attack.reach = 230;
  made.attack.windup_ms = 200;
  made.attack.recovery_ms = 100;
  made.attack.cooldown_ms = 400;
  return made;
}

content::ItemSpec item(const char* name, content::ItemKind kind, std::int32_t price, std::int32_t stack_max) {
  content::ItemSpec made;
  made.name = made.icon = name;
  made.kind = kind;
  made.price = price;
  made.stack_max = stack_max;
  return made;
}

bake_content::Tables tables() {
  using content::ItemKind;
  bake_content::Tables made;
  made.rules = {1000, 500, 9000, 0, 4480, 5120, 5, 20000, 3000, 180000, 2304, 2048, 5000, 5, 6144, 10};
  made.levels.experience.assign(39, 200);
  made.levels.fair_levels = 39;
  made.classes = {{body("warrior", 2000, 12, 20)}};
  made.monsters.resize(1);
  content::MonsterSpec& goblin = made.monsters[0];
  goblin.body = body("goblin", 25, 1, 2);
  goblin.sight = 2304;
  goblin.leash = 6144;
  goblin.corpse_ms = 1000;
  goblin.experience = 20;
  goblin.traits.kin = "goblin";
  goblin.loot = {80, 1, k_loot_gold_max, 2, 5, {{kill_tooth - 1, 10, 1, k_loot_teeth_max / 2}, {kill_cap - 1, 2, 1, 1}}};
  made.items = {item("gold", ItemKind::gold, 0, 1),
                item("potion", ItemKind::potion, k_potion_price, 20),
                item("tooth", ItemKind::material, 3, 99),
                item("pelt", ItemKind::material, k_pelt_price, 999),
                item("candle", ItemKind::material, k_candle_price, 999),
                item("cap", ItemKind::helmet, 8, 1)};
  made.items[kill_potion - 1].heals = 50;
  made.items[kill_cap - 1].armour = 1;
  made.npcs = {{"trader", "trader", content::NpcRole::vendor, {kill_potion - 1, kill_candle - 1}},
               {"banker", "banker", content::NpcRole::bank, {}}};
  made.trade = {3000, 20000, 256, 2048, 10, 2048};
  return made;
}

content::MapSpec map() {
  content::MapSpec made;
  made.name = "kill";
  made.width = k_width;
  made.height = k_height;
  constexpr std::size_t k_tiles = std::size_t{k_width} * k_height;
  made.ground.assign(k_tiles, content::Ground::grass);
  made.blocked.assign(k_tiles, 0);
  for (std::int32_t y = 0; y < k_height; ++y) made.blocked[static_cast<std::size_t>(y * k_width + k_wall_x)] = 1;
  made.player_starts = {base::tile_centre(26, 10), base::tile_centre(28, 8), base::tile_centre(28, 12)};
  for (const base::Vec2 place :
       {base::tile_centre(25, 8), base::tile_centre(25, 12), base::tile_centre(27, 10), base::tile_centre(30, 10)})
    made.lairs.push_back({0, place, 6, 1000});
  made.npcs = {{0, k_kill_market}, {1, k_kill_market + base::Vec2{base::k_units_per_tile, 0}}};
  return made;
}

}  // namespace

std::string kill_content_bytes(const std::function<void(bake_content::Tables&)>& change) {
  bake_content::Tables changed = tables();
  if (change) change(changed);
  const std::vector<std::uint8_t> bytes = bake_content::encode(changed, map());
  return {bytes.begin(), bytes.end()};
}

const content::Content& kill_content() {
  static const content::Content loaded = [] {
    const std::string bytes = kill_content_bytes();
    auto content = content::Content::load({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    if (!content) {
      std::fprintf(stderr, "%s\n", content.error().text.c_str());
      std::abort();
    }
    return std::move(*content);
  }();
  return loaded;
}

}  // namespace cudgel::test
