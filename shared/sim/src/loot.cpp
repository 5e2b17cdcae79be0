#include "loot.h"

#include <algorithm>

#include "deeds.h"

namespace cudgel::sim {
namespace {

/// Things of one death lie this far apart at most.
constexpr std::int32_t k_scatter_units = 3 * base::k_units_per_tile / 4;
constexpr int k_scatter_tries = 4;
/// What lies on the ground is as wide as this to walls.
constexpr std::int32_t k_thing_radius = 24;
/// An owner that comes this near takes it up without being asked.
constexpr std::int32_t k_underfoot_units = 3 * base::k_units_per_tile / 4;

Tick ticks(const World& world, std::int32_t ms) { return static_cast<Tick>(world.ticks_of_ms(ms)); }

Vec2 scattered(World& world, Vec2 place) {
  for (int i = 0; i < k_scatter_tries; ++i) {
    const Vec2 beside = place + Vec2{world.random.between(-k_scatter_units, k_scatter_units),
                                     world.random.between(-k_scatter_units, k_scatter_units)};
    if (world.map().straight_walk(place, beside, k_thing_radius)) return beside;
  }
  return place;
}

/// Whoever did most harm and is still here; the first of equals.
EntityId first_claim(const World& world, const Shares& shares) {
  const Share* best = nullptr;
  for (std::size_t i = 0; i < shares.size; ++i) {
    const Share& share = shares.list[i];
    const Entity* const player = world.find(share.who);
    if (player == nullptr || player->kind != Kind::player) continue;
    if (best == nullptr || share.damage > best->damage) best = &share;
  }
  return best == nullptr ? EntityId{} : best->who;
}

/// One of the drops by weight, or nullptr.
const content::DropSpec* draw(World& world, const content::LootSpec& loot) {
  std::int64_t sum = loot.nothing;
  for (const content::DropSpec& drop : loot.drops) sum += drop.weight;
  if (sum <= 0) return nullptr;
  std::int64_t drawn = world.random.between(0, static_cast<std::int32_t>(sum - 1)) - std::int64_t{loot.nothing};
  for (const content::DropSpec& drop : loot.drops) {
    if (drawn < 0) return nullptr;
    drawn -= drop.weight;
    if (drawn < 0) return &drop;
  }
  return nullptr;
}

}  // namespace

bool lay_down(World& world, Stack stack, Vec2 place, EntityId owner, Tick now) {
  Entity* const thing = world.create(Kind::thing);
  if (thing == nullptr) return false;
  thing->archetype = static_cast<std::uint8_t>(stack.item - 1);
  thing->amount = stack.count;
  thing->level = stack.count;
  thing->walker.position = place;
  thing->walker.action_since = now;
  thing->owner = owner;
  thing->guarded_until = owner.valid() ? now + ticks(world, world.content().trade().owned_ms) : 0;
  thing->expires = now + ticks(world, world.content().trade().lies_ms);
  return true;
}

void leave_loot(World& world, const Entity& monster, Tick now) {
  const content::LootSpec& loot = world.content().monsters()[monster.archetype].loot;
  if (loot.gold_percent == 0 && loot.drops.empty()) return;
  const EntityId owner = first_claim(world, monster.shares);
  const Vec2 place = monster.walker.position;
  if (!owner.valid()) return;
  if (world.random.between(1, 100) <= loot.gold_percent) {
    const auto gold = static_cast<std::uint16_t>(world.random.between(loot.gold_min, loot.gold_max));
    const auto item = static_cast<std::uint8_t>(world.content().gold_item() + 1);
    lay_down(world, {item, gold}, scattered(world, place), owner, now);
  }
  for (std::int32_t i = 0; i < loot.rolls; ++i) {
    const content::DropSpec* const drop = draw(world, loot);
    if (drop == nullptr) continue;
    const auto count = static_cast<std::uint16_t>(world.random.between(drop->count_min, drop->count_max));
    lay_down(world, {static_cast<std::uint8_t>(drop->item + 1), count}, scattered(world, place), owner, now);
  }
}

void lose_gold(World& world, const Entity& player) {
  Belongings& own = world.belongings(player);
  const auto lost = static_cast<std::int32_t>(std::int64_t{own.gold} * world.content().trade().lost_gold_percent / 100);
  if (lost == 0) return;
  own.gold -= lost;
  world.note_change(player, own);
}

void tend_things(World& world, Tick now) {
  for (const std::uint16_t slot : world.scratch.things) {
    Entity& thing = world.entities()[slot];
    if (thing.kind != Kind::thing) continue;  // taken in this tick
    if (now >= thing.expires) {
      world.destroy(thing.id);
      continue;
    }
    Entity* const owner = world.find(thing.owner);
    if (owner == nullptr || owner->kind != Kind::player || owner->health <= 0) continue;
    if (base::chebyshev(owner->walker.position - thing.walker.position) <= k_underfoot_units) take_up(world, *owner, thing, now);
  }
}

}  // namespace cudgel::sim
