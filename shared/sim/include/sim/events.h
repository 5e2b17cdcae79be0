#pragma once
// What happened in one tick, for those who watch: numbers to float, sounds to play, log lines to write. The sim never reads them.

#include <cstdint>
#include <vector>

#include "base/fixed.h"
#include "base/ids.h"

namespace cudgel::sim {

/// hit: source harmed target by amount. death: source killed target. respawn, spawn, left: target did. joined: target entered, or
/// nobody when the world is full. missed: source's blow or projectile met nobody, or a target that nothing harms now (guard).
/// shot: source let fly at target (or straight ahead: nobody). gained: target earned experience; others are not told. level_up: target
/// has reached level amount. cast: the blow of source's skill amount (1 + index) falls at position. mended: source's effect gave target
/// amount health. duel: between source and target, amount says what of it (DuelNews). refused: target's skill did not begin for the reason amount (Refusal); others are not told.
enum class EventType : std::uint8_t {
  hit,
  death,
  respawn,
  spawn,
  joined,
  left,
  missed,
  shot,
  gained,
  level_up,
  cast,
  mended,
  refused,
  duel
};
inline constexpr int k_event_types = 14;

/// begun: the first blow may fall. won: source has beaten target. off: nobody has. turned_down: target did not take source's challenge.
enum class DuelNews : std::uint8_t { begun, won, off, turned_down };

struct Event {
  EventType type = EventType::hit;
  base::EntityId source;     ///< who did it, or nobody
  base::EntityId target;     ///< to whom
  std::int32_t amount = 0;   ///< hit: damage in points; gained: experience in points; level_up: the new level
  base::Vec2 position;       ///< where, units
  std::uint64_t ticket = 0;  ///< joined: the ticket of the join command
};

using Events = std::vector<Event>;

}  // namespace cudgel::sim
