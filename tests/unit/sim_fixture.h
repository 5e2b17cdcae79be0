#pragma once
// A small content and maps drawn as text, so that each test of the sim says on its own page what world it plays in.

#include <initializer_list>
#include <string>
#include <vector>

#include "content/content.h"
#include "sim/world.h"

namespace cudgel::sim::testing {

constexpr std::int32_t k_tile = base::k_units_per_tile;

/// One string per row: '#' blocked, '~' water, 's' a player start, anything else grass.
inline content::MapSpec draw_map(const std::vector<std::string>& rows) {
  content::MapSpec map;
  map.name = "drawn";
  map.height = static_cast<std::int32_t>(rows.size());
  map.width = static_cast<std::int32_t>(rows.front().size());
  for (std::int32_t y = 0; y < map.height; ++y) {
    for (std::int32_t x = 0; x < map.width; ++x) {
      const char c = rows[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)];
      map.ground.push_back(c == '~' ? content::Ground::water : content::Ground::grass);
      map.blocked.push_back(c == '#' || c == '~' ? 1 : 0);
      if (c == 's') map.player_starts.push_back(base::tile_centre(x, y));
    }
  }
  if (map.player_starts.empty()) map.player_starts.push_back(base::tile_centre(0, 0));
  return map;
}

/// Grass without anything on it, one start in the middle.
inline content::MapSpec open_map(std::int32_t side) {
  content::MapSpec map =
      draw_map(std::vector<std::string>(static_cast<std::size_t>(side), std::string(static_cast<std::size_t>(side), '.')));
  map.player_starts = {base::tile_centre(side / 2, side / 2)};
  return map;
}

enum ClassIndex : std::uint8_t { warrior = 0, mage = 1, taoist = 2 };

inline content::ClassSpec make_class(const char* name, content::AttackKind kind, std::int32_t reach) {
  content::ClassSpec spec;
  spec.body.name = spec.body.sprite = name;
  spec.body.radius = 72;
  spec.body.speed = 1024;  // 4 tiles per second
  spec.body.health = 100;
  spec.body.attack.kind = kind;
  spec.body.attack.damage_min = 10;
  spec.body.attack.damage_max = 12;
  spec.body.attack.reach = reach;
  spec.body.attack.windup_ms = 300;
  spec.body.attack.recovery_ms = 300;
  spec.body.attack.cooldown_ms = 1000;
  if (kind != content::AttackKind::strike) spec.body.attack.projectile_speed = 2560, spec.body.attack.projectile_radius = 32;
  return spec;
}

inline content::MonsterSpec make_goblin() {
  content::MonsterSpec spec;
  spec.body.name = spec.body.sprite = "goblin";
  spec.body.radius = 64;
  spec.body.speed = 640;  // 2.5 tiles per second
  spec.body.health = 30;
  spec.body.attack.damage_min = 5;
  spec.body.attack.damage_max = 8;
  spec.body.attack.reach = 128;
  spec.body.attack.windup_ms = 500;
  spec.body.attack.recovery_ms = 400;
  spec.body.attack.cooldown_ms = 1500;
  spec.sight = 8 * k_tile;
  spec.leash = 14 * k_tile;
  spec.corpse_ms = 2000;
  spec.visit_weight = 1;
  return spec;
}

inline content::RulesSpec make_rules() {
  content::RulesSpec rules;
  rules.respawn_ms = 3000;
  rules.guard_ms = 1000;
  rules.visit_within_ms = 12000;
  rules.visitors_max = 1;
  rules.visit_distance_min = 18 * k_tile;
  rules.visit_distance_max = 21 * k_tile;
  rules.ask_ms = 2000;
  rules.party_size = 4;
  rules.party_share = 10 * k_tile;
  rules.party_bonus_percent = 10;
  return rules;
}

inline content::Content make_content(content::MapSpec map, content::RulesSpec rules = make_rules(),
                                     content::LevelsSpec levels = {}) {
  return content::Content::from_tables(
      {make_class("warrior", content::AttackKind::strike, 160), make_class("mage", content::AttackKind::bolt, 8 * k_tile),
       make_class("taoist", content::AttackKind::talisman, 8 * k_tile)},
      {make_goblin()}, rules, std::move(map), std::move(levels));
}
/// Rules under which nobody comes by himself.
inline content::RulesSpec quiet_rules() {
  content::RulesSpec rules = make_rules();
  rules.visitors_max = 0;
  return rules;
}

/// A world with what a test needs to move it on.
struct Stage {
  content::Content content;
  World world;
  Events events;
  std::vector<Command> commands;

  explicit Stage(content::Content made, WorldOptions options = {.tick_hz = 20, .seed = 1, .entities_max = 256, .arena = false})
      : content(std::move(made)), world(content, content.map(), options) {}
  Stage(const Stage&) = delete;
  Stage& operator=(const Stage&) = delete;

  void tick() {
    step(world, commands, events);
    commands.clear();
  }
  void ticks(int count) {
    for (int i = 0; i < count; ++i) tick();
  }
  /// Ticks until `done(event)` for an event of that type, at most `count`; the tick it took, or -1.
  template <class Done>
  int until(EventType type, int count, Done&& done) {
    for (int i = 1; i <= count; ++i) {
      tick();
      for (const Event& event : events) {
        if (event.type == type && done(event)) return i;
      }
    }
    return -1;
  }
  int until(EventType type, int count) {
    return until(type, count, [](const Event&) { return true; });
  }

  void command_join(std::uint8_t class_index, std::uint64_t ticket = 1) {
    Command command;
    command.type = Command::Type::join;
    command.class_index = class_index;
    command.ticket = ticket;
    command.name.assign("somebody");
    commands.push_back(command);
  }
  void command_act(EntityId who, Intent intent) {
    Command command;
    command.who = who;
    command.intent = intent;
    command.sequence = ++sequence_;
    commands.push_back(command);
  }
  void command_leave(EntityId who) {
    Command command;
    command.type = Command::Type::leave;
    command.who = who;
    commands.push_back(command);
  }

  /// A player who stands at `place`, without guard.
  EntityId add_player(std::uint8_t class_index, Vec2 place) {
    command_join(class_index);
    tick();
    for (const Event& event : events) {
      if (event.type != EventType::joined) continue;
      Entity& player = *world.find(event.target);
      player.walker.position = place;
      player.guarded_until = 0;
      return player.id;
    }
    return {};
  }
  EntityId add_goblin(Vec2 place, std::uint8_t monster = 0) {
    Entity& goblin = *world.create(Kind::monster);
    goblin.archetype = monster;
    goblin.health = goblin.health_max = content.monsters()[monster].body.health;
    goblin.walker.position = goblin.mind.home = place;
    goblin.mind.until = world.tick() + 1000000;  // it rests until something happens
    return goblin.id;
  }
  Entity& at(EntityId id) { return *world.find(id); }
  std::int32_t distance(EntityId a, EntityId b) { return base::length(at(a).walker.position - at(b).walker.position); }

 private:
  std::uint32_t sequence_ = 0;
};

/// Heading of an Intent towards one of eight directions: 0 is +x, then every 45 degrees towards +y.
constexpr std::uint8_t towards(int eighth) { return static_cast<std::uint8_t>(1 + eighth * (base::k_headings / 8)); }

}  // namespace cudgel::sim::testing
