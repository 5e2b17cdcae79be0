#pragma once
// The list of fields. visit(field, value) gets every value with its own type: integers, bool, the enums, EntityId, the name
// as std::string_view, the path as std::span<const std::uint16_t> the trail as std::span<const Trail::Step>, shares as std::span<const Share>, cells as std::span<const Stack>. The order is the order of the hash.

#include <span>
#include <string_view>

#include "sim/fields.h"

namespace cudgel::sim {

// Whoever adds a member adds it to the list below; these lines are there to remind him.
static_assert(sizeof(Walker) == 80);
static_assert(sizeof(Mind) == 240);
static_assert(sizeof(Trail) == 50);
static_assert(sizeof(Shares) == 68);
static_assert(sizeof(Belongings) == 352);
static_assert(sizeof(Entity) == 804);

template <class Visit>
void visit_walker(const Walker& walker, Visit&& visit) {
  visit(Field::position_x, walker.position.x);
  visit(Field::position_y, walker.position.y);
  visit(Field::velocity_x, walker.velocity.x);
  visit(Field::velocity_y, walker.velocity.y);
  visit(Field::facing, walker.facing);
  visit(Field::action, walker.action);
  visit(Field::action_since, walker.action_since);
  visit(Field::attack_ready, walker.attack_ready);
  visit(Field::heading, walker.intent.heading);
  visit(Field::attack, walker.intent.attack);
  visit(Field::target, walker.intent.target);
  visit(Field::mana, walker.mana);
  visit(Field::mana_max, walker.mana_max);
  visit(Field::skill, walker.skill);
  visit(Field::wish, walker.wish);
  visit(Field::point_x, walker.point.x);
  visit(Field::point_y, walker.point.y);
  visit(Field::wish_point_x, walker.wish_point.x);
  visit(Field::wish_point_y, walker.wish_point.y);
  visit(Field::skill_ready, std::span<const Tick>(walker.skill_ready));
}

template <class Visit>
void visit_mind(const Mind& mind, Visit&& visit) {
  visit(Field::mood, mind.mood);
  visit(Field::until, mind.until);
  visit(Field::next_path, mind.next_path);
  visit(Field::home_x, mind.home.x);
  visit(Field::home_y, mind.home.y);
  visit(Field::noticed_at_x, mind.noticed_at.x);
  visit(Field::noticed_at_y, mind.noticed_at.y);
  visit(Field::goal_x, mind.goal.x);
  visit(Field::goal_y, mind.goal.y);
  visit(Field::hunted, mind.target);
  visit(Field::lair, mind.lair);
  visit(Field::phase, mind.phase);
  visit(Field::fled, mind.fled);
  visit(Field::path_size, mind.path_size);
  visit(Field::path_next, mind.path_next);
  visit(Field::path, std::span<const std::uint16_t>(mind.path).first(static_cast<std::size_t>(mind.path_size) * 2));
}

template <class Visit>
void visit_belongings(const Belongings& belongings, Visit&& visit) {
  visit(Field::gold, belongings.gold);
  visit(Field::bank_gold, belongings.bank_gold);
  visit(Field::revision, belongings.revision);
  visit(Field::cells, std::span<const Stack>(belongings.cells));
}

/// Everything but the id, gear, which follows from what is worn, and how many are summoned, which is counted. A slot that holds nobody has no fields.
template <class Visit>
void visit_entity(const Entity& entity, Visit&& visit) {
  if (entity.kind == Kind::none) return;
  visit(Field::kind, entity.kind);
  visit(Field::archetype, entity.archetype);
  visit(Field::level, entity.level);
  visit_walker(entity.walker, visit);
  visit(Field::health, entity.health);
  visit(Field::health_max, entity.health_max);
  visit(Field::expires, entity.expires);
  visit(Field::guarded_until, entity.guarded_until);
  visit(Field::effects_size, entity.effects.size);
  visit(Field::effects, entity.effects.all());
  if (entity.kind == Kind::player) {
    visit(Field::name, entity.name.view());
    visit(Field::last_sequence, entity.last_sequence);
    visit(Field::last_threat, entity.last_threat);
    visit(Field::experience, entity.experience);
    visit(Field::view_age, entity.view_age);
    visit(Field::ground_x, entity.ground.place.x);
    visit(Field::ground_y, entity.ground.place.y);
    visit(Field::ground_until, entity.ground.until);
    visit(Field::ground_next, entity.ground.next);
    visit(Field::ground_skill, entity.ground.skill);
    visit(Field::duel_stage, entity.duel.stage);
    visit(Field::duel_rival, entity.duel.rival);
    visit(Field::duel_until, entity.duel.until);
    visit(Field::duel_ring_x, entity.duel.ring.x);
    visit(Field::duel_ring_y, entity.duel.ring.y);
    visit(Field::order, entity.order);
    visit(Field::quarry, entity.quarry);
  } else if (entity.kind == Kind::monster) {
    visit_mind(entity.mind, visit);
    visit(Field::trail_size, entity.trail.size_);
    visit(Field::trail, std::span<const Trail::Step>(entity.trail.steps_).first(entity.trail.size_));
    visit(Field::shares_size, entity.shares.size);
    visit(Field::shares, std::span<const Share>(entity.shares.list).first(entity.shares.size));
  } else if (entity.kind == Kind::summoned) {
    visit_mind(entity.mind, visit);
    visit(Field::owner, entity.owner);
  } else if (entity.kind == Kind::thing) {
    visit(Field::owner, entity.owner);
    visit(Field::amount, entity.amount);
  } else {
    visit(Field::owner, entity.owner);
    visit(Field::foe, entity.foe);
    visit(Field::homing, entity.homing);
    visit(Field::damage, entity.damage);
    visit(Field::flight_speed, entity.flight_speed);
    visit(Field::flight_radius, entity.flight_radius);
  }
}

}  // namespace cudgel::sim
