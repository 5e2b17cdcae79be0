#include "deeds.h"

#include <algorithm>
#include <optional>

#include "bands.h"
#include "bargains.h"
#include "duel.h"
#include "gear.h"
#include "loot.h"
#include "summoned.h"

namespace cudgel::sim {
namespace {

using content::ItemKind;
using content::ItemSpec;

const ItemSpec& spec_of(const World& world, const Stack& stack) { return world.content().items()[stack.item - 1U]; }

/// Whether so many can be taken out of that cell, and nothing of them lies offered in a bargain.
bool is_free(const World& world, const Entity& player, const Stack& stack, std::size_t cell, std::uint16_t count) {
  return std::int32_t{stack.count} - count >= offered_of(world, player.id, cell);
}

bool within(const Entity& player, Vec2 place, std::int32_t reach) {
  return base::length_squared(place - player.walker.position) <= std::int64_t{reach} * reach;
}

/// The nearest of that role is near enough; its row of the content, or nullptr.
const content::NpcSpec* npc_near(const World& world, const Entity& player, content::NpcRole role) {
  for (const content::NpcPlacement& placement : world.npcs()) {
    const content::NpcSpec& npc = world.content().npcs()[placement.npc];
    if (npc.role == role && within(player, placement.position, world.content().trade().talk)) return &npc;
  }
  return nullptr;
}

bool slot_fits(ItemKind kind, std::size_t cell) {
  switch (kind) {
    case ItemKind::weapon:
      return cell == k_worn_begin;
    case ItemKind::armour:
      return cell == k_worn_begin + 1;
    case ItemKind::helmet:
      return cell == k_worn_begin + 2;
    case ItemKind::ring:
      return cell == k_worn_begin + 3 || cell == k_worn_begin + 4;
    case ItemKind::gold:
    case ItemKind::potion:
    case ItemKind::material:
      break;
  }
  return false;
}

/// Whether this player may use that.
Verdict may_use(const Entity& player, const ItemSpec& item) {
  if (player.level < item.level) return Verdict::too_low;
  if (item.class_index >= 0 && item.class_index != player.archetype) return Verdict::wrong_class;
  return Verdict::done;
}

/// Whether a stack may come to lie in that cell.
Verdict may_lie(const World& world, const Entity& player, const Stack& stack, std::size_t cell) {
  if (stack.item == 0 || !in_worn(cell)) return Verdict::done;
  if (!slot_fits(spec_of(world, stack).kind, cell)) return Verdict::wrong_slot;
  return may_use(player, spec_of(world, stack));
}

void changed(World& world, Entity& player, Belongings& belongings) {
  world.note_change(player, belongings);
  put_on(world, player, belongings);
}

Verdict move(World& world, Entity& player, Belongings& own, const Deed& deed) {
  if (deed.cell >= k_cells || deed.to >= k_cells) return Verdict::no_such_cell;
  Stack& from = own.cells[deed.cell];
  Stack& to = own.cells[deed.to];
  if (from.item == 0) return Verdict::empty;
  const std::uint16_t count = deed.count == 0 ? from.count : deed.count;
  if (count > from.count) return Verdict::empty;
  if (deed.cell == deed.to) return Verdict::useless;
  if (!is_free(world, player, from, deed.cell, count)) return Verdict::offered;
  if (to.item != 0 && to.item != from.item && offered_of(world, player.id, deed.to) > 0) return Verdict::offered;
  if ((in_bank(deed.cell) || in_bank(deed.to)) && npc_near(world, player, content::NpcRole::bank) == nullptr) {
    return Verdict::too_far;
  }
  const Stack moved{from.item, count};
  if (const Verdict verdict = may_lie(world, player, moved, deed.to); verdict != Verdict::done) return verdict;
  if (to.item == from.item) {
    const auto room = static_cast<std::uint16_t>(spec_of(world, from).stack_max - to.count);
    const std::uint16_t joins = std::min(room, count);
    // Two of what does not stack change places, which is nothing.
    if (joins == 0) return spec_of(world, from).stack_max == 1 ? Verdict::useless : Verdict::no_space;
    to.count = static_cast<std::uint16_t>(to.count + joins);
    from.count = static_cast<std::uint16_t>(from.count - joins);
  } else if (to.item == 0) {
    to = moved;
    from.count = static_cast<std::uint16_t>(from.count - count);
  } else {
    if (count != from.count) return Verdict::no_space;
    if (const Verdict verdict = may_lie(world, player, to, deed.cell); verdict != Verdict::done) return verdict;
    std::swap(from, to);
  }
  if (from.count == 0) from = {};
  changed(world, player, own);
  return Verdict::done;
}

std::optional<std::size_t> free_cell(const Belongings& own) {
  for (std::size_t cell = 0; cell < k_bag_cells; ++cell) {
    if (own.cells[cell].item == 0) return cell;
  }
  return std::nullopt;
}

/// Where something of that kind is put on: a free slot, else the first.
std::size_t slot_for(const Belongings& own, ItemKind kind) {
  std::size_t first = k_cells;
  for (std::size_t cell = k_worn_begin; cell < k_bank_begin; ++cell) {
    if (!slot_fits(kind, cell)) continue;
    if (own.cells[cell].item == 0) return cell;
    first = std::min(first, cell);
  }
  return first;
}

Verdict drink(World& world, Entity& player, Belongings& own, std::size_t cell) {
  Stack& stack = own.cells[cell];
  if (!is_free(world, player, stack, cell, 1)) return Verdict::offered;
  const ItemSpec& item = spec_of(world, stack);
  if (const Verdict verdict = may_use(player, item); verdict != Verdict::done) return verdict;
  if (player.health >= player.health_max) return Verdict::useless;
  player.health = std::min(player.health_max, player.health + item.heals);
  if (--stack.count == 0) stack = {};
  changed(world, player, own);
  return Verdict::done;
}

Verdict use(World& world, Entity& player, Belongings& own, const Deed& deed) {
  if (deed.cell >= k_bank_begin) return Verdict::no_such_cell;
  Stack& stack = own.cells[deed.cell];
  if (stack.item == 0) return Verdict::empty;
  Deed step = deed;
  step.type = DeedType::move;
  step.count = 0;
  if (in_worn(deed.cell)) {
    const std::optional<std::size_t> place = free_cell(own);
    if (!place) return Verdict::no_space;
    step.to = static_cast<std::uint8_t>(*place);
    return move(world, player, own, step);
  }
  const ItemSpec& item = spec_of(world, stack);
  if (item.kind == ItemKind::potion) return drink(world, player, own, deed.cell);
  if (!content::is_worn(item.kind)) return Verdict::useless;
  step.to = static_cast<std::uint8_t>(slot_for(own, item.kind));
  return move(world, player, own, step);
}

/// What of a bag's cell a deed speaks of, or nothing and why.
Verdict take_count(const World& world, const Entity& player, const Belongings& own, const Deed& deed, std::uint16_t& count) {
  if (!in_bag(deed.cell)) return Verdict::no_such_cell;
  const Stack& stack = own.cells[deed.cell];
  if (stack.item == 0) return Verdict::empty;
  count = deed.count == 0 ? stack.count : deed.count;
  if (count > stack.count) return Verdict::empty;
  return is_free(world, player, stack, deed.cell, count) ? Verdict::done : Verdict::offered;
}

void take_out(Stack& stack, std::uint16_t count) {
  stack.count = static_cast<std::uint16_t>(stack.count - count);
  if (stack.count == 0) stack = {};
}

Verdict drop(World& world, Entity& player, Belongings& own, const Deed& deed, Tick now) {
  std::uint16_t count = 0;
  if (const Verdict verdict = take_count(world, player, own, deed, count); verdict != Verdict::done) return verdict;
  Stack& stack = own.cells[deed.cell];
  if (!lay_down(world, {stack.item, count}, player.walker.position, {}, now)) return Verdict::no_space;
  take_out(stack, count);
  changed(world, player, own);
  return Verdict::done;
}

Verdict sell(World& world, Entity& player, Belongings& own, const Deed& deed) {
  std::uint16_t count = 0;
  if (const Verdict verdict = take_count(world, player, own, deed, count); verdict != Verdict::done) return verdict;
  if (npc_near(world, player, content::NpcRole::vendor) == nullptr) return Verdict::too_far;
  Stack& stack = own.cells[deed.cell];
  const std::int64_t worth = std::int64_t{spec_of(world, stack).price / 2} * count;
  if (worth == 0) return Verdict::worthless;
  if (own.gold + worth > k_gold_max) return Verdict::too_much;
  own.gold += static_cast<std::int32_t>(worth);
  take_out(stack, count);
  changed(world, player, own);
  return Verdict::done;
}

Verdict buy(World& world, Entity& player, Belongings& own, const Deed& deed) {
  if (deed.item == 0 || deed.item > world.content().items().size() || deed.count == 0) return Verdict::no_such_cell;
  const content::NpcSpec* const vendor = npc_near(world, player, content::NpcRole::vendor);
  if (vendor == nullptr) return Verdict::too_far;
  if (std::find(vendor->sells.begin(), vendor->sells.end(), deed.item - 1) == vendor->sells.end()) return Verdict::not_sold;
  const Stack wanted{deed.item, deed.count};
  const std::int64_t price = std::int64_t{spec_of(world, wanted).price} * deed.count;
  if (price > own.gold) return Verdict::no_gold;
  if (price > own.gold - offered_gold(world, player.id)) return Verdict::offered;
  Belongings after = own;
  if (put_into_bag(world, after, wanted) > 0) return Verdict::no_space;
  after.gold -= static_cast<std::int32_t>(price);
  own = after;
  changed(world, player, own);
  return Verdict::done;
}

/// Gold from one purse to the other.
Verdict carry_gold(World& world, Entity& player, Belongings& own, std::int32_t& from, std::int32_t& to, std::uint32_t gold) {
  if (npc_near(world, player, content::NpcRole::bank) == nullptr) return Verdict::too_far;
  if (gold == 0) return Verdict::useless;
  if (gold > static_cast<std::uint32_t>(from)) return Verdict::no_gold;
  if (&from == &own.gold && gold > static_cast<std::uint32_t>(from - offered_gold(world, player.id))) return Verdict::offered;
  if (std::int64_t{to} + gold > k_gold_max) return Verdict::too_much;
  from -= static_cast<std::int32_t>(gold);
  to += static_cast<std::int32_t>(gold);
  changed(world, player, own);
  return Verdict::done;
}

Verdict take(World& world, Entity& player, const Deed& deed, Tick now) {
  Entity* const thing = world.find(deed.thing);
  if (thing == nullptr || thing->kind != Kind::thing) return Verdict::gone;
  if (!within(player, thing->walker.position, world.content().trade().reach + world.body_of(player).radius)) {
    return Verdict::too_far;
  }
  if (world.map().stops_flight(player.walker.position, thing->walker.position)) return Verdict::out_of_sight;
  return take_up(world, player, *thing, now);
}

}  // namespace

std::uint16_t put_into_bag(const World& world, Belongings& belongings, Stack stack) {
  const auto most = static_cast<std::uint16_t>(spec_of(world, stack).stack_max);
  for (const bool beside_its_like : {true, false}) {
    for (std::size_t cell = 0; cell < k_bag_cells && stack.count > 0; ++cell) {
      Stack& here = belongings.cells[cell];
      if (here.item != (beside_its_like ? stack.item : 0)) continue;
      const std::uint16_t fits = std::min(stack.count, static_cast<std::uint16_t>(most - here.count));
      if (fits == 0) continue;
      here = {stack.item, static_cast<std::uint16_t>(here.count + fits)};
      stack.count = static_cast<std::uint16_t>(stack.count - fits);
    }
  }
  return stack.count;
}

Belongings possible(const World& world, const Belongings& had) {
  Belongings out;
  out.revision = had.revision;
  out.gold = std::clamp(had.gold, 0, k_gold_max);
  out.bank_gold = std::clamp(had.bank_gold, 0, k_gold_max);
  std::vector<Stack> homeless;
  for (std::size_t cell = 0; cell < k_cells; ++cell) {
    Stack stack = had.cells[cell];
    if (stack.item == 0 || stack.count == 0 || stack.item > world.content().items().size()) continue;
    const ItemSpec& item = spec_of(world, stack);
    if (item.kind == ItemKind::gold) continue;
    stack.count = std::min(stack.count, static_cast<std::uint16_t>(item.stack_max));
    if (in_worn(cell) && !slot_fits(item.kind, cell)) {
      homeless.push_back(stack);
    } else {
      out.cells[cell] = stack;
    }
  }
  for (const Stack& stack : homeless) put_into_bag(world, out, stack);
  return out;
}

Verdict take_up(World& world, Entity& player, Entity& thing, Tick now) {
  Belongings& own = world.belongings(player);
  const bool owned = world.find(thing.owner) != nullptr && now < thing.guarded_until;
  if (owned && thing.owner != player.id) return Verdict::not_yours;
  if (world.content().items()[thing.archetype].kind == ItemKind::gold) {
    if (std::int64_t{own.gold} + thing.amount > k_gold_max) return Verdict::too_much;
    own.gold += thing.amount;
    thing.amount = 0;
  } else {
    const Stack stack{static_cast<std::uint8_t>(thing.archetype + 1), static_cast<std::uint16_t>(thing.amount)};
    const std::uint16_t left = put_into_bag(world, own, stack);
    if (left == stack.count) return Verdict::no_space;
    thing.amount = left;
    thing.level = left;
  }
  world.note_change(player, own);
  if (thing.amount == 0) world.destroy(thing.id);
  return Verdict::done;
}

Verdict carry_out(World& world, Entity& player, const Deed& deed, Tick now, Events& events) {
  if (is_of_party(deed.type)) return gather_party(world, player, deed, now);
  if (player.health <= 0) return Verdict::dead;
  if (needs_hands(deed.type) && condition_of(player.effects.all()).stunned) return Verdict::stunned;
  Belongings& own = world.belongings(player);
  switch (deed.type) {
    case DeedType::take:
      return take(world, player, deed, now);
    case DeedType::move:
      return move(world, player, own, deed);
    case DeedType::use:
      return use(world, player, own, deed);
    case DeedType::drop:
      return drop(world, player, own, deed, now);
    case DeedType::buy:
      return buy(world, player, own, deed);
    case DeedType::sell:
      return sell(world, player, own, deed);
    case DeedType::deposit:
      return carry_gold(world, player, own, own.gold, own.bank_gold, deed.gold);
    case DeedType::withdraw:
      return carry_gold(world, player, own, own.bank_gold, own.gold, deed.gold);
    case DeedType::challenge:
      return challenge(world, player, deed.thing, now);
    case DeedType::accept_duel:
      return accept_duel(world, player, deed.thing, now);
    case DeedType::decline_duel:
      return decline_duel(world, player, now, events);
    case DeedType::order:
      return give_order(world, player, deed);
    case DeedType::trade:
    case DeedType::end_trade:
    case DeedType::offer:
    case DeedType::take_back:
    case DeedType::offer_gold:
    case DeedType::agree:
      return deal(world, player, deed, now);
    case DeedType::invite:
    case DeedType::accept:
    case DeedType::decline:
    case DeedType::leave_party:
    case DeedType::remove:
      break;
  }
  return Verdict::no_such_cell;
}

}  // namespace cudgel::sim
