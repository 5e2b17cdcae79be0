// Goal: the map answers truly where one can walk, the path finder finds ways around obstacles within its budget, and the grid
// finds exactly who is near. Method: drawn maps, and comparison with slow but obvious answers on random ones.

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "sim/path_finder.h"
#include "sim_fixture.h"

namespace cudgel::sim {
namespace {

using namespace testing;

content::MapSpec random_map(base::Random& random, std::int32_t side, std::uint32_t blocked_percent) {
  content::MapSpec spec = open_map(side);
  for (std::uint8_t& tile : spec.blocked) tile = random.below(100) < blocked_percent ? 1 : 0;
  return spec;
}

TEST(TileMap, outside_everything_is_blocked) {
  const TileMap map(open_map(16));
  EXPECT_FALSE(map.blocked(0, 0));
  EXPECT_TRUE(map.blocked(-1, 0));
  EXPECT_TRUE(map.blocked(0, 16));
  EXPECT_TRUE(map.fits({72, 72}, 72));
  EXPECT_FALSE(map.fits({71, 72}, 72));
  EXPECT_FALSE(map.fits({72, 16 * k_tile - 71}, 72));
}

TEST(TileMap, water_stops_feet_but_not_what_flies) {
  const TileMap map(draw_map({".~#."}));
  EXPECT_TRUE(map.blocked(1, 0));
  EXPECT_FALSE(map.stops_flight(base::tile_centre(1, 0)));
  EXPECT_TRUE(map.stops_flight(base::tile_centre(2, 0)));
  EXPECT_TRUE(map.stops_flight({-1, 0}));
}

TEST(TileMap, a_straight_walk_is_free_only_if_every_place_on_it_is) {
  base::Random random(5);
  int walks_free = 0;
  for (int round = 0; round < 3000; ++round) {
    const TileMap map(random_map(random, 16, 8));
    const std::int32_t radius = random.between(10, 127);
    const Vec2 from{random.between(200, 3800), random.between(200, 3800)};
    const Vec2 to{random.between(200, 3800), random.between(200, 3800)};
    bool fits_all_the_way = true;
    const int steps = base::chebyshev(to - from) + 1;
    for (int i = 0; i <= steps && fits_all_the_way; ++i) {
      fits_all_the_way = map.fits(from + Vec2{(to.x - from.x) * i / steps, (to.y - from.y) * i / steps}, radius);
    }
    const bool answer = map.straight_walk(from, to, radius);
    EXPECT_EQ(answer, map.straight_walk(to, from, radius));
    if (answer) {
      ++walks_free;
      EXPECT_TRUE(fits_all_the_way) << "round " << round;
    } else if (fits_all_the_way) {
      // Only a hair's breadth may be judged too strictly.
      EXPECT_FALSE(map.straight_walk(from, to, radius + 2)) << "round " << round;
    }
  }
  EXPECT_GT(walks_free, 100);
}

TEST(PathFinder, goes_around_a_wall_without_cutting_its_corners) {
  const TileMap map(draw_map({"........", "..####..", ".....#..", "..####..", "........"}));
  PathFinder finder;
  const auto found = finder.find(map, {4, 2}, {7, 2}, 1000);
  ASSERT_TRUE(found.complete);
  Tile at{4, 2};
  for (const Tile next : finder.way()) {
    EXPECT_FALSE(map.blocked(next.x, next.y));
    EXPECT_LE(std::max(std::abs(next.x - at.x), std::abs(next.y - at.y)), 1);
    EXPECT_FALSE(map.blocked(at.x, next.y));
    EXPECT_FALSE(map.blocked(next.x, at.y));
    at = next;
  }
  EXPECT_EQ(at, (Tile{7, 2}));
}

TEST(PathFinder, finds_a_way_exactly_when_there_is_one_and_no_longer_than_needed) {
  base::Random random(21);
  PathFinder finder;
  int found_count = 0;
  for (int round = 0; round < 200; ++round) {
    const TileMap map(random_map(random, 20, 35));
    const Tile from{random.between(0, 19), random.between(0, 19)};
    const Tile to{random.between(0, 19), random.between(0, 19)};
    if (map.blocked(from.x, from.y) || map.blocked(to.x, to.y)) continue;
    // Slow and obvious: relax all costs until nothing changes.
    std::vector<int> cost(400, 1000000);
    cost[static_cast<std::size_t>(from.y * 20 + from.x)] = 0;
    for (bool changed = true; changed;) {
      changed = false;
      for (int y = 0; y < 20; ++y) {
        for (int x = 0; x < 20; ++x) {
          if (map.blocked(x, y)) continue;
          for (int dy = -1; dy <= 1; ++dy) {
            for (int dx = -1; dx <= 1; ++dx) {
              if (map.blocked(x + dx, y + dy) || map.blocked(x + dx, y) || map.blocked(x, y + dy)) continue;
              const int through = cost[static_cast<std::size_t>(y * 20 + x)] + (dx != 0 && dy != 0 ? 14 : 10);
              int& there = cost[static_cast<std::size_t>((y + dy) * 20 + x + dx)];
              if ((dx != 0 || dy != 0) && through < there) there = through, changed = true;
            }
          }
        }
      }
    }
    const int best = cost[static_cast<std::size_t>(to.y * 20 + to.x)];
    const auto found = finder.find(map, from, to, 4000);
    EXPECT_EQ(found.complete, best < 1000000) << "round " << round;
    if (found.complete) {
      ++found_count;
      EXPECT_EQ(found.length_units, best * k_tile / 10) << "round " << round;
    }
  }
  EXPECT_GT(found_count, 20);
}

TEST(PathFinder, a_search_never_looks_at_more_tiles_than_allowed_and_still_comes_nearer) {
  const TileMap map(open_map(200));
  PathFinder finder;
  const auto found = finder.find(map, {100, 100}, {190, 100}, 30);
  EXPECT_LE(found.tiles_looked_at, 30);
  EXPECT_TRUE(found.any);
  EXPECT_FALSE(found.complete);
  ASSERT_FALSE(finder.way().empty());
  EXPECT_GT(finder.way().back().x, 100);
}

TEST(PathFinder, says_so_when_there_is_not_one_step_to_take) {
  const TileMap map(draw_map({"###.", "#.#.", "###."}));
  PathFinder finder;
  const auto found = finder.find(map, {1, 1}, {3, 1}, 1000);
  EXPECT_FALSE(found.any);
  EXPECT_FALSE(found.complete);
  EXPECT_TRUE(finder.way().empty());
}

TEST(SpatialGrid, finds_exactly_who_is_within_in_a_fixed_order) {
  base::Random random(9);
  SpatialGrid grid(100, 60);
  for (int round = 0; round < 50; ++round) {
    std::vector<SpatialGrid::Item> items;
    for (std::uint16_t i = 0; i < 300; ++i) {
      if (random.below(3) != 0) items.push_back({{random.between(-300, 101 * k_tile), random.between(-300, 61 * k_tile)}, i});
    }
    grid.rebuild(items);
    const Vec2 centre{random.between(0, 100 * k_tile), random.between(0, 60 * k_tile)};
    const std::int32_t radius = random.between(0, 20 * k_tile);
    std::vector<std::uint16_t> found;
    grid.for_each_within(centre, radius, [&](const SpatialGrid::Item& item) { found.push_back(item.index); });
    std::vector<std::uint16_t> expected;
    for (const auto& item : items) {
      if (base::chebyshev(item.position - centre) <= radius) expected.push_back(item.index);
    }
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, expected);
    for (std::int32_t row = 0; row < grid.rows(); ++row) {
      for (std::int32_t column = 0; column < grid.columns(); ++column) {
        const auto cell = grid.cells(column, column, row);
        EXPECT_TRUE(std::is_sorted(cell.begin(), cell.end(), [](const auto& a, const auto& b) { return a.index < b.index; }));
      }
    }
  }
}

}  // namespace
}  // namespace cudgel::sim
