#include "record/replay.h"

namespace cudgel::record {

base::Result<std::unique_ptr<Replay>, ReadError> Replay::begin(const content::Content& content, const Start& start) {
  if (content.hash() != start.content_hash) {
    return base::fail(ReadError{"the recording was made with other content than this one"});
  }
  std::unique_ptr<Replay> replay(
      new Replay(content, start.arena_side > 0 ? content::make_arena_map(start.arena_side, start.free_fights) : content.map(),
                 start.options));
  if (auto restored = sim::restore(replay->world_, start.world); !restored) {
    return base::fail(ReadError{"start.world: " + restored.error().text});
  }
  return replay;
}

std::optional<Mismatch> Replay::play(const Second& second) {
  if (second.first_tick != world_.tick() + 1) {
    return Mismatch{second.first_tick,
                    {},
                    "the record goes on at another tick than the world, which stands at " + std::to_string(world_.tick())};
  }
  for (const Tick& tick : second.ticks) {
    sim::step(world_, tick.commands, events_);
    if (auto mismatch = compare(tick)) return mismatch;
  }
  return compare_end(second);
}

std::optional<Mismatch> Replay::compare(const Tick& tick) const {
  if (world_.random.state() == tick.random && sim::sum_fields(world_) == tick.sums) return std::nullopt;
  Mismatch mismatch{world_.tick(), sim::differences(world_, tick.sums), {}};
  if (world_.random.state() != tick.random) {
    mismatch.differences.insert(mismatch.differences.begin(),
                                {{}, "world", "random", std::to_string(world_.random.state()), std::to_string(tick.random)});
  }
  return mismatch;
}

std::optional<Mismatch> Replay::compare_end(const Second& second) const {
  if (sim::hash(world_) == second.hash) return std::nullopt;
  return Mismatch{world_.tick(), against_whole_world(second),
                  "the sums of all fields are equal, but the hash of the world is not"};
}

void Replay::play_on(const Second& second, const Listener& listener) {
  for (std::size_t i = 0; i < second.ticks.size(); ++i) {
    if (second.first_tick + i <= world_.tick()) continue;
    sim::step(world_, second.ticks[i].commands, events_);
    if (listener) listener(second.ticks[i], events_);
  }
}

std::vector<sim::Difference> Replay::against_whole_world(const Second& second) const {
  if (second.world.empty()) return {};
  sim::World recorded(world_);
  if (auto restored = sim::restore(recorded, second.world); !restored) {
    return {{{}, "the recorded world", "its bytes", "whole", "cannot be restored: " + restored.error().text}};
  }
  return sim::differences(world_, recorded, k_differences_max);
}

}  // namespace cudgel::record
