#pragma once
// Server side, realm thread: after each step makes an immutable picture of the world from which any number of viewers'
// frames can be encoded on other threads without locks. It never knows who is watching.

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "replication/track.h"
#include "sim/spatial_grid.h"
#include "sim/world.h"

namespace cudgel::replication {

/// One published entity: what is told, where it exactly stood (for who-sees-what), and when what is told last changed.
struct PublishedEntity {
  Sight sight;
  base::Vec2 position;               ///< units, exact
  base::Tick changed = 0;            ///< a viewer that was sent a frame at or after this tick knows it already
};

struct PublishedHappening {
  base::Tick tick = 0;
  sim::Event event;
};

/// Immutable once published. Shared by all threads.
struct Picture {
  base::Tick tick = 0;
  sim::SpatialGrid grid;                       ///< items' index = entity slot
  std::vector<PublishedEntity> entities;       ///< by slot; kind none where empty
  std::vector<PublishedHappening> happenings;  ///< of the last k_happening_ticks, oldest first
  std::vector<sim::Entity> players;            ///< exact copies for Own and names, sorted by id.index
  [[nodiscard]] const sim::Entity* player(base::EntityId id) const;
  [[nodiscard]] const PublishedEntity* find(base::EntityId id) const;
};
inline constexpr base::Tick k_happening_ticks = 40; ///< how far back a viewer that fell behind still hears what happened

class Publisher {
 public:
  /// Call once after each step. Buffers of pictures nobody holds any more are reused: steady state does not allocate.
  std::shared_ptr<const Picture> publish(const sim::World& world, std::span<const sim::Event> events);

 private:
  std::vector<PublishedEntity> last_;
  std::vector<PublishedHappening> happenings_;
  std::vector<std::shared_ptr<Picture>> pool_;
};

}  // namespace cudgel::replication
