#pragma once
// What the server tells a player besides the picture of the world: words, which are numbered and come once each, and what holds until it is told
// anew: what one owns, one's bargain, one's party.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/game_client.h"
#include "protocol/schema/server_generated.h"

namespace cudgel::core {

struct Told {
  enum class Heard : std::uint8_t { taken, not_ours, number_missing };

  std::vector<std::string> notices;  ///< until somebody fetches them; beyond some dozens the oldest are dropped
  std::vector<SpokenLine> lines;     ///< likewise, of what players say
  std::optional<sim::Belongings> belongings;
  std::optional<sim::TradeView> trade;
  std::uint32_t trades_told = 0;
  replication::PartyView party;
  std::uint32_t numbered = 0;  ///< newest Note.sequence

  /// Words. What was said before on another connection is not heard twice; after number_missing what is missing cannot come any more.
  Heard hear(const protocol::Note& note);
  /// What holds until it is told anew. False: the note is none of these.
  bool keep(const protocol::Note& note);
  /// Of what holds nothing is known any more; words stay.
  void forget();
  /// What two make together is told again after each welcome.
  void forget_together();
};

}  // namespace cudgel::core
