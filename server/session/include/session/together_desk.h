#pragma once
// What one session tells its client of the bargain and of the party its character is in. A bargain's end is told when what came of it is
// safely kept; mates are looked at twice a second, wherever they are, and told when something has changed. Lives as long as the connection.

#include <cstdint>
#include <memory>

#include "realm/ledger.h"
#include "replication/party.h"
#include "replication/publisher.h"

namespace cudgel::session {

class Residents;

/// Ticks between two looks at the mates: what is told of five of them is at most some 400 bytes each time.
inline constexpr base::Tick k_mates_every_ticks = 10;

class TogetherDesk {
 public:
  /// What is to be told now, or null.
  std::shared_ptr<const sim::TradeView> untold_trade(const realm::Ledger& ledger);
  std::shared_ptr<const replication::PartyView> untold_party(const realm::Ledger& ledger, const replication::Picture& picture,
                                                             const Residents& residents);
  /// It has gone out.
  void mark_trade_told();
  void mark_party_told(std::shared_ptr<const replication::PartyView> told) { party_told_ = std::move(told); }

 private:
  std::shared_ptr<const realm::Ledger::TradePost> waiting_;  ///< will be told once it is kept
  std::uint32_t trade_told_ = 0;                             ///< number of the post told last
  bool looked_ = false;                                      ///< at the bargain, on this connection
  std::shared_ptr<const realm::Ledger::Company> company_;
  std::shared_ptr<const replication::PartyView> party_told_;
  base::Tick looked_at_mates_ = 0;
};

}  // namespace cudgel::session
