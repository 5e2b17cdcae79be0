#include "sim/path_finder.h"

#include <algorithm>
#include <array>
#include <functional>

namespace cudgel::sim {
namespace {

constexpr std::uint32_t k_straight_cost = 10;
constexpr std::uint32_t k_diagonal_cost = 14;
/// Beyond this many tiles a cost might not fit its 16 bits.
constexpr std::int32_t k_tiles_max = 0xFFFF / static_cast<std::int32_t>(k_diagonal_cost);
/// Straight ones first: a diagonal one needs both of its straight sides to be free.
constexpr std::array<Tile, 8> k_directions = {Tile{1, 0}, Tile{0, 1},  Tile{-1, 0},  Tile{0, -1},
                                              Tile{1, 1}, Tile{-1, 1}, Tile{-1, -1}, Tile{1, -1}};

std::uint32_t estimate(Tile a, Tile b) {
  const auto dx = static_cast<std::uint32_t>(std::abs(a.x - b.x));
  const auto dy = static_cast<std::uint32_t>(std::abs(a.y - b.y));
  return k_straight_cost * std::max(dx, dy) + (k_diagonal_cost - k_straight_cost) * std::min(dx, dy);
}

}  // namespace

Tile PathFinder::tile_of_cell(std::uint32_t cell) const {
  return {origin_.x + static_cast<std::int32_t>(cell) % k_side, origin_.y + static_cast<std::int32_t>(cell) / k_side};
}

void PathFinder::offer(std::uint32_t index, std::uint32_t cost, std::uint8_t from, Tile to) {
  Cell& cell = cells_[index];
  if (cell.search == search_ && (cell.closed || cell.cost <= cost)) return;
  cell = {search_, static_cast<std::uint16_t>(cost), from, false};
  const std::uint64_t total = cost + estimate(tile_of_cell(index), to);
  open_.push_back(total << 32U | static_cast<std::uint64_t>(0xFFFFU - cost) << 16U | index);
  std::push_heap(open_.begin(), open_.end(), std::greater<>());
}

void PathFinder::expand(const TileMap& map, std::uint32_t cell, Tile to) {
  const Tile at = tile_of_cell(cell);
  std::array<bool, 4> free{};
  for (std::size_t i = 0; i < k_directions.size(); ++i) {
    const Tile next{at.x + k_directions[i].x, at.y + k_directions[i].y};
    const std::int32_t column = next.x - origin_.x;
    const std::int32_t row = next.y - origin_.y;
    if (column < 0 || row < 0 || column >= k_side || row >= k_side || map.blocked(next.x, next.y)) continue;
    if (i < 4) {
      free[i] = true;
    } else if (!free[i - 4] || !free[(i - 3) % 4]) {
      continue;
    }
    offer(static_cast<std::uint32_t>(row * k_side + column), cells_[cell].cost + (i < 4 ? k_straight_cost : k_diagonal_cost),
          static_cast<std::uint8_t>(i), to);
  }
}

void PathFinder::trace(std::uint32_t end, std::uint32_t start) {
  way_.clear();
  for (std::uint32_t cell = end; cell != start;) {
    way_.push_back(tile_of_cell(cell));
    const Tile step = k_directions[cells_[cell].from];
    cell = static_cast<std::uint32_t>(static_cast<std::int32_t>(cell) - step.y * k_side - step.x);
  }
  std::reverse(way_.begin(), way_.end());
}

PathFinder::Found PathFinder::find(const TileMap& map, Tile from, Tile to, std::int32_t tiles_max) {
  tiles_max = std::min(tiles_max, k_tiles_max);
  if (cells_.empty()) cells_.resize(static_cast<std::size_t>(k_side) * static_cast<std::size_t>(k_side));
  if (++search_ == 0) std::fill(cells_.begin(), cells_.end(), Cell{}), search_ = 1;
  origin_ = {from.x - k_radius_tiles, from.y - k_radius_tiles};
  open_.clear();
  way_.clear();

  const auto start = static_cast<std::uint32_t>(k_radius_tiles * k_side + k_radius_tiles);
  offer(start, 0, 0, to);
  std::uint32_t best = start;
  std::uint32_t best_estimate = estimate(from, to);
  Found found;
  while (!open_.empty() && found.tiles_looked_at < tiles_max && best_estimate != 0) {
    std::pop_heap(open_.begin(), open_.end(), std::greater<>());
    const auto cell = static_cast<std::uint32_t>(open_.back() & 0xFFFFU);
    open_.pop_back();
    if (cells_[cell].closed) continue;
    cells_[cell].closed = true;
    ++found.tiles_looked_at;
    const std::uint32_t rest = estimate(tile_of_cell(cell), to);
    if (rest < best_estimate) best = cell, best_estimate = rest;
    if (rest != 0) expand(map, cell, to);
  }
  trace(best, start);
  found.any = best != start;
  found.complete = best_estimate == 0;
  found.length_units =
      static_cast<std::int32_t>(cells_[best].cost) * base::k_units_per_tile / static_cast<std::int32_t>(k_straight_cost);
  return found;
}

}  // namespace cudgel::sim
