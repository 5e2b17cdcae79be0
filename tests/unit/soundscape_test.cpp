// Goal: the music is that of the zone where one is, changes once on the way over a border and not at all along it, and that of zones near is
// known before. Method: a map of two zones side by side, places as numbers.

#include <gtest/gtest.h>

#include <cmath>

#include "play/soundscape.h"
#include "sim_fixture.h"

namespace cudgel::game {
namespace {

constexpr std::int32_t k_side = 80;
constexpr double k_border = 40;  ///< tiles: everything beyond in x is the second zone

class Walking : public ::testing::Test {
 protected:
  Walking() : map_(sim::testing::open_map(k_side)) {
    content::ZoneSpec home, wild;
    home.music = "village";
    wild.music = "forest";
    map_.zones = {home, wild};
    const std::int32_t columns = map_.zone_columns();
    for (std::int32_t cell = 0; cell < columns * columns; ++cell) {
      map_.zone_cells.push_back(cell % columns * content::k_zone_cell_tiles < k_border ? 0 : 1);
    }
    place_.enter(&map_);
  }
  /// What was heard on the way, each change once.
  std::vector<std::string> walk(double from_x, double from_y, double to_x, double to_y) {
    std::vector<std::string> heard;
    const int steps = static_cast<int>(std::hypot(to_x - from_x, to_y - from_y) / 0.1) + 1;
    for (int i = 0; i <= steps; ++i) {
      const double share = static_cast<double>(i) / steps;
      place_.stand(from_x + (to_x - from_x) * share, from_y + (to_y - from_y) * share);
      if (heard.empty() || heard.back() != place_.now()) heard.push_back(place_.now());
    }
    return heard;
  }

  content::MapSpec map_;
  Soundscape place_;
};

using Names = std::vector<std::string>;

TEST_F(Walking, the_music_changes_once_well_within_the_other_zone) {
  EXPECT_EQ(walk(20, 40, 60, 40), (Names{"village", "forest"}));
  EXPECT_EQ(walk(60, 40, 41, 40), Names{"forest"});
  EXPECT_EQ(walk(41, 40, k_border - 1, 40), Names{"forest"}) << "just over the border one has not left";
  EXPECT_EQ(walk(k_border - 1, 40, k_border - Soundscape::k_within_tiles - 1, 40), (Names{"forest", "village"}));
}

TEST_F(Walking, along_a_border_and_to_and_fro_over_it_nothing_flutters) {
  place_.stand(30, 10);
  for (int i = 0; i < 30; ++i) {
    EXPECT_EQ(walk(k_border - 2, 10 + i, k_border + 2, 10 + i), Names{"village"});
    EXPECT_EQ(walk(k_border + 2, 10 + i, k_border - 2, 11 + i), Names{"village"});
  }
}

TEST_F(Walking, waking_elsewhere_is_heard_at_once) {
  place_.stand(20, 40);
  place_.stand(k_border + 1, 40);  // where a walk would not have changed anything yet
  EXPECT_EQ(place_.now(), "forest");
}

TEST_F(Walking, what_is_near_is_told_before_one_is_there) {
  walk(10, 40, k_border - Soundscape::k_near_tiles - 2, 40);
  EXPECT_TRUE(place_.near().empty());
  walk(k_border - Soundscape::k_near_tiles - 2, 40, k_border - Soundscape::k_near_tiles + 2, 40);
  EXPECT_EQ(place_.now(), "village");
  EXPECT_EQ(place_.near(), Names{"forest"});
  walk(k_border - Soundscape::k_near_tiles + 2, 40, k_border + 6, 40);
  EXPECT_EQ(place_.near(), Names{"village"});
}

TEST_F(Walking, beyond_the_map_and_without_a_map_nothing_is_named) {
  place_.stand(-5, 40);
  EXPECT_EQ(place_.now(), "");
  place_.stand(20, 1e6);
  EXPECT_EQ(place_.now(), "");
  const content::MapSpec arena = sim::testing::open_map(20);
  place_.enter(&arena);
  place_.stand(10, 10);
  EXPECT_EQ(place_.now(), "");
  EXPECT_TRUE(place_.near().empty());
  place_.enter(nullptr);
  place_.stand(10, 10);
  EXPECT_EQ(place_.now(), "");
}

}  // namespace
}  // namespace cudgel::game
