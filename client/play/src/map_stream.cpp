#include "play/map_stream.h"

#include <algorithm>
#include <cmath>

#include "content/region.h"

namespace cudgel::game {

namespace {
/// Fetched this far ahead, in tiles: a runner takes 7 s from there to where the farthest view begins. More costs bytes that many never need.
constexpr double k_ahead_tiles = 44;
constexpr double k_sight_tiles = 18;  ///< no window shows more than 16, and the pictures of things reach into it
constexpr int k_under_way_max = 4;
constexpr double k_retry_ms = 2000;

/// How far a place is from a region, by the larger of the two ways.
double distance(RegionPlace place, double x, double y) {
  const auto gap = [](double at, std::int32_t region) {
    const double low = region * content::k_region_tiles;
    return std::max({0.0, low - at, at - low - content::k_region_tiles});
  };
  return std::max(gap(x, place.column), gap(y, place.row));
}
}  // namespace

MapStream::MapStream(const content::MapSpec& map)
    : map_(map),
      columns_(map.regions.empty() ? 0 : content::regions_along(map.width)),
      rows_(map.regions.empty() ? 0 : content::regions_along(map.height)),
      asked_(map.regions.size()) {}

std::size_t MapStream::index(RegionPlace place) const { return static_cast<std::size_t>(place.row * columns_ + place.column); }

std::vector<RegionPlace> MapStream::want(double x, double y, double now_ms) {
  std::vector<RegionPlace> out;
  for (std::int32_t row = 0; row < rows_; ++row) {
    for (std::int32_t column = 0; column < columns_; ++column) {
      const RegionPlace place{column, row};
      const Asked& asked = asked_[index(place)];
      if (map_.here[index(place)] != 0 || asked.under_way || now_ms < asked.not_before_ms) continue;
      if (distance(place, x, y) <= k_ahead_tiles) out.push_back(place);
    }
  }
  std::stable_sort(out.begin(), out.end(), [&](RegionPlace a, RegionPlace b) { return distance(a, x, y) < distance(b, x, y); });
  out.resize(std::min(out.size(), static_cast<std::size_t>(std::max(0, k_under_way_max - under_way_))));
  for (const RegionPlace place : out) asked_[index(place)].under_way = true;
  under_way_ += static_cast<int>(out.size());
  return out;
}

void MapStream::came(RegionPlace place, bool fetched, double now_ms) {
  if (place.column < 0 || place.row < 0 || place.column >= columns_ || place.row >= rows_) return;
  Asked& asked = asked_[index(place)];
  if (!asked.under_way) return;
  asked = {false, fetched ? 0 : now_ms + k_retry_ms};
  --under_way_;
}

bool MapStream::sees_all(double x, double y) const {
  for (std::int32_t row = 0; row < rows_; ++row) {
    for (std::int32_t column = 0; column < columns_; ++column) {
      if (map_.here[index({column, row})] == 0 && distance({column, row}, x, y) < k_sight_tiles) return false;
    }
  }
  return true;
}

int MapStream::here() const { return static_cast<int>(std::count(map_.here.begin(), map_.here.end(), 1)); }

}  // namespace cudgel::game
