#include "mind.h"

#include <algorithm>
#include <utility>

#include "hunt.h"
#include "kin.h"
#include "sheep.h"
#include "steer.h"
#include "summoned.h"

namespace cudgel::sim {
namespace {

// mood  | begins                  | does                       | player noticed | time over  | arrived | target gone | target seen | beyond leash | afraid
// rest  | at home                 | stands                     | chase          | roam       |         |             |             |              |
// roam  | after a rest            | walks near home            | chase          | rest       | rest    |             |             |              |
// visit | sent by the spawn rule  | walks to a player anywhere |                | home       |         | home        | chase       |              |
// chase | sees or is hurt by one  | goes after him and strikes |                |            |         | home        |             | home         | flee
// home  | gives up                | walks home                 |                | rest, here | rest    |             |             |              |
// flee  | weak for the first time | runs from its target       |                | chase      |         | home        |             |              |
// rush  | its charge's wind-up    | runs straight ahead        | chase when charge.cpp ends it
// thrown | somebody hurls it        | flies                      | chase when hurl.cpp ends it
// Hurt in any mood but chase, flee, rush and thrown: chase. Who comes to rest from home is whole again.

struct Seen {
  bool time_over = false;
  bool arrived = false;
  bool target_gone = false;
  bool target_seen = false;
  bool beyond_leash = false;
  bool player_noticed = false;
  bool afraid = false;
};

Mood next_mood(Mood mood, const Seen& seen) {
  switch (mood) {
    case Mood::rest:
      return seen.player_noticed ? Mood::chase : seen.time_over ? Mood::roam : Mood::rest;
    case Mood::roam:
      return seen.player_noticed ? Mood::chase : seen.time_over || seen.arrived ? Mood::rest : Mood::roam;
    case Mood::visit:
      return seen.target_gone || seen.time_over ? Mood::home : seen.target_seen ? Mood::chase : Mood::visit;
    case Mood::chase:
      return seen.target_gone || seen.beyond_leash ? Mood::home : seen.afraid ? Mood::flee : Mood::chase;
    case Mood::home:
      return seen.arrived || seen.time_over ? Mood::rest : Mood::home;
    case Mood::flee:
      return seen.target_gone ? Mood::home : seen.time_over ? Mood::chase : Mood::flee;
    case Mood::rush:
    case Mood::follow:
    case Mood::thrown:
      return mood;
  }
  return Mood::rest;
}

constexpr std::int32_t k_rest_ms_min =
    2000;  ///< a monster at rest looks around this long; longer means less life and less traffic
constexpr std::int32_t k_rest_ms_max = 9000;
constexpr std::int32_t k_roam_ms_max = 5000;  ///< a stroll ends by itself, should something be in the way
constexpr std::int32_t k_roam_radius = 3 * base::k_units_per_tile;
constexpr std::int32_t k_visit_ms_max = 60000;  ///< a visitor that has not met its player by then gives up
constexpr std::int32_t k_home_ms_max = 30000;   ///< if it cannot get home by then, home is where it is
constexpr std::int32_t k_linger_ms = 30000;     ///< a calm monster of a world with visits leaves after this, when nobody sees it
constexpr std::int32_t k_arrived_units = base::k_units_per_tile / 2;
constexpr std::int32_t k_near_units = 3 * base::k_units_per_tile;  ///< so near to its target a monster thinks every tick
constexpr std::int32_t k_thoughts_per_second = 5;  ///< else this often; each by its slot, so that the work spreads over the ticks

Tick after_ms(const World& world, Tick now, std::int32_t ms) { return now + static_cast<Tick>(world.ticks_of_ms(ms)); }

const content::MonsterSpec& monster_spec(const World& world, const Entity& monster) {
  return world.content().monsters()[monster.archetype];
}

bool is_prey(const Entity* other) {
  return other != nullptr && (other->kind == Kind::player || other->kind == Kind::summoned) && other->health > 0;
}

/// Somebody summoned who bites takes a hunter off a target that is farther away: that is what dogs are for.
bool is_nearer_summoned(const World& world, const Entity& monster, EntityId by) {
  const Entity* biter = world.find(by);
  const Entity* target = world.find(monster.mind.target);
  if (biter == nullptr || target == nullptr || biter->kind != Kind::summoned || target->kind != Kind::player) return false;
  return base::length_squared(biter->walker.position - monster.walker.position) <
         base::length_squared(target->walker.position - monster.walker.position);
}

bool within(Vec2 a, Vec2 b, std::int64_t distance) { return base::length_squared(a - b) <= distance * distance; }

/// The nearest living player, or somebody summoned, in sight whom something can harm now.
const Entity* notice(const World& world, const Entity& monster, Tick now) {
  const std::int32_t sight = monster_spec(world, monster).sight;
  const Entity* best = nullptr;
  std::int64_t best_distance = static_cast<std::int64_t>(sight) * sight;
  const auto consider = [&](const SpatialGrid::Item& item) {
    const std::int64_t distance = base::length_squared(item.position - monster.walker.position);
    const Entity& other = world.entities()[item.index];
    if (distance > best_distance || now < other.guarded_until) return;
    if (best != nullptr && distance == best_distance && other.id.index > best->id.index) return;
    best = &other;
    best_distance = distance;
  };
  world.scratch.players_grid.for_each_within(monster.walker.position, sight, consider);
  if (!world.scratch.summoned.empty()) world.scratch.summoned_grid.for_each_within(monster.walker.position, sight, consider);
  return best;
}

bool is_afraid(const Entity& monster, const content::TraitsSpec& traits) {
  return !monster.mind.fled && monster.health * 100 < traits.flee_below_percent * monster.health_max;
}

Seen look(const World& world, const Entity& monster, const Entity* target, const Entity* noticed, Tick now) {
  const Mind& mind = monster.mind;
  const content::MonsterSpec& spec = monster_spec(world, monster);
  Seen seen;
  seen.time_over = now >= mind.until;
  seen.arrived = within(monster.walker.position, mind.goal, k_arrived_units);
  seen.target_gone = target == nullptr;
  seen.target_seen = target != nullptr && within(monster.walker.position, target->walker.position, spec.sight);
  seen.beyond_leash = !within(monster.walker.position, mind.noticed_at, spec.leash);
  seen.player_noticed = noticed != nullptr;
  seen.afraid = is_afraid(monster, spec.traits);
  return seen;
}

void stand(Entity& monster) { monster.walker.intent = {}; }

/// Who got home is whole again, and may flee and call once more.
void recover(Entity& monster) {
  monster.health = monster.health_max;
  monster.mind.phase = 0;
  monster.mind.fled = false;
  monster.shares = {};
}

/// What is done once when a mood begins.
void enter(World& world, Entity& monster, Mood mood, Tick now) {
  Mind& mind = monster.mind;
  const Mood before = std::exchange(mind.mood, mood);
  mind.path_size = mind.path_next = 0;
  stand(monster);
  switch (mood) {
    case Mood::rest:
      if (before == Mood::home) recover(monster);
      if (mind.lair == 0 && now >= mind.until && !within(monster.walker.position, mind.home, k_roam_radius * 2))
        mind.home = monster.walker.position;
      mind.target = {};
      mind.until = after_ms(world, now, world.random.between(k_rest_ms_min, k_rest_ms_max));
      if (!world.options().arena && mind.lair == 0 && monster.expires == 0) monster.expires = after_ms(world, now, k_linger_ms);
      break;
    case Mood::roam:
      mind.goal = mind.home +
                  Vec2{world.random.between(-k_roam_radius, k_roam_radius), world.random.between(-k_roam_radius, k_roam_radius)};
      mind.until = after_ms(world, now, k_roam_ms_max);
      break;
    case Mood::visit:
      mind.until = after_ms(world, now, k_visit_ms_max);
      monster.expires = 0;
      break;
    case Mood::chase:
      if (before != Mood::flee) mind.noticed_at = monster.walker.position;
      monster.expires = 0;
      break;
    case Mood::home:
      mind.target = {};
      mind.goal = mind.home;
      mind.until = after_ms(world, now, k_home_ms_max);
      break;
    case Mood::flee:
      mind.fled = true;
      mind.until = after_ms(world, now, monster_spec(world, monster).traits.flee_ms);
      break;
    case Mood::rush:    // begun and ended by charge.cpp
    case Mood::follow:  // those who are summoned have a mind of their own
    case Mood::thrown:  // begun and ended by hurl.cpp
      break;
  }
}

void act(World& world, Entity& monster, const Entity* target, Tick now) {
  switch (monster.mind.mood) {
    case Mood::rest:
      stand(monster);
      break;
    case Mood::roam:
      steer_to(world, monster, monster.mind.goal, false, now);
      break;
    case Mood::visit:
    case Mood::chase:
      if (target != nullptr) hunt(world, monster, *target, now);
      break;
    case Mood::home:
      steer_to(world, monster, monster.mind.goal, true, now);
      break;
    case Mood::flee:
      monster.walker.intent.attack = false;
      // With its back to the wall it turns round.
      if (target != nullptr && !run_away(world, monster, target->walker.position)) monster.mind.until = now;
      break;
    case Mood::rush:
    case Mood::follow:
    case Mood::thrown:
      break;
  }
}

/// Thinking costs time and every change of heading costs bytes: only those who fight or round a corner think every tick.
bool thinks_now(const World& world, const Entity& monster, const Entity* target, Tick now) {
  const auto period = static_cast<Tick>(std::max(1, world.options().tick_hz / k_thoughts_per_second));
  if ((now + monster.id.index) % period == 0 || monster.mind.path_size > 0) return true;
  return target != nullptr && within(monster.walker.position, target->walker.position, k_near_units);
}

void think_of(World& world, Entity& monster, Tick now) {
  Mind& mind = monster.mind;
  Entity* target = world.find(mind.target);
  if (!is_prey(target)) target = nullptr;
  if (target != nullptr) {
    // Whoever hunts somebody's dogs does not leave him in peace.
    Entity* threatened = target->kind == Kind::summoned ? world.find(target->owner) : target;
    if (threatened != nullptr) threatened->last_threat = now;
  }
  if (mind.mood == Mood::rush || mind.mood == Mood::thrown) return;
  if (monster.effects.has(content::EffectKind::sheep)) return graze(world, monster, now);
  if (!thinks_now(world, monster, target, now)) return;

  const bool looks_around = mind.mood == Mood::rest || mind.mood == Mood::roam || (mind.mood == Mood::chase && target == nullptr);
  const Entity* noticed = looks_around ? notice(world, monster, now) : nullptr;
  if (noticed != nullptr) {
    // Also when the one it chased is gone and another stands near.
    target = world.find(noticed->id);
    mind.target = target->id;
  }
  const Mood next = next_mood(mind.mood, look(world, monster, target, noticed, now));
  const bool found = next == Mood::chase && mind.mood != Mood::chase && mind.mood != Mood::flee;
  if (next != mind.mood) enter(world, monster, next, now);
  if (found) share_target(world, monster, mind.target, now);
  act(world, monster, target, now);
}

}  // namespace

void think(World& world, Tick now) {
  Scratch& scratch = world.scratch;
  scratch.wanting_path.clear();
  scratch.path_tiles_left = k_path_tiles_per_tick;
  for (const std::uint16_t slot : scratch.monsters) think_of(world, world.entities()[slot], now);
  think_for_summoned(world, now);
  find_wanted_paths(world, now);
}

void set_on(World& world, Entity& monster, EntityId prey, Tick now) {
  if (!is_prey(world.find(prey))) return;
  monster.mind.target = prey;
  enter(world, monster, Mood::chase, now);
}

void provoke(World& world, Entity& monster, EntityId by) {
  if (!is_prey(world.find(by))) return;
  const Mood mood = monster.mind.mood;
  const bool busy = mood == Mood::chase || mood == Mood::flee || mood == Mood::rush || mood == Mood::thrown;
  if (!busy || (mood == Mood::chase && is_nearer_summoned(world, monster, by))) {
    set_on(world, monster, by, world.tick());
    share_target(world, monster, by, world.tick());
  }
  call_for_help(world, monster, by, world.tick());
}

void send_to_visit(World& world, Entity& monster, EntityId player, const std::vector<Tile>& way, Tick now) {
  monster.mind.target = player;
  enter(world, monster, Mood::visit, now);
  remember_path(monster.mind, way);
}

}  // namespace cudgel::sim
