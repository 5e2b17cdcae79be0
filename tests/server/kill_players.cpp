#include "kill_players.h"

#include <algorithm>

#include "kill_world.h"
#include "sim/deeds.h"

namespace cudgel::test {
namespace {

constexpr double k_lost_at_most_ms = 1000;
constexpr double k_answer_within_ms = 8000;
constexpr std::int32_t k_errand_pause_ms_max = 150;
/// Traders offer what lies in the first so many cells: what they get lies there, too.
constexpr std::uint32_t k_offered_cells = 8;

base::EntityId nearest_player(const core::GameClient& client) {
  base::EntityId best;
  std::int64_t distance = INT64_MAX;
  const base::Vec2 self = client.replica().own().walker.position;
  for (const auto& [packed, entity] : client.replica().entities()) {
    if (entity.sight.kind != sim::Kind::player) continue;
    const std::int64_t away = base::length_squared(entity.sight.track.at(client.replica().tick()) - self);
    if (away < distance) best = entity.sight.id, distance = away;
  }
  return best;
}

Sums nothing() { return Sums(kill_content().items().size() + 1); }

}  // namespace

void add(Sums& sums, const sim::Belongings& own) {
  sums.resize(kill_content().items().size() + 1);
  sums.back() += own.gold + std::int64_t{own.bank_gold};
  for (const sim::Stack& stack : own.cells) {
    if (stack.item != 0) sums[stack.item - 1U] += stack.count;
  }
}

void add(Sums& sums, const Sums& more) {
  for (std::size_t i = 0; i < sums.size(); ++i) sums[i] += more[i];
}

// --- anybody ----------------------------------------------------------------------------------------------------------------

KillPlayer::KillPlayer(net::NativeNetwork& network, std::uint16_t port, const std::string& name,
                       const std::optional<protocol::Token>& token, std::uint64_t seed)
    : network_(&network), client_(kill_content(), network.make_transport(), seed), random_(seed) {
  options_.url = "ws://127.0.0.1:" + std::to_string(port) + "/ws";
  options_.name = name;
  options_.token = token;
  client_.join(options_, now_ms());
}

void KillPlayer::come_back(bool by_itself) {
  deaths_ = client_.stats().disconnects + 1;
  if (by_itself) return;
  deaths_ = 0;
  if (client_.token()) options_.token = client_.token();
  client_ = core::GameClient(kill_content(), network_->make_transport(), random_.next());
  client_.join(options_, now_ms());
  begin();
}

bool KillPlayer::is_back() const {
  return client_.phase() == core::Phase::playing && client_.predicted() != nullptr && client_.stats().disconnects >= deaths_ &&
         owned_again_.has_value();
}

bool KillPlayer::was_told_the_truth() const {
  if (!owned_again_) return false;
  return owned_again_->revision == safe_.revision ? *owned_again_ == safe_ : owned_again_->revision > safe_.revision;
}

bool KillPlayer::sees_monster_of_level(std::uint16_t level) const {
  const auto& all = client_.replica().entities();
  return std::any_of(all.begin(), all.end(), [&](const auto& known) {
    return known.second.sight.kind == sim::Kind::monster && known.second.sight.level == level;
  });
}

bool KillPlayer::hear() {
  client_.update(now_ms());
  const bool plays =
      client_.phase() == core::Phase::playing && client_.predicted() != nullptr && client_.stats().disconnects >= deaths_;
  if (!plays || !client_.belongings()) return false;
  if (!owned_again_) owned_again_ = client_.belongings();
  owned_ = *client_.belongings();
  return true;
}

void KillPlayer::forget_server() {
  safe_ = owned_;
  owned_again_.reset();
}

// --- fighters ---------------------------------------------------------------------------------------------------------------

Fighter::Fighter(net::NativeNetwork& network, std::uint16_t port, std::size_t number)
    : KillPlayer(network, port, "Fighter " + std::to_string(number), std::nullopt, number + 50), company_(random_.next()) {
  begin();
}

void Fighter::begin() {
  sim::Intent fight;
  fight.attack = true;
  client_.want(fight);
}

void Fighter::update(bool may_act) {
  if (!hear()) return;
  const std::int64_t worth = client_.replica().own().level * k_level_worth + client_.replica().means().experience;
  if (!knows_worth_) came_back_with_ = worth;
  knows_worth_ = true;
  told_.emplace_back(now_ms(), worth);
  if (!may_act) return;
  if (now_ms() >= next_deed_ms_) do_something();
  company_.tend(client_, now_ms());
}

void Fighter::do_something() {
  next_deed_ms_ = now_ms() + 40;
  protocol::Deed deed;
  deed.type = static_cast<std::uint8_t>(random_.below(4));  // take, move, use, drop
  deed.cell = static_cast<std::uint8_t>(random_.below(6));
  deed.to = static_cast<std::uint8_t>(random_.below(6));
  for (const auto& [packed, entity] : client_.replica().entities()) {
    if (entity.sight.kind == sim::Kind::thing) deed.thing = entity.sight.id;
  }
  static_cast<void>(client_.ask(deed, 1000, now_ms()));
}

void Fighter::remember() {
  if (!told_.empty()) safe_level_ = std::max(safe_level_, told_.back().second / k_level_worth);
  while (told_.size() > 1 && told_.back().first > now_ms() - k_lost_at_most_ms) told_.pop_back();
  if (!told_.empty()) safe_worth_ = std::max(safe_worth_, told_.back().second);
  told_.clear();
  knows_worth_ = false;
  lying_.clear();
  for (const auto& [packed, entity] : client_.replica().entities()) {
    if (entity.sight.kind == sim::Kind::thing) lying_[packed] = {entity.sight.archetype, entity.sight.level};
  }
  forget_server();
}

std::string Fighter::worth() const {
  return "came back with " + std::to_string(came_back_with_) + ", was told " + std::to_string(safe_worth_) + " and level " +
         std::to_string(safe_level_);
}

// --- traders ----------------------------------------------------------------------------------------------------------------

Trader::Trader(net::NativeNetwork& network, std::uint16_t port, std::size_t number, const protocol::Token& token)
    : KillPlayer(network, port, name_of(number), token, number + 7), done_(nothing()) {}

void Trader::update(bool may_deal) {
  if (!hear()) return;
  const sim::TradeView trade = client_.trade().value_or(sim::TradeView{});
  if (was_open_ && trade.stage == sim::TradeView::Stage::none && trade.why == sim::Verdict::done) ++exchanged_;
  was_open_ = trade.stage == sim::TradeView::Stage::open;
  if (errand_.over()) {
    const bool done = errand_.answer() != nullptr && static_cast<sim::Verdict>(errand_.answer()->verdict) == sim::Verdict::done;
    if (done) add(done_, change_);
    if (done) ++errands_;
    errand_ = {};
  }
  if (!may_deal) return;
  if (dealing_.empty() || dealing_.over()) deal();
  if (errand_.empty() && now_ms() >= next_errand_ms_) run_errand();
}

/// One thing after the other: asks whoever stands nearest, puts something in, agrees, and now and then thinks better of it.
void Trader::deal() {
  const sim::TradeView trade = client_.trade().value_or(sim::TradeView{});
  if (trade.stage == sim::TradeView::Stage::asking) return;
  if (trade.stage == sim::TradeView::Stage::asked) {
    dealing_ = ask(sim::DeedType::trade, 0, 0, 0, 0, trade.other);
  } else if (trade.stage == sim::TradeView::Stage::none) {
    dealing_ = ask(sim::DeedType::trade, 0, 0, 0, 0, nearest_player(client_));
  } else if (trade.own.size == 0 || random_.below(8) == 0) {
    const auto cell = static_cast<std::uint8_t>(random_.below(k_offered_cells));
    const std::uint16_t held = owned_.cells[cell].count;
    if (held > 0) dealing_ = ask(sim::DeedType::offer, cell, 0, static_cast<std::uint16_t>(1 + random_.below(held)), 0);
  } else if (trade.own.gold == 0) {
    dealing_ = ask(sim::DeedType::offer_gold, 0, 0, 0, 1 + random_.below(static_cast<std::uint32_t>(owned_.gold / 4 + 1)));
  } else if (random_.below(12) == 0) {
    dealing_ = ask(sim::DeedType::end_trade, 0, 0, 0, 0);
  } else if (!trade.own.agreed) {
    dealing_ = ask(sim::DeedType::agree, 0, 0, 0, trade.revision, trade.other);
  }
}

void Trader::run_errand() {
  next_errand_ms_ = now_ms() + random_.between(0, k_errand_pause_ms_max);
  change_ = nothing();
  const auto count = static_cast<std::uint16_t>(1 + random_.below(5));
  const std::int64_t gold = change_.back();
  switch (random_.below(6)) {
    case 0:
    case 1: {
      const bool potions = random_.below(2) == 0;
      const KillItem item = potions ? kill_potion : kill_candle;
      change_[item - 1U] = count;
      change_.back() = gold - std::int64_t{potions ? k_potion_price : k_candle_price} * count;
      errand_ = ask(sim::DeedType::buy, 0, item, count, 0);
      return;
    }
    case 2:
    case 3: {
      const bool pelts = random_.below(2) == 0;
      change_[(pelts ? kill_pelt : kill_candle) - 1U] = -std::int64_t{count};
      change_.back() = gold + std::int64_t{pelts ? k_pelt_price : k_candle_price} / 2 * count;
      errand_ = ask(sim::DeedType::sell, pelts ? k_pelts : k_candles, 0, count, 0);
      return;
    }
    case 4:
      errand_ = ask(sim::DeedType::deposit, 0, 0, 0, count * 10U);
      return;
    default:
      errand_ = ask(sim::DeedType::withdraw, 0, 0, 0, count * 9U);
      return;
  }
}

protocol::Ticket<protocol::Deed> Trader::ask(sim::DeedType type, std::uint8_t cell, std::uint8_t item, std::uint16_t count,
                                             std::uint32_t gold, base::EntityId who) {
  protocol::Deed deed;
  deed.type = static_cast<std::uint8_t>(type);
  deed.cell = cell;
  deed.item = item;
  deed.count = count;
  deed.gold = gold;
  deed.thing = who;
  return client_.ask(deed, k_answer_within_ms, now_ms());
}

void Trader::remember() {
  in_flight_.reset();
  if (!errand_.empty()) in_flight_ = change_;
  errand_ = {};
  dealing_ = {};
  was_open_ = false;
  forget_server();
}

Sums Trader::take_done() {
  Sums done = nothing();
  std::swap(done, done_);
  return done;
}

}  // namespace cudgel::test
