// Which is cheaper: a difference worked out for each viewer, or bytes made once per cell of the map and copied to all who see the cell?
// Method: 1,000 players who all watch, so dense that each sees 20, 100 or 300 others. The shared cells are a prototype that does less
// than a game needs: no own body, no names, nothing for missed frames, nobody told later than another. What they cost is a lower bound.
// Times are per tick for all viewers; bytes_per_frame as in wire_bench.cpp.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <vector>

#include "crowd.h"
#include "protocol/limits.h"
#include "replication/viewer.h"

namespace {

using namespace cudgel;
using bench::Crowd;

constexpr int k_viewers = 1000;
constexpr int k_ticks = 300;
constexpr int k_warm_up_ticks = 30;

/// Half the side, in units, of a square of side s in which each of k_viewers sees `others` on average. Along one axis a view of side v
/// covers the share v/s - (v/s)^2 / 4 of the square on average, less than v/s because of those who stand near the edge.
std::int32_t half_side_for(std::int64_t others) {
  constexpr double k_view_units = 2.0 * protocol::k_view_tiles * base::k_units_per_tile;
  const double share = std::sqrt(static_cast<double>(others) / k_viewers);
  return static_cast<std::int32_t>(k_view_units / (2 - 2 * std::sqrt(1 - share)) / 2);
}

void count(benchmark::State& state, std::size_t bytes, std::size_t in_view) {
  const double frames = static_cast<double>(state.iterations()) * k_viewers;
  state.counters["bytes_per_frame"] = static_cast<double>(bytes) / frames;
  state.counters["in_view"] = static_cast<double>(in_view) / frames;
}

/// What changes in each cell in one tick, and all that is in it, written once for everybody.
class SharedCells {
 public:
  static constexpr std::int32_t k_columns = bench::k_side_tiles / sim::k_cell_tiles;
  static constexpr std::int32_t k_reach = static_cast<std::int32_t>(protocol::k_view_tiles) / sim::k_cell_tiles;
  static std::int32_t column_of(base::Vec2 position) { return std::clamp(position.x / sim::k_cell_units, 0, k_columns - 1); }
  static std::int32_t row_of(base::Vec2 position) { return std::clamp(position.y / sim::k_cell_units, 0, k_columns - 1); }
  static std::size_t index(std::int32_t column, std::int32_t row) { return static_cast<std::size_t>(row * k_columns + column); }

  void make(const replication::Picture& picture) {
    for (Cell& cell : cells_) cell.changes.clear(), cell.whole.clear();
    was_in_.resize(picture.entities.size(), k_nowhere);
    for (std::size_t slot = 0; slot < picture.entities.size(); ++slot) {
      const replication::PublishedEntity& entity = picture.entities[slot];
      const std::size_t cell = index(column_of(entity.position), row_of(entity.position));
      const protocol::Motion motion = motion_of(entity.sight, picture.tick);
      const protocol::Arrival arrival(motion, entity.sight.health_max, static_cast<std::uint8_t>(entity.sight.kind),
                                      entity.sight.archetype, entity.sight.level, 0, 0, 0);
      append(cells_[cell].whole, &arrival, sizeof arrival);
      if (was_in_[slot] != cell) {
        if (was_in_[slot] != k_nowhere) append(cells_[was_in_[slot]].changes, &entity.sight.id, sizeof entity.sight.id);
        append(cells_[cell].changes, &arrival, sizeof arrival);
        was_in_[slot] = cell;
      } else if (picture.changed[slot] == picture.tick) {
        append(cells_[cell].changes, &motion, sizeof motion);
      }
    }
  }
  [[nodiscard]] const std::vector<std::uint8_t>& changes(std::size_t cell) const { return cells_[cell].changes; }
  [[nodiscard]] const std::vector<std::uint8_t>& whole(std::size_t cell) const { return cells_[cell].whole; }

 private:
  static constexpr std::size_t k_nowhere = SIZE_MAX;
  struct Cell {
    std::vector<std::uint8_t> changes;
    std::vector<std::uint8_t> whole;
  };
  static void append(std::vector<std::uint8_t>& bytes, const void* data, std::size_t size) {
    const auto* begin = static_cast<const std::uint8_t*>(data);
    bytes.insert(bytes.end(), begin, begin + size);
  }
  static protocol::Motion motion_of(const replication::Sight& sight, base::Tick now) {
    return {sight.id.index,
            sight.id.generation,
            sight.track.x,
            sight.track.y,
            sight.track.velocity_x,
            sight.track.velocity_y,
            static_cast<std::uint8_t>(sight.facing | static_cast<unsigned>(sight.action) << 3U),
            static_cast<std::uint8_t>(now - sight.track.begin),
            static_cast<std::uint8_t>(now - sight.action_since),
            sight.health};
  }

  std::vector<Cell> cells_ = std::vector<Cell>(static_cast<std::size_t>(k_columns * k_columns));
  std::vector<std::size_t> was_in_;
};

/// One viewer of shared cells: which it saw last is all it remembers.
class CellViewer {
 public:
  explicit CellViewer(base::EntityId self) : self_(self) {}

  std::size_t encode(const replication::Picture& picture, const SharedCells& cells, std::vector<std::uint8_t>& frame) {
    constexpr std::size_t k_frame_bytes = 32;  // as small as the frame of a quiet tick
    constexpr std::size_t k_cell_bytes = 4;    // which cell, how much of it
    frame.resize(k_frame_bytes);
    const base::Vec2 eye = picture.entities[self_.index].position;
    const std::int32_t column = SharedCells::column_of(eye);
    const std::int32_t row = SharedCells::row_of(eye);
    for (std::int32_t y = std::max(row - SharedCells::k_reach, 0);
         y <= std::min(row + SharedCells::k_reach, SharedCells::k_columns - 1); ++y) {
      for (std::int32_t x = std::max(column - SharedCells::k_reach, 0);
           x <= std::min(column + SharedCells::k_reach, SharedCells::k_columns - 1); ++x) {
        const std::size_t cell = SharedCells::index(x, y);
        const bool seen_before = std::abs(x - column_) <= SharedCells::k_reach && std::abs(y - row_) <= SharedCells::k_reach;
        const std::vector<std::uint8_t>& bytes = seen_before ? cells.changes(cell) : cells.whole(cell);
        if (bytes.empty()) continue;
        const std::size_t end = frame.size();
        frame.resize(end + k_cell_bytes + bytes.size());
        std::memcpy(frame.data() + end + k_cell_bytes, bytes.data(), bytes.size());
      }
    }
    column_ = column;
    row_ = row;
    return frame.size();
  }

 private:
  base::EntityId self_;
  std::int32_t column_ = -SharedCells::k_columns;
  std::int32_t row_ = -SharedCells::k_columns;
};

void shared_cells(benchmark::State& state) {
  Crowd crowd(k_viewers, half_side_for(state.range(0)), sim::Kind::player);
  SharedCells cells;
  std::vector<CellViewer> viewers;
  for (const std::uint16_t index : crowd.world().alive()) viewers.emplace_back(crowd.world().entities()[index].id);
  std::vector<std::uint8_t> frame;
  std::size_t bytes = 0;
  const auto show = [&](const replication::Picture& picture) {
    cells.make(picture);
    for (CellViewer& viewer : viewers) {
      bytes += viewer.encode(picture, cells, frame);
      benchmark::DoNotOptimize(frame.data());
    }
  };
  for (int tick = 0; tick < k_warm_up_ticks; ++tick) show(*crowd.next());
  bytes = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const auto picture = crowd.next();
    state.ResumeTiming();
    show(*picture);
  }
  count(state, bytes, 0);
}
BENCHMARK(shared_cells)->Arg(20)->Arg(100)->Arg(300)->Iterations(k_ticks)->Unit(benchmark::kMicrosecond);

void viewer_diffs(benchmark::State& state) {
  Crowd crowd(k_viewers, half_side_for(state.range(0)), sim::Kind::player);
  replication::FrameWorkspace work;
  std::vector<replication::Viewer> viewers;
  for (const std::uint16_t index : crowd.world().alive()) viewers.emplace_back(crowd.world().entities()[index].id);
  std::size_t bytes = 0;
  std::size_t in_view = 0;
  const auto show = [&](const replication::Picture& picture) {
    for (replication::Viewer& viewer : viewers) {
      bytes += viewer.encode(picture, {}, work).size();
      in_view += viewer.known().size();
    }
  };
  for (int tick = 0; tick < k_warm_up_ticks; ++tick) show(*crowd.next());
  bytes = in_view = 0;
  for (auto _ : state) {
    state.PauseTiming();
    const auto picture = crowd.next();
    state.ResumeTiming();
    show(*picture);
  }
  count(state, bytes, in_view);
}
BENCHMARK(viewer_diffs)->Arg(20)->Arg(100)->Arg(300)->Iterations(k_ticks)->Unit(benchmark::kMicrosecond);

}  // namespace
