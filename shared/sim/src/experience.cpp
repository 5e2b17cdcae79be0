#include "experience.h"

#include <algorithm>
#include <array>

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

/// Shares of one party, together.
struct Pool {
  const Band* band = nullptr;
  std::int64_t damage = 0;
};
struct Pools {
  std::array<Pool, k_shares_max> list{};
  std::size_t size = 0;
  void add(const Band& band, std::int32_t damage) {
    for (std::size_t i = 0; i < size; ++i) {
      if (list[i].band != &band) continue;
      list[i].damage += damage;
      return;
    }
    list[size++] = {&band, damage};
  }
};

/// What a party has earned, in equal parts among those near where it fell; false when nobody does.
bool share_in_party(World& world, const Entity& monster, const Pool& pool, std::int64_t points, Events& events) {
  const content::RulesSpec& rules = world.content().rules();
  std::array<Entity*, k_party_max> near{};
  std::int32_t count = 0;
  for (std::size_t i = 0; i < pool.band->size; ++i) {
    Entity* const mate = world.find(pool.band->members[i]);
    if (mate == nullptr) continue;
    const std::int64_t away = base::length_squared(mate->walker.position - monster.walker.position);
    if (away <= std::int64_t{rules.party_share} * rules.party_share) near[static_cast<std::size_t>(count++)] = mate;
  }
  if (count == 0) return false;
  const std::int64_t all = points * (100 + std::int64_t{rules.party_bonus_percent} * (count - 1)) / 100;
  const auto part = static_cast<std::int32_t>(all / count);
  for (std::int32_t i = 0; i < count; ++i) {
    Entity& mate = *near[static_cast<std::size_t>(i)];
    gain_experience(world, mate, worth(world.content().levels(), part, monster.level, mate.level), events);
  }
  return true;
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
  Pools pools;
  for (std::size_t i = 0; i < monster.shares.size; ++i) {
    const Share& share = monster.shares.list[i];
    if (const Band* const band = band_of(world, share.who); band != nullptr) pools.add(*band, share.damage);
  }
  std::array<bool, k_shares_max> shared{};
  for (std::size_t i = 0; i < pools.size; ++i) {
    shared[i] = share_in_party(world, monster, pools.list[i], std::int64_t{experience} * pools.list[i].damage / all, events);
  }
  const auto got_it_with_mates = [&](EntityId who) {
    const Band* const band = band_of(world, who);
    for (std::size_t i = 0; band != nullptr && i < pools.size; ++i) {
      if (pools.list[i].band == band) return static_cast<bool>(shared[i]);
    }
    return false;
  };
  for (std::size_t i = 0; i < monster.shares.size; ++i) {
    const Share& share = monster.shares.list[i];
    if (got_it_with_mates(share.who)) continue;
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
