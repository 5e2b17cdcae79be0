#pragma once
// Server side, realm thread: after each step makes an immutable picture of the world from which any number of viewers'
// frames can be encoded on other threads without locks. It never knows who is watching.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/prefetch.h"
#include "protocol/limits.h"
#include "protocol/schema/server_generated.h"
#include "replication/track.h"
#include "sim/spatial_grid.h"
#include "sim/world.h"

namespace cudgel::replication {

/// One published entity: what is told, where it exactly stood (for who-sees-what), and when what is told last changed.
struct PublishedEntity {
  Sight sight;
  base::Vec2 position;        ///< units, exact
  base::Tick introduced = 0;  ///< when what only an Arrival tells last changed: id, kind, archetype, level, whole health
  base::EntityId target;      ///< whom it fights, hunts or flies at; nobody else is told
  base::EntityId owner;       ///< projectiles: who let fly; things on the ground: whose
  std::uint16_t player = 0;   ///< players: place in Picture::players
};

struct PublishedHappening {
  base::Tick tick = 0;
  sim::Event event;
  /// Its place, its source and its target stand between these in this picture: who sees nothing of that need not look closer.
  base::Vec2 low;
  base::Vec2 high;
};

/// What only a player itself is told of its body, as it goes over the wire. First what its viewer looks at in every tick: with thousands of
/// players all of this is cold in each of them, and mostly there is nothing new: so that lies in one cache line.
struct alignas(base::k_cache_line_bytes / 2) PublishedPlayer {
  base::EntityId id;
  std::uint32_t last_sequence = 0;  ///< of the last act that was carried out
  /// When each of these last became other than a client that knew it would take it to be now. Whoever was told since need not be told again.
  base::Tick own_changed = 0;
  base::Tick means_changed = 0;
  base::Tick bout_changed = 0;
  base::Tick effects_changed = 0;
  std::uint16_t level = 1;
  std::uint8_t archetype = 0;     ///< its class
  std::uint8_t effects_size = 0;  ///< how many of `effects` there are
  protocol::Own own;
  protocol::Means means;
  protocol::Bout bout;
  std::array<protocol::Lasting, protocol::k_wire_effects_max> effects;
  base::PlayerName name;

  [[nodiscard]] std::span<const protocol::Lasting> lasting() const { return {effects.data(), effects_size}; }
};

/// How late each of the last ticks was: from when it was due until it could be told, in ms.
inline constexpr std::size_t k_lateness_ticks = 32;

/// Immutable once published. Shared by all threads.
struct Picture {
  base::Tick tick = 0;
  std::array<std::uint16_t, k_lateness_ticks> late_ms{};  ///< of tick t at t % k_lateness_ticks
  sim::SpatialGrid grid;                                  ///< items' index = entity slot
  std::vector<PublishedEntity> entities;                  ///< by slot, up to the last one in use; kind none where empty
  /// By slot: when its sight last changed. Apart from the rest, because every viewer asks it of everybody in view at every tick,
  /// and the answer is nearly always that nothing has.
  std::vector<base::Tick> changed;
  std::vector<PublishedHappening> happenings;  ///< of the last k_happening_ticks, oldest first
  std::vector<PublishedPlayer> players;        ///< sorted by id.index
  [[nodiscard]] const PublishedPlayer* player(base::EntityId id) const;
  [[nodiscard]] const PublishedEntity* find(base::EntityId id) const;
  /// The latest of the last `ticks` ticks, at most k_lateness_ticks of them, in ms.
  [[nodiscard]] std::uint16_t latest_ms(base::Tick ticks) const;
};
inline constexpr base::Tick k_happening_ticks = 40;  ///< how far back a viewer that fell behind still hears what happened

class Publisher {
 public:
  Publisher();
  /// Call once after each step. Pictures that nobody holds any more are reused: in the steady state nothing is allocated
  /// but the handle's small control block. Handles may be dropped on any thread, and outlive the publisher.
  /// `late_ms` is how late this tick was when it was published.
  std::shared_ptr<const Picture> publish(const sim::World& world, std::span<const sim::Event> events, std::uint16_t late_ms = 0);

 private:
  struct Pool;
  struct Lent;
  Lent& free_picture();
  void publish_entities(const sim::World& world, Picture& picture);
  void publish_happenings(base::Tick now, std::span<const sim::Event> events, Picture& picture);

  std::vector<PublishedEntity> last_;
  std::vector<base::Tick> changed_;
  std::shared_ptr<const Picture> before_;  ///< the last one published: what has changed of players is told by comparing with it
  std::vector<PublishedHappening> happenings_;
  std::array<std::uint16_t, k_lateness_ticks> late_ms_{};
  std::vector<sim::SpatialGrid::Item> items_;
  std::shared_ptr<Pool> pool_;
};

}  // namespace cudgel::replication
