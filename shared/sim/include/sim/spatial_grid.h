#pragma once
// Who is near: bodies sorted into square cells, rebuilt from scratch each tick by counting sort, so that there is nothing to
// keep consistent and the order within a cell is always by index. Used by the step and by replication.

#include <cstdint>
#include <span>
#include <vector>

#include "base/fixed.h"

namespace cudgel::sim {

inline constexpr std::int32_t k_cell_tiles =
    8;  ///< side of a cell; smaller means more cells to visit, larger more bodies to reject
inline constexpr std::int32_t k_cell_units = k_cell_tiles * base::k_units_per_tile;

class SpatialGrid {
 public:
  struct Item {
    base::Vec2 position;
    std::uint16_t index = 0;  ///< entity slot
  };

  SpatialGrid() = default;
  SpatialGrid(std::int32_t width_tiles, std::int32_t height_tiles);
  /// `items` in ascending order of index. Positions outside the map count to the nearest cell.
  void rebuild(std::span<const Item> items);

  /// Calls visit(const Item&) for everything whose Chebyshev distance from `centre` is at most `radius` units,
  /// cell by cell (rows, then columns), by ascending index within a cell.
  template <class Visit>
  void for_each_within(base::Vec2 centre, std::int32_t radius, Visit&& visit) const {
    for_each_about(centre, radius, [&](const Item& item) {
      if (base::chebyshev(item.position - centre) <= radius) visit(item);
    });
  }
  /// The same for everything in the cells that this touches: who visits looks at the distance itself.
  template <class Visit>
  void for_each_about(base::Vec2 centre, std::int32_t radius, Visit&& visit) const {
    if (columns_ == 0) return;
    const std::int32_t x0 = column(centre.x - radius), x1 = column(centre.x + radius);
    const std::int32_t y0 = row(centre.y - radius), y1 = row(centre.y + radius);
    for (std::int32_t y = y0; y <= y1; ++y) {
      for (const Item& item : cells(x0, x1, y)) visit(item);
    }
  }
  /// Neighbours in a row lie one behind the other: everything in the cells `first`..`last` of `row`, both in range.
  [[nodiscard]] std::span<const Item> cells(std::int32_t first, std::int32_t last, std::int32_t row) const {
    const std::size_t line = static_cast<std::size_t>(row) * static_cast<std::size_t>(columns_);
    const std::uint32_t begin = begin_[line + static_cast<std::size_t>(first)];
    return {items_.data() + begin, begin_[line + static_cast<std::size_t>(last) + 1] - begin};
  }
  [[nodiscard]] std::int32_t columns() const { return columns_; }
  [[nodiscard]] std::int32_t rows() const { return rows_; }

 private:
  [[nodiscard]] std::int32_t column(std::int32_t x) const;
  [[nodiscard]] std::int32_t row(std::int32_t y) const;

  std::int32_t columns_ = 0;
  std::int32_t rows_ = 0;
  std::vector<std::uint32_t> begin_;  ///< columns * rows + 1 offsets into items_
  std::vector<Item> items_;
};

}  // namespace cudgel::sim
