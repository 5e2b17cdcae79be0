#include "summoned.h"

#include <algorithm>

#include "hunt.h"
#include "sim/foes.h"
#include "steer.h"

namespace cudgel::sim {
namespace {

// The ring around the master in which each has a place of its own, by its rank: four near him, the others farther out.
constexpr std::int32_t k_inner_places = 4;
constexpr std::int32_t k_inner_units = 3 * base::k_units_per_tile / 2;
constexpr std::int32_t k_outer_places = 5;
constexpr std::int32_t k_outer_units = 5 * base::k_units_per_tile / 2;
/// Who walks to its place stops this near; who stands there stays until it is so far away: the master may turn and step about without
/// all of them moving, which costs bytes and looks nervous.
constexpr std::int32_t k_there_units = 3 * base::k_units_per_tile / 8;
constexpr std::int32_t k_astray_units = 5 * base::k_units_per_tile / 4;
/// Farther than this from its master it is out of his sight and is put beside him: after a blink, a death, or a wall without a way around.
constexpr std::int32_t k_lost_units = 18 * base::k_units_per_tile;
/// So near to where it goes it thinks every tick, else k_thoughts_per_second times, each by its slot.
constexpr std::int32_t k_near_units = 3 * base::k_units_per_tile;
constexpr std::int32_t k_thoughts_per_second = 5;

bool within(Vec2 a, Vec2 b, std::int64_t distance) { return base::length_squared(a - b) <= distance * distance; }

const content::MonsterSpec& monster_spec(const World& world, const Entity& one) {
  return world.content().monsters()[one.archetype];
}

/// Its master, while he is in the world.
const Entity* master_of(const World& world, const Entity& one) {
  const Entity* master = world.find(one.owner);
  return master != nullptr && master->kind == Kind::player ? master : nullptr;
}
Entity* master_of(World& world, const Entity& one) {
  return const_cast<Entity*>(master_of(static_cast<const World&>(world), one));
}

/// The skill of the master's class that brings such a one, or nullptr.
const content::SkillSpec* skill_behind(const World& world, const Entity& master, std::uint8_t archetype) {
  for (const content::SkillSpec& skill : world.content().classes()[master.archetype].skills) {
    if (skill.kind == content::SkillKind::summon && skill.summon.monster == archetype) return &skill;
  }
  return nullptr;
}

/// Levels that its master has risen since he learned to summon it.
std::int32_t levels_grown(const content::SkillSpec& skill, std::int32_t level) { return std::max(0, level - skill.level); }

std::int32_t health_at(const World& world, const content::SkillSpec& skill, std::int32_t level) {
  return world.content().monsters()[static_cast<std::size_t>(skill.summon.monster)].body.health +
         skill.summon.health * levels_grown(skill, level);
}

void grow(const World& world, Entity& one, const Entity& master) {
  one.level = master.level;
  const content::SkillSpec* skill = skill_behind(world, master, one.archetype);
  if (skill == nullptr) return;
  const std::int32_t health_max = health_at(world, *skill, master.level);
  one.health = std::clamp(one.health + health_max - one.health_max, 1, health_max);
  one.health_max = health_max;
}

/// Where the one of that rank stands when nothing is in the way.
Vec2 place_in_ring(Vec2 centre, std::int32_t rank) {
  const bool inner = rank < k_inner_places;
  const std::int32_t places = inner ? k_inner_places : k_outer_places;
  const std::int32_t number = inner ? rank : rank - k_inner_places;
  // The rings are turned against each other; in the inner one nobody stands straight above or below the master on the screen.
  const std::int32_t heading = base::k_headings * number / places + (inner ? 0 : base::k_headings / (2 * k_outer_places));
  return centre + base::along(heading & (base::k_headings - 1), inner ? k_inner_units : k_outer_units);
}

/// The same, drawn in towards the master as far as the ground demands.
Vec2 place_beside(const World& world, const Entity& one, Vec2 centre, std::int32_t rank) {
  const std::int32_t radius = world.body_of(one).radius;
  const Vec2 place = place_in_ring(centre, rank);
  if (world.map().fits(place, radius)) return place;
  const Vec2 nearer = centre + Vec2{(place.x - centre.x) / 2, (place.y - centre.y) / 2};
  return world.map().fits(nearer, radius) ? nearer : centre;
}

void forget_way(Mind& mind) { mind.path_size = mind.path_next = 0; }

void put_beside(const World& world, Entity& one, const Entity& master, std::int32_t rank) {
  const std::int32_t radius = world.body_of(one).radius;
  const Vec2 centre = master.walker.position;
  Vec2 place = place_beside(world, one, centre, rank);
  // A place beyond a wall is none. Where the master stands it may be too narrow for a broader body: then it waits.
  if (!world.map().straight_walk(centre, place, radius)) place = centre;
  if (!world.map().fits(place, radius)) return;
  one.walker.position = place;
  one.walker.velocity = {};
  forget_way(one.mind);
}

/// Can it fight that, from where it has to be?
bool is_worth_it(const World& world, const Entity& one, const Entity* foe, Vec2 anchor) {
  return foe != nullptr && can_harm(world, one, *foe) && within(foe->walker.position, anchor, monster_spec(world, one).leash);
}

/// Whom a master has told his own to attack, as long as that can be done.
bool is_quarry(const World& world, const Entity& master, const Entity* foe) {
  return foe != nullptr && can_harm(world, master, *foe) && within(foe->walker.position, master.walker.position, k_lost_units);
}

/// Whom it goes for: whom it was told to attack; else whom it is busy with; else whom its master fights.
const Entity* choose_foe(const World& world, const Entity& one, const Entity& master, Vec2 anchor) {
  const Entity* quarry = world.find(master.quarry);
  if (master.order == Order::attack && is_quarry(world, master, quarry)) return quarry;
  const Entity* busy_with = world.find(one.mind.target);
  if (is_worth_it(world, one, busy_with, anchor)) return busy_with;
  const Intent& intent = master.walker.intent;
  const Entity* aimed_at = intent.attack ? world.find(intent.target) : nullptr;
  if (is_worth_it(world, one, aimed_at, anchor)) return aimed_at;
  return is_worth_it(world, one, quarry, anchor) ? quarry : nullptr;
}

void set_mood(Entity& one, Mood mood) {
  if (one.mind.mood == mood) return;
  one.mind.mood = mood;
  forget_way(one.mind);
}

void go_to_place(World& world, Entity& one, Vec2 place, Tick now) {
  one.walker.intent.attack = false;
  one.walker.intent.target = {};
  const bool walks = one.walker.intent.heading != 0;
  if (within(one.walker.position, place, walks ? k_there_units : k_astray_units)) {
    one.walker.intent = {};
    forget_way(one.mind);
    return;
  }
  steer_to(world, one, place, true, now);
}

/// As for monsters: only those who fight, arrive or round a corner think every tick.
bool thinks_now(const World& world, const Entity& one, Vec2 goal, Tick now) {
  const auto period = static_cast<Tick>(std::max(1, world.options().tick_hz / k_thoughts_per_second));
  if ((now + one.id.index) % period == 0 || one.mind.path_size > 0) return true;
  return one.walker.intent.heading != 0 && within(one.walker.position, goal, k_near_units);
}

void think_of(World& world, Entity& one, std::int32_t rank, Tick now) {
  const Entity* master = master_of(world, one);
  if (master == nullptr || one.health <= 0 || one.mind.mood == Mood::rush) return;
  const bool stays = master->order == Order::stay;
  const Vec2 anchor = stays ? one.mind.home : master->walker.position;
  if (!stays && master->health > 0 && !within(one.walker.position, anchor, k_lost_units)) put_beside(world, one, *master, rank);
  const Vec2 place = stays ? one.mind.home : place_beside(world, one, anchor, rank);
  const Entity* busy_with = world.find(one.mind.target);
  if (!thinks_now(world, one, busy_with == nullptr ? place : busy_with->walker.position, now)) return;
  const Entity* foe = choose_foe(world, one, *master, anchor);
  one.mind.target = foe == nullptr ? EntityId{} : foe->id;
  set_mood(one, foe == nullptr ? Mood::follow : Mood::chase);
  if (foe != nullptr) {
    hunt(world, one, *foe, now);
  } else {
    go_to_place(world, one, place, now);
  }
}

/// A foe of the master that his own should turn on, unless he has told them whom.
void note_quarry(Entity& master, EntityId foe) {
  if (master.summoned > 0 && master.order != Order::attack) master.quarry = foe;
}

}  // namespace

std::int32_t summoned_max(const content::SkillSpec& skill, std::int32_t level) {
  const auto& more_at = skill.summon.more_at;
  return static_cast<std::int32_t>(
      std::count_if(more_at.begin(), more_at.end(), [level](std::int32_t at) { return at <= level; }));
}

bool summon(World& world, Entity& master, const content::SkillSpec& skill, Tick now, Events& events) {
  // It was asked when the skill began; another one may have come since.
  if (master.summoned >= summoned_max(skill, master.level)) return true;
  Entity* one = world.create(Kind::summoned);
  if (one == nullptr) return false;
  one->archetype = static_cast<std::uint8_t>(skill.summon.monster);
  one->owner = master.id;
  one->level = master.level;
  one->health = one->health_max = health_at(world, skill, master.level);
  one->walker.position = master.walker.position;
  put_beside(world, *one, master, master.summoned);
  if (!world.map().fits(one->walker.position, world.body_of(*one).radius)) {
    world.destroy(one->id);
    return false;
  }
  one->walker.facing = master.walker.facing;
  one->walker.action_since = now;
  one->mind.mood = Mood::follow;
  one->mind.home = one->walker.position;
  ++master.summoned;
  events.push_back({EventType::spawn, master.id, one->id, 0, one->walker.position, 0});
  return true;
}

void dismiss(World& world, EntityId master) {
  std::vector<EntityId> theirs;
  for (const std::uint16_t slot : world.alive()) {
    const Entity& one = world.entities()[slot];
    if (one.kind == Kind::summoned && one.owner == master) theirs.push_back(one.id);
  }
  for (const EntityId one : theirs) world.destroy(one);
}

void call_back(World& world, Entity& master) {
  master.order = Order::come;
  master.quarry = {};
  for (const std::uint16_t slot : world.alive()) {
    Entity& one = world.entities()[slot];
    if (one.kind == Kind::summoned && one.owner == master.id) one.mind.target = {};
  }
}

Verdict give_order(World& world, Entity& master, const Deed& deed) {
  if (deed.cell >= k_orders) return Verdict::no_such_cell;
  if (master.summoned == 0) return Verdict::no_pack;
  switch (static_cast<Order>(deed.cell)) {
    case Order::come:
      call_back(world, master);
      return Verdict::done;
    case Order::stay:
      call_back(world, master);
      master.order = Order::stay;
      for (const std::uint16_t slot : world.alive()) {
        Entity& one = world.entities()[slot];
        if (one.kind == Kind::summoned && one.owner == master.id) one.mind.home = one.walker.position;
      }
      return Verdict::done;
    case Order::attack: {
      const Entity* foe = world.find(deed.thing);
      if (foe == nullptr || !can_harm(world, master, *foe)) return Verdict::no_foe;
      if (!is_quarry(world, master, foe)) return Verdict::too_far;
      master.order = Order::attack;
      master.quarry = foe->id;
      return Verdict::done;
    }
  }
  return Verdict::no_such_cell;
}

void count_summoned(World& world) {
  for (const std::uint16_t slot : world.alive()) world.entities()[slot].summoned = 0;
  for (const std::uint16_t slot : world.alive()) {
    const Entity& one = world.entities()[slot];
    if (one.kind != Kind::summoned || one.health <= 0) continue;
    if (Entity* master = master_of(world, one); master != nullptr) ++master->summoned;
  }
}

void muster(World& world) {
  Scratch& scratch = world.scratch;
  scratch.ranks.clear();
  for (const SpatialGrid::Item& item : scratch.players) world.entities()[item.index].summoned = 0;
  for (const std::uint16_t slot : scratch.dead) world.entities()[slot].summoned = 0;
  for (const SpatialGrid::Item& item : scratch.summoned) {
    Entity& one = world.entities()[item.index];
    Entity* master = master_of(world, one);
    scratch.ranks.push_back(master == nullptr ? 0 : master->summoned);
    if (master == nullptr) {
      // Its master is no more, and it was not dismissed with him: a world that was restored without its players.
      one.health = 0;
      scratch.deaths.push_back({{}, item.index});
      continue;
    }
    ++master->summoned;
    if (one.level != master->level) grow(world, one, *master);
    // Whom they were told to attack is dead or has got away.
    if (master->order != Order::attack || master->summoned > 1) continue;
    if (!is_quarry(world, *master, world.find(master->quarry))) call_back(world, *master);
  }
}

void think_for_summoned(World& world, Tick now) {
  const Scratch& scratch = world.scratch;
  for (std::size_t i = 0; i < scratch.summoned.size(); ++i) {
    think_of(world, world.entities()[scratch.summoned[i].index], scratch.ranks[i], now);
  }
}

void rouse(World& world, const Entity& source, Entity& victim) {
  if (!is_foe(world, source, victim)) return;
  if (Entity* attacker = world.find(answerable(world, source).id); attacker->kind == Kind::player)
    note_quarry(*attacker, victim.id);
  Entity* defender = world.find(answerable(world, victim).id);
  if (defender->kind == Kind::player) note_quarry(*defender, source.id);
  if (victim.kind == Kind::summoned && world.find(victim.mind.target) == nullptr) victim.mind.target = source.id;
}

std::int32_t damage_of_summoned(const World& world, const Entity& summoned, std::int32_t points) {
  const Entity* master = master_of(world, summoned);
  const content::SkillSpec* skill = master == nullptr ? nullptr : skill_behind(world, *master, summoned.archetype);
  if (skill == nullptr) return points;
  const std::int32_t percent = 100 + skill->summon.damage_percent * levels_grown(*skill, summoned.level);
  return static_cast<std::int32_t>(std::int64_t{points} * percent / 100);
}

}  // namespace cudgel::sim
