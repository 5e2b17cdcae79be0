#pragma once
// How anything with legs moves and swings: the one file that the server runs for players and monsters alike and the client
// runs to predict its own character. The caller injects the surroundings; nothing here knows the world, the clock or the wire.

#include <cstdint>
#include <span>

#include "base/fixed.h"
#include "base/ids.h"
#include "content/content.h"
#include "sim/tile_map.h"

namespace cudgel::sim {

using base::EntityId;
using base::Tick;
using base::Vec2;

enum class Action : std::uint8_t { idle, walk, attack, dead };
inline constexpr int k_actions = 4;

/// What somebody wants to do, from now on until they want something else.
struct Intent {
  std::uint8_t heading = 0;  ///< 0 stand still, else 1 + heading (1..64)
  bool attack = false;       ///< strike as soon and as often as the cooldown allows
  EntityId target;           ///< whom; nobody means: whoever is nearest in reach, else straight ahead
  friend bool operator==(const Intent&, const Intent&) = default;
};

/// A BodySpec in ticks of this realm; made once per class or monster.
struct WalkerSpec {
  std::int32_t radius = 0;    ///< units
  std::int32_t speed = 0;     ///< units per tick
  std::int32_t push_max = 0;  ///< units per tick that a neighbour can push it aside
  Tick windup_ticks = 0;
  Tick recovery_ticks = 0;
  Tick cooldown_ticks = 0;  ///< start to next start
};
WalkerSpec make_walker_spec(const content::BodySpec& body, std::int32_t tick_hz);

/// The part of a body that the client predicts: everything that advance_walker reads and writes.
struct Walker {
  Vec2 position;            ///< units
  Vec2 velocity;            ///< units per tick that its legs aim at now (0,0 standing or blocked); pushes are not counted
  std::uint8_t facing = 2;  ///< 0..7
  Action action = Action::idle;
  Tick action_since = 0;  ///< tick at which the action began
  Tick attack_ready = 0;  ///< first tick at which the next attack may begin
  Intent intent;
  friend bool operator==(const Walker&, const Walker&) = default;
};

/// Somebody one can bump into, as it stood at the start of the tick.
struct Neighbour {
  Vec2 position;
  std::int32_t radius = 0;
};

struct Surroundings {
  const TileMap& map;
  std::span<const Neighbour>
      neighbours;  ///< order does not matter: pushes are summed. At most k_neighbours_max are looked at by callers.
  Vec2 aim;        ///< where the attack's target stands, if aim_valid: the body turns to it when the attack begins
  bool aim_valid = false;
};
inline constexpr std::size_t k_neighbours_max = 16;

/// One tick of one body: turn, begin or end an attack, walk with sliding along walls, be pushed by neighbours. A dead walker stays.
///   idle/walk --attack wanted and ready--> attack --windup+recovery over--> idle/walk
/// The blow itself falls at action_since + windup_ticks and is the world's business.
void advance_walker(Walker& walker, const WalkerSpec& spec, const Surroundings& surroundings, Tick now);

}  // namespace cudgel::sim
