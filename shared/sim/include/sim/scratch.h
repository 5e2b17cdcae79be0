#pragma once
// Memory that the step reuses from tick to tick so that it need not allocate. Nothing here outlives a tick as meaning:
// it is not saved, not hashed, and a world without it goes on in the same way.

#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "sim/deeds.h"
#include "sim/path_finder.h"
#include "sim/spatial_grid.h"
#include "sim/together.h"

namespace cudgel::sim {

struct Death {
  base::EntityId killer;
  std::uint16_t victim = 0;  ///< slot
};

/// Slots as they were sorted at the start of the tick, each list ascending.
struct Scratch {
  std::vector<SpatialGrid::Item> bodies;    ///< living players and monsters
  std::vector<SpatialGrid::Item> players;   ///< living players
  std::vector<std::uint16_t> monsters;      ///< living monsters
  std::vector<SpatialGrid::Item> summoned;  ///< living
  std::vector<std::uint8_t> ranks;          ///< of each of `summoned`: the how manieth of its master it is, 0..
  std::vector<std::uint16_t> projectiles;
  std::vector<std::uint16_t> things;        ///< on the ground
  std::vector<std::uint16_t> dead;          ///< players, monsters and summoned that lie
  std::vector<std::uint16_t> wanting_path;  ///< monsters that asked for a path in this tick
  std::vector<Death> deaths;                ///< of this tick
  std::vector<base::EntityId> owners;       ///< players whose belongings have changed in this tick
  std::vector<Settled> settled;             ///< what became of this tick's deeds
  std::vector<TradeNews> trade_news;        ///< whose bargain has changed in this tick
  std::vector<base::EntityId> party_news;   ///< whose party, or invitations to one, have changed in this tick
  SpatialGrid players_grid;
  SpatialGrid summoned_grid;
  PathFinder path_finder;
  std::int32_t path_tiles_left = 0;  ///< of this tick's budget
};

}  // namespace cudgel::sim
