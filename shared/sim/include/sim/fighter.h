#pragma once
// May two players fight each other? The one rule for it, for the server and for clients that predict. Monsters are not its business:
// sim/foes.h asks it.

#include "base/ids.h"
#include "content/content.h"
#include "sim/tile_map.h"

namespace cudgel::sim {

/// What of a player decides.
struct Fighter {
  base::EntityId id;
  base::EntityId rival;  ///< with whom it fights a duel just now, or nobody
  std::int32_t level = 1;
  base::Vec2 position;
};

/// Rivals of a duel may, and then nobody else has part in it. Else both must stand in an arena and have the level for it.
bool may_fight(const TileMap& map, const content::RulesSpec& rules, const Fighter& one, const Fighter& other);

}  // namespace cudgel::sim
