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

TEST(Chart, shows_what_has_not_come_in_rough) {
  content::MapSpec map = content::make_arena_map(128);
  map.ground.assign(map.ground.size(), Ground::water);
  map.chart = content::draw_chart(map);
  ASSERT_EQ(map.chart.size(), 32U * 32U);
  map.ground.assign(map.ground.size(), Ground::grass);  // as a page has it before anything has come
  map.blocked.assign(map.blocked.size(), 1);
  map.regions.assign(4, 0);
  map.here = {1, 0, 0, 0};
  const auto pixels = chart_pixels(map);
  const auto blue = [&](std::size_t x, std::size_t y) { return pixels[(y * 128 + x) * 4 + 2] > pixels[(y * 128 + x) * 4]; };
  EXPECT_FALSE(blue(10, 10));
  EXPECT_TRUE(blue(100, 10) && blue(10, 100) && blue(100, 100));
}

TEST(Chart, writes_a_zones_name_where_there_is_most_room_for_it) {
  content::MapSpec map = content::make_arena_map(64);
  map.zones = {{"meadow", 1, 3, "", 0xFFFFFF, false, false},
               {"village", 1, 1, "", 0xFFFFFF, true, false},
               {"nowhere", 1, 1, "", 0xFFFFFF, false, false}};
  map.zone_cells.assign(16 * 16, 0);
  for (std::size_t y = 0; y < 5; ++y) {
    for (std::size_t x = 0; x < 5; ++x) map.zone_cells[y * 16 + x] = 1;
  }
  const std::string text = zones_json(map);
  EXPECT_NE(text.find(R"("name":"village","level_min":1,"level_max":1,"safe":true,"free_fight":false,"x":10,"y":10)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"("name":"meadow")"), std::string::npos);
  EXPECT_EQ(text.find("nowhere"), std::string::npos) << "it has no place on the map";
}

}  // namespace
}  // namespace cudgel::game
