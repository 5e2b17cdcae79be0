#pragma once
// A bot among others: asks whoever stands near to trade and to join a party, answers, puts in what it has, agrees, calls it off. Sensible
// often enough that bargains are closed, and wrong often enough that they are refused.

#include <cstdint>

#include "base/random.h"
#include "core/game_client.h"

namespace cudgel::bots {

class Company {
 public:
  explicit Company(std::uint64_t seed) : random_(seed) {}
  /// Call often: it does one thing at a time, a few in a second.
  void tend(core::GameClient& client, double now_ms);

 private:
  void deal(core::GameClient& client, const sim::TradeView& trade, double now_ms);
  void gather(core::GameClient& client, base::EntityId near, double now_ms);
  void ask(core::GameClient& client, sim::DeedType type, base::EntityId who, double now_ms, std::uint8_t cell = 0,
           std::uint16_t count = 0, std::uint32_t gold = 0);

  base::Random random_;
  protocol::Ticket<protocol::Deed> under_way_;
  double next_ms_ = 0;
};

}  // namespace cudgel::bots
