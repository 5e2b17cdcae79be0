#include "duel.h"

#include <algorithm>

#include "sim/fighter.h"

namespace cudgel::sim {
namespace {

Tick after_ms(const World& world, Tick now, std::int32_t ms) { return now + static_cast<Tick>(world.ticks_of_ms(ms)); }

/// The other one of the duel, while both still say so.
Entity* rival_of(World& world, const Entity& player) {
  Entity* const rival = world.find(player.duel.rival);
  return rival != nullptr && rival->kind == Kind::player && rival->duel.rival == player.id ? rival : nullptr;
}

void tell(const Entity& source, const Entity& target, DuelNews news, Events& events) {
  events.push_back({EventType::duel, source.id, target.id, static_cast<std::int32_t>(news), target.walker.position, 0});
}

/// What one laid on the other goes with the duel: nobody is to die of it afterwards.
void lift_effects(Entity& body, EntityId source) {
  Effects kept;
  for (const Effect& effect : body.effects.all()) {
    if (effect.source != source || !content::harms(effect.kind)) kept.list[kept.size++] = effect;
  }
  body.effects = kept;
}

void clear(Entity& player, Entity* rival) {
  if (rival != nullptr) {
    if (player.duel.stage == DuelStage::fight) {
      lift_effects(player, rival->id);
      lift_effects(*rival, player.id);
    }
    rival->duel = {};
  }
  player.duel = {};
}

/// Nobody has won.
void call_off(World& world, Entity& player, Events& events) {
  Entity* const rival = rival_of(world, player);
  const bool begun = player.duel.stage >= DuelStage::countdown;
  if (begun && rival != nullptr) tell(player, *rival, DuelNews::off, events);
  clear(player, rival);
}

/// Why these two cannot agree on a duel now.
Verdict obstacle(const World& world, const Entity& player, const Entity* other) {
  if (other == nullptr || other->kind != Kind::player || other->id == player.id) return Verdict::gone;
  if (other->health <= 0) return Verdict::gone;
  const content::RulesSpec& rules = world.content().rules();
  if (player.level < rules.fights_from_level || other->level < rules.fights_from_level) return Verdict::beginner;
  const std::int64_t reach = rules.duel_reach;
  const Vec2 here = player.walker.position;
  const Vec2 there = other->walker.position;
  if (base::length_squared(there - here) > reach * reach) return Verdict::too_far;
  for (const Vec2 place : {here, there}) {
    if (world.map().fights_at(place) == FightKind::haven) return Verdict::haven;
  }
  return Verdict::done;
}

bool left_ring(const World& world, const Entity& player) {
  const std::int64_t radius = world.content().rules().duel_ring;
  return base::length_squared(player.walker.position - player.duel.ring) > radius * radius;
}

void tend(World& world, Entity& player, Tick now, Events& events) {
  Entity* const rival = rival_of(world, player);
  if (rival == nullptr || rival->health <= 0 || player.health <= 0) return call_off(world, player, events);
  const bool fights = player.duel.stage == DuelStage::fight;
  if (player.duel.stage >= DuelStage::countdown && left_ring(world, player)) {
    return fights ? lose_duel(world, player, now, events) : call_off(world, player, events);
  }
  if (now < player.duel.until) return;
  if (player.duel.stage != DuelStage::countdown) return call_off(world, player, events);
  for (Entity* one : {&player, rival}) {
    one->duel.stage = DuelStage::fight;
    one->duel.until = after_ms(world, now, world.content().rules().duel_ms);
    one->guarded_until = 0;
  }
  tell(player, *rival, DuelNews::begun, events);
}

}  // namespace

// Declared in sim/fighter.h.
bool may_fight(const TileMap& map, const content::RulesSpec& rules, const Fighter& one, const Fighter& other) {
  if (one.rival == other.id || other.rival == one.id) return one.id != other.id;
  if (one.rival.valid() || other.rival.valid()) return false;
  if (one.level < rules.fights_from_level || other.level < rules.fights_from_level) return false;
  return map.fights_at(one.position) == FightKind::free && map.fights_at(other.position) == FightKind::free;
}

Verdict challenge(World& world, Entity& player, EntityId other_id, Tick now) {
  Entity* const other = world.find(other_id);
  if (const Verdict verdict = obstacle(world, player, other); verdict != Verdict::done) return verdict;
  if (player.duel.stage != DuelStage::none || other->duel.stage != DuelStage::none) return Verdict::engaged;
  const Tick until = after_ms(world, now, world.content().rules().challenge_ms);
  player.duel = {DuelStage::asks, other->id, until, {}};
  other->duel = {DuelStage::asked, player.id, until, {}};
  return Verdict::done;
}

Verdict accept_duel(World& world, Entity& player, EntityId other_id, Tick now) {
  Entity* const other = rival_of(world, player);
  if (player.duel.stage != DuelStage::asked || other == nullptr || other->id != other_id) return Verdict::no_duel;
  if (const Verdict verdict = obstacle(world, player, other); verdict != Verdict::done) return verdict;
  const Vec2 here = player.walker.position;
  const Vec2 way = other->walker.position - here;
  const Tick until = after_ms(world, now, world.content().rules().duel_countdown_ms);
  for (Entity* one : {&player, other}) {
    one->duel.stage = DuelStage::countdown;
    one->duel.until = until;
    one->duel.ring = here + Vec2{way.x / 2, way.y / 2};
  }
  return Verdict::done;
}

Verdict decline_duel(World& world, Entity& player, Tick now, Events& events) {
  if (player.duel.stage == DuelStage::none) return Verdict::no_duel;
  Entity* const rival = rival_of(world, player);
  if (player.duel.stage == DuelStage::asked && rival != nullptr) tell(*rival, player, DuelNews::turned_down, events);
  forsake_duel(world, player, now, events);
  return Verdict::done;
}

bool is_rival(const World& world, EntityId source, const Entity& victim) {
  if (victim.kind != Kind::player || victim.duel.stage != DuelStage::fight) return false;
  const Entity* const body = world.find(source);
  const bool belongs = body != nullptr && body->owner.valid();  // what a player has sent fights for him
  return victim.duel.rival == (belongs ? body->owner : source);
}

void lose_duel(World& world, Entity& loser, Tick now, Events& events) {
  Entity* const winner = rival_of(world, loser);
  if (winner != nullptr) tell(*winner, loser, DuelNews::won, events);
  loser.guarded_until = after_ms(world, now, world.content().rules().guard_ms);
  clear(loser, winner);
}

void forsake_duel(World& world, Entity& player, Tick now, Events& events) {
  if (player.duel.stage == DuelStage::fight) return lose_duel(world, player, now, events);
  if (player.duel.stage != DuelStage::none) call_off(world, player, events);
}

void tend_duels(World& world, Tick now, Events& events) {
  for (const SpatialGrid::Item& item : world.scratch.players) {
    Entity& player = world.entities()[item.index];
    if (player.kind == Kind::player && player.duel.stage != DuelStage::none) tend(world, player, now, events);
  }
}

}  // namespace cudgel::sim
