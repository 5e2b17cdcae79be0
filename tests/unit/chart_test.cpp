// Goal: the small map shows what is there, tile by tile. Method: maps in, pixels out.

#include "play/chart.h"

#include <gtest/gtest.h>

namespace cudgel::game {
namespace {

using content::Ground;

TEST(Chart, has_a_pixel_per_tile_and_grounds_and_obstacles_differ) {
  content::MapSpec map;
  map.width = 4;
  map.height = 1;
  map.ground = {Ground::grass, Ground::path, Ground::water, Ground::grass};
  map.blocked = {0, 0, 1, 1};
  const auto pixels = chart_pixels(map);
  ASSERT_EQ(pixels.size(), 16U);
  const auto brightness = [&](std::size_t tile) { return pixels[tile * 4] + pixels[tile * 4 + 1] + pixels[tile * 4 + 2]; };
  EXPECT_LT(brightness(3), brightness(0)) << "what blocks the way is darker than its ground";
  EXPECT_GT(pixels[2 * 4 + 2], pixels[2 * 4]) << "water is blue";
  EXPECT_GT(pixels[4], pixels[0]) << "a path stands out of the grass";
  for (std::size_t tile = 0; tile < 4; ++tile) EXPECT_EQ(pixels[tile * 4 + 3], 255);
}

}  // namespace
}  // namespace cudgel::game
