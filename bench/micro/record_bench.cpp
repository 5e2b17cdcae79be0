// What --record costs the realm in a tick (sums, copies) and in a second (hash), and what a chunk costs the recorder's thread.
// The figure to watch: recording 2,000 entities under 0.5 ms a tick.

#include <benchmark/benchmark.h>

#include "record/recording.h"

using namespace cudgel;

namespace {

content::BodySpec body(std::int32_t speed) {
  content::BodySpec spec;
  spec.radius = 72;
  spec.speed = speed;
  spec.health = 100;
  spec.attack.damage_min = 5;
  spec.attack.damage_max = 9;
  spec.attack.reach = 200;
  spec.attack.windup_ms = 400;
  spec.attack.recovery_ms = 300;
  spec.attack.cooldown_ms = 1200;
  return spec;
}

const content::Content& arena_content() {
  static const content::Content k_content = [] {
    content::MonsterSpec goblin;
    goblin.body = body(690);
    goblin.sight = 9 * base::k_units_per_tile;
    goblin.leash = 24 * base::k_units_per_tile;
    goblin.corpse_ms = 4000;
    return content::Content::from_tables({{body(920)}}, {goblin}, {4000, 2000, 9000, 2, 4480, 5120},
                                         content::make_arena_map(256));
  }();
  return k_content;
}

/// 1,000 players among 1,000 monsters, a while after they came.
const sim::World& arena_world() {
  static const sim::World k_world = [] {
    sim::World world(arena_content(), arena_content().map(), {.tick_hz = 20, .seed = 1, .entities_max = 16384, .arena = true});
    world.populate(0, 1000);
    std::vector<sim::Command> commands(1000);
    for (sim::Command& command : commands) command.type = sim::Command::Type::join;
    sim::Events events;
    sim::step(world, commands, events);
    for (int i = 0; i < 200; ++i) sim::step(world, {}, events);
    return world;
  }();
  return k_world;
}

record::Second make_second() {
  record::Second second;
  second.first_tick = 1;
  second.ticks.resize(20);
  for (record::Tick& tick : second.ticks) {
    tick.commands.resize(200);  // each of 1,000 players four times a second
    tick.sums = sim::sum_fields(arena_world());
  }
  return second;
}

void sums_of_2000_entities(benchmark::State& state) {
  const sim::World& world = arena_world();
  for (auto _ : state) benchmark::DoNotOptimize(sim::sum_fields(world));
}
BENCHMARK(sums_of_2000_entities)->Unit(benchmark::kMicrosecond);

void hash_of_2000_entities(benchmark::State& state) {
  const sim::World& world = arena_world();
  for (auto _ : state) benchmark::DoNotOptimize(sim::hash(world));
}
BENCHMARK(hash_of_2000_entities)->Unit(benchmark::kMicrosecond);

void save_of_2000_entities(benchmark::State& state) {
  const sim::World& world = arena_world();
  for (auto _ : state) benchmark::DoNotOptimize(sim::save(world));
}
BENCHMARK(save_of_2000_entities)->Unit(benchmark::kMicrosecond);

void encode_a_second_of_1000_players(benchmark::State& state) {
  const record::Chunk second = make_second();
  std::size_t bytes = 0;
  for (auto _ : state) {
    const auto encoded = record::encode(second);
    bytes = encoded.size();
    benchmark::DoNotOptimize(encoded);
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK(encode_a_second_of_1000_players)->Unit(benchmark::kMicrosecond);

}  // namespace
