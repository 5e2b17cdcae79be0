#pragma once
// What a player sees at one look: himself and what stands around, as plain values. Made from what the client was told, and nothing else.

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "base/fixed.h"
#include "base/ids.h"
#include "content/content.h"
#include "core/game_client.h"

namespace cudgel::bots {

/// A living monster in view.
struct Creature {
  base::EntityId id;
  std::uint8_t monster = 0;  ///< index into the content's monsters
  int level = 1;
  int health = 1;  ///< points, from the bar above its head
  base::Vec2 place;
  std::int32_t away = 0;  ///< units
  bool hunts = false;     ///< it comes at the player, or strikes
  bool taken = false;     ///< somebody else fights it
};

struct Thing {
  base::EntityId id;
  base::Vec2 place;
  std::int32_t away = 0;
};

struct Self {
  std::uint8_t class_index = 0;
  int level = 1;
  int health = 1;
  int health_max = 1;
  int mana = 0;
  int mana_max = 0;
  base::Vec2 place;
  sim::Gear gear;                                   ///< what its worn things add
  std::array<bool, content::k_skills_max> ready{};  ///< learned, cooled and paid for
  int summoned = 0;

  [[nodiscard]] int health_percent() const { return health_max > 0 ? health * 100 / health_max : 0; }
};

struct Scene {
  Self self;
  std::vector<Creature> creatures;  ///< nearest first
  std::vector<Thing> things;        ///< on the ground, nearest first
};

/// Whoever has harmed the player lately, as the adventurer remembers it.
using Harmers = std::span<const base::EntityId>;

/// What worn things add, as the bag shows it.
sim::Gear gear_of(const content::Content& content, const sim::Belongings& belongings);
/// Only while the client plays and has had a frame.
Scene look_around(const core::GameClient& client, const content::Content& content, std::uint8_t class_index, Harmers harmers);

}  // namespace cudgel::bots
