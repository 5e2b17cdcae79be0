// Goal: the rules and the real content together keep the promise of the first minute, wherever one enters and whatever the
// dice say. Method: the baked Vale, many seeds, every class.

#include <gtest/gtest.h>

#include <string>

#include "common/baked_content.h"
#include "sim/world.h"

namespace cudgel::sim {
namespace {

const content::Content& vale() { return test::baked_content(); }

Command join_command(std::uint8_t class_index, std::uint64_t ticket) {
  Command command;
  command.type = Command::Type::join;
  command.class_index = class_index;
  command.ticket = ticket;
  command.name.assign("Newcomer");
  return command;
}

World make_world(std::uint64_t seed) {
  return World(vale(), vale().map(), {.tick_hz = 20, .seed = seed, .entities_max = 1024, .arena = false});
}

TEST(Vale, a_newcomer_of_any_class_who_touches_nothing_is_beaten_within_15_seconds) {
  int slowest = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    World world = make_world(seed);
    Events events;
    const auto class_index = static_cast<std::uint8_t>(seed % vale().classes().size());
    const std::vector<Command> commands{join_command(class_index, 1)};
    step(world, commands, events);
    const EntityId player = events.front().target;
    int beaten = -1;
    for (int tick = 1; tick <= 20 * 20 && beaten < 0; ++tick) {
      step(world, {}, events);
      for (const Event& event : events) {
        if (event.type == EventType::hit && event.target == player) beaten = tick;
      }
    }
    ASSERT_GT(beaten, 0) << "seed " << seed;
    EXPECT_LE(beaten, 15 * 20) << "seed " << seed;
    slowest = std::max(slowest, beaten);
  }
  RecordProperty("slowest_ticks", slowest);
}

TEST(Vale, the_visitor_comes_from_where_the_newcomer_does_not_see_it) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    World world = make_world(seed);
    Events events;
    const std::vector<Command> commands{join_command(0, 1)};
    step(world, commands, events);
    const EntityId player = events.front().target;
    bool came = false;
    for (int tick = 0; tick < 300 && !came; ++tick) {
      step(world, {}, events);
      for (const Event& event : events) {
        if (event.type != EventType::spawn) continue;
        came = true;
        EXPECT_GT(base::chebyshev(event.position - world.find(player)->walker.position), 16 * base::k_units_per_tile);
      }
    }
    EXPECT_TRUE(came) << "seed " << seed;
  }
}

TEST(Vale, ten_minutes_of_forty_players_leave_nobody_in_a_wall_and_the_world_bounded) {
  World world = make_world(5);
  base::Random random(5);
  Events events;
  std::vector<Command> commands;
  for (std::uint64_t i = 0; i < 40; ++i) commands.push_back(join_command(static_cast<std::uint8_t>(i % 3), i));
  std::size_t most_alive = 0;
  int deaths = 0;
  for (int tick = 0; tick < 12000; ++tick) {
    step(world, commands, events);
    commands.clear();
    most_alive = std::max(most_alive, world.alive().size());
    for (const Event& event : events) deaths += event.type == EventType::death ? 1 : 0;
    for (const std::uint16_t slot : world.alive()) {
      const Entity& entity = world.entities()[slot];
      if (entity.kind != Kind::player && entity.kind != Kind::monster) continue;
      ASSERT_TRUE(world.map().fits(entity.walker.position, world.spec_of(entity).radius)) << "tick " << tick;
      if (entity.kind != Kind::player || random.below(20) != 0) continue;
      Command command;
      command.who = entity.id;
      command.sequence = entity.last_sequence + 1;
      command.intent = {static_cast<std::uint8_t>(random.below(65)), random.below(2) == 0, {}};
      commands.push_back(command);
    }
  }
  EXPECT_GT(deaths, 50);
  EXPECT_LT(most_alive, 300U);
}

}  // namespace
}  // namespace cudgel::sim
