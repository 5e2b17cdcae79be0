// What one tick of the rules costs. The figure to watch: 1,000 players and 2,000 monsters under 2 ms.

#include <benchmark/benchmark.h>

#include <fstream>
#include <iterator>

#include "content/content.h"
#include "sim/world.h"

using namespace cudgel;

namespace {

content::BodySpec body(content::AttackKind kind, std::int32_t speed) {
  content::BodySpec spec;
  spec.radius = 72;
  spec.speed = speed;
  spec.health = 100;
  spec.attack.kind = kind;
  spec.attack.damage_min = 5;
  spec.attack.damage_max = 9;
  spec.attack.reach = kind == content::AttackKind::strike ? 200 : 2000;
  spec.attack.windup_ms = 400;
  spec.attack.recovery_ms = 300;
  spec.attack.cooldown_ms = 1200;
  spec.attack.projectile_speed = 2300;
  spec.attack.projectile_radius = 32;
  return spec;
}

content::Content make_content(std::int32_t side) {
  content::MonsterSpec goblin;
  goblin.body = body(content::AttackKind::strike, 690);
  goblin.sight = 9 * base::k_units_per_tile;
  goblin.leash = 24 * base::k_units_per_tile;
  goblin.corpse_ms = 4000;
  content::RulesSpec rules;
  rules.respawn_ms = 4000;
  rules.guard_ms = 2000;
  return content::Content::from_tables({{body(content::AttackKind::strike, 920)},
                                        {body(content::AttackKind::bolt, 870)},
                                        {body(content::AttackKind::talisman, 900)}},
                                       {goblin}, rules, content::make_arena_map(side));
}

/// Larger than what a core has of caches of its own.
constexpr std::size_t k_other_work_bytes = std::size_t{8} << 20;

/// So many players come in, then walk, strike and change their mind about twice a second; what a step costs once they are at it. `alone`: one
/// step after the other; else there is other work between them, as in a server that sends for most of its time, and caches hold nothing of the
/// world any more.
void step_with_players(benchmark::State& state, sim::World& world, std::int32_t players, bool alone = true) {
  std::vector<std::uint8_t> other_work(alone ? 0 : k_other_work_bytes);
  std::vector<sim::Command> commands;
  for (std::int32_t i = 0; i < players; ++i) {
    sim::Command join;
    join.type = sim::Command::Type::join;
    join.class_index = static_cast<std::uint8_t>(i % 3);
    commands.push_back(join);
  }
  sim::Events events;
  sim::step(world, commands, events);
  std::vector<base::EntityId> ids;
  for (const sim::Event& event : events) {
    if (event.type == sim::EventType::joined) ids.push_back(event.target);
  }
  base::Random random(7);
  const auto decide = [&] {
    commands.clear();
    for (const base::EntityId id : ids) {
      if (random.below(10) != 0) continue;
      sim::Command command;
      command.who = id;
      command.intent = {static_cast<std::uint8_t>(random.below(65)), random.below(2) == 0, {}};
      command.view_age = sim::view_age_max(20);
      commands.push_back(command);
    }
  };
  for (int i = 0; i < 400; ++i) decide(), sim::step(world, commands, events);
  for (auto _ : state) {
    state.PauseTiming();
    decide();
    for (std::uint8_t& byte : other_work) ++byte;
    benchmark::DoNotOptimize(other_work.data());
    state.ResumeTiming();
    sim::step(world, commands, events);
  }
  state.counters["alive"] = static_cast<double>(world.alive().size());
}

/// Players among monsters, in an arena of the given side.
void step_of_an_arena(benchmark::State& state) {
  const auto side = static_cast<std::int32_t>(state.range(0));
  const auto players = static_cast<std::int32_t>(state.range(1));
  const content::Content content = make_content(side);
  sim::World world(content, content.map(), {.tick_hz = 20, .seed = 1, .entities_max = 16384, .arena = true});
  world.populate(0, static_cast<std::int32_t>(state.range(2)));
  step_with_players(state, world, players, state.range(3) != 0);
}
BENCHMARK(step_of_an_arena)
    ->Unit(benchmark::kMillisecond)
    ->ArgNames({"side", "players", "monsters", "alone"})
    ->Args({256, 500, 1000, 1})
    ->Args({256, 500, 1000, 0})
    ->Args({256, 1000, 2000, 1})
    ->Args({96, 1000, 2000, 1});

/// The game's own content and map: players all over the land, who walk, strike and change their mind about twice a second, and so many
/// monsters: those of the lairs, and more of them in turn wherever there is room.
void step_of_the_vale(benchmark::State& state) {
  std::ifstream file(CUDGEL_CONTENT_BIN, std::ios::binary);
  const std::vector<char> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto loaded = content::Content::load({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
  if (!loaded) return state.SkipWithError(loaded.error().text.c_str());
  // Where players come in: free places all over the map, so that they do not stand in the village in one heap.
  content::MapSpec map = loaded->map();
  base::Random random(7);
  map.player_starts.clear();
  while (map.player_starts.size() < 256) {
    const auto x = random.between(8, map.width - 9), y = random.between(8, map.height - 9);
    if (map.blocked[static_cast<std::size_t>(y * map.width + x)] == 0) map.player_starts.push_back(base::tile_centre(x, y));
  }
  const auto players = static_cast<std::int32_t>(state.range(0)), monsters = static_cast<std::int32_t>(state.range(1));
  sim::World world(*loaded, map, {.tick_hz = 20, .seed = 1, .entities_max = 16384, .arena = false});
  const std::int32_t living = world.fill_lairs();
  std::vector<std::uint8_t> kinds;
  for (std::size_t i = 0; i < loaded->monsters().size(); ++i) kinds.push_back(static_cast<std::uint8_t>(i));
  world.populate(kinds, std::max(0, monsters - living));
  step_with_players(state, world, players);
}
BENCHMARK(step_of_the_vale)
    ->Unit(benchmark::kMillisecond)
    ->ArgNames({"players", "monsters"})
    ->Args({0, 2000})
    ->Args({1000, 2000});

void save_restore_hash(benchmark::State& state) {
  const content::Content content = make_content(256);
  sim::World world(content, content.map(), {.tick_hz = 20, .seed = 1, .entities_max = 16384, .arena = true});
  world.populate(0, 3000);
  for (auto _ : state) {
    if (!sim::restore(world, sim::save(world))) state.SkipWithError("refused");
    benchmark::DoNotOptimize(sim::hash(world));
  }
}
BENCHMARK(save_restore_hash)->Unit(benchmark::kMillisecond);

}  // namespace
