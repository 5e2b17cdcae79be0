// Goal: the models and tiles of the game itself are whole, and what is laid over each other fits. Method: all files are read as the bake reads
// them; where it is the picture that counts, a few are drawn.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "bake_art/bake.h"
#include "bake_art/render.h"

namespace cudgel::bake {
namespace {

// The files of the game itself: all parse, and everything other code asks for by name is there.
TEST(BakeArtAssets, every_model_and_tile_of_the_game_is_valid) {
  const char* source = std::getenv("CUDGEL_SOURCE_DIR");
  ASSERT_NE(source, nullptr) << "set by CTest";
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(source) + "/assets/models")) {
    if (entry.path().extension() != ".json") continue;
    std::string error;
    const ModelText text = load_model_text(entry.path().string(), "assets/models/" + entry.path().filename().string(), error);
    ASSERT_EQ(error, "");
    const Model model = parse_model(text, entry.path().stem().string(), error);
    EXPECT_EQ(error, "");
    names.push_back(model.name);
    const bool walks =
        model.name == "warrior" || model.name == "mage" || model.name == "taoist" || model.name == "goblin_clubber";
    for (const char* wanted : {"idle", "walk", "attack", "hurt", "death"}) {
      if (!walks) continue;
      const bool there = std::any_of(model.animations.begin(), model.animations.end(),
                                     [&](const AnimationModel& a) { return a.name == wanted && a.directions == 8; });
      EXPECT_TRUE(there) << model.name << " lacks " << wanted;
    }
  }
  for (const char* wanted : {"warrior",
                             "mage",
                             "taoist",
                             "goblin_clubber",
                             "bolt",
                             "talisman",
                             "hit_spark",
                             "burst",
                             "oak",
                             "oak_b",
                             "pine",
                             "pine_b",
                             "bush",
                             "flowers",
                             "reeds",
                             "grass_tuft",
                             "rock",
                             "boulder",
                             "stump",
                             "hut",
                             "well",
                             "fence_x",
                             "fence_y",
                             "sign",
                             "campfire",
                             "warrior_bare",
                             "warrior_hand",
                             "mage_bare",
                             "mage_hand",
                             "taoist_bare",
                             "taoist_hand",
                             "warrior_bare_head",
                             "mage_bare_head",
                             "taoist_bare_head"})
    EXPECT_NE(std::find(names.begin(), names.end(), wanted), names.end()) << wanted;
}

// What a look is made of must fit the class's own pictures frame by frame, or the client leaves it out.
TEST(BakeArtAssets, what_players_wear_has_the_frames_of_its_class) {
  const char* source = std::getenv("CUDGEL_SOURCE_DIR");
  ASSERT_NE(source, nullptr) << "set by CTest";
  const auto read = [&](const std::string& name) {
    std::string error;
    const ModelText text = load_model_text(std::string(source) + "/assets/models/" + name + ".json", name, error);
    Model model = parse_model(text, name, error);
    EXPECT_EQ(error, "");
    return model;
  };
  const auto models = std::filesystem::path(source) / "assets/models";
  int looks = 0;
  for (const std::string name : {"warrior", "mage", "taoist"}) {
    const Model body = read(name);
    for (const auto& entry : std::filesystem::directory_iterator(models)) {
      const std::string stem = entry.path().stem().string();
      if (!stem.starts_with(name + "_")) continue;
      const Model look = read(stem);
      EXPECT_TRUE(look.undressed) << stem << " would show head or hand that another layer brings";
      const bool head = stem.ends_with("_head");
      EXPECT_TRUE(look.overlay || std::filesystem::exists(models / (stem + "_head.json"))) << stem << " is a body without a head";
      EXPECT_TRUE(!head || look.later == stem.substr(0, stem.size() - 5)) << stem << " must lie on the pages of its body";
      EXPECT_FALSE(look.later.empty()) << stem << " would be fetched before play";
      EXPECT_TRUE(look.portraits.empty()) << stem << " would overwrite the portrait of its class";
      for (const AnimationModel& a : body.animations)
        EXPECT_TRUE(std::any_of(
            look.animations.begin(), look.animations.end(),
            [&](const AnimationModel& b) { return a.name == b.name && a.frames == b.frames && a.directions == b.directions; }))
            << stem << ": " << a.name;
      ++looks;
    }
  }
  EXPECT_GE(looks, 53);
}

// Goal: hair never pokes through a helmet. Method: what can be seen of the hair alone ends well below the crown of the head, from all sides.
TEST(BakeArtAssets, under_every_helmet_the_crown_of_the_head_is_covered) {
  const char* source = std::getenv("CUDGEL_SOURCE_DIR");
  ASSERT_NE(source, nullptr) << "set by CTest";
  const auto read = [&](const std::string& name, const std::string& worn) {
    std::string error;
    ModelText text = load_model_text(std::string(source) + "/assets/models/" + name + ".json", name, error);
    EXPECT_EQ(error, "");
    if (!worn.empty()) {
      const std::size_t from = text.merged.find(R"("worn":[)");
      text.merged.replace(from, text.merged.find(']', from) + 1 - from, R"("worn":[)" + worn + "]");
    }
    Model model = parse_model(text, name, error);
    EXPECT_EQ(error, "");
    return model;
  };
  for (const std::string name : {"warrior", "mage", "taoist"}) {
    for (const std::string helmet : {"straw_hat", "leather_cap", "iron_helmet", "skull_helm"}) {
      const std::string look = name + "_" + helmet;
      const Model whole = read(look, ""), hair = read(look, name == "mage" ? R"("beard","face")" : R"("hair","face")");
      for (int direction = 0; direction < 8; ++direction) {
        const Skeleton pose = stand_up(whole, pose_at(whole.animations[0], 0));
        const View view{static_cast<float>(direction) * 45.F, k_pixels_per_m, false};
        EXPECT_GT(render(whole, pose, view).body.origin_y, render(hair, pose, view).body.origin_y + 4)
            << look << ", direction " << direction;
      }
    }
  }
}

TEST(BakeArtAssets, every_floor_covers_its_cell_and_ends_at_its_rim) {
  const char* source = std::getenv("CUDGEL_SOURCE_DIR");
  ASSERT_NE(source, nullptr) << "set by CTest";
  for (const std::string name : {"forest_floor", "dirt", "cave_floor", "cobble", "rock"}) {
    std::string error;
    const ModelText text = load_model_text(std::string(source) + "/assets/tiles/" + name + ".json", name, error);
    const BakedBody floor = bake_ground(text, name, error);
    ASSERT_EQ(error, "");
    ASSERT_EQ(floor.animations[0].sprites.size(), 60U);
    const auto alpha_in_the_middle = [&](int mask) {
      const Sprite& s = floor.animations[0].sprites[static_cast<std::size_t>(mask - 1)];
      const int x = s.origin_x, y = s.origin_y;
      return s.image.holds(x, y) ? s.image.at(x, y).a : 0;
    };
    EXPECT_EQ(alpha_in_the_middle(15), 255) << name;
    EXPECT_LT(alpha_in_the_middle(1), 128) << name << ": a corner does not reach the middle";
  }
}

TEST(BakeArtAssets, ground_meets_its_neighbours_without_a_seam) {
  const char* source = std::getenv("CUDGEL_SOURCE_DIR");
  ASSERT_NE(source, nullptr) << "set by CTest";
  std::string error;
  const ModelText text = load_model_text(std::string(source) + "/assets/tiles/grass.json", "assets/tiles/grass.json", error);
  const BakedBody grass = bake_ground(text, "grass", error);
  ASSERT_EQ(error, "");
  const std::vector<Sprite>& tiles = grass.animations[0].sprites;
  ASSERT_EQ(tiles.size(), 16U);
  // every tile reaches two pixels under its neighbours; there both must show the same
  const auto color_at = [&](int x, int y, int dx, int dy) {
    const Sprite& s = tiles[static_cast<std::size_t>((y & 3) * 4 + (x & 3))];
    return s.image.at(s.origin_x + dx, s.origin_y + dy);
  };
  int compared = 0;
  for (int y = 0; y < 4; ++y)
    for (int x = 0; x < 4; ++x)
      for (int step = 6; step < 58; ++step) {
        // along the lower right edge towards (x + 1, y), whose middle lies 64 right and 32 below
        const int dx = step, dy = 32 - step / 2 - 1;
        const Rgba a = color_at(x, y, dx, dy), b = color_at(x + 1, y, dx - 64, dy - 32);
        if (a.a == 0 || b.a == 0) continue;
        EXPECT_EQ(a.r, b.r);
        EXPECT_EQ(a.g, b.g);
        ++compared;
      }
  EXPECT_GT(compared, 400);
}

}  // namespace
}  // namespace cudgel::bake
