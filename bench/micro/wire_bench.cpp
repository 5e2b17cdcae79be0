// What the wire costs: publishing a world, encoding one viewer's frame, reading and applying it, decoding a client's message.
// A crowd of given density walks about as goblins do: each turns every second or two. bytes_per_frame is the mean size of the
// WebSocket message, without the socket's own header.

#include <benchmark/benchmark.h>

#include <algorithm>

#include "base/random.h"
#include "protocol/client_message.h"
#include "protocol/server_frame.h"
#include "replication/publisher.h"
#include "replication/replica.h"
#include "replication/viewer.h"
#include "sim/world.h"

namespace {

using namespace cudgel;

constexpr std::int32_t k_side_tiles = 512;
constexpr std::uint32_t k_turn_ticks = 30;  ///< a body turns once in so many ticks, on average
constexpr std::int32_t k_speed = 30;        ///< units per tick: 2.3 tiles per second

content::MapSpec open_map() {
  content::MapSpec map;
  map.width = map.height = k_side_tiles;
  map.ground.assign(std::size_t{k_side_tiles} * k_side_tiles, content::Ground::grass);
  map.blocked.assign(map.ground.size(), 0);
  map.player_starts = {{k_side_tiles * 128, k_side_tiles * 128}};
  return map;
}

/// One player in the middle and a crowd that wanders about it.
class Crowd {
 public:
  Crowd(int size, std::int32_t half_side_units) : half_side_(half_side_units), world_(content_, open_map(), {20, 1, 16000, true}) {
    self = add(sim::Kind::player, 0);
    for (int i = 1; i < size; ++i) add(sim::Kind::monster, half_side_);
  }

  std::shared_ptr<const replication::Picture> next() {
    ++world_.tick_;
    for (const std::uint16_t index : world_.alive()) {
      sim::Walker& walker = world_.entities()[index].walker;
      if (random_.below(k_turn_ticks) == 0 || base::chebyshev(walker.position - k_middle) > half_side_) {
        const int heading = base::heading_of(k_middle - walker.position + base::Vec2{random_.between(-half_side_, half_side_), random_.between(-half_side_, half_side_)});
        walker.velocity = base::along(heading, k_speed);
        walker.facing = static_cast<std::uint8_t>(base::facing_of_heading(heading));
        walker.action = sim::Action::walk;
        walker.action_since = world_.tick();
      }
      walker.position = walker.position + walker.velocity;
    }
    return publisher_.publish(world_, {});
  }

  base::EntityId self;

 private:
  static constexpr base::Vec2 k_middle{k_side_tiles * 128, k_side_tiles * 128};

  base::EntityId add(sim::Kind kind, std::int32_t spread) {
    sim::Entity& entity = *world_.create(kind);
    entity.walker.position = k_middle + base::Vec2{random_.between(-spread, spread), random_.between(-spread, spread)};
    entity.health = entity.health_max = 50;
    if (kind == sim::Kind::player) entity.name.assign("Ansel");
    return entity.id;
  }

  std::int32_t half_side_;
  content::Content content_;
  base::Random random_{7};
  sim::World world_;
  replication::Publisher publisher_;
};

constexpr std::int32_t k_all_in_view = 14 * 256;
constexpr std::size_t k_pictures = 64;

/// Ticks of a crowd that is wholly in view, published beforehand so that only the encoding is measured.
std::vector<std::shared_ptr<const replication::Picture>> pictures_of(Crowd& crowd) {
  std::vector<std::shared_ptr<const replication::Picture>> pictures;
  for (std::size_t i = 0; i < k_pictures; ++i) pictures.push_back(crowd.next());
  return pictures;
}

void encode_frame(benchmark::State& state) {
  Crowd crowd(static_cast<int>(state.range(0)) + 1, k_all_in_view);
  const auto pictures = pictures_of(crowd);
  flatbuffers::FlatBufferBuilder builder;
  const replication::Viewer fresh(crowd.self);
  replication::Viewer viewer = fresh;
  std::size_t next = 0;
  std::size_t bytes = 0;
  std::size_t frames = 0;
  for (auto _ : state) {
    if (next == 0) {
      // The first frame introduces everybody; it is not what a tick costs.
      state.PauseTiming();
      viewer = fresh;
      viewer.encode(*pictures[next++], {}, builder);
      state.ResumeTiming();
    }
    const auto frame = viewer.encode(*pictures[next], {}, builder);
    benchmark::DoNotOptimize(frame.data());
    bytes += frame.size();
    ++frames;
    next = (next + 1) % k_pictures;
  }
  state.counters["bytes_per_frame"] = static_cast<double>(bytes) / static_cast<double>(frames);
}
BENCHMARK(encode_frame)->Arg(0)->Arg(20)->Arg(300)->Arg(2000);

void read_and_apply_frame(benchmark::State& state) {
  Crowd crowd(static_cast<int>(state.range(0)) + 1, k_all_in_view);
  std::vector<std::vector<std::uint8_t>> frames;
  flatbuffers::FlatBufferBuilder builder;
  replication::Viewer viewer(crowd.self);
  for (const auto& picture : pictures_of(crowd)) {
    const auto frame = viewer.encode(*picture, {}, builder);
    frames.emplace_back(frame.begin(), frame.end());
  }
  protocol::FrameReader reader;
  replication::Replica replica;
  std::size_t next = 0;
  for (auto _ : state) {
    if (next == 0) {
      state.PauseTiming();
      replica = {};
      if (!replica.apply(**reader.read(frames[next++]))) state.SkipWithError("refused");
      state.ResumeTiming();
    }
    if (!replica.apply(**reader.read(frames[next]))) state.SkipWithError("refused");
    next = (next + 1) % k_pictures;
  }
}
BENCHMARK(read_and_apply_frame)->Arg(20)->Arg(300);

void publish_world(benchmark::State& state) {
  Crowd crowd(static_cast<int>(state.range(0)), k_side_tiles * 120);
  for (auto _ : state) benchmark::DoNotOptimize(crowd.next().get());
}
BENCHMARK(publish_world)->Arg(1500)->Arg(3000)->Unit(benchmark::kMicrosecond);

void decode_acts(benchmark::State& state) {
  protocol::Acts acts;
  acts.count = static_cast<std::size_t>(state.range(0));
  for (std::size_t i = 0; i < acts.count; ++i) acts.acts[i] = {static_cast<std::uint32_t>(i + 1), 100, {}, 5, false};
  flatbuffers::FlatBufferBuilder builder;
  const auto message = protocol::encode(acts, builder);
  for (auto _ : state) {
    auto decoded = protocol::decode_client_message(message);
    benchmark::DoNotOptimize(decoded);
  }
  state.counters["bytes"] = static_cast<double>(message.size());
}
BENCHMARK(decode_acts)->Arg(0)->Arg(1)->Arg(16);

}  // namespace
