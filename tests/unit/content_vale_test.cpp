// Goal: the game's own content is right, and everybody can get everywhere on its map. Method: bake the repository's assets and
// flood the map from the starts.

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>

#include "common/files.h"
#include "content/content.h"
#include "content_fixture.h"

namespace cudgel::test {
namespace {

constexpr int k_pocket_tiles_max = 4;   ///< a nook between trees may be closed
constexpr int k_open_around_start = 1;  ///< tiles to every side
constexpr int k_blow_after_join_ms_max = 15000;

class Vale : public ::testing::Test {
 protected:
  void SetUp() override {
    auto baked = bake_content::bake(repository_assets());
    for (const std::string& line : baked.complaints) ADD_FAILURE() << line;
    auto content = content::Content::load(baked.bytes);
    ASSERT_TRUE(content.has_value()) << content.error().text;
    content_ = *std::move(content);
    page_bytes_ = baked.page_bytes.size();
    for (const bake_content::BakedFile& region : baked.regions)
      region_bytes_max_ = std::max(region_bytes_max_, region.bytes.size());
  }
  [[nodiscard]] bool free(int x, int y) const {
    const content::MapSpec& map = content_.map();
    return x >= 0 && y >= 0 && x < map.width && y < map.height && map.blocked[static_cast<std::size_t>(y * map.width + x)] == 0;
  }
  /// Marks everything that can be walked to from (x, y); the number of tiles newly marked.
  int flood(int x, int y, std::vector<bool>& reached) const {
    std::deque<std::pair<int, int>> todo = {{x, y}};
    int count = 0;
    while (!todo.empty()) {
      const auto [tile_x, tile_y] = todo.front();
      todo.pop_front();
      if (!free(tile_x, tile_y)) continue;
      const auto index = static_cast<std::size_t>(tile_y * content_.map().width + tile_x);
      if (reached[index]) continue;
      reached[index] = true;
      ++count;
      todo.insert(todo.end(), {{tile_x - 1, tile_y}, {tile_x + 1, tile_y}, {tile_x, tile_y - 1}, {tile_x, tile_y + 1}});
    }
    return count;
  }

  content::Content content_;
  std::size_t page_bytes_ = 0;
  std::size_t region_bytes_max_ = 0;
};

TEST_F(Vale, has_what_the_game_needs) {
  for (const char* name : {"warrior", "mage", "taoist"}) EXPECT_GE(content_.find_class(name), 0) << name;
  ASSERT_GE(content_.find_monster("goblin_clubber"), 0);
  EXPECT_GE(content_.map().player_starts.size(), 6U);
  EXPECT_GE(content_.map().width, 512);
  EXPECT_GE(content_.map().height, 512);
  EXPECT_LT(page_bytes_, 80000U) << "part of what a first visit downloads, before it is packed";
  EXPECT_LT(region_bytes_max_, 40000U) << "the same";
}

TEST_F(Vale, is_one_land_without_closed_pockets) {
  const content::MapSpec& map = content_.map();
  std::vector<bool> reached(map.blocked.size());
  const base::Vec2 first = map.player_starts[0];
  const int land = flood(first.x / 256, first.y / 256, reached);
  EXPECT_GT(land, map.width * map.height / 2);
  for (const base::Vec2 start : map.player_starts) {
    EXPECT_TRUE(reached[static_cast<std::size_t>(start.y / 256 * map.width + start.x / 256)]) << start.x << ", " << start.y;
  }
  for (int y = 0; y < map.height; ++y) {
    for (int x = 0; x < map.width; ++x) {
      const int pocket = flood(x, y, reached);
      EXPECT_LE(pocket, k_pocket_tiles_max) << "closed pocket at " << x << ", " << y;
    }
  }
}

TEST_F(Vale, has_open_ground_around_every_start) {
  for (const base::Vec2 start : content_.map().player_starts) {
    for (int dy = -k_open_around_start; dy <= k_open_around_start; ++dy) {
      for (int dx = -k_open_around_start; dx <= k_open_around_start; ++dx) {
        EXPECT_TRUE(free(start.x / 256 + dx, start.y / 256 + dy)) << start.x / 256 + dx << ", " << start.y / 256 + dy;
      }
    }
  }
}

TEST_F(Vale, ends_in_something_nobody_can_walk_through) {
  const content::MapSpec& map = content_.map();
  for (int i = 0; i < map.width; ++i) EXPECT_FALSE(free(i, 0) || free(i, map.height - 1)) << i;
  for (int i = 0; i < map.height; ++i) EXPECT_FALSE(free(0, i) || free(map.width - 1, i)) << i;
}

TEST_F(Vale, roads_cross_the_brook_dry) {
  // Somewhere a path tile has water on two opposite sides within three tiles: that is a ford.
  const content::MapSpec& map = content_.map();
  const auto ground = [&](int x, int y) { return map.ground[static_cast<std::size_t>(y * map.width + x)]; };
  int fords = 0;
  for (int y = 3; y < map.height - 3; ++y) {
    for (int x = 3; x < map.width - 3; ++x) {
      if (ground(x, y) != content::Ground::path) continue;
      bool above = false;
      bool below = false;
      for (int i = 1; i <= 3; ++i) {
        above = above || ground(x, y - i) == content::Ground::water;
        below = below || ground(x, y + i) == content::Ground::water;
      }
      fords += above && below && free(x, y) ? 1 : 0;
    }
  }
  EXPECT_GE(fords, 2);
}

TEST_F(Vale, has_its_places_and_every_lair_is_where_its_level_belongs) {
  const content::MapSpec& map = content_.map();
  for (const char* name : {"birch", "meadow", "forest", "graveyard", "cave"}) {
    const auto named = [&](const content::ZoneSpec& zone) { return zone.name == name; };
    EXPECT_EQ(std::count_if(map.zones.begin(), map.zones.end(), named), 1) << name;
  }
  for (const base::Vec2 start : map.player_starts) {
    const int zone = map.zone_at(start);
    ASSERT_GE(zone, 0);
    EXPECT_TRUE(map.zones[static_cast<std::size_t>(zone)].safe);
  }
  std::vector<int> strongest(map.zones.size());
  std::vector<bool> lives(content_.monsters().size());
  for (const content::Lair& lair : map.lairs) {
    const content::MonsterSpec& monster = content_.monsters()[lair.monster];
    const int index = map.zone_at(lair.position);
    ASSERT_GE(index, 0);
    const content::ZoneSpec& zone = map.zones[static_cast<std::size_t>(index)];
    EXPECT_FALSE(zone.safe) << monster.body.name;
    EXPECT_LE(monster.level, zone.level_max) << monster.body.name << " in " << zone.name;
    strongest[static_cast<std::size_t>(index)] = std::max(strongest[static_cast<std::size_t>(index)], monster.level);
    lives[lair.monster] = true;
  }
  for (std::size_t i = 0; i < map.zones.size(); ++i) {
    if (map.zones[i].safe || map.zones[i].free_fight) continue;
    EXPECT_GE(strongest[i], map.zones[i].level_min) << map.zones[i].name;
  }
  for (const content::ClassSpec& player_class : content_.classes()) {
    for (const content::SkillSpec& skill : player_class.skills) {
      if (skill.kind == content::SkillKind::summon) lives[skill.summon.monster] = true;  // lives with its master
    }
  }
  for (std::size_t i = 0; i < lives.size(); ++i) EXPECT_TRUE(lives[i]) << content_.monsters()[i].body.name << " has no lair";
}

TEST_F(Vale, has_no_lair_within_sight_of_a_start) {
  for (const content::Lair& lair : content_.map().lairs) {
    for (const base::Vec2 start : content_.map().player_starts) {
      EXPECT_GT(base::chebyshev(lair.position - start), 20 * 256) << content_.monsters()[lair.monster].body.name;
    }
  }
}

TEST_F(Vale, zones_have_names_in_every_language) {
  for (const char* language : {"en", "zh"}) {
    const std::string text = read_whole_file(repository_assets() / "text" / (std::string(language) + ".json"));
    for (const content::ZoneSpec& zone : content_.map().zones) {
      EXPECT_NE(text.find("\"zone." + zone.name + "\""), std::string::npos) << language << ": " << zone.name;
    }
  }
}

TEST_F(Vale, the_stronger_live_the_farther_out) {
  // The nearest lair of each level, of those that players meet on their way up.
  const base::Vec2 village = content_.map().player_starts.front();
  std::vector<std::int32_t> nearest(11, 1 << 30);
  for (const content::Lair& lair : content_.map().lairs) {
    const auto level = static_cast<std::size_t>(std::min(10, content_.monsters()[lair.monster].level));
    nearest[level] = std::min(nearest[level], base::chebyshev(lair.position - village));
  }
  for (const auto& [weak, strong] : {std::pair{1, 3}, {3, 4}, {4, 6}, {6, 10}}) {
    EXPECT_LT(nearest[static_cast<std::size_t>(weak)], nearest[static_cast<std::size_t>(strong)]) << weak << " and " << strong;
  }
}

TEST_F(Vale, a_newcomer_who_stands_still_is_hit_in_time) {
  // The rules alone: a visitor that sets out as late and as far away as allowed, on a way two fifths longer than the straight one.
  const content::RulesSpec& rules = content_.rules();
  EXPECT_GT(rules.visit_distance_min, 16 * 256) << "from out of sight";
  for (const content::MonsterSpec& monster : content_.monsters()) {
    if (monster.visit_weight == 0) continue;
    const int walk_ms = rules.visit_distance_max * 1000 / monster.body.speed;
    const int sets_out_ms = std::max(rules.guard_ms, rules.visit_within_ms - walk_ms);
    EXPECT_LT(sets_out_ms + walk_ms * 7 / 5 + monster.body.attack.windup_ms, k_blow_after_join_ms_max) << monster.body.name;
  }
}

}  // namespace
}  // namespace cudgel::test
