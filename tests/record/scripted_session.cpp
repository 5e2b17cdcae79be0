#include "scripted_session.h"

namespace cudgel::record::testing {
namespace {

constexpr std::uint64_t k_seed = 20;
constexpr std::int32_t k_monsters = 40;

void append(std::vector<std::uint8_t>& file, const Chunk& chunk) {
  const auto bytes = encode(chunk);
  file.insert(file.end(), bytes.begin(), bytes.end());
}

}  // namespace

const content::Content& script_content() {
  static const content::Content k_content = simhash::make_content(k_seed);
  return k_content;
}

sim::World script_world() {
  sim::World world(script_content(), script_content().map(),
                   {.tick_hz = 20, .seed = k_seed, .entities_max = 512, .arena = false});
  world.populate(0, k_monsters);
  return world;
}

Session record_session(sim::World& world, std::int32_t ticks, std::int32_t players) {
  Session session;
  session.start.program = "a test";
  session.start.content_hash = world.content().hash();
  session.start.options = world.options();
  session.start.world = sim::save(world);
  simhash::Script script(k_seed, players);
  sim::Events events;
  for (std::int32_t i = 0; i < ticks; ++i) {
    if (i % world.options().tick_hz == 0) session.seconds.push_back({world.tick() + 1, {}, 0, {}});
    const auto& commands = script.next(world, events);
    sim::step(world, commands, events);
    Second& second = session.seconds.back();
    second.ticks.push_back({commands, world.random.state(), sim::sum_fields(world)});
    second.hash = sim::hash(world);
  }
  session.seconds.back().world = sim::save(world);
  return session;
}

std::vector<std::uint8_t> file_of(const Session& session) {
  std::vector<std::uint8_t> file(file_head().begin(), file_head().end());
  append(file, session.start);
  for (const Second& second : session.seconds) append(file, second);
  append(file, End{session.seconds.back().first_tick + static_cast<base::Tick>(session.seconds.back().ticks.size()) - 1});
  return file;
}

}  // namespace cudgel::record::testing
