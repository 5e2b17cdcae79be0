// What the wire costs: publishing a world, encoding one viewer's frame, reading and applying it, decoding a client's message.
// bytes_per_frame is the mean size of the WebSocket message, without the socket's own header.

#include <benchmark/benchmark.h>
#include <malloc.h>

#include "crowd.h"
#include "protocol/client_message.h"
#include "protocol/server_frame.h"
#include "replication/replica.h"
#include "replication/viewer.h"

namespace {

using namespace cudgel;
using bench::Crowd;

constexpr std::int32_t k_all_in_view = 14 * 256;
constexpr std::size_t k_pictures = 96;
constexpr std::size_t k_introductions = 24;  ///< frames in which the crowd is introduced; they are not what a tick costs

/// Ticks of a crowd that is wholly in view, published beforehand so that only the encoding is measured.
std::vector<std::shared_ptr<const replication::Picture>> pictures_of(Crowd& crowd) {
  std::vector<std::shared_ptr<const replication::Picture>> pictures;
  for (std::size_t i = 0; i < k_pictures; ++i) pictures.push_back(crowd.next());
  return pictures;
}

void encode_frame(benchmark::State& state) {
  Crowd crowd(static_cast<int>(state.range(0)) + 1, k_all_in_view);
  const auto pictures = pictures_of(crowd);
  replication::FrameWorkspace work;
  const replication::Viewer fresh(crowd.self);
  replication::Viewer viewer = fresh;
  std::size_t next = 0;
  std::size_t bytes = 0;
  std::size_t frames = 0;
  for (auto _ : state) {
    if (next == 0) {
      state.PauseTiming();
      viewer = fresh;
      while (next < k_introductions) viewer.encode(*pictures[next++], {}, work);
      state.ResumeTiming();
    }
    const auto frame = viewer.encode(*pictures[next], {}, work);
    benchmark::DoNotOptimize(frame.data());
    bytes += frame.size();
    ++frames;
    next = (next + 1) % k_pictures;
  }
  state.counters["bytes_per_frame"] = static_cast<double>(bytes) / static_cast<double>(frames);
}
BENCHMARK(encode_frame)->Arg(0)->Arg(20)->Arg(300)->Arg(500)->Arg(2000);

std::size_t allocated_bytes() { return mallinfo2().uordblks + mallinfo2().hblkhd; }

/// What a network thread does in a tick: every one of 2,000 players who see about 20 others each gets a frame. What the last viewer
/// remembered has long left the cache when its turn comes again. Time is per tick; frames are
/// counted per viewer, and so is the memory that viewers keep after a second of play.
void encode_for_2000_viewers(benchmark::State& state) {
  constexpr int k_viewers = 2000;
  constexpr std::int32_t k_side_for_20 = 330 * base::k_units_per_tile;
  Crowd crowd(k_viewers, k_side_for_20 / 2, sim::Kind::player);
  replication::FrameWorkspace work;
  // Pictures and workspace have their memory before viewers are counted.
  replication::Viewer(crowd.self).encode(*crowd.next(), {}, work);
  crowd.next();
  const std::size_t allocated_before = allocated_bytes();
  std::vector<replication::Viewer> viewers;
  for (const std::uint16_t index : crowd.world().alive()) viewers.emplace_back(crowd.world().entities()[index].id);
  viewers.shrink_to_fit();
  std::size_t bytes = 0;
  const auto show = [&](const replication::Picture& picture) {
    for (replication::Viewer& viewer : viewers) bytes += viewer.encode(picture, {}, work).size();
  };
  for (int tick = 0; tick < 20; ++tick) show(*crowd.next());
  const auto viewers_bytes = static_cast<double>(allocated_bytes() - allocated_before);
  bytes = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const auto picture = crowd.next();
    state.ResumeTiming();
    show(*picture);
  }
  const auto frames = static_cast<double>(state.iterations()) * k_viewers;
  state.counters["bytes_per_frame"] = static_cast<double>(bytes) / frames;
  state.counters["memory_per_viewer"] = viewers_bytes / k_viewers;
  state.counters["frames"] = benchmark::Counter(frames, benchmark::Counter::kIsRate);
}
BENCHMARK(encode_for_2000_viewers)->Iterations(400)->Unit(benchmark::kMicrosecond);

void read_and_apply_frame(benchmark::State& state) {
  Crowd crowd(static_cast<int>(state.range(0)) + 1, k_all_in_view);
  std::vector<std::vector<std::uint8_t>> frames;
  replication::FrameWorkspace work;
  replication::Viewer viewer(crowd.self);
  for (const auto& picture : pictures_of(crowd)) {
    const auto frame = viewer.encode(*picture, {}, work);
    frames.emplace_back(frame.begin(), frame.end());
  }
  protocol::FrameReader reader;
  replication::Replica replica;
  std::size_t next = 0;
  for (auto _ : state) {
    if (next == 0) {
      state.PauseTiming();
      replica = {};
      while (next < k_introductions) {
        if (!replica.apply(**reader.read(frames[next++]))) state.SkipWithError("refused");
      }
      state.ResumeTiming();
    }
    if (!replica.apply(**reader.read(frames[next]))) state.SkipWithError("refused");
    next = (next + 1) % k_pictures;
  }
}
BENCHMARK(read_and_apply_frame)->Arg(20)->Arg(300)->Arg(500);

void publish_world(benchmark::State& state) {
  Crowd crowd(static_cast<int>(state.range(0)), bench::k_side_tiles * 120);
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
