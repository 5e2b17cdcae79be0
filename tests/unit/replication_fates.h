#pragma once
// What may happen to bodies in a random world: they walk, stop, strike, are pushed, jump, hunt, die, vanish and are replaced in the
// same slot.

#include <algorithm>
#include <memory>
#include <vector>

#include "replication_fixture.h"

namespace cudgel::replication {

/// One tick of one body under a random fate: something of it changes once in about calm / 7 ticks.
inline void disturb(Realm& realm, sim::Entity& entity, std::uint32_t calm) {
  sim::Walker& walker = entity.walker;
  const base::Tick now = realm.world.tick();
  base::Random& random = realm.random;
  switch (random.below(calm)) {
    case 0: {  // walks another way
      const auto heading = static_cast<int>(random.below(64));
      walker.velocity = base::along(heading, random.between(1, 40));
      walker.facing = static_cast<std::uint8_t>(base::facing_of_heading(heading));
      walker.action = sim::Action::walk;
      walker.action_since = now;
      break;
    }
    case 1:  // stops
      walker.velocity = {};
      walker.action = sim::Action::idle;
      walker.action_since = now;
      break;
    case 2:  // strikes
      walker.velocity = {};
      walker.action = sim::Action::attack;
      walker.action_since = now;
      walker.attack_ready = now + 20;
      break;
    case 3:
      entity.health = random.between(0, entity.health_max);
      break;
    case 4:
      walker.facing = static_cast<std::uint8_t>(random.below(8));
      break;
    case 5:
      if (random.below(10) == 0)
        entity.level = static_cast<std::uint16_t>(random.between(1, 40)), entity.health_max = random.between(50, 60);
      entity.health = std::min(entity.health, entity.health_max);
      break;
    case 6:
      if (random.below(20) == 0) walker.position = realm.somewhere();
      break;
    default:
      break;
  }
  if (random.below(4) == 0) walker.position = walker.position + base::Vec2{random.between(-3, 3), random.between(-3, 3)};
  walker.position = walker.position + walker.velocity;
  walker.position.x = std::clamp(walker.position.x, 0, realm.side_units - 1);
  walker.position.y = std::clamp(walker.position.y, 0, realm.side_units - 1);
}

/// Whom a body is after: now and then a watcher, so that those have fights of their own.
inline void choose_enemy(Realm& realm, sim::Entity& entity, base::EntityId watcher) {
  const base::EntityId enemy = realm.random.below(3) == 0 ? watcher : base::EntityId{};
  entity.mind.target = enemy;
  entity.homing = enemy;
  entity.walker.intent = {0, enemy.valid(), enemy};
}

/// One tick of the whole world. Nobody who is watched dies.
inline void disturb_all(Realm& realm, const std::vector<std::unique_ptr<Watcher>>& watchers, std::uint32_t calm) {
  ++realm.world.tick_;
  const std::vector<std::uint16_t> alive(realm.world.alive().begin(), realm.world.alive().end());
  const auto anybody = [&] {
    const std::uint16_t slot = alive[realm.random.below(static_cast<std::uint32_t>(alive.size()))];
    return realm.world.entities()[slot].id;
  };
  for (const std::uint16_t index : alive) {
    sim::Entity& entity = realm.world.entities()[index];
    disturb(realm, entity, calm);
    const bool watched =
        std::any_of(watchers.begin(), watchers.end(), [&](const auto& w) { return w->viewer.self() == entity.id; });
    if (watched && realm.random.below(5) == 0) {
      ++entity.last_sequence;
      entity.experience = realm.random.between(0, 1000);
      entity.walker.intent = {static_cast<std::uint8_t>(realm.random.below(65)), realm.random.below(2) == 0, anybody()};
    }
    if (!watched && realm.random.below(400) == 0) {
      choose_enemy(realm, entity, watchers[realm.random.below(static_cast<std::uint32_t>(watchers.size()))]->viewer.self());
    }
    if (!watched && realm.random.below(150) == 0) {
      realm.events.push_back({sim::EventType::death, {}, entity.id, 0, entity.walker.position, 0});
      realm.world.destroy(entity.id);
      // The lowest free slot is taken again: very often the one that has just become free.
      if (realm.random.below(2) == 0) realm.add_somewhere(static_cast<sim::Kind>(1 + realm.random.below(3)));
    } else if (realm.random.below(40) == 0) {
      realm.events.push_back({static_cast<sim::EventType>(realm.random.below(sim::k_event_types)), entity.id, anybody(),
                              realm.random.between(0, 500),
                              realm.random.below(3) == 0 ? realm.somewhere() : entity.walker.position, 0});
    }
  }
  while (realm.world.alive().size() < alive.size()) realm.add_somewhere(static_cast<sim::Kind>(1 + realm.random.below(3)));
}

}  // namespace cudgel::replication
