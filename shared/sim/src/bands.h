#pragma once
// Parties: who invites whom, who leads, who has left. A party lives as long as it has two members in the world; whoever has lost the connection is
// still in the world.

#include "sim/world.h"

namespace cudgel::sim {

/// Deeds invite, accept, decline, leave_party and remove. Also for who lies dead.
Verdict gather_party(World& world, const Entity& player, const Deed& deed, Tick now);
/// It leaves the world: its party, and whatever invitations it gave and had.
void leave_band(World& world, EntityId who);
/// Forgets invitations that nobody answered in time.
void tend_bands(World& world, Tick now);

}  // namespace cudgel::sim
