#pragma once
// What players have with each other: a bargain of two, a party of few, as plain values of the world. It checks nothing: src/bargains.cpp and
// src/bands.cpp do.
//
//   nothing --trade--> asked --trade by the other--> open --agree by both--> exchanged, and over
//                        |  late, end_trade, away       |  end_trade, too far, death, away
//                        +------------> over <----------+

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/fixed_text.h"
#include "base/ids.h"
#include "sim/belongings.h"
#include "sim/deeds.h"

namespace cudgel::sim {

/// Cells that one side can offer; more are traded in a second bargain.
inline constexpr std::size_t k_offers_max = 12;
/// A content's rules may say less.
inline constexpr std::size_t k_party_max = 5;
/// Invitations that wait for one player; more are refused.
inline constexpr std::size_t k_invitations_max = 4;

/// Some of what lies in a cell of the bag. As long as it is offered, so much of it stays there.
struct Offer {
  std::uint8_t cell = 0;
  Stack stack;
  friend bool operator==(const Offer&, const Offer&) = default;
};

struct TradeSide {
  base::EntityId who;
  std::int32_t gold = 0;
  std::array<Offer, k_offers_max> offers{};  ///< ascending by cell
  std::uint8_t size = 0;
  bool agreed = false;
  friend bool operator==(const TradeSide&, const TradeSide&) = default;
};

struct Bargain {
  std::array<TradeSide, 2> sides;  ///< [0] has asked
  bool open = false;               ///< both want it; before, nothing can be offered
  base::Tick until = 0;            ///< not open: then the question is over
  std::uint32_t revision = 0;      ///< raised by whatever changes what is offered: who agrees says to which
};

/// What one of the two is told. `stage` none: over, and `why`; open: `why` it was not done when both had agreed, or done.
struct TradeView {
  enum class Stage : std::uint8_t { none, asking, asked, open };
  Stage stage = Stage::none;
  Verdict why = Verdict::done;
  base::EntityId other;
  base::PlayerName name;  ///< of the other
  base::Tick until = 0;
  std::uint32_t revision = 0;
  TradeSide own;
  TradeSide theirs;
  friend bool operator==(const TradeView&, const TradeView&) = default;
};
inline constexpr int k_trade_stages = 4;

struct Band {
  std::array<base::EntityId, k_party_max> members{};  ///< [0] leads
  std::uint8_t size = 0;
  [[nodiscard]] bool has(base::EntityId who) const {
    for (std::size_t i = 0; i < size; ++i) {
      if (members[i] == who) return true;
    }
    return false;
  }
};

struct Invitation {
  base::EntityId from;
  base::EntityId to;
  base::Tick until = 0;
};

/// Of whom a bargain has changed in this tick, and why.
struct TradeNews {
  base::EntityId who;
  Verdict why = Verdict::done;
};

class World;

/// The bargain of that player, or nullptr.
const Bargain* bargain_of(const World& world, base::EntityId who);
/// What that player is told of it.
TradeView trade_view(const World& world, base::EntityId who, Verdict why);
/// The party of that player, or nullptr.
const Band* band_of(const World& world, base::EntityId who);

}  // namespace cudgel::sim
