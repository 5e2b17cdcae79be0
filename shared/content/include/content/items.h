#pragma once
// What lies about, is worn, drunk, bought and sold, and who deals in it: plain values of the content. Knows no player and no rule.

#include <cstdint>
#include <string>
#include <vector>

#include "base/fixed.h"

namespace cudgel::content {

/// What an item is for. gold: counted, never in a bag; potion: drunk; material: only sold; the others are worn in the slot of that name.
enum class ItemKind : std::uint8_t { gold, potion, material, weapon, armour, helmet, ring };
inline constexpr int k_item_kinds = 7;
constexpr bool is_worn(ItemKind kind) { return kind >= ItemKind::weapon; }

/// How seldom it is: how it is coloured, and whether its drop is a moment.
enum class Rarity : std::uint8_t { common, uncommon, rare, epic };
inline constexpr int k_rarities = 4;

struct ItemSpec {
  std::string name;  ///< key in the content file; what people call it is "item.NAME" of assets/text
  std::string icon;  ///< the shape it is drawn with, see web/js/item_shapes.js
  ItemKind kind = ItemKind::material;
  Rarity rarity = Rarity::common;
  std::int32_t tier = 0;          ///< of what it is made: colours its icon
  std::int32_t stack_max = 1;     ///< so many in one cell
  std::int32_t price = 0;         ///< what a vendor takes for one; half of it is what he gives
  std::int32_t level = 1;         ///< who wears or drinks it is at least that
  std::int32_t class_index = -1;  ///< who may wear it, -1 everybody
  std::int32_t damage_min = 0;    ///< points added to the least and the most that a blow does
  std::int32_t damage_max = 0;
  std::int32_t armour = 0;  ///< points taken off each blow
  std::int32_t health = 0;  ///< worn: points more when whole
  std::int32_t heals = 0;   ///< drunk: points given back
  friend bool operator==(const ItemSpec&, const ItemSpec&) = default;
};

/// One row of what a monster may leave.
struct DropSpec {
  std::int32_t item = 0;  ///< index into Content::items()
  std::int32_t weight = 0;
  std::int32_t count_min = 1;
  std::int32_t count_max = 1;
  friend bool operator==(const DropSpec&, const DropSpec&) = default;
};

/// What a monster leaves. As it stands here: nothing.
struct LootSpec {
  std::int32_t gold_percent = 0;  ///< how often it has gold on it
  std::int32_t gold_min = 0;
  std::int32_t gold_max = 0;
  std::int32_t rolls = 0;    ///< so often one of `drops` is drawn
  std::int32_t nothing = 0;  ///< weight of drawing none
  std::vector<DropSpec> drops;
  friend bool operator==(const LootSpec&, const LootSpec&) = default;
};

/// What somebody in the village does for players.
enum class NpcRole : std::uint8_t { vendor, bank };
inline constexpr int k_npc_roles = 2;

struct NpcSpec {
  std::string name;
  std::string sprite;
  NpcRole role = NpcRole::vendor;
  std::vector<std::int32_t> sells;  ///< indices into Content::items(); vendors only
  friend bool operator==(const NpcSpec&, const NpcSpec&) = default;
};

struct NpcPlacement {
  std::uint16_t npc = 0;  ///< index into Content::npcs()
  base::Vec2 position;    ///< units
  friend bool operator==(const NpcPlacement&, const NpcPlacement&) = default;
};

/// The rules of belongings that are the same for everybody.
struct TradeSpec {
  std::int32_t owned_ms = 0;           ///< loot belongs to who did most for so long
  std::int32_t lies_ms = 0;            ///< what nobody takes is gone after this
  std::int32_t reach = 0;              ///< units: how near one stands to take something up
  std::int32_t talk = 0;               ///< units: how near one stands to a vendor or a bank
  std::int32_t lost_gold_percent = 0;  ///< of the gold carried, at death
  friend bool operator==(const TradeSpec&, const TradeSpec&) = default;
  std::int32_t between = 0;  ///< units: how near two players stand to each other to trade
};

}  // namespace cudgel::content
