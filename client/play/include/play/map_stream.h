#pragma once
// Which regions of the map (content/region.h) the page should fetch now: those around the places that count, nearest first, a few at a
// time, far enough ahead that a walker never sees one missing. Knows no network: whoever fetches says what came. A region that could not
// be fetched is asked for again after a while; meanwhile its ground is plain grass that the prediction does not walk on.

#include <cstdint>
#include <vector>

#include "content/content.h"

namespace cudgel::game {

struct RegionPlace {
  std::int32_t column = 0;
  std::int32_t row = 0;
};

class MapStream {
 public:
  /// `map` must outlive this; its `here` says what has come. A whole map never wants anything.
  explicit MapStream(const content::MapSpec& map);
  /// What to ask for now, around a place in tiles; each counts as asked from now on.
  std::vector<RegionPlace> want(double x, double y, double now_ms);
  /// The answer to one of them.
  void came(RegionPlace place, bool fetched, double now_ms);
  /// Everything that can be seen from there is here.
  [[nodiscard]] bool sees_all(double x, double y) const;
  [[nodiscard]] int here() const;

 private:
  struct Asked {
    bool under_way = false;
    double not_before_ms = 0;
  };
  [[nodiscard]] std::size_t index(RegionPlace place) const;

  const content::MapSpec& map_;
  std::int32_t columns_;
  std::int32_t rows_;
  std::vector<Asked> asked_;
  int under_way_ = 0;
};

}  // namespace cudgel::game
