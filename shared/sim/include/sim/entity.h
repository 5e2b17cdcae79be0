#pragma once
// One thing in the world: a player, a monster, a projectile in the air, a thing on the ground or somebody whom a player has summoned. Plain values; ids, never pointers.

#include <array>
#include <cstdint>

#include "base/fixed_text.h"
#include "base/ids.h"
#include "sim/belongings.h"
#include "sim/effects.h"
#include "sim/shares.h"
#include "sim/trail.h"
#include "sim/walker.h"

namespace cudgel::sim {

/// summoned: of a monster's body and numbers, but on its master's side (src/summoned.cpp).
enum class Kind : std::uint8_t { none, player, monster, projectile, thing, summoned };
inline constexpr int k_kinds = 6;

/// What a monster has on its mind; the table stands in src/mind.cpp.
/// follow: of those who are summoned, while they fight nobody. thrown: flies, by somebody else's strength (src/hurl.cpp).
enum class Mood : std::uint8_t { rest, roam, visit, chase, home, flee, rush, follow, thrown };
inline constexpr int k_moods = 9;

/// What a player has told those whom it summoned. come: at its side; stay: where they are. Either way they turn on whoever fights it.
/// attack: its quarry, until that is dead or lost; then come.
enum class Order : std::uint8_t { come, stay, attack };
inline constexpr int k_orders = 3;

inline constexpr std::size_t k_path_tiles_max = 48;

struct Mind {
  Mood mood = Mood::rest;
  Tick until = 0;      ///< when the mood ends by itself
  Tick next_path = 0;  ///< earliest tick for the next path search
  Vec2 home;           ///< where it belongs
  Vec2 noticed_at;     ///< where it was when it first noticed its target: the leash's other end
  Vec2 goal;           ///< where it wants to be
  EntityId target;
  std::uint16_t lair = 0;  ///< 1 + index into World::lairs() of the lair it belongs to, 0 none
  std::uint8_t phase = 0;  ///< how many of its phases have begun
  bool fled = false;       ///< it has run away once and will not again until it has been home
  std::uint8_t path_size = 0;
  std::uint8_t path_next = 0;
  std::array<std::uint16_t, k_path_tiles_max * 2> path{};  ///< x, y of tiles still to walk
};

/// What a skill of kind area has left on the ground. One for each player: the next takes its place.
struct Ground {
  Vec2 place;
  Tick until = 0;          ///< first tick at which it is gone
  Tick next = 0;           ///< tick at which it falls again
  std::uint8_t skill = 0;  ///< 1 + index into the class's skills, 0 there is none
  friend bool operator==(const Ground&, const Ground&) = default;
};

/// Where a duel between two players stands; both hold the same, as each sees it.
enum class DuelStage : std::uint8_t { none, asks, asked, countdown, fight };
inline constexpr int k_duel_stages = 5;

struct Duel {
  DuelStage stage = DuelStage::none;
  EntityId rival;
  Tick until = 0;  ///< when the stage is over by itself
  Vec2 ring;       ///< units: its middle, from the countdown on
  friend bool operator==(const Duel&, const Duel&) = default;
};

struct Entity {
  EntityId id;  ///< id.generation survives the entity, so that a slot's next id differs
  Kind kind = Kind::none;
  std::uint8_t archetype = 0;  ///< index into classes, monsters or items; for a projectile the AttackKind
  std::uint16_t level = 1;     ///< of a thing on the ground: how many, as far as 16 bits go
  Walker walker;
  std::int32_t health = 0;  ///< points, 0 = dead
  std::int32_t health_max = 0;
  Tick expires =
      0;  ///< corpse, projectile or player's respawn: the tick at which it ends; a calm monster: when it may leave unseen; 0 never
  Tick guarded_until = 0;  ///< before this tick nothing harms it; a thing: only its owner takes it
  Effects effects;         ///< what lies on it
  // player
  base::PlayerName name;
  std::uint32_t last_sequence = 0;  ///< of the last command that was carried out
  Tick last_threat = 0;             ///< when a monster last hunted this player (spawn rule)
  std::int32_t experience = 0;      ///< points since the level was reached, fewer than it takes to the next
  Ground ground;
  Order order = Order::come;  ///< to those it has summoned
  std::uint8_t summoned = 0;  ///< how many of them live; counted anew by each step
  EntityId quarry;            ///< whom they turn on: whom it struck or who struck it last, or whom it told them to attack
  std::uint8_t view_age = 0;  ///< how far behind now it sees everybody else, in 1/16 ticks, at most view_age_max()
  Gear gear;                  ///< what its worn things add; what it owns stands in World::belongings()
  Duel duel;
  // monster
  Mind mind;
  Trail trail;
  Shares shares;  ///< of those who have harmed it
  // thing on the ground
  std::int32_t amount = 0;  ///< how many, of gold how much
  // projectile
  EntityId owner;                  ///< a thing: whose it is, or nobody's; who is summoned: its master, while it lives
  Kind foe = Kind::none;           ///< the kind it harms: the owner may be gone when it arrives
  EntityId homing;                 ///< talisman: whom it seeks
  std::int32_t damage = 0;         ///< points, rolled at the shot
  std::int32_t flight_speed = 0;   ///< units per tick; its heading is walker.intent.heading
  std::int32_t flight_radius = 0;  ///< units
};

}  // namespace cudgel::sim
