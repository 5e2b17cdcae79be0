#pragma once
// How a body moves, as both sides hold it: the wire's rounded values, so that server and client continue a motion to
// exactly the same place. A new track is told only when the old one no longer predicts the body.

#include <cstdint>

#include "base/fixed.h"
#include "base/ids.h"
#include "sim/entity.h"

namespace cudgel::replication {

inline constexpr std::int32_t k_units_per_wire_step = 4;  ///< wire positions are 1/64 tile
/// A body may stray this far from its track before a new one is told, 3/32 tile. Larger: fewer bytes, more smoothing at the client.
/// 16 cost 5 % more bytes where goblins push each other, 32 save 3 %.
inline constexpr std::int32_t k_track_tolerance_units = 24;
/// A moving track is renewed at this age at the latest, so that its age fits the wire's byte.
inline constexpr base::Tick k_track_ticks_max = 200;

struct Track {
  base::Tick begin = 0;
  std::uint16_t x = 0;  ///< 1/64 tile at `begin`
  std::uint16_t y = 0;
  std::int16_t velocity_x = 0;  ///< units per tick
  std::int16_t velocity_y = 0;

  /// Before `begin` the motion is continued backwards. Defined for every value, because tracks come from the network.
  [[nodiscard]] base::Vec2 at(base::Tick tick) const {
    const std::int64_t elapsed = static_cast<std::int32_t>(tick - begin);
    return {static_cast<std::int32_t>(x * k_units_per_wire_step + velocity_x * elapsed),
            static_cast<std::int32_t>(y * k_units_per_wire_step + velocity_y * elapsed)};
  }
  friend bool operator==(const Track&, const Track&) = default;
};

/// Units to 1/64 tile, to the nearest; what is off the map's edge counts as the edge.
std::uint16_t to_wire_position(std::int32_t units);
/// 255 whole (or without health, like a projectile), 0 dead, 1..254 between.
std::uint8_t to_wire_health(std::int32_t health, std::int32_t health_max);
/// The track of a body that moves like this from now on.
Track make_track(const sim::Walker& walker, base::Tick now);
/// False when somebody who follows the track would be told something wrong: the legs aim elsewhere, the body strayed too
/// far, or a moving track has become too old for the wire. A body that stands keeps its track for ever.
bool track_holds(const Track& track, const sim::Walker& walker, base::Tick now);

/// Belongs to somebody (Sight::master) and wears nothing: the two are told in the same bytes.
constexpr bool has_master(sim::Kind kind) { return kind == sim::Kind::summoned || kind == sim::Kind::thing; }

/// All that others may know of an entity at one tick.
struct Sight {
  base::EntityId id;
  sim::Kind kind = sim::Kind::none;
  std::uint8_t archetype = 0;
  std::uint16_t level = 1;  ///< of a thing on the ground: how many
  std::uint16_t health_max = 0;
  std::uint8_t weapon = 0;  ///< what a player wears: 1 + index into the content's items, 0 none
  std::uint8_t coat = 0;
  std::uint8_t helmet = 0;
  std::uint16_t master = 0;   ///< of somebody summoned, and of a thing on the ground: 1 + slot of whose it is, 0 nobody's
  std::uint8_t health = 255;  ///< 255 whole, 0 dead
  std::uint8_t facing = 0;
  sim::Action action = sim::Action::idle;
  std::uint8_t looks = 0;       ///< sim::looks_of() what lies on it
  base::Tick action_since = 0;  ///< exact up to 255 ticks back, then clamped to 255 ticks before the frame that told it
  Track track;
  friend bool operator==(const Sight&, const Sight&) = default;
};

}  // namespace cudgel::replication
