#include "adventure/goods.h"

#include <algorithm>

#include "sim/deeds.h"

namespace cudgel::bots {

namespace {
using content::ItemKind;
using content::ItemSpec;

/// Somebody keeps what he will be able to wear so many levels later.
constexpr int k_keeps_for_levels = 3;
/// Potions are bought until all together heal this share of the health: before anything else, and after it.
constexpr int k_potions_first_percent = 100;
constexpr int k_potions_then_percent = 300;
/// Who has less than this is out of potions.
constexpr int k_potions_low_percent = 40;
/// What is better by less than this is bought by who stands there, but nobody walks for it.
constexpr int k_gain_worth_a_walk = 10;
/// This many free cells are few.
constexpr int k_free_cells_low = 6;

const ItemSpec* item_in(const content::Content& content, const sim::Stack& stack) {
  return stack.item == 0 || stack.item > content.items().size() ? nullptr : &content.items()[stack.item - 1U];
}

bool is_for(const ItemSpec& item, const Wearer& who) { return item.class_index < 0 || item.class_index == who.class_index; }

/// What a player looks at in a thing's words, as one number.
int value_of(const ItemSpec* item) {
  return item == nullptr ? 0 : 6 * (item->damage_min + item->damage_max) + 8 * item->armour + item->health;
}

struct Slot {
  std::size_t cell = 0;
  int value = 0;  ///< of what is worn there
};
/// The slot for that kind that holds the least.
std::optional<Slot> slot_for(const content::Content& content, const sim::Belongings& own, ItemKind kind) {
  const auto weakest = [&](std::size_t first, std::size_t last) {
    Slot best{first, value_of(item_in(content, own.cells[first]))};
    for (std::size_t cell = first + 1; cell <= last; ++cell) {
      const int value = value_of(item_in(content, own.cells[cell]));
      if (value < best.value) best = {cell, value};
    }
    return best;
  };
  constexpr std::size_t k_first = sim::k_worn_begin;
  switch (kind) {
    case ItemKind::weapon:
      return weakest(k_first, k_first);
    case ItemKind::armour:
      return weakest(k_first + 1, k_first + 1);
    case ItemKind::helmet:
      return weakest(k_first + 2, k_first + 2);
    case ItemKind::ring:
      return weakest(k_first + 3, k_first + 4);
    case ItemKind::gold:
    case ItemKind::potion:
    case ItemKind::material:
      break;
  }
  return std::nullopt;
}

/// By how much the item, put on, is better than what is worn; 0 or less: it is not, or not to be worn yet.
int gain_of(const content::Content& content, const sim::Belongings& own, const Wearer& who, const ItemSpec& item) {
  const auto slot = slot_for(content, own, item.kind);
  if (!slot || !is_for(item, who)) return 0;
  return value_of(&item) - slot->value;
}

bool worth_keeping(const content::Content& content, const sim::Belongings& own, const Wearer& who, const ItemSpec& item) {
  if (item.kind == ItemKind::potion) return true;
  return item.level <= who.level + k_keeps_for_levels && gain_of(content, own, who, item) > 0;
}

std::optional<protocol::Deed> sell_something(const content::Content& content, const sim::Belongings& own, const Wearer& who) {
  for (std::size_t cell = 0; cell < sim::k_bag_cells; ++cell) {
    const ItemSpec* item = item_in(content, own.cells[cell]);
    if (item == nullptr || item->price / 2 == 0 || worth_keeping(content, own, who, *item)) continue;
    protocol::Deed deed;
    deed.type = static_cast<std::uint8_t>(sim::DeedType::sell);
    deed.cell = static_cast<std::uint8_t>(cell);
    return deed;
  }
  return std::nullopt;
}

const content::NpcSpec* trader(const content::Content& content) {
  for (const content::NpcSpec& npc : content.npcs()) {
    if (npc.role == content::NpcRole::vendor) return &npc;
  }
  return nullptr;
}

protocol::Deed buy_one(std::int32_t item) {
  protocol::Deed deed;
  deed.type = static_cast<std::uint8_t>(sim::DeedType::buy);
  deed.item = static_cast<std::uint8_t>(item + 1);
  deed.count = 1;
  return deed;
}

/// The thing for sale that is the greatest gain for its wearer, if the gold is enough.
std::optional<std::int32_t> best_to_wear(const content::Content& content, const sim::Belongings& own, const Wearer& who,
                                         int gold) {
  const content::NpcSpec* const seller = trader(content);
  std::optional<std::int32_t> best;
  int best_gain = 0;
  for (std::size_t i = 0; seller != nullptr && i < seller->sells.size(); ++i) {
    const ItemSpec& item = content.items()[static_cast<std::size_t>(seller->sells[i])];
    if (item.price > gold || item.level > who.level) continue;
    const int gain = gain_of(content, own, who, item);
    if (gain <= best_gain) continue;
    best_gain = gain;
    best = seller->sells[i];
  }
  return best;
}

/// A potion that does not heal more than most of what the player has; the strongest such, else the weakest.
std::optional<std::int32_t> potion_to_buy(const content::Content& content, const Wearer& who, int gold) {
  const content::NpcSpec* const seller = trader(content);
  std::optional<std::int32_t> best;
  for (std::size_t i = 0; seller != nullptr && i < seller->sells.size(); ++i) {
    const ItemSpec& item = content.items()[static_cast<std::size_t>(seller->sells[i])];
    if (item.kind != ItemKind::potion || item.price > gold || item.level > who.level) continue;
    const bool fits = item.heals * 10 <= who.health_max * 7;
    if (!best || (fits && item.heals > content.items()[static_cast<std::size_t>(*best)].heals)) best = seller->sells[i];
  }
  return best;
}

int free_cells(const sim::Belongings& own) {
  return static_cast<int>(
      std::count_if(own.cells.begin(), own.cells.begin() + sim::k_bag_cells, [](const sim::Stack& s) { return s.item == 0; }));
}

/// What the bag would bring.
int sale_of(const content::Content& content, const sim::Belongings& own, const Wearer& who) {
  int gold = 0;
  for (std::size_t cell = 0; cell < sim::k_bag_cells; ++cell) {
    const ItemSpec* item = item_in(content, own.cells[cell]);
    if (item != nullptr && !worth_keeping(content, own, who, *item)) gold += item->price / 2 * own.cells[cell].count;
  }
  return gold;
}
}  // namespace

Potions potions_in(const content::Content& content, const sim::Belongings& own, int level) {
  Potions potions;
  for (std::size_t cell = 0; cell < sim::k_bag_cells; ++cell) {
    const ItemSpec* item = item_in(content, own.cells[cell]);
    if (item == nullptr || item->kind != ItemKind::potion || item->level > level) continue;
    potions.count += own.cells[cell].count;
    potions.heals += own.cells[cell].count * item->heals;
  }
  return potions;
}

std::optional<protocol::Deed> drink(const content::Content& content, const sim::Belongings& own, int level, int missing) {
  const ItemSpec* best = nullptr;
  protocol::Deed deed;
  deed.type = static_cast<std::uint8_t>(sim::DeedType::use);
  for (std::size_t cell = 0; cell < sim::k_bag_cells; ++cell) {
    const ItemSpec* item = item_in(content, own.cells[cell]);
    if (item == nullptr || item->kind != ItemKind::potion || item->level > level) continue;
    const auto loses_little = [missing](const ItemSpec& potion) { return potion.heals * 4 <= missing * 5; };
    const bool better = best == nullptr || (loses_little(*item) ? !loses_little(*best) || item->heals > best->heals
                                                                : !loses_little(*best) && item->heals < best->heals);
    if (!better) continue;
    best = item;
    deed.cell = static_cast<std::uint8_t>(cell);
  }
  return best == nullptr ? std::nullopt : std::optional(deed);
}

std::optional<protocol::Deed> wear_better(const content::Content& content, const sim::Belongings& own, const Wearer& who) {
  for (std::size_t cell = 0; cell < sim::k_bag_cells; ++cell) {
    const ItemSpec* item = item_in(content, own.cells[cell]);
    if (item == nullptr || item->level > who.level || gain_of(content, own, who, *item) <= 0) continue;
    protocol::Deed deed;
    deed.type = static_cast<std::uint8_t>(sim::DeedType::move);
    deed.cell = static_cast<std::uint8_t>(cell);
    deed.to = static_cast<std::uint8_t>(slot_for(content, own, item->kind)->cell);
    return deed;
  }
  return std::nullopt;
}

std::optional<protocol::Deed> next_deal(const content::Content& content, const sim::Belongings& own, const Wearer& who) {
  if (auto deed = sell_something(content, own, who)) return deed;
  if (free_cells(own) == 0) return std::nullopt;
  const int healing = potions_in(content, own, who.level).heals;
  const auto potion = potion_to_buy(content, who, own.gold);
  if (potion && healing * 100 < who.health_max * k_potions_first_percent) return buy_one(*potion);
  if (const auto item = best_to_wear(content, own, who, own.gold)) return buy_one(*item);
  if (potion && healing * 100 < who.health_max * k_potions_then_percent) return buy_one(*potion);
  return std::nullopt;
}

bool wants_to_trade(const content::Content& content, const sim::Belongings& own, const Wearer& who) {
  if (free_cells(own) < k_free_cells_low) return true;
  const int gold = own.gold + sale_of(content, own, who);
  const bool dry = potions_in(content, own, who.level).heals * 100 < who.health_max * k_potions_low_percent;
  const auto potion = potion_to_buy(content, who, gold / 3);  // one alone is not worth the way
  if (dry && potion) return true;
  const auto item = best_to_wear(content, own, who, gold * 3 / 4);
  return item && gain_of(content, own, who, content.items()[static_cast<std::size_t>(*item)]) >= k_gain_worth_a_walk;
}

}  // namespace cudgel::bots
