#pragma once
// Where a victim stands as far as its attacker's blow is concerned: where a player saw it, at most k_rewind_ms_max ago, but not when it
// has got away or into cover since. Only places; it harms nobody.
//
// Players strike at what they see, and they see monsters as they were. Monsters see the present, and their prey's client predicts where
// its player stands now: what a player has stepped out of on his own screen, he has stepped out of here. A shot flies through
// the world that everybody sees, beside the targets of the same moment: it needs no looking back.

#include "sim/world.h"

namespace cudgel::sim {

/// Who is further than this from the attacker's reach now has got away: twice the way that the fastest goblin walks in 200 ms.
inline constexpr std::int32_t k_escape_units = base::k_units_per_tile;
/// Whoever has been behind something that stops a shot for so long, in ms, is judged by where it stands now.
inline constexpr std::int32_t k_cover_ms = 100;

/// Does this attacker's blow look back at all?
bool looks_back(const World& world, const Entity& attacker);
/// `last` is the newest tick in the trails: the one before during walk, this one afterwards.
Vec2 place_in_view(const World& world, const Entity& attacker, const Entity& victim, Tick last);
/// How far apart the two may be, centre to centre, for a blow to reach; units.
std::int64_t reach_between(const World& world, const Entity& attacker, const Entity& victim);

}  // namespace cudgel::sim
