#include "goods.h"

#include <algorithm>

namespace cudgel::content {
namespace {

constexpr Range k_none{0, 0};

std::int32_t index_below(Checker& check, const std::string& place, std::size_t count, std::int32_t index) {
  return check.value(place, {0, static_cast<std::int32_t>(count) - 1}, index);
}

ItemSpec read_item(Checker& check, const std::string& place, const baked::Item& in, std::size_t classes) {
  ItemSpec out;
  out.name = check.name(place + ".name", *in.name());
  out.icon = check.name(place + ".icon", *in.icon());
  out.kind = static_cast<ItemKind>(check.value(place + ".kind", {0, k_item_kinds - 1}, in.kind()));
  out.rarity = static_cast<Rarity>(check.value(place + ".rarity", {0, k_rarities - 1}, in.rarity()));
  const bool worn = is_worn(out.kind);
  out.tier = check.value(place + ".tier", k_tier, in.tier());
  out.stack_max = check.value(place + ".stack_max", worn ? Range{1, 1} : k_stack, in.stack_max());
  out.price = check.value(place + ".price", k_price, in.price());
  out.level = check.value(place + ".level", k_level, in.level());
  out.class_index =
      check.value(place + ".class_index", {-1, worn ? static_cast<std::int32_t>(classes) - 1 : -1}, in.class_index());
  const bool strikes = out.kind == ItemKind::weapon || out.kind == ItemKind::ring;
  out.damage_min = check.value(place + ".damage_min", strikes ? k_item_damage : k_none, in.damage_min());
  out.damage_max =
      check.value(place + ".damage_max", strikes ? Range{out.damage_min, k_item_damage.max} : k_none, in.damage_max());
  out.armour = check.value(place + ".armour", worn ? k_item_armour : k_none, in.armour());
  out.health = check.value(place + ".health", worn ? k_item_health : k_none, in.health());
  out.heals = check.value(place + ".heals", out.kind == ItemKind::potion ? k_heals : k_none, in.heals());
  return out;
}

LootSpec read_one_loot(Checker& check, const std::string& place, const baked::Loot& in, const std::vector<ItemSpec>& items) {
  LootSpec out;
  out.gold_percent = check.value(place + ".gold_percent", k_percent, in.gold_percent());
  const Range gold = out.gold_percent > 0 ? k_loot_gold : k_none;
  out.gold_min = check.value(place + ".gold_min", gold, in.gold_min());
  out.gold_max = check.value(place + ".gold_max", {out.gold_min, gold.max}, in.gold_max());
  out.rolls = check.value(place + ".rolls", k_loot_rolls, in.rolls());
  out.nothing = check.value(place + ".nothing", k_loot_weight, in.nothing());
  check.count(place + ".drops", k_drops, in.drops()->size());
  for (std::size_t i = 0; check.ok() && i < in.drops()->size(); ++i) {
    const baked::Drop& drop = *in.drops()->Get(static_cast<flatbuffers::uoffset_t>(i));
    const std::string drop_place = place + "." + row("drops", i);
    DropSpec made;
    made.item = index_below(check, drop_place + ".item", items.size(), drop.item());
    if (!check.ok()) break;
    const ItemSpec& item = items[static_cast<std::size_t>(made.item)];
    if (item.kind == ItemKind::gold) check.fail(drop_place + ".item", "is gold, which has its own fields");
    made.weight = check.value(drop_place + ".weight", {1, k_loot_weight.max}, drop.weight());
    made.count_min = check.value(drop_place + ".count_min", {1, item.stack_max}, drop.count_min());
    made.count_max = check.value(drop_place + ".count_max", {made.count_min, item.stack_max}, drop.count_max());
    out.drops.push_back(made);
  }
  return out;
}

}  // namespace

std::vector<ItemSpec> read_items(Checker& check, const baked::Content& in, std::size_t classes) {
  std::vector<ItemSpec> out;
  check.count("items", k_items, in.items()->size());
  for (std::size_t i = 0; check.ok() && i < in.items()->size(); ++i) {
    out.push_back(read_item(check, row("items", i), *in.items()->Get(static_cast<flatbuffers::uoffset_t>(i)), classes));
  }
  const auto gold = std::count_if(out.begin(), out.end(), [](const ItemSpec& spec) { return spec.kind == ItemKind::gold; });
  if (check.ok() && !out.empty() && gold != 1) check.fail("items", "must have one of kind gold, has " + std::to_string(gold));
  return out;
}

void read_loot(Checker& check, const baked::Content& in, const std::vector<ItemSpec>& items, std::vector<MonsterSpec>& monsters) {
  check.count("loot", k_monsters, in.loot()->size());
  std::int32_t last = -1;
  for (std::size_t i = 0; check.ok() && i < in.loot()->size(); ++i) {
    const baked::Loot& loot = *in.loot()->Get(static_cast<flatbuffers::uoffset_t>(i));
    const std::string place = row("loot", i);
    const std::int32_t monster =
        check.value(place + ".monster", {last + 1, static_cast<std::int32_t>(monsters.size()) - 1}, loot.monster());
    if (!check.ok()) return;
    last = monster;
    monsters[static_cast<std::size_t>(monster)].loot = read_one_loot(check, place, loot, items);
    if (items.empty() && loot.gold_percent() > 0) check.fail(place + ".gold_percent", "there is no item of kind gold");
  }
}

std::vector<NpcSpec> read_npcs(Checker& check, const baked::Content& in, const std::vector<ItemSpec>& items) {
  std::vector<NpcSpec> out;
  check.count("npcs", k_npcs, in.npcs()->size());
  for (std::size_t i = 0; check.ok() && i < in.npcs()->size(); ++i) {
    const baked::Npc& npc = *in.npcs()->Get(static_cast<flatbuffers::uoffset_t>(i));
    const std::string place = row("npcs", i);
    NpcSpec spec;
    spec.name = check.name(place + ".name", *npc.name());
    spec.sprite = check.name(place + ".sprite", *npc.sprite());
    spec.role = static_cast<NpcRole>(check.value(place + ".role", {0, k_npc_roles - 1}, npc.role()));
    check.count(place + ".sells", spec.role == NpcRole::vendor ? k_sells : k_none, npc.sells()->size());
    for (std::size_t k = 0; check.ok() && k < npc.sells()->size(); ++k) {
      const std::int32_t item = npc.sells()->Get(static_cast<flatbuffers::uoffset_t>(k));
      spec.sells.push_back(index_below(check, place + "." + row("sells", k), items.size(), item));
      if (check.ok() && items[static_cast<std::size_t>(item)].kind == ItemKind::gold) {
        check.fail(place + "." + row("sells", k), "gold is not sold");
      }
    }
    out.push_back(std::move(spec));
  }
  return out;
}

TradeSpec read_trade(Checker& check, const baked::Trade& in) {
  TradeSpec out;
  out.owned_ms = check.value("trade.owned_ms", k_owned_ms, in.owned_ms());
  out.lies_ms = check.value("trade.lies_ms", k_lies_ms, in.lies_ms());
  out.reach = check.value("trade.reach", k_near, in.reach());
  out.talk = check.value("trade.talk", k_near, in.talk());
  out.lost_gold_percent = check.value("trade.lost_gold_percent", k_percent, in.lost_gold_percent());
  out.between = check.value("trade.between", k_near, in.between());
  return out;
}

std::vector<NpcPlacement> read_npc_places(Checker& check, const baked::Map& in, const MapSpec& map, std::size_t npcs) {
  std::vector<NpcPlacement> out;
  check.count("map.npcs", k_npcs_on_map, in.npcs()->size());
  for (std::size_t i = 0; check.ok() && i < in.npcs()->size(); ++i) {
    const baked::NpcPlace& place = *in.npcs()->Get(static_cast<flatbuffers::uoffset_t>(i));
    const std::string name = row("map.npcs", i);
    NpcPlacement made;
    made.npc = static_cast<std::uint16_t>(index_below(check, name + ".npc", npcs, place.npc()));
    made.position = {check.value(name + ".x", {0, map.width * base::k_units_per_tile - 1}, place.x()),
                     check.value(name + ".y", {0, map.height * base::k_units_per_tile - 1}, place.y())};
    out.push_back(made);
  }
  return out;
}

}  // namespace cudgel::content
