// The rule by which a track still holds, and the arithmetic of wire values, in one place for both sides.

#include "replication/track.h"

#include <algorithm>

#include "protocol/limits.h"
#include "sim/deeds.h"
#include "sim/entity.h"

namespace cudgel::replication {

static_assert(sim::k_kinds == protocol::k_wire_kinds && static_cast<int>(sim::Kind::player) == protocol::k_wire_kind_player &&
              static_cast<int>(sim::Kind::thing) == protocol::k_wire_kind_thing &&
              static_cast<int>(sim::Kind::summoned) == protocol::k_wire_kind_summoned);
static_assert(sim::k_actions == protocol::k_wire_actions && sim::k_actions <= 4, "a pose has two bits for them");
static_assert(base::k_facings == protocol::k_wire_facings);
static_assert(sim::k_view_age_parts == protocol::k_view_age_parts);
static_assert(sim::view_age_max(60) == protocol::k_view_age_max);
static_assert(sim::k_deed_types == protocol::k_wire_deed_types);
static_assert(sim::k_verdicts == protocol::k_wire_verdicts);
static_assert(sim::k_duel_stages == protocol::k_wire_duel_stages);
static_assert(sim::k_cells == protocol::k_wire_cells);
static_assert(sim::k_gold_max == protocol::k_wire_gold_max);
static_assert(base::k_headings == protocol::k_heading_max);

namespace {
std::int16_t to_wire_velocity(std::int32_t units_per_tick) {
  return static_cast<std::int16_t>(std::clamp<std::int32_t>(units_per_tick, INT16_MIN, INT16_MAX));
}
}  // namespace

std::uint16_t to_wire_position(std::int32_t units) {
  const std::int32_t steps = (std::max(units, 0) + k_units_per_wire_step / 2) / k_units_per_wire_step;
  return static_cast<std::uint16_t>(std::min<std::int32_t>(steps, UINT16_MAX));
}

std::uint8_t to_wire_health(std::int32_t health, std::int32_t health_max) {
  if (health_max <= 0 || health >= health_max) return 255;
  if (health <= 0) return 0;
  return static_cast<std::uint8_t>(std::clamp<std::int64_t>(std::int64_t{health} * 255 / health_max, 1, 254));
}

Track make_track(const sim::Walker& walker, base::Tick now) {
  return {now, to_wire_position(walker.position.x), to_wire_position(walker.position.y), to_wire_velocity(walker.velocity.x),
          to_wire_velocity(walker.velocity.y)};
}

bool track_holds(const Track& track, const sim::Walker& walker, base::Tick now) {
  if (track.velocity_x != to_wire_velocity(walker.velocity.x)) return false;
  if (track.velocity_y != to_wire_velocity(walker.velocity.y)) return false;
  const bool moving = track.velocity_x != 0 || track.velocity_y != 0;
  if (moving && now - track.begin >= k_track_ticks_max) return false;
  return base::chebyshev(track.at(now) - walker.position) <= k_track_tolerance_units;
}

}  // namespace cudgel::replication
