#pragma once
// A small shop's worth of items for tests of what is owned, a goblin that always leaves something, and a village of two.

#include "sim_fixture.h"

namespace cudgel::sim::testing {

enum ItemIndex : std::uint8_t { gold = 0, potion = 1, tooth = 2, sword = 3, staff = 4, mail = 5, cap = 6, ring = 7 };
constexpr std::uint8_t stack_of(ItemIndex item) { return static_cast<std::uint8_t>(item + 1); }

inline content::ItemSpec make_item(const char* name, content::ItemKind kind, std::int32_t price, std::int32_t stack_max = 1) {
  content::ItemSpec item;
  item.name = item.icon = name;
  item.kind = kind;
  item.price = price;
  item.stack_max = stack_max;
  return item;
}

inline std::vector<content::ItemSpec> make_items() {
  using content::ItemKind;
  std::vector<content::ItemSpec> items{make_item("gold", ItemKind::gold, 0),         make_item("potion", ItemKind::potion, 10, 5),
                                       make_item("tooth", ItemKind::material, 4, 9), make_item("sword", ItemKind::weapon, 100),
                                       make_item("staff", ItemKind::weapon, 100),    make_item("mail", ItemKind::armour, 60),
                                       make_item("cap", ItemKind::helmet, 1),        make_item("ring", ItemKind::ring, 30)};
  items[potion].heals = 40;
  items[sword].class_index = warrior;
  items[sword].damage_min = items[sword].damage_max = 5;
  items[staff].class_index = mage;
  items[mail].armour = 3;
  items[mail].health = 20;
  items[mail].level = 2;
  items[ring].health = 5;
  return items;
}

/// The trader stands in the middle of the map, the banker one tile beside.
inline content::Content make_goods_content(std::int32_t side = 24) {
  content::MapSpec map = open_map(side);
  map.npcs = {{0, base::tile_centre(side / 2, side / 2)}, {1, base::tile_centre(side / 2 + 1, side / 2)}};
  content::Content made = make_content(std::move(map), quiet_rules());
  std::vector<content::MonsterSpec> monsters = made.monsters();
  monsters[0].loot = {100, 10, 10, 2, 0, {{potion, 1, 1, 3}, {tooth, 1, 2, 2}}};
  content::LevelsSpec levels;
  levels.experience = {50};
  made = content::Content::from_tables(made.classes(), std::move(monsters), made.rules(), made.map(), levels);
  content::NpcSpec trader{"trader", "trader", content::NpcRole::vendor, {potion, sword}};
  content::NpcSpec banker{"banker", "banker", content::NpcRole::bank, {}};
  made.set_goods(make_items(), {trader, banker}, {10000, 60000, k_tile, 3 * k_tile, 10, 8 * k_tile});
  return made;
}

}  // namespace cudgel::sim::testing
