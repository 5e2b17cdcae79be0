#include "spawn.h"

#include <algorithm>

#include "deeds.h"
#include "experience.h"
#include "gear.h"
#include "mind.h"

namespace cudgel::sim {
namespace {

/// Players see 16 tiles in every direction; whoever comes or goes does so one tile further.
constexpr std::int32_t k_out_of_sight_units = 17 * base::k_units_per_tile;
constexpr std::int32_t k_start_scatter_units =
    3 * base::k_units_per_tile / 2;  ///< players enter this far around a start, not stacked
constexpr int k_start_tries = 16;
constexpr int k_arena_start_tries = 64;
constexpr std::int32_t k_leave_retry_ms = 5000;  ///< somebody sees it: it leaves later
constexpr int k_visit_places_per_try = 8;        ///< places looked at for one visitor in one tick
constexpr int k_visit_tries_per_tick = 2;
constexpr std::int32_t k_visit_retry_ms = 500;
constexpr std::int32_t k_pack_apart_units = base::k_units_per_tile;  ///< those who come together start this far from the first
constexpr std::int32_t k_visit_delay_ms_min = 1000;                  ///< even the next door monster does not come at once
/// A way this much longer than the straight one is still a visit; longer ones only when no place is better.
constexpr std::int32_t k_detour_percent_max = 140;

Tick ticks(const World& world, std::int32_t ms) { return static_cast<Tick>(world.ticks_of_ms(ms)); }

Vec2 random_place(World& world, std::int32_t radius) {
  for (int i = 0; i < k_arena_start_tries; ++i) {
    const Vec2 place{world.random.between(0, world.map().width() * base::k_units_per_tile - 1),
                     world.random.between(0, world.map().height() * base::k_units_per_tile - 1)};
    if (world.map().fits(place, radius)) return place;
  }
  return world.player_starts()[0];
}

Vec2 place_near_start(World& world, std::int32_t radius) {
  const auto starts = world.player_starts();
  const Vec2 start = starts[world.random.below(static_cast<std::uint32_t>(starts.size()))];
  for (int i = 0; i < k_start_tries; ++i) {
    const Vec2 place = start + Vec2{world.random.between(-k_start_scatter_units, k_start_scatter_units),
                                    world.random.between(-k_start_scatter_units, k_start_scatter_units)};
    if (world.map().fits(place, radius) && world.map().straight_walk(start, place, radius)) return place;
  }
  return start;
}

/// Puts a player into the world, whole and guarded, with nobody after it yet.
void enter_world(World& world, Entity& player, Tick now) {
  const std::int32_t radius = world.body_of(player).radius;
  player.walker.position = world.options().arena ? random_place(world, radius) : place_near_start(world, radius);
  player.walker.velocity = {};
  player.walker.action = Action::idle;
  player.walker.action_since = now;
  player.walker.attack_ready = now;
  player.health = player.health_max;
  player.walker.mana = player.walker.mana_max;
  player.expires = 0;
  player.guarded_until = now + ticks(world, world.content().rules().guard_ms);
  player.last_threat = now;
}

/// Mana and cooldowns are not kept. So that leaving and coming back is no way to have them anew, they begin at their worst.
void begin_spent(const World& world, Walker& walker, const WalkerSpec& spec) {
  walker.mana = 0;
  for (std::size_t i = 0; i < spec.skills_size; ++i) walker.skill_ready[i] = world.tick() + spec.skills[i].cooldown_ticks;
}

/// The numbers come from a store that people may have edited: whatever they are, the player is one that could have been.
void come_back(World& world, Entity& player, const Returning& had) {
  const content::LevelsSpec& levels = world.content().levels();
  player.level = static_cast<std::uint16_t>(std::clamp(had.level, 1, levels.level_max()));
  player.experience = std::clamp(had.experience, 0, std::max(0, levels.to_next(player.level) - 1));
  const content::ClassSpec& spec = world.content().classes()[player.archetype];
  player.walker.mana = player.walker.mana_max = mana_at(spec, player.level);
  if (had.belongings) world.belongings(player) = possible(world, *had.belongings);
  put_on(world, player, world.belongings(player));
  player.health = player.health_max;
  if (had.health <= 0) return;
  begin_spent(world, player.walker, world.spec_of(player));
  player.health = std::min(had.health, player.health_max);
  if (!had.place) return;
  const bool on_map = had.place->x >= 0 && had.place->x < world.map().width() * base::k_units_per_tile && had.place->y >= 0 &&
                      had.place->y < world.map().height() * base::k_units_per_tile;
  if (on_map && world.map().fits(*had.place, world.body_of(player).radius)) player.walker.position = *had.place;
}

bool anybody_sees(const World& world, Vec2 place) {
  bool seen = false;
  world.scratch.players_grid.for_each_within(place, k_out_of_sight_units, [&](const SpatialGrid::Item&) { seen = true; });
  return seen;
}

void bury(World& world, const Entity& corpse, Events& events) {
  const std::uint8_t archetype = corpse.archetype;
  const Vec2 home = corpse.mind.home;
  const std::uint16_t lair = corpse.mind.lair;
  const bool reborn_by_itself = corpse.kind == Kind::monster;
  world.destroy(corpse.id);
  if (!reborn_by_itself) return;
  if (!world.options().arena && lair == 0) return;
  Entity* reborn = add_monster(world, archetype, home, events);
  if (reborn != nullptr) reborn->mind.lair = lair;
}

void let_calm_ones_leave(World& world, Tick now) {
  for (const std::uint16_t slot : world.scratch.monsters) {
    Entity& monster = world.entities()[slot];
    if (monster.health <= 0 || monster.expires == 0 || now < monster.expires) continue;
    if (anybody_sees(world, monster.walker.position)) {
      monster.expires = now + ticks(world, k_leave_retry_ms);
    } else {
      world.destroy(monster.id);
    }
  }
}

/// Which monster comes, by visit_weight; -1 when none ever does.
int choose_visitor(World& world) {
  const auto& monsters = world.content().monsters();
  std::int32_t sum = 0;
  for (const content::MonsterSpec& spec : monsters) sum += spec.visit_weight;
  if (sum <= 0) return -1;
  std::int32_t drawn = world.random.between(0, sum - 1);
  for (std::size_t i = 0; i < monsters.size(); ++i) {
    drawn -= monsters[i].visit_weight;
    if (drawn < 0) return static_cast<int>(i);
  }
  return -1;
}

std::int32_t hunters_of(const World& world, EntityId player) {
  std::int32_t count = 0;
  for (const std::uint16_t slot : world.scratch.monsters) {
    const Entity& monster = world.entities()[slot];
    if (monster.kind == Kind::monster && monster.health > 0 && monster.mind.target == player) ++count;
  }
  return count;
}

/// How long after the last threat a visitor sets out, so that it arrives within visit_within_ms.
std::int32_t delay_ms(const World& world, int monster) {
  const content::RulesSpec& rules = world.content().rules();
  const std::int32_t speed = std::max(1, world.content().monsters()[static_cast<std::size_t>(monster)].body.speed);
  const auto walk_ms = static_cast<std::int32_t>(static_cast<std::int64_t>(rules.visit_distance_max) * 1000 / speed);
  return std::max(k_visit_delay_ms_min, rules.visit_within_ms - walk_ms);
}

Vec2 place_around(World& world, Vec2 centre) {
  const content::RulesSpec& rules = world.content().rules();
  const std::int32_t far = std::max(rules.visit_distance_max, rules.visit_distance_min);
  const std::int32_t distance = world.random.between(std::min(rules.visit_distance_min, far), far);
  const std::int32_t along_side = world.random.between(-distance, distance);
  switch (world.random.below(4)) {
    case 0:
      return centre + Vec2{distance, along_side};
    case 1:
      return centre + Vec2{along_side, distance};
    case 2:
      return centre + Vec2{-distance, along_side};
    default:
      return centre + Vec2{along_side, -distance};
  }
}

struct VisitPlan {
  bool found = false;
  Vec2 place;
  std::int32_t length_units = 0;
  std::vector<Tile> way;
};

/// Is there a way from `place` to the player? Keeps it when it is the shortest so far.
void consider(World& world, const Entity& player, Vec2 place, std::int32_t radius, VisitPlan& plan) {
  Scratch& scratch = world.scratch;
  const std::int32_t straight = base::length(player.walker.position - place);
  if (world.map().straight_walk(place, player.walker.position, radius)) {
    plan.found = true, plan.place = place, plan.length_units = straight;
    plan.way.clear();
    return;
  }
  const std::int32_t tiles_max = std::min(scratch.path_tiles_left, k_path_tiles_per_search);
  const auto found = scratch.path_finder.find(world.map(), tile_at(place), tile_at(player.walker.position), tiles_max);
  scratch.path_tiles_left -= found.tiles_looked_at;
  if (!found.complete || (plan.found && plan.length_units <= found.length_units)) return;
  plan.found = true, plan.place = place, plan.length_units = found.length_units;
  plan.way = scratch.path_finder.way();
}

VisitPlan plan_visit(World& world, const Entity& player, std::int32_t radius) {
  VisitPlan plan;
  const std::int32_t good_enough = world.content().rules().visit_distance_max * k_detour_percent_max / 100;
  for (int i = 0; i < k_visit_places_per_try && world.scratch.path_tiles_left > 0; ++i) {
    const Vec2 around = place_around(world, player.walker.position);
    const Vec2 place = base::tile_centre(tile_of(around.x), tile_of(around.y));
    if (!world.map().fits(place, radius) || anybody_sees(world, place)) continue;
    consider(world, player, place, radius, plan);
    if (plan.found && plan.length_units <= good_enough) break;
  }
  return plan;
}

/// The rest of the visitor's pack, around it.
void bring_pack(World& world, const Entity& first, EntityId player, const std::vector<Tile>& way, Tick now, Events& events) {
  const content::MonsterSpec& spec = world.content().monsters()[first.archetype];
  const Vec2 middle = first.walker.position;
  for (std::int32_t i = 1; i < spec.traits.pack_size; ++i) {
    const int heading = static_cast<int>(i * base::k_headings / spec.traits.pack_size);
    const Vec2 place = middle + base::along(heading, k_pack_apart_units);
    const bool free = world.map().straight_walk(middle, place, spec.body.radius) && !anybody_sees(world, place);
    Entity* next = add_monster(world, first.archetype, free ? place : middle, events);
    if (next == nullptr) return;
    send_to_visit(world, *next, player, way, now);
  }
}

}  // namespace

Entity* add_monster(World& world, std::uint8_t archetype, Vec2 place, Events& events) {
  Entity* monster = world.create(Kind::monster);
  if (monster == nullptr) return nullptr;
  monster->archetype = archetype;
  monster->level = static_cast<std::uint16_t>(world.content().monsters()[archetype].level);
  monster->health = monster->health_max = world.body_of(*monster).health;
  monster->walker.position = monster->mind.home = place;
  events.push_back({EventType::spawn, {}, monster->id, 0, place, 0});
  return monster;
}

void join(World& world, const Command& command, Tick now, Events& events) {
  Entity* player = command.class_index < world.content().classes().size() ? world.create(Kind::player) : nullptr;
  if (player == nullptr) {
    events.push_back({EventType::joined, {}, {}, 0, {}, command.ticket});
    return;
  }
  player->archetype = command.class_index;
  player->name = command.name;
  player->health_max = health_at(world.content().classes()[player->archetype], player->level);
  player->walker.mana_max = mana_at(world.content().classes()[player->archetype], player->level);
  enter_world(world, *player, now);
  if (command.returning) come_back(world, *player, *command.returning);
  events.push_back({EventType::joined, {}, player->id, 0, player->walker.position, command.ticket});
}

void wake_and_bury(World& world, Tick now, Events& events) {
  for (const std::uint16_t slot : world.scratch.dead) {
    Entity& dead = world.entities()[slot];
    if (now < dead.expires) continue;
    if (dead.kind == Kind::player) {
      enter_world(world, dead, now);
      events.push_back({EventType::respawn, {}, dead.id, 0, dead.walker.position, 0});
    } else {
      bury(world, dead, events);
    }
  }
  let_calm_ones_leave(world, now);
}

void send_visitors(World& world, Tick now, Events& events) {
  const content::RulesSpec& rules = world.content().rules();
  if (world.options().arena || rules.visitors_max <= 0) return;
  int tries = 0;
  for (const SpatialGrid::Item& item : world.scratch.players) {
    if (tries == k_visit_tries_per_tick) return;
    Entity& player = world.entities()[item.index];
    if (player.health <= 0 || now - player.last_threat < ticks(world, k_visit_delay_ms_min)) continue;
    const int monster_index = choose_visitor(world);
    if (monster_index < 0) return;
    const Tick delay = ticks(world, delay_ms(world, monster_index));
    if (now - player.last_threat < delay || hunters_of(world, player.id) >= rules.visitors_max) continue;
    ++tries;
    const std::int32_t radius = world.content().monsters()[static_cast<std::size_t>(monster_index)].body.radius;
    const VisitPlan plan = plan_visit(world, player, radius);
    Entity* visitor = plan.found ? add_monster(world, static_cast<std::uint8_t>(monster_index), plan.place, events) : nullptr;
    if (visitor == nullptr) {
      player.last_threat = now - delay + ticks(world, k_visit_retry_ms);
      continue;
    }
    player.last_threat = now;
    send_to_visit(world, *visitor, player.id, plan.way, now);
    bring_pack(world, *visitor, player.id, plan.way, now, events);
  }
}

}  // namespace cudgel::sim
