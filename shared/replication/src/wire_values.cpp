#include "wire_values.h"

#include <algorithm>

#include "base/assert.h"
#include "base/utf8.h"
#include "content/limits.h"
#include "protocol/limits.h"

namespace cudgel::replication {
namespace {

// The protocol does not know the sim and the content: it follows them.
static_assert(protocol::k_wire_effect_kinds == content::k_effect_kinds && protocol::k_wire_effects_max == sim::k_effects_max &&
              protocol::k_wire_skills == static_cast<int>(content::k_skills_max) && protocol::k_wire_orders == sim::k_orders &&
              protocol::k_wire_summoned == static_cast<int>(content::k_summoned_max) &&
              protocol::k_wire_zones == content::k_zones.max);

std::uint16_t to_u16(std::int32_t value) { return static_cast<std::uint16_t>(std::clamp<std::int32_t>(value, 0, UINT16_MAX)); }

std::int16_t exact_i16(std::int32_t value) {
  CUDGEL_ASSERT(value >= INT16_MIN && value <= INT16_MAX);
  return static_cast<std::int16_t>(value);
}

std::uint8_t age_of(base::Tick since, base::Tick now) {
  return static_cast<std::uint8_t>(std::min<base::Tick>(now - since, 255));
}

}  // namespace

protocol::Own wire_own(const sim::Entity& player) {
  const sim::Walker& walker = player.walker;
  CUDGEL_ASSERT(walker.position.x >= 0 && walker.position.x <= protocol::k_position_units_max);
  CUDGEL_ASSERT(walker.position.y >= 0 && walker.position.y <= protocol::k_position_units_max);
  return {player.id.packed(),
          walker.position.x,
          walker.position.y,
          exact_i16(walker.velocity.x),
          exact_i16(walker.velocity.y),
          walker.action_since,
          walker.attack_ready,
          walker.intent.target.packed(),
          to_u16(player.health),
          to_u16(player.health_max),
          player.level,
          walker.facing,
          static_cast<std::uint8_t>(walker.action),
          walker.intent.heading,
          static_cast<std::uint8_t>(walker.intent.attack ? 1 : 0)};
}

protocol::Means wire_means(const sim::Entity& player) {
  const sim::Walker& walker = player.walker;
  return {static_cast<std::uint32_t>(player.experience),
          to_u16(walker.mana),
          to_u16(walker.mana_max),
          flatbuffers::span<const std::uint32_t, content::k_skills_max>(walker.skill_ready),
          walker.point.x,
          walker.point.y,
          walker.wish_point.x,
          walker.wish_point.y,
          walker.skill,
          walker.wish,
          player.summoned,
          static_cast<std::uint8_t>(player.order)};
}

protocol::Lasting wire_effect(const sim::Effect& effect) {
  return {effect.until, static_cast<std::uint16_t>(effect.magnitude), static_cast<std::uint8_t>(effect.kind)};
}

protocol::Own moved_on(protocol::Own own, base::Tick ticks) {
  return {own.id(),
          static_cast<std::int32_t>(own.x() + std::int64_t{own.velocity_x()} * ticks),
          static_cast<std::int32_t>(own.y() + std::int64_t{own.velocity_y()} * ticks),
          own.velocity_x(),
          own.velocity_y(),
          own.action_since(),
          own.attack_ready(),
          own.target(),
          own.health(),
          own.health_max(),
          own.level(),
          own.facing(),
          own.action(),
          own.heading(),
          own.attack()};
}

protocol::Bout wire_bout(const sim::Duel& duel) {
  if (duel.stage == sim::DuelStage::none) return {};
  const auto place = [](std::int32_t units) { return std::clamp<std::int32_t>(units, 0, protocol::k_position_units_max); };
  return {duel.rival.packed(), duel.until, place(duel.ring.x), place(duel.ring.y), static_cast<std::uint8_t>(duel.stage)};
}

protocol::Motion wire_motion(const Sight& sight, base::Tick now) {
  return {sight.id.index,
          sight.id.generation,
          sight.track.x,
          sight.track.y,
          sight.track.velocity_x,
          sight.track.velocity_y,
          static_cast<std::uint8_t>(sight.facing | static_cast<unsigned>(sight.action) << 3U |
                                    (static_cast<unsigned>(sight.looks) >> 2U & 1U) << 5U |
                                    (static_cast<unsigned>(sight.looks) & 3U) << 6U),
          age_of(sight.track.begin, now),
          age_of(sight.action_since, now),
          sight.health};
}

protocol::Arrival wire_arrival(const Sight& sight, base::Tick now) {
  const bool mastered = has_master(sight.kind);
  return {wire_motion(sight, now),
          sight.health_max,
          static_cast<std::uint8_t>(sight.kind),
          sight.archetype,
          sight.level,
          static_cast<std::uint8_t>(mastered ? sight.master & 0xFFU : sight.weapon),
          static_cast<std::uint8_t>(mastered ? sight.master >> 8U : sight.coat),
          sight.helmet};
}

protocol::Happening wire_happening(const sim::Event& event, base::Tick age) {
  return {event.source.packed(),
          event.target.packed(),
          to_wire_position(event.position.x),
          to_wire_position(event.position.y),
          to_u16(event.amount),
          static_cast<std::uint8_t>(event.type),
          static_cast<std::uint8_t>(age)};
}

flatbuffers::Offset<protocol::Owned> write_owned(const sim::Belongings& own, flatbuffers::FlatBufferBuilder& builder) {
  std::array<protocol::Cell, sim::k_cells> cells;
  std::size_t count = 0;
  for (std::size_t i = 0; i < sim::k_cells; ++i) {
    if (own.cells[i].item == 0) continue;
    cells[count++] = {static_cast<std::uint8_t>(i), own.cells[i].item, own.cells[i].count};
  }
  const auto list = builder.CreateVectorOfStructs(cells.data(), count);
  return protocol::CreateOwned(builder, list, static_cast<std::uint32_t>(own.gold), static_cast<std::uint32_t>(own.bank_gold),
                               own.revision);
}

bool is_wire_notice(std::string_view text) {
  return text.size() <= protocol::k_notice_bytes_max && base::is_displayable_name(text, protocol::k_notice_bytes_max);
}

}  // namespace cudgel::replication
