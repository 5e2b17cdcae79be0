#pragma once
// What a player may do with what it owns, and what became of it. Any value may stand in a deed: the step checks, and answers why not.

#include <cstdint>

#include "base/ids.h"

namespace cudgel::sim {

/// take: `thing` from the ground. move: `count` (0: all) from one cell to another; wears, takes off, stores. use: drinks or wears what is
/// in `cell`. drop: to the ground. buy: `count` of `item` from a vendor; sell: of `cell`. deposit, withdraw: `gold`.
/// challenge: `thing`, a player, to a duel. accept_duel: the challenge of `thing`. decline_duel: that, or one's own challenge, or the duel under way.
/// order: those it has summoned; `cell` is the Order, for attack `thing` is whom.
/// With the player `thing`: trade asks for a bargain, or takes up what that one asks; end_trade: no bargain any more. offer: `count` (0: all) of the
/// bag's `cell`, instead of what of it was offered; take_back: nothing of `cell`; offer_gold: `gold` in all. agree: to the bargain with `thing` as it
/// stands at revision `gold`. invite to the party, accept, decline the invitation of `thing`; leave_party; remove `thing` from it.
enum class DeedType : std::uint8_t {
  take,
  move,
  use,
  drop,
  buy,
  sell,
  deposit,
  withdraw,
  challenge,
  accept_duel,
  decline_duel,
  order,
  trade,
  end_trade,
  offer,
  take_back,
  offer_gold,
  agree,
  invite,
  accept,
  decline,
  leave_party,
  remove
};
inline constexpr int k_deed_types = 23;

/// Done with the hands, which somebody stunned cannot use.
constexpr bool needs_hands(DeedType type) { return type <= DeedType::withdraw; }
constexpr bool is_of_party(DeedType type) { return type >= DeedType::invite && type <= DeedType::remove; }

struct Deed {
  DeedType type = DeedType::take;
  std::uint8_t cell = 0;
  std::uint8_t to = 0;
  std::uint8_t item = 0;  ///< 1 + index into the content's items
  std::uint16_t count = 0;
  std::uint32_t gold = 0;
  base::EntityId thing;
  friend bool operator==(const Deed&, const Deed&) = default;
};

/// Why not. The words stand in assets/text: "deed.NAME".
enum class Verdict : std::uint8_t {
  done,
  dead,          ///< who lies can do nothing
  no_such_cell,  ///< a number that names no cell, item or count
  empty,         ///< there is nothing, or not so many
  wrong_slot,    ///< that is not worn there
  too_low,       ///< needs a higher level
  wrong_class,   ///< another class wears that
  no_space,
  too_far,    ///< from the thing, the vendor or the bank
  not_yours,  ///< belongs to somebody else for now
  gone,       ///< nobody can take that any more
  no_gold,
  too_much,      ///< nobody can have so much gold
  not_sold,      ///< that vendor has none
  worthless,     ///< nobody pays for that
  useless,       ///< cannot be used, or would do nothing now
  haven,         ///< players do not fight each other there
  beginner,      ///< one of the two is below the level from which players fight
  engaged,       ///< one of the two has a duel or a challenge already
  no_duel,       ///< there is no such challenge, and no duel
  no_pack,       ///< it has summoned nobody who could obey
  no_foe,        ///< that is nobody to attack
  busy,          ///< that one, or oneself, is in another bargain, or is asked by too many
  offered,       ///< lies offered in a bargain
  changed,       ///< the bargain is not any more what was agreed to
  no_trade,      ///< there is no such bargain
  their_bag,     ///< the other one has no room for it
  nobody,        ///< no such player is here
  declined,      ///< the other one does not want to
  late,          ///< nobody answered in time
  too_many,      ///< more cells than one bargain holds
  party_full,    ///< the party has as many as there may be
  in_party,      ///< is in a party already
  no_party,      ///< is in none
  not_leader,    ///< only who leads may do that
  not_invited,   ///< nobody has invited, or not lately
  stunned,       ///< has no hands for what it owns just now
  out_of_sight,  ///< a wall is between it and the thing
};
inline constexpr int k_verdicts = 38;

/// What became of the deed with that ticket in the last step.
struct Settled {
  std::uint64_t ticket = 0;
  base::EntityId who;
  Verdict verdict = Verdict::done;
};

}  // namespace cudgel::sim
