// Writes the seeds of record_file: recordings that are empty, short, and with a fight in them.
//   make_record_seeds DIR     DIR/record_file/...

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "record/recording.h"
#include "small_world.h"

using namespace cudgel;

namespace {

using Bytes = std::vector<std::uint8_t>;

void append(Bytes& file, const record::Chunk& chunk) {
  const auto bytes = record::encode(chunk);
  file.insert(file.end(), bytes.begin(), bytes.end());
}

/// The players of fuzz::play, each step kept.
record::Second play_second(sim::World& world, base::Random& random) {
  record::Second second;
  second.first_tick = world.tick() + 1;
  sim::Events events;
  for (int i = 0; i < 5; ++i) {
    const auto commands = fuzz::choose_commands(world, random);
    sim::step(world, commands, events);
    second.ticks.push_back({commands, world.random.state(), sim::sum_fields(world)});
  }
  second.hash = sim::hash(world);
  return second;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: make_record_seeds DIR\n");
    return 2;
  }
  const auto folder = std::filesystem::path(argv[1]) / "record_file";
  std::filesystem::create_directories(folder);
  const content::Content content = fuzz::small_content();
  for (const int seconds : {0, 1, 3}) {
    sim::World world(content, content.map(), fuzz::k_small_options);
    world.populate(0, 4);
    base::Random random(3);
    Bytes file(record::file_head().begin(), record::file_head().end());
    append(file, record::Start{"make_record_seeds", content.hash(), {}, world.options(), 0, sim::save(world)});
    for (int i = 0; i < seconds; ++i) {
      record::Second second = play_second(world, random);
      if (i + 1 == seconds) second.world = sim::save(world);
      append(file, second);
    }
    append(file, record::End{world.tick()});
    std::ofstream out(folder / ("seconds_" + std::to_string(seconds)), std::ios::binary);
    out.write(reinterpret_cast<const char*>(file.data()), static_cast<std::streamsize>(file.size()));
    if (!out) std::fprintf(stderr, "cannot write to %s\n", folder.c_str());
  }
  return 0;
}
