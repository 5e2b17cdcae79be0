#pragma once
// How players rise: what a kill is worth to whom, what it takes to the next level, what a level gives. It decides nothing about who
// hits whom; combat.cpp counts the shares.

#include "sim/world.h"

namespace cudgel::sim {

/// Whole health of that class at that level, points.
std::int32_t health_at(const content::ClassSpec& spec, std::int32_t level);
/// Whole mana of that class at that level, points.
std::int32_t mana_at(const content::ClassSpec& spec, std::int32_t level);
/// `points` of damage at level 1 as they are at this attacker's level. Monsters hit as their row says.
std::int32_t damage_at_level(const World& world, const Entity& attacker, std::int32_t points);
/// Shares a dead monster's experience among the players who harmed it, by damage; what is left of the division is lost. A monster far
/// below a player's level is worth less to him. Tells of experience gained and levels reached.
void share_experience(World& world, const Entity& monster, Events& events);
/// Gives a player that many points. A new level makes whole whoever lives.
void gain_experience(World& world, Entity& player, std::int32_t points, Events& events);

}  // namespace cudgel::sim
