#pragma once
// Trade between two players: who asks whom, what both put in, and the exchange when both have agreed to the same. What is offered stays in its
// owner's bag until then, so that whatever ends a bargain has nothing to give back.

#include "sim/world.h"

namespace cudgel::sim {

/// Deeds trade, end_trade, offer, take_back, offer_gold and agree. The player lives.
Verdict deal(World& world, Entity& player, const Deed& deed, Tick now);
/// Whatever bargain that player has is over.
void end_bargain(World& world, EntityId who, Verdict why);
/// Ends what is too far, or was not answered in time.
void tend_bargains(World& world, Tick now);

/// How many of that cell of the bag, and how much gold, the player may not give away otherwise.
std::uint16_t offered_of(const World& world, EntityId who, std::size_t cell);
std::int32_t offered_gold(const World& world, EntityId who);

}  // namespace cudgel::sim
