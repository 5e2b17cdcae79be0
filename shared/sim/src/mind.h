#pragma once
// What monsters want: a small state machine that writes each monster's Intent. It never moves or hurts anybody.

#include "sim/world.h"

namespace cudgel::sim {

/// All living monsters; also notes which players are being hunted (Entity::last_threat).
void think(World& world, Tick now);
/// Somebody hurt this monster: it calls for help if that is its way, and goes after him unless it is busy with another.
void provoke(World& world, Entity& monster, EntityId by);
/// It goes after `prey`, whatever it did before; nothing happens when that is no living player.
void set_on(World& world, Entity& monster, EntityId prey, Tick now);
/// Sends a monster to a player along a way that was found already (may be empty: straight ahead).
void send_to_visit(World& world, Entity& monster, EntityId player, const std::vector<Tile>& way, Tick now);

/// Tiles that all path searches of one tick may look at together, visitors' included: about 0.3 ms.
inline constexpr std::int32_t k_path_tiles_per_tick = 4000;
/// Tiles that one search may look at: enough to walk around a village, not to solve a maze.
inline constexpr std::int32_t k_path_tiles_per_search = 1500;

}  // namespace cudgel::sim
