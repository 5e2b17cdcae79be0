#include "experience.h"

#include <algorithm>

#include "gear.h"
#include "summoned.h"

namespace cudgel::sim {
namespace {

/// What of `points` a monster of `monster_level` is worth to a player of `level`.
std::int32_t worth(const content::LevelsSpec& levels, std::int32_t points, std::int32_t monster_level, std::int32_t level) {
  const std::int32_t below = std::max(0, level - monster_level - levels.fair_levels);
  const std::int32_t percent = std::max(0, 100 - below * levels.lost_percent);
  return static_cast<std::int32_t>(std::int64_t{points} * percent / 100);
}

}  // namespace

std::int32_t health_at(const content::ClassSpec& spec, std::int32_t level) {
  return spec.body.health + spec.growth.health * (level - 1);
}

std::int32_t mana_at(const content::ClassSpec& spec, std::int32_t level) { return spec.mana + spec.growth.mana * (level - 1); }

std::int32_t damage_at_level(const World& world, const Entity& attacker, std::int32_t points) {
  if (attacker.kind == Kind::summoned) return damage_of_summoned(world, attacker, points);
  if (attacker.kind != Kind::player) return points;
  const std::int32_t growth = world.content().classes()[attacker.archetype].growth.damage_percent;
  return static_cast<std::int32_t>(std::int64_t{points} * (100 + growth * (attacker.level - 1)) / 100);
}

void share_experience(World& world, const Entity& monster, Events& events) {
  const std::int32_t experience = world.content().monsters()[monster.archetype].experience;
  std::int64_t all = 0;
  for (std::size_t i = 0; i < monster.shares.size; ++i) all += monster.shares.list[i].damage;
  if (all <= 0 || experience == 0) return;
  for (std::size_t i = 0; i < monster.shares.size; ++i) {
    const Share& share = monster.shares.list[i];
    Entity* player = world.find(share.who);
    if (player == nullptr || player->kind != Kind::player) continue;  // it has left
    const auto part = static_cast<std::int32_t>(std::int64_t{experience} * share.damage / all);
    gain_experience(world, *player, worth(world.content().levels(), part, monster.level, player->level), events);
  }
}

void gain_experience(World& world, Entity& player, std::int32_t points, Events& events) {
  const content::LevelsSpec& levels = world.content().levels();
  if (points <= 0 || player.level >= levels.level_max()) return;
  events.push_back({EventType::gained, {}, player.id, points, player.walker.position, 0});
  player.experience += points;
  const std::uint16_t before = player.level;
  while (player.level < levels.level_max() && player.experience >= levels.to_next(player.level)) {
    player.experience -= levels.to_next(player.level);
    ++player.level;
  }
  if (player.level == levels.level_max()) player.experience = 0;
  if (player.level == before) return;
  player.health_max = health_of(world, player);
  if (player.health > 0) player.health = player.health_max;
  player.walker.mana = player.walker.mana_max = mana_at(world.content().classes()[player.archetype], player.level);
  events.push_back({EventType::level_up, {}, player.id, player.level, player.walker.position, 0});
}

}  // namespace cudgel::sim
