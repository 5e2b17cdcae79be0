#include "gear.h"

#include <algorithm>

#include "experience.h"

namespace cudgel::sim {

Gear gear_of(const content::Content& content, const Belongings& belongings) {
  Gear gear;
  for (std::size_t cell = k_worn_begin; cell < k_bank_begin; ++cell) {
    const Stack& worn = belongings.cells[cell];
    if (worn.item == 0) continue;
    const content::ItemSpec& item = content.items()[worn.item - 1U];
    gear.damage_min += item.damage_min;
    gear.damage_max += item.damage_max;
    gear.armour += item.armour;
    gear.health += item.health;
    if (item.kind == content::ItemKind::weapon) gear.weapon = worn.item;
    if (item.kind == content::ItemKind::armour) gear.coat = worn.item;
    if (item.kind == content::ItemKind::helmet) gear.helmet = worn.item;
  }
  return gear;
}

void put_on(World& world, Entity& player, const Belongings& belongings) {
  player.gear = gear_of(world.content(), belongings);
  player.health_max = health_of(world, player);
  player.health = std::min(player.health, player.health_max);
}

std::int32_t health_of(const World& world, const Entity& player) {
  return health_at(world.content().classes()[player.archetype], player.level) + player.gear.health;
}

std::int32_t softened(const Entity& victim, std::int32_t damage) {
  if (victim.gear.armour == 0) return damage;
  return std::max(damage - victim.gear.armour, (damage + 2) / 3);
}

}  // namespace cudgel::sim
