#pragma once
// Those whom players summon (the taoist's dogs): how they come, follow in a loose ring, guard, obey, grow with their master and go with
// him. Like mind.h it writes intents; walking, blows and death are everybody's.

#include "sim/world.h"

namespace cudgel::sim {

/// How many of them `master` may have, by that skill of his class.
std::int32_t summoned_max(const content::SkillSpec& skill, std::int32_t level);
/// The blow of a skill of kind summon: one more stands beside its master, whole. False when the world has no room.
bool summon(World& world, Entity& master, const content::SkillSpec& skill, Tick now, Events& events);
/// Everybody whom that player has summoned leaves the world.
void dismiss(World& world, EntityId master);
/// They let go of whom they fight and come to their master, as if told to.
void call_back(World& world, Entity& master);
/// DeedType::order.
Verdict give_order(World& world, Entity& master, const Deed& deed);

/// Entity::summoned of everybody; for a world that did not come out of a step.
void count_summoned(World& world);
/// After sorting: counts and numbers them, lets those go whose master has gone, and grow those whose master has risen.
void muster(World& world);
/// What they want to do in this tick.
void think_for_summoned(World& world, Tick now);
/// `source` has harmed `victim`: whoever is summoned to the one's side turns on the other.
void rouse(World& world, const Entity& source, Entity& victim);
/// A blow's points as they are at its level.
std::int32_t damage_of_summoned(const World& world, const Entity& summoned, std::int32_t points);

}  // namespace cudgel::sim
