#pragma once
// What befalls the own character beside the fight, to be heard: things and gold that come and go, what is put on, bargains, the party, the
// countdown of a duel. It compares what it is told with what it was told before, gives the keys of cues (cues.json), and changes nothing.

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/belongings.h"
#include "sim/entity.h"
#include "sim/together.h"

namespace cudgel::game {

/// How things stand now.
struct OwnFacts {
  const std::optional<sim::Belongings>& belongings;
  const std::optional<sim::TradeView>& trade;
  std::size_t mates;     ///< in its party
  std::size_t inviters;  ///< who ask it into theirs
  const sim::Duel& duel;
  double duel_left_ms = 0;  ///< until its stage is over by itself
};

class OwnNews {
 public:
  /// Every key that watch() may give.
  static constexpr std::array<std::string_view, 11> k_cues{"own.loot",     "own.gold",    "own.bought",   "own.sold",
                                                           "own.worn",     "trade.asked", "trade.closed", "party.asked",
                                                           "party.joined", "duel.asked",  "duel.count"};
  /// What was exchanged is told within this time of the bargain's end, and is heard as the bargain.
  static constexpr double k_exchange_ms = 1500;

  /// Once per display frame. What it is told first is no news.
  std::vector<std::string_view> watch(const OwnFacts& facts, double now_ms);

 private:
  std::string_view compare(const sim::Belongings& own) const;

  std::optional<sim::Belongings> own_;
  sim::TradeView::Stage stage_ = sim::TradeView::Stage::none;
  double closed_ms_ = -1e9;
  bool party_told_ = false;
  std::size_t mates_ = 0, inviters_ = 0;
  sim::DuelStage duel_ = sim::DuelStage::none;
  int count_ = 0;
};

}  // namespace cudgel::game
