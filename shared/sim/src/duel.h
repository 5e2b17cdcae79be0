#pragma once
// Duels by consent: challenge, answer, countdown, fight within a ring, and an end that kills nobody. Both players hold the same
// Duel; whatever ends it ends it for both.
//
//   none --challenge--> asks | asked --accept--> countdown --time--> fight --beaten, gives up, leaves the ring or the realm--> none
//                        +--declined, time over, one is gone--> none          +--time over, one is slain by somebody else--> none

#include "sim/world.h"

namespace cudgel::sim {

Verdict challenge(World& world, Entity& player, EntityId other, Tick now);
Verdict accept_duel(World& world, Entity& player, EntityId other, Tick now);
/// Declines, takes back or gives up, whatever the stage calls for.
Verdict decline_duel(World& world, Entity& player, Tick now, Events& events);

/// Whether this harm is a rival's, in a duel that is being fought: then it does not kill.
bool is_rival(const World& world, EntityId source, const Entity& victim);
/// The loser is left with a little health and out of harm's way.
void lose_duel(World& world, Entity& loser, Tick now, Events& events);
/// The player goes, or nobody is at its keys: it gives up what it has begun.
void forsake_duel(World& world, Entity& player, Tick now, Events& events);

/// Once per tick, after the dead were laid out: stages whose time is over, who has left the ring, whose rival is gone.
void tend_duels(World& world, Tick now, Events& events);

}  // namespace cudgel::sim
