// Goal: a walker never comes to see a part of the map that was not asked for long before, nothing is asked for twice, and what failed is
// asked for again. Method: a map of 8 x 8 regions, places on it, and a clock of the test's own.

#include "play/map_stream.h"

#include <gtest/gtest.h>

#include <cmath>

#include "content/region.h"

namespace cudgel::game {
namespace {

content::MapSpec page_map() {
  content::MapSpec map = content::make_arena_map(512);
  map.regions.assign(64, 1);
  map.here.assign(64, 0);
  return map;
}

TEST(MapStream, asks_for_the_nearest_first_and_a_few_at_a_time) {
  const content::MapSpec map = page_map();
  MapStream stream(map);
  const auto wanted = stream.want(288, 288, 0);
  ASSERT_EQ(wanted.size(), 4U);
  EXPECT_EQ(wanted[0].column, 4);
  EXPECT_EQ(wanted[0].row, 4);
  EXPECT_TRUE(stream.want(288, 288, 10).empty()) << "four are under way";
}

TEST(MapStream, asks_again_for_what_failed_but_not_at_once) {
  const content::MapSpec map = page_map();
  MapStream stream(map);
  const auto wanted = stream.want(288, 288, 0);
  for (const RegionPlace place : wanted) stream.came(place, false, 100);
  for (const RegionPlace place : stream.want(288, 288, 200)) {
    EXPECT_FALSE(place.column == 4 && place.row == 4);
    stream.came(place, false, 200);
  }
  bool again = false;
  for (int ms = 300; ms < 6000 && !again; ms += 100) {
    for (const RegionPlace place : stream.want(288, 288, ms)) {
      again = again || (place.column == 4 && place.row == 4);
      stream.came(place, false, ms);
    }
  }
  EXPECT_TRUE(again);
}

TEST(MapStream, a_runner_sees_no_hole_though_each_region_takes_seconds) {
  content::MapSpec map = page_map();
  MapStream stream(map);
  struct UnderWay {
    RegionPlace place;
    double at_ms;
  };
  std::vector<UnderWay> under_way;
  double x = 288, y = 288;
  for (double ms = 0; ms < 5000; ms += 50) {  // the title
    for (const RegionPlace place : stream.want(x, y, ms))
      content::put_region(map, content::cut_region(map, place.column, place.row)), stream.came(place, true, ms);
  }
  ASSERT_TRUE(stream.sees_all(x, y));
  constexpr double k_tiles_per_s = 5, k_fetch_ms = 2500;
  for (double ms = 5000; x > 30; ms += 50) {
    x -= k_tiles_per_s * 0.05 * 0.9, y -= k_tiles_per_s * 0.05 * 0.43;
    for (const RegionPlace place : stream.want(x, y, ms)) under_way.push_back({place, ms + k_fetch_ms});
    for (std::size_t i = 0; i < under_way.size();) {
      if (under_way[i].at_ms > ms) {
        ++i;
        continue;
      }
      const RegionPlace place = under_way[i].place;
      EXPECT_EQ(map.here[static_cast<std::size_t>(place.row * 8 + place.column)], 0) << "fetched twice";
      map.here[static_cast<std::size_t>(place.row * 8 + place.column)] = 1;
      stream.came(place, true, ms);
      under_way.erase(under_way.begin() + static_cast<std::ptrdiff_t>(i));
    }
    ASSERT_TRUE(stream.sees_all(x, y)) << x << ", " << y;
  }
  EXPECT_LT(stream.here(), 40) << "and not the whole map";
}

TEST(MapStream, wants_nothing_of_a_whole_map) {
  const content::MapSpec map = content::make_arena_map(512);
  MapStream stream(map);
  EXPECT_TRUE(stream.want(10, 10, 0).empty());
  EXPECT_TRUE(stream.sees_all(10, 10));
  stream.came({0, 0}, true, 0);
}

}  // namespace
}  // namespace cudgel::game
