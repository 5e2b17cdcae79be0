#include "play/own_news.h"

#include <cmath>
#include <cstdint>
#include <numeric>

namespace cudgel::game {

namespace {

std::int64_t pieces_of(const sim::Belongings& own) {
  return std::accumulate(own.cells.begin(), own.cells.end(), std::int64_t{0}, [](std::int64_t sum, const sim::Stack& stack) {
    return sum + (stack.item == 0 ? 0 : std::int64_t{stack.count});
  });
}

std::int64_t gold_of(const sim::Belongings& own) { return std::int64_t{own.gold} + own.bank_gold; }

bool wears_something_new(const sim::Belongings& before, const sim::Belongings& own) {
  for (std::size_t cell = sim::k_worn_begin; cell < sim::k_bank_begin; ++cell) {
    if (own.cells[cell].item != 0 && own.cells[cell].item != before.cells[cell].item) return true;
  }
  return false;
}

}  // namespace

// What is carried from the bag to the bank and back is neither more nor less.
std::string_view OwnNews::compare(const sim::Belongings& own) const {
  const std::int64_t more_pieces = pieces_of(own) - pieces_of(*own_), more_gold = gold_of(own) - gold_of(*own_);
  if (more_pieces > 0 && more_gold < 0) return "own.bought";
  if (more_pieces < 0 && more_gold > 0) return "own.sold";
  if (more_pieces > 0) return "own.loot";
  if (more_gold > 0) return "own.gold";
  if (wears_something_new(*own_, own)) return "own.worn";
  return {};
}

std::vector<std::string_view> OwnNews::watch(const OwnFacts& facts, double now_ms) {
  std::vector<std::string_view> news;
  using Stage = sim::TradeView::Stage;
  const Stage stage = facts.trade ? facts.trade->stage : Stage::none;
  if (stage == Stage::asked && stage_ != Stage::asked) news.emplace_back("trade.asked");
  if (stage == Stage::none && stage_ == Stage::open && facts.trade && facts.trade->why == sim::Verdict::done) {
    closed_ms_ = now_ms;
    news.emplace_back("trade.closed");
  }
  stage_ = stage;

  if (facts.belongings && (!own_ || own_->revision != facts.belongings->revision)) {
    const bool bargain = stage == Stage::open || now_ms - closed_ms_ < k_exchange_ms;
    if (own_ && !bargain) {
      if (const std::string_view key = compare(*facts.belongings); !key.empty()) news.push_back(key);
    }
    own_ = facts.belongings;
  }

  if (party_told_ && facts.mates > mates_) news.emplace_back("party.joined");
  if (party_told_ && facts.inviters > inviters_) news.emplace_back("party.asked");
  party_told_ = true;
  mates_ = facts.mates;
  inviters_ = facts.inviters;

  if (facts.duel.stage == sim::DuelStage::asked && duel_ != sim::DuelStage::asked) news.emplace_back("duel.asked");
  const bool counts = facts.duel.stage == sim::DuelStage::countdown;
  const int count = counts ? static_cast<int>(std::ceil(facts.duel_left_ms / 1000)) : 0;
  if (count > 0 && count != count_) news.emplace_back("duel.count");
  count_ = count;
  duel_ = facts.duel.stage;
  return news;
}

}  // namespace cudgel::game
