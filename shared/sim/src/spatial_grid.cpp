#include "sim/spatial_grid.h"

#include <algorithm>

#include "base/assert.h"

namespace cudgel::sim {

SpatialGrid::SpatialGrid(std::int32_t width_tiles, std::int32_t height_tiles)
    : columns_((width_tiles + k_cell_tiles - 1) / k_cell_tiles), rows_((height_tiles + k_cell_tiles - 1) / k_cell_tiles) {
  CUDGEL_ASSERT(width_tiles > 0 && height_tiles > 0);
  begin_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_) + 1, 0);
}

std::int32_t SpatialGrid::column(std::int32_t x) const { return x < 0 ? 0 : std::min(x / k_cell_units, columns_ - 1); }
std::int32_t SpatialGrid::row(std::int32_t y) const { return y < 0 ? 0 : std::min(y / k_cell_units, rows_ - 1); }

void SpatialGrid::rebuild(std::span<const Item> items) {
  CUDGEL_ASSERT(columns_ > 0);
  const auto cell_of = [&](const Item& item) {
    return static_cast<std::size_t>(row(item.position.y)) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column(item.position.x));
  };
  std::fill(begin_.begin(), begin_.end(), 0U);
  items_.resize(items.size());
  for (const Item& item : items) ++begin_[cell_of(item)];
  std::uint32_t sum = 0;
  for (std::uint32_t& begin : begin_) sum += begin, begin = sum;  // now: one past the end of each cell
  for (std::size_t i = items.size(); i-- > 0;) items_[--begin_[cell_of(items[i])]] = items[i];
}

}  // namespace cudgel::sim
