#include "company.h"

namespace cudgel::bots {
namespace {

constexpr std::int32_t k_pause_ms_min = 100;
constexpr std::int32_t k_pause_ms_max = 400;
constexpr double k_answer_within_ms = 8000;
/// Whoever is as near as this can be traded with.
constexpr std::int64_t k_near_units = 5 * base::k_units_per_tile;
/// A bot leaves its party once in so many turns, so that there are always some to be made.
constexpr std::uint32_t k_leaves_one_in = 60;

/// The nearest player, or nobody.
base::EntityId nearest_player(const core::GameClient& client) {
  base::EntityId best;
  std::int64_t distance = k_near_units * k_near_units;
  const base::Vec2 self = client.replica().own().walker.position;
  for (const auto& [packed, entity] : client.replica().entities()) {
    const replication::Sight& sight = entity.sight;
    if (sight.kind != sim::Kind::player || sight.action == sim::Action::dead) continue;
    const std::int64_t away = base::length_squared(sight.track.at(client.replica().tick()) - self);
    if (away >= distance) continue;
    best = sight.id;
    distance = away;
  }
  return best;
}

}  // namespace

void Company::ask(core::GameClient& client, sim::DeedType type, base::EntityId who, double now_ms, std::uint8_t cell,
                  std::uint16_t count, std::uint32_t gold) {
  protocol::Deed deed;
  deed.type = static_cast<std::uint8_t>(type);
  deed.thing = who;
  deed.cell = cell;
  deed.count = count;
  deed.gold = gold;
  under_way_ = client.ask(deed, k_answer_within_ms, now_ms);
}

void Company::deal(core::GameClient& client, const sim::TradeView& trade, double now_ms) {
  const sim::Belongings& own = *client.belongings();
  switch (random_.below(9)) {
    case 0:
    case 1:
    case 2: {
      const auto cell = static_cast<std::uint8_t>(random_.below(8));
      if (own.cells[cell].item == 0) return;
      ask(client, sim::DeedType::offer, {}, now_ms, cell, static_cast<std::uint16_t>(random_.below(own.cells[cell].count + 1U)));
      return;
    }
    case 3:
      ask(client, sim::DeedType::offer_gold, {}, now_ms, 0, 0, random_.below(static_cast<std::uint32_t>(own.gold / 2 + 1)));
      return;
    case 4:
      if (random_.below(6) == 0) {
        ask(client, sim::DeedType::end_trade, {}, now_ms);
      } else if (trade.own.size > 0) {
        ask(client, sim::DeedType::take_back, {}, now_ms, trade.own.offers[0].cell);
      }
      return;
    default:
      ask(client, sim::DeedType::agree, trade.other, now_ms, 0, 0, trade.revision);
  }
}

void Company::gather(core::GameClient& client, base::EntityId near, double now_ms) {
  const replication::PartyView& party = client.party();
  if (!party.invited_by.empty()) {
    const bool joins = random_.below(4) != 0;
    ask(client, joins ? sim::DeedType::accept : sim::DeedType::decline, party.invited_by[0].id, now_ms);
  } else if (!party.mates.empty() && random_.below(k_leaves_one_in) == 0) {
    ask(client, sim::DeedType::leave_party, {}, now_ms);
  } else if (near.valid()) {
    ask(client, sim::DeedType::invite, near, now_ms);
  }
}

void Company::tend(core::GameClient& client, double now_ms) {
  const bool waits = !under_way_.empty() && !under_way_.over();
  if (waits || now_ms < next_ms_ || !client.belongings()) return;
  next_ms_ = now_ms + random_.between(k_pause_ms_min, k_pause_ms_max);
  const sim::TradeView trade = client.trade().value_or(sim::TradeView{});
  if (trade.stage == sim::TradeView::Stage::open) return deal(client, trade, now_ms);
  if (trade.stage == sim::TradeView::Stage::asked) {
    const bool wants = random_.below(8) != 0;
    return ask(client, wants ? sim::DeedType::trade : sim::DeedType::end_trade, trade.other, now_ms);
  }
  const base::EntityId near = nearest_player(client);
  if (random_.below(4) == 0) return gather(client, near, now_ms);
  if (near.valid() && trade.stage == sim::TradeView::Stage::none) ask(client, sim::DeedType::trade, near, now_ms);
}

}  // namespace cudgel::bots
