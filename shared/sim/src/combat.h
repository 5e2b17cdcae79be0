#pragma once
// Who hurts whom: picking targets, the blows that fall in this tick, and harm. Never moves anybody; the dead are laid out by step.cpp.

#include <optional>

#include "sim/world.h"

namespace cudgel::sim {

/// A body may have moved this far since the grid was sorted; nothing walks or is pushed further in one tick.
inline constexpr std::int32_t k_grid_slack_units = 2 * base::k_units_per_tile;

/// Within 60 degrees to either side of where the attacker faces.
bool in_front(const Walker& attacker, Vec2 to);
/// Does the attack of this walker begin in this tick? Then its aim matters.
bool begins_attack(const Walker& walker, const WalkerSpec& spec, Tick now);
/// Where a beginning attack turns to, as its attacker sees it: the intended target wherever it stands, else the nearest in reach, else
/// nobody. Before remember_steps().
std::optional<Vec2> aim_of(const World& world, const Entity& attacker, Tick now);

/// Notes how far each body that can be struck from a player's view has gone in this tick.
void remember_steps(World& world, Tick now);

/// Blows that fall due: a strike looks again who is in reach, a bolt or talisman is let fly.
void let_blows_fall(World& world, Tick now, Events& events);
/// A number of points between the two, as it is at the attacker's level.
std::int32_t roll_damage(World& world, const Entity& attacker, std::int32_t low, std::int32_t high);
/// Takes health, or nothing while guarded, and tells so. Whoever reaches 0 is noted in scratch.deaths.
void harm(World& world, EntityId source, Entity& victim, std::int32_t damage, Tick now, Events& events);

}  // namespace cudgel::sim
