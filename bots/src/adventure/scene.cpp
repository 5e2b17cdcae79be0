#include "adventure/scene.h"

#include <algorithm>

#include "sim/belongings.h"

namespace cudgel::bots {

namespace {
/// Nearer than this, whatever walks towards the player means him.
constexpr std::int32_t k_comes_units = 8 * base::k_units_per_tile;
/// Another player this near to a wounded monster fights it; this near to a calm one he is about to.
constexpr std::int32_t k_fights_units = 10 * base::k_units_per_tile;
constexpr std::int32_t k_claims_units = 6 * base::k_units_per_tile;
constexpr int k_bar_whole = 255;

bool walks_towards(const replication::Sight& sight, base::Vec2 from, base::Vec2 to) {
  const base::Vec2 way = to - from;
  const std::int64_t along = std::int64_t{sight.track.velocity_x} * way.x + std::int64_t{sight.track.velocity_y} * way.y;
  const base::Vec2 velocity{sight.track.velocity_x, sight.track.velocity_y};
  // Within some 30 degrees of straight at him.
  return along > 0 && along * 100 > 85 * std::int64_t{base::length(way)} * base::length(velocity);
}

Self self_of(const core::GameClient& client, const content::Content& content, std::uint8_t class_index) {
  const replication::OwnState& own = client.replica().own();
  const sim::Walker* walker = client.predicted();
  Self self;
  self.class_index = class_index;
  self.level = own.level;
  self.health = own.health;
  self.health_max = own.health_max;
  self.place = walker->position;
  self.mana = walker->mana;
  self.mana_max = walker->mana_max;
  self.summoned = client.replica().means().summoned;
  if (client.belongings()) self.gear = gear_of(content, *client.belongings());
  const auto& skills = content.classes()[class_index].skills;
  for (std::size_t i = 0; i < skills.size(); ++i) {
    self.ready[i] =
        self.level >= skills[i].level && self.mana >= skills[i].mana && walker->skill_ready[i] <= client.predicted_tick();
  }
  return self;
}

/// Good manners: what somebody else fights is his, and what he stands nearer to is his to begin with.
bool taken_by_others(const replication::Replica& replica, const replication::Sight& monster, base::Vec2 place,
                     std::int32_t away) {
  const bool fights = monster.health != k_bar_whole || monster.action == sim::Action::attack;
  const std::int32_t near = fights ? k_fights_units : std::min(away, k_claims_units);
  const auto& all = replica.entities();
  return std::any_of(all.begin(), all.end(), [&](const auto& item) {
    const replication::Sight& other = item.second.sight;
    return other.kind == sim::Kind::player && other.action != sim::Action::dead &&
           base::length(other.track.at(replica.tick()) - place) < near;
  });
}
}  // namespace

sim::Gear gear_of(const content::Content& content, const sim::Belongings& belongings) {
  sim::Gear gear;
  for (std::size_t cell = sim::k_worn_begin; cell < sim::k_bank_begin; ++cell) {
    const sim::Stack& stack = belongings.cells[cell];
    if (stack.item == 0 || stack.item > content.items().size()) continue;
    const content::ItemSpec& item = content.items()[stack.item - 1U];
    gear.damage_min += item.damage_min;
    gear.damage_max += item.damage_max;
    gear.armour += item.armour;
    gear.health += item.health;
  }
  return gear;
}

Scene look_around(const core::GameClient& client, const content::Content& content, std::uint8_t class_index, Harmers harmers) {
  Scene scene;
  scene.self = self_of(client, content, class_index);
  const replication::Replica& replica = client.replica();
  const base::Vec2 here = scene.self.place;
  for (const auto& [packed, entity] : replica.entities()) {
    const replication::Sight& sight = entity.sight;
    const base::Vec2 place = sight.track.at(replica.tick());
    const std::int32_t away = base::length(place - here);
    if (sight.kind == sim::Kind::thing) scene.things.push_back({sight.id, place, away});
    const bool alive = sight.kind == sim::Kind::monster && sight.action != sim::Action::dead && sight.health > 0;
    if (!alive || sight.archetype >= content.monsters().size()) continue;
    Creature creature{sight.id, sight.archetype, sight.level, std::max(1, sight.health_max * sight.health / k_bar_whole), place,
                      away};
    const bool harmed_us = std::find(harmers.begin(), harmers.end(), sight.id) != harmers.end();
    creature.taken = !harmed_us && taken_by_others(replica, sight, place, away);
    creature.hunts = harmed_us || (!creature.taken && away < k_comes_units && walks_towards(sight, place, here));
    scene.creatures.push_back(creature);
  }
  const auto nearer = [](const auto& a, const auto& b) { return a.away < b.away; };
  std::sort(scene.creatures.begin(), scene.creatures.end(), nearer);
  std::sort(scene.things.begin(), scene.things.end(), nearer);
  return scene;
}

}  // namespace cudgel::bots
