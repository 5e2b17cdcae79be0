#pragma once
// What the server remembers of one body that a client sees. There are as many of these as bodies in all views together, and they
// are cold whenever their viewer's turn comes: every byte counts.

#include <cstdint>

#include "base/ids.h"

namespace cudgel::replication {

struct Known {
  /// held: the client has been told of it. waiting: in view, but not told of yet. renewed: held, and what only an Arrival tells
  /// (kind, archetype, level, whole health) has changed.
  enum class Standing : std::uint8_t { waiting, held, renewed };

  base::EntityId id;
  std::uint8_t owed = 0;  ///< 0: told everything up to the last frame; else 1 + ticks waited since it could have been told first
  std::uint8_t fight_ticks = 0;  ///< for so long it still counts as an opponent
  Standing standing = Standing::waiting;
};
static_assert(sizeof(Known) == 8);

}  // namespace cudgel::replication
