#include "sim/tile_map.h"

#include <algorithm>

#include "base/assert.h"

namespace cudgel::sim {
namespace {

/// The last tile that a body ending at `edge` (exclusive, units) lies in.
std::int32_t last_tile(std::int32_t centre, std::int32_t radius) { return tile_of(centre + radius - (radius > 0 ? 1 : 0)); }

std::int64_t floor_divide(std::int64_t a, std::int64_t b) {  // b > 0
  const std::int64_t quotient = a / b;
  return a % b < 0 ? quotient - 1 : quotient;
}

}  // namespace

TileMap::TileMap(const content::MapSpec& spec) : width_(spec.width), height_(spec.height), blocked_(spec.blocked) {
  CUDGEL_ASSERT(width_ > 0 && height_ > 0);
  CUDGEL_ASSERT(blocked_.size() == static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_));
  for (std::size_t i = 0; i < blocked_.size(); ++i) {
    const bool water = i < spec.ground.size() && spec.ground[i] == content::Ground::water;
    if (blocked_[i] != 0) blocked_[i] = water ? k_stops_feet : k_stops_all;
  }
  for (const std::uint8_t zone : spec.zone_cells) {
    const bool known = zone < spec.zones.size();
    const bool haven = known && spec.zones[zone].safe;
    fights_.push_back(haven ? FightKind::haven : known && spec.zones[zone].free_fight ? FightKind::free : FightKind::consent);
  }
}

void TileMap::take(const content::MapSpec& spec, std::int32_t left, std::int32_t top, std::int32_t width, std::int32_t height) {
  CUDGEL_ASSERT(spec.width == width_ && spec.height == height_ && left >= 0 && top >= 0);
  CUDGEL_ASSERT(left + width <= width_ && top + height <= height_);
  for (std::int32_t y = top; y < top + height; ++y) {
    for (std::int32_t x = left; x < left + width; ++x) {
      const std::size_t tile = static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x);
      const bool water = spec.ground[tile] == content::Ground::water;
      blocked_[tile] = spec.blocked[tile] == 0 ? std::uint8_t{0} : water ? k_stops_feet : k_stops_all;
    }
  }
}

bool TileMap::stops_flight(base::Vec2 from, base::Vec2 to) const {
  const base::Vec2 way = to - from;
  const std::int32_t looks = base::chebyshev(way) / k_flight_look_units + 1;
  for (std::int32_t i = 1; i <= looks; ++i) {
    if (stops_flight(from + base::Vec2{way.x * i / looks, way.y * i / looks})) return true;
  }
  return false;
}

FightKind TileMap::fights_at(base::Vec2 position) const {
  if (fights_.empty() || position.x < 0 || position.y < 0) return FightKind::consent;
  const std::int32_t columns = (width_ + content::k_zone_cell_tiles - 1) / content::k_zone_cell_tiles;
  const std::int32_t column = tile_of(position.x) / content::k_zone_cell_tiles;
  const std::int32_t row = tile_of(position.y) / content::k_zone_cell_tiles;
  const auto square = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) + static_cast<std::size_t>(column);
  return column >= columns || square >= fights_.size() ? FightKind::consent : fights_[square];
}

bool TileMap::fits(base::Vec2 position, std::int32_t radius) const {
  for (std::int32_t y = tile_of(position.y - radius); y <= last_tile(position.y, radius); ++y) {
    for (std::int32_t x = tile_of(position.x - radius); x <= last_tile(position.x, radius); ++x) {
      if (blocked(x, y)) return false;
    }
  }
  return true;
}

bool TileMap::straight_walk(base::Vec2 from, base::Vec2 to, std::int32_t radius) const {
  if (to.x < from.x) std::swap(from, to);
  const std::int64_t dx = to.x - from.x;
  const std::int64_t dy = to.y - from.y;
  // Column by column: which rows does the body touch while any part of it is in this column?
  for (std::int32_t column = tile_of(from.x - radius); column <= last_tile(to.x, radius); ++column) {
    std::int64_t y_begin = from.y;
    std::int64_t y_end = to.y;
    if (dx > 0) {
      const std::int32_t enter = std::clamp(column * base::k_units_per_tile - radius, from.x, to.x);
      const std::int32_t leave = std::clamp((column + 1) * base::k_units_per_tile + radius, from.x, to.x);
      y_begin = from.y + floor_divide(dy * (enter - from.x), dx);
      y_end = from.y + floor_divide(dy * (leave - from.x), dx);
    }
    const auto low = static_cast<std::int32_t>(std::min(y_begin, y_end));
    const auto high = static_cast<std::int32_t>(std::max(y_begin, y_end)) + (dx > 0 && dy != 0 ? 1 : 0);
    for (std::int32_t row = tile_of(low - radius); row <= last_tile(high, radius); ++row) {
      if (blocked(column, row)) return false;
    }
  }
  return true;
}

}  // namespace cudgel::sim
