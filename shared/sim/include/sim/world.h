#pragma once
// The whole state of a realm, as plain values: what step() reads and writes, what is saved, restored and hashed.
// No socket, clock, file or thread; integers only.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "base/random.h"
#include "base/result.h"
#include "content/content.h"
#include "sim/deeds.h"
#include "sim/entity.h"
#include "sim/events.h"
#include "sim/scratch.h"
#include "sim/spatial_grid.h"
#include "sim/tile_map.h"
#include "sim/together.h"

namespace cudgel::sim {

struct WorldOptions {
  std::int32_t tick_hz = 20;  ///< ticks per second, 5..60
  std::uint64_t seed = 1;
  std::uint16_t entities_max = 16384;  ///< slots for everything that lives; joins and spawns beyond are refused
  bool arena = false;                  ///< players appear anywhere walkable instead of at the map's starts; the visit rule is off
};

/// An input of the step. Joins and leaves are commands too, so that a record of commands replays the world.
/// What a player had when it was here last.
struct Returning {
  std::optional<Vec2> place;    ///< where it stood; used if it can stand there
  std::int32_t health = 0;      ///< points, cut to the most it can have; 0 and below: it fell, and wakes whole at a start
  std::int32_t level = 1;       ///< held to what there is
  std::int32_t experience = 0;  ///< points since that level
  std::optional<Belongings> belongings = {};
  friend bool operator==(const Returning&, const Returning&) = default;
};

struct Command {
  /// guard: nobody is at the keys just now. The body lets go of everything and nothing harms it for rules.guard_ms, or until it strikes.
  /// deed: something with what it owns; what became of it stands in Scratch::settled.
  enum class Type : std::uint8_t { act, join, leave, guard, deed };
  Type type = Type::act;
  EntityId who;                             ///< act, leave, guard, deed
  std::uint32_t sequence = 0;               ///< act: the client's number, comes back in Entity::last_sequence
  Intent intent;                            ///< act
  std::uint8_t view_age = 0;                ///< act: how far behind its tick everybody else was seen, 1/16 ticks; any value
  std::uint8_t skill = 0;                   ///< act: 1 + index of the skill to begin now, 0 none; any value
  Vec2 point;                               ///< act: where the skill is aimed, units; any place
  std::uint64_t ticket = 0;                 ///< join: comes back in the joined event; deed: in Settled
  std::uint8_t class_index = 0;             ///< join
  base::PlayerName name;                    ///< join
  std::optional<Returning> returning = {};  ///< join
  Deed deed = {};                           ///< deed
};

class World {
 public:
  /// `content` must outlive the world. `map` is content.map() or an arena.
  World(const content::Content& content, const content::MapSpec& map, WorldOptions options);

  [[nodiscard]] Tick tick() const { return tick_; }
  [[nodiscard]] const WorldOptions& options() const { return options_; }
  [[nodiscard]] const content::Content& content() const { return *content_; }
  /// From now on monsters are as `next` has them, which must outlive the world and differ only as content::hinders_exchange() allows. Those
  /// who live keep their health and level; what is asked anew each time (damage, loot, experience, minds) is the new one's.
  void exchange(const content::Content& next);
  [[nodiscard]] const TileMap& map() const { return map_; }
  [[nodiscard]] std::int32_t ticks_of_ms(std::int32_t ms) const;  ///< rounded up, at least 1 for ms > 0

  /// All slots, also the empty ones (kind none). Index = id.index.
  [[nodiscard]] std::span<const Entity> entities() const { return entities_; }
  [[nodiscard]] std::span<Entity> entities() { return entities_; }
  /// Indices of the living slots, ascending: the order in which everything in the step happens.
  [[nodiscard]] std::span<const std::uint16_t> alive() const { return alive_; }
  [[nodiscard]] const Entity* find(EntityId id) const;
  [[nodiscard]] Entity* find(EntityId id);

  /// A new entity in the lowest free slot, or nullptr when full.
  Entity* create(Kind kind);
  void destroy(EntityId id);
  /// Puts `count` monsters, of these kinds (at least one) in turn, evenly over the map; skips blocked tiles. How many found a place.
  std::int32_t populate(std::span<const std::uint8_t> kinds, std::int32_t count);
  /// Puts everybody into the lairs of the map; returns how many found a place. Once, for a new world.
  std::int32_t fill_lairs();
  std::int32_t populate(std::uint8_t kind, std::int32_t count) { return populate(std::span(&kind, 1), count); }

  [[nodiscard]] const WalkerSpec& spec_of(const Entity& entity) const;  ///< player, monster or summoned; who charges is faster
  [[nodiscard]] const content::AttackSpec& attack_of(const Entity& entity) const;

  [[nodiscard]] const content::BodySpec& body_of(const Entity& entity) const;  ///< player, monster or summoned
  [[nodiscard]] std::span<const Vec2> player_starts() const { return player_starts_; }
  [[nodiscard]] std::span<const content::Lair> lairs() const { return lairs_; }
  [[nodiscard]] std::span<const content::NpcPlacement> npcs() const { return npcs_; }
  /// What a player owns; kept beside the entities, because few phases of the step ask for it.
  [[nodiscard]] const Belongings& belongings(const Entity& player) const;
  [[nodiscard]] Belongings& belongings(const Entity& player);
  /// They have changed: a new revision, and whoever watches is told.
  void note_change(const Entity& player, Belongings& belongings);
  [[nodiscard]] std::int32_t radius_max() const { return radius_max_; }  ///< of all bodies of the content, units

  base::Random random;
  SpatialGrid grid;               ///< living bodies where they stood at the start of the last tick; rebuilt by step(), not saved
  Scratch scratch;                ///< memory of the step; not part of the state
  std::vector<Bargain> bargains;  ///< in the order in which they were asked for; nobody is in two
  std::vector<Band> bands;        ///< of two and more; nobody is in two
  std::vector<Invitation> invitations;  ///< in the order in which they were made

  // Used by save.cpp, restore.cpp and step.cpp
  Tick tick_ = 0;
  /// Derives alive() and the free slots from the entities; restore() writes those.
  void index_slots();

 private:
  const content::Content* content_;
  TileMap map_;
  WorldOptions options_;
  std::vector<Vec2> player_starts_;
  std::vector<content::Lair> lairs_;
  std::vector<content::NpcPlacement> npcs_;
  std::map<std::uint16_t, Belongings> belongings_;  ///< by the slot of a player
  std::vector<Entity> entities_;
  std::vector<std::uint16_t> alive_;
  std::vector<std::uint16_t> free_;  ///< min-heap: the lowest free slot is the next, so that nothing but the slots needs saving
  void make_monster_specs();

  std::vector<WalkerSpec> class_specs_;
  std::vector<WalkerSpec> monster_specs_;
  std::vector<WalkerSpec> rush_specs_;  ///< of monsters while they charge
  std::int32_t radius_max_ = 0;
};

/// One tick. `commands` are valid (ranges checked) and due now; unknown ids are ignored. `events` is cleared first.
void step(World& world, std::span<const Command> commands, Events& events);

/// The whole world as a FlatBuffer (schema/world.fbs).
std::vector<std::uint8_t> save(const World& world);
struct RestoreError {
  std::string text;  ///< which field is wrong and why
};
/// The opposite of save(). The bytes are not trusted: every value is checked. The world must have been made with the same content and map size.
base::Result<void, RestoreError> restore(World& world, std::span<const std::uint8_t> bytes);
/// Fingerprint of everything that step() depends on: equal hashes now mean equal worlds for ever, given equal commands.
std::uint64_t hash(const World& world);

}  // namespace cudgel::sim
