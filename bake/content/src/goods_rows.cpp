#include "goods_rows.h"

#include <algorithm>
#include <optional>
#include <set>

#include "content/limits.h"
#include "rows.h"

namespace cudgel::bake_content {
namespace {

using content::ItemKind;
using content::Range;

/// The index of what `key` names, or -1 and a complaint.
template <class Specs, class NameOf>
std::int32_t index_of(RowReader& row, const char* key, const Specs& specs, const char* what, NameOf name_of) {
  const std::string name = row.name(key, "");
  std::set<std::string> names;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    if (name_of(specs[i]) == name) return static_cast<std::int32_t>(i);
    names.insert(name_of(specs[i]));
  }
  const std::string meant = nearest_word(name, names);
  row.complain(key, std::string("there is no ") + what + " called \"" + name + "\"" +
                        (meant.empty() ? "" : "; did you mean " + meant + "?"));
  return -1;
}

content::ItemSpec read_item(RowReader& row, const std::string& name, const std::vector<content::ClassSpec>& classes) {
  content::ItemSpec out;
  out.name = name;
  out.kind = static_cast<ItemKind>(row.one_of("kind", {"gold", "potion", "material", "weapon", "armour", "helmet", "ring"}));
  out.icon = row.name("icon", name);
  if (row.has("rarity")) {
    out.rarity = static_cast<content::Rarity>(row.one_of("rarity", {"common", "uncommon", "rare", "epic"}));
  }
  out.tier = row.whole("tier", content::k_tier, 0);
  out.price = row.whole("price", content::k_price, 0);
  out.level = row.whole("level", content::k_level, 1);
  if (!content::is_worn(out.kind)) out.stack_max = row.whole("stack", content::k_stack, 1);
  if (out.kind == ItemKind::potion) out.heals = row.whole("heals", content::k_heals);
  if (!content::is_worn(out.kind)) return out;
  if (row.has("class")) {
    out.class_index = index_of(row, "class", classes, "class", [](const content::ClassSpec& spec) { return spec.body.name; });
  }
  if (out.kind == ItemKind::weapon || out.kind == ItemKind::ring) {
    out.damage_min = row.whole("damage_min", content::k_item_damage, 0);
    out.damage_max = row.whole("damage_max", {out.damage_min, content::k_item_damage.max}, out.damage_min);
  }
  out.armour = row.whole("armour", content::k_item_armour, 0);
  out.health = row.whole("health", content::k_item_health, 0);
  return out;
}

std::int32_t item_of(RowReader& row, const char* key, const std::vector<content::ItemSpec>& items) {
  return index_of(row, key, items, "item", [](const content::ItemSpec& spec) { return spec.name; });
}

void read_drop(RowReader& row, const std::vector<content::ItemSpec>& items, content::LootSpec& out) {
  content::DropSpec drop;
  drop.item = item_of(row, "item", items);
  drop.weight = row.whole("weight", {1, content::k_loot_weight.max});
  if (drop.item < 0) return;
  const content::ItemSpec& item = items[static_cast<std::size_t>(drop.item)];
  if (item.kind == ItemKind::gold) row.complain("item", "gold stands under \"gold\"");
  drop.count_min = row.whole("count_min", {1, item.stack_max}, 1);
  drop.count_max = row.whole("count_max", {drop.count_min, item.stack_max}, drop.count_min);
  out.drops.push_back(drop);
}

content::LootSpec read_loot(RowReader& row, const Source& source, const std::vector<content::ItemSpec>& items) {
  content::LootSpec out;
  if (const Json* gold = row.value("gold")) {
    RowReader purse(*gold, source.file, row.place_of("gold"), source.complaints);
    out.gold_percent = purse.whole("percent", {1, content::k_percent.max});
    out.gold_min = purse.whole("min", content::k_loot_gold);
    out.gold_max = purse.whole("max", {out.gold_min, content::k_loot_gold.max});
  }
  out.rolls = row.whole("rolls", content::k_loot_rolls, 0);
  out.nothing = row.whole("nothing", content::k_loot_weight, 0);
  const Json* drops = row.value("drops");
  if (drops == nullptr) return out;
  if (!drops->is_array() || !content::k_drops.holds(static_cast<std::int64_t>(drops->size()))) {
    row.complain("drops", "must be a list of at most " + std::to_string(content::k_drops.max) + " { ... }, is " + shown(*drops));
    return out;
  }
  for (std::size_t i = 0; i < drops->size(); ++i) {
    RowReader drop((*drops)[i], source.file, row.place_of("drops[" + std::to_string(i) + "]"), source.complaints);
    if ((*drops)[i].is_object()) read_drop(drop, items, out);
  }
  return out;
}

content::NpcSpec read_npc(RowReader& row, const std::string& name, const Source& source,
                          const std::vector<content::ItemSpec>& items) {
  content::NpcSpec out;
  out.name = name;
  out.sprite = row.name("sprite", name);
  if (!source.models.empty() && source.models.count(out.sprite) == 0) {
    row.complain("sprite", "there is no assets/models/" + out.sprite + ".json");
  }
  out.role = static_cast<content::NpcRole>(row.one_of("role", {"vendor", "bank"}));
  const Json* sells = out.role == content::NpcRole::vendor ? row.value("sells") : nullptr;
  if (sells == nullptr) return out;
  if (!sells->is_array() || !content::k_sells.holds(static_cast<std::int64_t>(sells->size()))) {
    row.complain("sells", "must be a list of at most " + std::to_string(content::k_sells.max) + " names, is " + shown(*sells));
    return out;
  }
  for (const Json& entry : *sells) {
    const Json one = {{"sells", entry}};
    RowReader reader(one, source.file, name, source.complaints);
    const std::int32_t item = item_of(reader, "sells", items);
    if (item < 0) continue;
    if (items[static_cast<std::size_t>(item)].kind == ItemKind::gold) row.complain("sells", "gold is not sold");
    out.sells.push_back(item);
  }
  return out;
}

/// What each monster leaves, by its name.
struct LootRow {
  std::int32_t monster = -1;
  content::LootSpec spec;
};

}  // namespace

void read_goods(const std::filesystem::path& assets, const Source& items, const Source& loot, const Source& npcs, Tables& out) {
  out.items = read_rows<content::ItemSpec>(
      assets, "items.json", items, content::k_items,
      [&](RowReader& row, const std::string& name, const Source&) { return read_item(row, name, out.classes); });
  const auto gold =
      std::count_if(out.items.begin(), out.items.end(), [](const auto& item) { return item.kind == ItemKind::gold; });
  if (gold != 1) items.complaints.add(items.file, "", "must have one item of kind gold, has " + std::to_string(gold));

  std::set<std::string> names;
  for (const content::MonsterSpec& monster : out.monsters) names.insert(monster.body.name);
  const auto rows = read_rows<LootRow>(
      assets, "loot.json", loot, content::k_monsters, [&](RowReader& row, const std::string& name, const Source& source) {
        LootRow made{-1, read_loot(row, source, out.items)};
        for (std::size_t i = 0; i < out.monsters.size(); ++i) {
          if (out.monsters[i].body.name == name) made.monster = static_cast<std::int32_t>(i);
        }
        // Without any monster it is their file that is at fault.
        if (made.monster >= 0 || names.empty()) return made;
        const std::string meant = nearest_word(name, names);
        source.complaints.add(source.file, name,
                              "there is no monster of that name" + (meant.empty() ? "" : "; did you mean " + meant + "?"));
        return made;
      });
  for (const LootRow& row : rows) {
    if (row.monster >= 0) out.monsters[static_cast<std::size_t>(row.monster)].loot = row.spec;
  }
  out.npcs = read_rows<content::NpcSpec>(
      assets, "npcs.json", npcs, content::k_npcs,
      [&](RowReader& row, const std::string& name, const Source& source) { return read_npc(row, name, source, out.items); });
}

content::TradeSpec read_trade(const std::filesystem::path& assets, Complaints& complaints) {
  const std::string file = "assets/content/trade.json";
  content::TradeSpec out;
  const std::optional<Json> json = read_json(assets / "content" / "trade.json", file, complaints);
  if (!json) return out;
  if (json->is_null()) complaints.add(file, "", "must be an object { ... }, is null");
  RowReader row(*json, file, "", complaints);
  out.owned_ms = row.whole("owned_ms", content::k_owned_ms);
  out.lies_ms = row.whole("lies_ms", content::k_lies_ms);
  out.reach = row.tiles("reach_tiles", content::k_near);
  out.talk = row.tiles("talk_tiles", content::k_near);
  out.lost_gold_percent = row.whole("lost_gold_percent", content::k_percent);
  out.between = row.tiles("trade_tiles", content::k_near);
  return out;
}

}  // namespace cudgel::bake_content
