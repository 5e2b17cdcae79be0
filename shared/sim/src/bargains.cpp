#include "bargains.h"

#include <algorithm>

#include "deeds.h"
#include "gear.h"

namespace cudgel::sim {
namespace {

std::size_t side_of(const Bargain& bargain, EntityId who) { return bargain.sides[0].who == who ? 0 : 1; }

bool takes_part(const Bargain& bargain, EntityId who) { return bargain.sides[0].who == who || bargain.sides[1].who == who; }

Bargain* find_bargain(World& world, EntityId who) { return const_cast<Bargain*>(bargain_of(world, who)); }

Entity* living_player(World& world, EntityId who) {
  Entity* const player = world.find(who);
  return player != nullptr && player->kind == Kind::player && player->health > 0 ? player : nullptr;
}

bool near(const World& world, const Entity& one, const Entity& other) {
  const std::int32_t reach = world.content().trade().between;
  return base::length_squared(one.walker.position - other.walker.position) <= std::int64_t{reach} * reach;
}

void tell_both(World& world, const Bargain& bargain, Verdict why) {
  for (const TradeSide& side : bargain.sides) world.scratch.trade_news.push_back({side.who, why});
}

/// What was agreed to is not what there is any more.
void change(World& world, Bargain& bargain, Verdict why = Verdict::done) {
  ++bargain.revision;
  for (TradeSide& side : bargain.sides) side.agreed = false;
  tell_both(world, bargain, why);
}

void close(World& world, const Bargain& bargain, Verdict why) {
  tell_both(world, bargain, why);
  world.bargains.erase(world.bargains.begin() + (&bargain - world.bargains.data()));
}

Verdict ask(World& world, Entity& player, const Deed& deed, Tick now) {
  Entity* const other = world.find(deed.thing);
  if (other == nullptr || other->kind != Kind::player || other == &player) return Verdict::nobody;
  if (other->health <= 0) return Verdict::nobody;
  if (!near(world, player, *other)) return Verdict::too_far;
  Bargain* const own = find_bargain(world, player.id);
  if (own != nullptr) {
    // Both asked each other: that is an answer, too.
    const bool asked_by_it = !own->open && own->sides[0].who == other->id;
    if (!asked_by_it) return takes_part(*own, other->id) ? Verdict::useless : Verdict::busy;
    own->open = true;
    change(world, *own);
    return Verdict::done;
  }
  if (bargain_of(world, other->id) != nullptr) return Verdict::busy;
  Bargain made;
  made.sides[0].who = player.id;
  made.sides[1].who = other->id;
  made.until = now + static_cast<Tick>(world.ticks_of_ms(world.content().rules().ask_ms));
  world.bargains.push_back(made);
  tell_both(world, made, Verdict::done);
  return Verdict::done;
}

Verdict end_by(World& world, const Entity& player) {
  const Bargain* const bargain = bargain_of(world, player.id);
  if (bargain == nullptr) return Verdict::no_trade;
  close(world, *bargain, Verdict::declined);
  return Verdict::done;
}

TradeSide* open_side(Bargain* bargain, EntityId who) {
  return bargain == nullptr || !bargain->open ? nullptr : &bargain->sides[side_of(*bargain, who)];
}

Offer* place_of(TradeSide& side, std::uint8_t cell) {
  return std::find_if(side.offers.data(), side.offers.data() + side.size, [&](const Offer& offer) { return offer.cell >= cell; });
}

Verdict offer(World& world, const Entity& player, const Deed& deed) {
  Bargain* const bargain = find_bargain(world, player.id);
  TradeSide* const side = open_side(bargain, player.id);
  if (side == nullptr) return Verdict::no_trade;
  if (!in_bag(deed.cell)) return Verdict::no_such_cell;
  const Stack& held = world.belongings(player).cells[deed.cell];
  const std::uint16_t count = deed.count == 0 ? held.count : deed.count;
  if (held.item == 0 || count > held.count) return Verdict::empty;
  Offer* const place = place_of(*side, deed.cell);
  Offer* const end = side->offers.data() + side->size;
  const Offer wanted{deed.cell, {held.item, count}};
  if (place != end && place->cell == deed.cell) {
    if (*place == wanted) return Verdict::useless;
    *place = wanted;
  } else {
    if (side->size == k_offers_max) return Verdict::too_many;
    std::move_backward(place, end, end + 1);
    *place = wanted;
    ++side->size;
  }
  change(world, *bargain);
  return Verdict::done;
}

Verdict take_back(World& world, const Entity& player, const Deed& deed) {
  Bargain* const bargain = find_bargain(world, player.id);
  TradeSide* const side = open_side(bargain, player.id);
  if (side == nullptr) return Verdict::no_trade;
  Offer* const place = place_of(*side, deed.cell);
  Offer* const end = side->offers.data() + side->size;
  if (place == end || place->cell != deed.cell) return Verdict::empty;
  std::move(place + 1, end, place);
  side->offers[--side->size] = {};
  change(world, *bargain);
  return Verdict::done;
}

Verdict offer_gold(World& world, const Entity& player, const Deed& deed) {
  Bargain* const bargain = find_bargain(world, player.id);
  TradeSide* const side = open_side(bargain, player.id);
  if (side == nullptr) return Verdict::no_trade;
  if (deed.gold > static_cast<std::uint32_t>(world.belongings(player).gold)) return Verdict::no_gold;
  if (deed.gold == static_cast<std::uint32_t>(side->gold)) return Verdict::useless;
  side->gold = static_cast<std::int32_t>(deed.gold);
  change(world, *bargain);
  return Verdict::done;
}

/// What a side gives is taken out of `own`; false when it is not there.
bool give(const TradeSide& side, Belongings& own) {
  if (own.gold < side.gold) return false;
  own.gold -= side.gold;
  for (std::size_t i = 0; i < side.size; ++i) {
    const Offer& given = side.offers[i];
    Stack& held = own.cells[given.cell];
    if (held.item != given.stack.item || held.count < given.stack.count) return false;
    held.count = static_cast<std::uint16_t>(held.count - given.stack.count);
    if (held.count == 0) held = {};
  }
  return true;
}

/// What the other gives comes into `own`.
Verdict receive(const World& world, const TradeSide& side, Belongings& own) {
  if (std::int64_t{own.gold} + side.gold > k_gold_max) return Verdict::too_much;
  own.gold += side.gold;
  for (std::size_t i = 0; i < side.size; ++i) {
    if (put_into_bag(world, own, side.offers[i].stack) > 0) return Verdict::no_space;
  }
  return Verdict::done;
}

/// Both have agreed: all of it, or nothing and why, as the side with that number sees it.
Verdict exchange(World& world, const Bargain& bargain, std::size_t self) {
  std::array<Entity*, 2> players{};
  std::array<Belongings, 2> after;
  for (std::size_t i = 0; i < 2; ++i) {
    players[i] = living_player(world, bargain.sides[i].who);
    if (players[i] == nullptr) return Verdict::nobody;
    after[i] = world.belongings(*players[i]);
  }
  if (!near(world, *players[0], *players[1])) return Verdict::too_far;
  for (std::size_t i = 0; i < 2; ++i) {
    if (!give(bargain.sides[i], after[i])) return Verdict::changed;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const Verdict fits = receive(world, bargain.sides[1 - i], after[i]);
    if (fits == Verdict::no_space && i != self) return Verdict::their_bag;
    if (fits != Verdict::done) return fits;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    Belongings& own = world.belongings(*players[i]);
    own = after[i];
    world.note_change(*players[i], own);
  }
  return Verdict::done;
}

Verdict agree(World& world, const Entity& player, const Deed& deed) {
  Bargain* const bargain = find_bargain(world, player.id);
  TradeSide* const side = open_side(bargain, player.id);
  if (side == nullptr) return Verdict::no_trade;
  const std::size_t self = side_of(*bargain, player.id);
  if (bargain->sides[1 - self].who != deed.thing || bargain->revision != deed.gold) return Verdict::changed;
  if (side->agreed) return Verdict::useless;
  side->agreed = true;
  if (!bargain->sides[1 - self].agreed) {
    tell_both(world, *bargain, Verdict::done);
    return Verdict::done;
  }
  const Verdict verdict = exchange(world, *bargain, self);
  if (verdict != Verdict::done) {
    change(world, *bargain);
    // The other one has agreed and waits: it hears why nothing came of it.
    const Verdict theirs = verdict == Verdict::no_space    ? Verdict::their_bag
                           : verdict == Verdict::their_bag ? Verdict::no_space
                                                           : verdict;
    world.scratch.trade_news.push_back({bargain->sides[1 - self].who, theirs});
    return verdict;
  }
  close(world, *bargain, Verdict::done);
  return Verdict::done;
}

}  // namespace

const Bargain* bargain_of(const World& world, EntityId who) {
  for (const Bargain& bargain : world.bargains) {
    if (takes_part(bargain, who)) return &bargain;
  }
  return nullptr;
}

TradeView trade_view(const World& world, EntityId who, Verdict why) {
  TradeView view;
  view.why = why;
  const Bargain* const bargain = bargain_of(world, who);
  if (bargain == nullptr) return view;
  const std::size_t self = side_of(*bargain, who);
  view.own = bargain->sides[self];
  view.theirs = bargain->sides[1 - self];
  view.other = view.theirs.who;
  if (const Entity* const other = world.find(view.other); other != nullptr) view.name = other->name;
  view.stage = bargain->open ? TradeView::Stage::open : self == 0 ? TradeView::Stage::asking : TradeView::Stage::asked;
  view.until = bargain->until;
  view.revision = bargain->revision;
  return view;
}

std::uint16_t offered_of(const World& world, EntityId who, std::size_t cell) {
  const Bargain* const bargain = bargain_of(world, who);
  if (bargain == nullptr) return 0;
  const TradeSide& side = bargain->sides[side_of(*bargain, who)];
  for (std::size_t i = 0; i < side.size; ++i) {
    if (side.offers[i].cell == cell) return side.offers[i].stack.count;
  }
  return 0;
}

std::int32_t offered_gold(const World& world, EntityId who) {
  const Bargain* const bargain = bargain_of(world, who);
  return bargain == nullptr ? 0 : bargain->sides[side_of(*bargain, who)].gold;
}

Verdict deal(World& world, Entity& player, const Deed& deed, Tick now) {
  switch (deed.type) {
    case DeedType::trade:
      return ask(world, player, deed, now);
    case DeedType::end_trade:
      return end_by(world, player);
    case DeedType::offer:
      return offer(world, player, deed);
    case DeedType::take_back:
      return take_back(world, player, deed);
    case DeedType::offer_gold:
      return offer_gold(world, player, deed);
    case DeedType::agree:
      return agree(world, player, deed);
    default:
      return Verdict::no_trade;
  }
}

void end_bargain(World& world, EntityId who, Verdict why) {
  if (const Bargain* const bargain = bargain_of(world, who); bargain != nullptr) close(world, *bargain, why);
}

void tend_bargains(World& world, Tick now) {
  for (std::size_t i = world.bargains.size(); i-- > 0;) {
    const Bargain& bargain = world.bargains[i];
    const Entity* const one = living_player(world, bargain.sides[0].who);
    const Entity* const other = living_player(world, bargain.sides[1].who);
    if (one == nullptr || other == nullptr) {
      close(world, bargain, Verdict::gone);
    } else if (!bargain.open && now >= bargain.until) {
      close(world, bargain, Verdict::late);
    } else if (!near(world, *one, *other)) {
      close(world, bargain, Verdict::too_far);
    }
  }
}

}  // namespace cudgel::sim
