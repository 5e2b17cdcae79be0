#pragma once
// What the scenes share: a world that is played only by commands, and counters of what came of it.

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "scenes.h"
#include "sim/world.h"

namespace cudgel::simhash {

class SceneStage {
 public:
  explicit SceneStage(content::Content made)
      : content(std::move(made)), world(content, content.map(), {.tick_hz = 20, .seed = 7, .entities_max = 256, .arena = false}) {
    world.fill_lairs();
  }
  SceneStage(const SceneStage&) = delete;
  SceneStage& operator=(const SceneStage&) = delete;

  /// Somebody of that class and level comes in at that place; its number is the next from 0.
  void join(std::uint8_t class_index, std::int32_t level, base::Vec2 place) {
    sim::Command command;
    command.type = sim::Command::Type::join;
    command.ticket = players.size();
    command.class_index = class_index;
    command.name.assign("player " + std::to_string(players.size()));
    command.returning = sim::Returning{place, 30000, level, 0};
    players.emplace_back();
    commands.push_back(command);
  }
  void act(std::size_t player, const sim::Intent& intent, std::uint8_t skill = 0, base::Vec2 point = {}) {
    sim::Command command;
    command.who = players[player];
    command.sequence = ++sequence_;
    command.intent = intent;
    command.skill = skill;
    command.point = point;
    commands.push_back(command);
  }
  void deed(std::size_t player, sim::DeedType type, base::EntityId thing = {}, std::uint8_t cell = 0) {
    sim::Command command;
    command.type = sim::Command::Type::deed;
    command.who = players[player];
    command.ticket = player;
    command.deed.type = type;
    command.deed.thing = thing;
    command.deed.cell = cell;
    commands.push_back(command);
  }
  void tick() {
    sim::step(world, commands, events);
    commands.clear();
    for (const sim::Event& event : events) {
      if (event.type == sim::EventType::joined) players[static_cast<std::size_t>(event.ticket)] = event.target;
    }
  }
  [[nodiscard]] const sim::Entity* at(std::size_t player) const { return world.find(players[player]); }
  /// The nearest living one of that kind; the first in slot order of those equally near.
  [[nodiscard]] const sim::Entity* nearest(base::Vec2 place, sim::Kind kind, base::EntityId but = {}) const {
    const sim::Entity* best = nullptr;
    std::int64_t distance = 0;
    for (const std::uint16_t slot : world.alive()) {
      const sim::Entity& one = world.entities()[slot];
      if (one.kind != kind || one.health <= 0 || one.id == but) continue;
      const std::int64_t away = base::length_squared(one.walker.position - place);
      if (best == nullptr || away < distance) best = &one, distance = away;
    }
    return best;
  }
  /// Walks there and strikes at it on the way.
  [[nodiscard]] static sim::Intent towards(const sim::Entity& self, const sim::Entity& other, std::int32_t stop_units) {
    const base::Vec2 way = other.walker.position - self.walker.position;
    sim::Intent intent{0, true, other.id};
    if (base::length(way) > stop_units) intent.heading = static_cast<std::uint8_t>(1 + base::heading_of(way));
    return intent;
  }

  /// Counts in the order in which the facts were named first.
  void count(const char* fact, std::int64_t more = 1) { fact_named(fact) += more; }
  void most(const char* fact, std::int64_t value) { fact_named(fact) = std::max(fact_named(fact), value); }
  [[nodiscard]] Told told() const {
    Told out{sim::hash(world), {}};
    for (const auto& [name, value] : facts_) out.facts += (out.facts.empty() ? "" : " ") + name + "=" + std::to_string(value);
    return out;
  }

  content::Content content;
  sim::World world;
  sim::Events events;
  std::vector<sim::Command> commands;
  std::vector<base::EntityId> players;

 private:
  std::int64_t& fact_named(const char* fact) {
    for (auto& [name, value] : facts_) {
      if (name == fact) return value;
    }
    return facts_.emplace_back(fact, 0).second;
  }
  std::uint32_t sequence_ = 0;
  std::vector<std::pair<std::string, std::int64_t>> facts_;
};

Told play_dogs();
Told play_effects();
Told play_boss();
Told play_zones();

}  // namespace cudgel::simhash
