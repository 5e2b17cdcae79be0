#pragma once
// How anything with legs moves and swings: the one file that the server runs for players and monsters alike and the client
// runs to predict its own character. The caller injects the surroundings; nothing here knows the world, the clock or the wire.

#include <array>
#include <cstdint>
#include <span>

#include "base/fixed.h"
#include "base/ids.h"
#include "content/content.h"
#include "sim/effects.h"
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

/// What the body must know of a skill, in ticks of this realm.
struct SkillTimes {
  content::SkillKind kind = content::SkillKind::arc;
  std::int32_t level = 1;
  std::int32_t mana = 0;
  std::int32_t reach = 0;  ///< units
  std::int32_t speed = 0;  ///< units per tick, of a dash
  Tick windup_ticks = 0;
  Tick dash_ticks = 0;  ///< the longest run
  Tick recovery_ticks = 0;
  Tick cooldown_ticks = 0;
  std::array<std::uint8_t, content::k_summoned_max> more_at{};  ///< summon: levels from which there may be one more, 0 never
};

/// A BodySpec in ticks of this realm; made once per class or monster.
struct WalkerSpec {
  std::int32_t radius = 0;    ///< units
  std::int32_t speed = 0;     ///< units per tick
  std::int32_t push_max = 0;  ///< units per tick that a neighbour can push it aside
  Tick windup_ticks = 0;
  Tick recovery_ticks = 0;
  Tick cooldown_ticks = 0;  ///< start to next start
  Tick second_ticks = 20;   ///< a second, when mana comes back
  std::int32_t mana_per_s = 0;
  std::uint8_t skills_size = 0;
  std::array<SkillTimes, content::k_skills_max> skills{};
};
WalkerSpec make_walker_spec(const content::BodySpec& body, std::int32_t tick_hz);
WalkerSpec make_walker_spec(const content::ClassSpec& spec, std::int32_t tick_hz);

/// Why a skill did not begin. Told to the player as a number: the page has the words (web/js/skills.js).
enum class Refusal : std::uint8_t {
  none,
  unknown,
  level,
  mana,
  cooling,
  stunned,
  too_far,
  out_of_sight,
  enough,
  no_room,
  nobody,
  dead
};
inline constexpr int k_refusals = 12;

/// The part of a body that the client predicts: everything that advance_walker reads and writes.
struct Walker {
  Vec2 position;            ///< units
  Vec2 velocity;            ///< units per tick that its legs aim at now (0,0 standing or blocked); pushes are not counted
  std::uint8_t facing = 2;  ///< 0..7
  Action action = Action::idle;
  Tick action_since = 0;  ///< tick at which the action began
  Tick attack_ready = 0;  ///< first tick at which the next attack may begin
  Intent intent;
  std::int32_t mana = 0;  ///< points
  std::int32_t mana_max = 0;
  std::uint8_t skill = 0;  ///< what the action attack carries out: 0 the basic attack, else 1 + index into the class's skills
  std::uint8_t wish = 0;   ///< the skill that begins as soon as the body is free, 0 none
  Vec2 point;              ///< units: where `skill` is aimed
  Vec2 wish_point;
  std::array<Tick, content::k_skills_max> skill_ready{};  ///< first tick at which each may begin again
  friend bool operator==(const Walker&, const Walker&) = default;
};

/// Somebody one can bump into, as it stood at the start of the tick.
struct Neighbour {
  Vec2 position;
  std::int32_t radius = 0;
  bool foe = false;  ///< stops a dash
};

struct Surroundings {
  const TileMap& map;
  std::span<const Neighbour>
      neighbours;  ///< order does not matter: pushes are summed. At most k_neighbours_max are looked at by callers.
  Vec2 aim;        ///< where the attack's target stands, if aim_valid: the body turns to it when the attack begins
  bool aim_valid = false;
  Condition condition = {};  ///< what lies on the body
  std::int32_t level = 1;
  std::int32_t summoned = 0;  ///< how many it has summoned already
};
inline constexpr std::size_t k_neighbours_max = 16;

/// The skill is to begin as soon as the body is free.
inline void wish_skill(Walker& walker, std::uint8_t skill, Vec2 point) {
  walker.wish = skill;
  walker.wish_point = point;
}

/// Ticks from the start of the action attack until its blow falls; until the body is free again.
Tick blow_ticks(const Walker& walker, const WalkerSpec& spec);
Tick busy_ticks(const Walker& walker, const WalkerSpec& spec);

/// One tick of one body: turn, begin or end an attack, walk with sliding along walls, be pushed by neighbours. A dead walker stays.
///   idle/walk --attack wanted and ready--> attack --windup+recovery over--> idle/walk
/// A wished skill goes before the attack: it waits while the body is busy, and then begins or is dropped for the reason returned.
/// The blow itself falls at action_since + blow_ticks() and is the world's business. Who is stunned does nothing at all.
Refusal advance_walker(Walker& walker, const WalkerSpec& spec, const Surroundings& surroundings, Tick now);

}  // namespace cudgel::sim
