// Goal: the art bake refuses bad models with file, field and reason, keeps its promises about symmetry, packing and caching,
// and writes an atlas that the client can verify. Method: small models written as text here; the public headers of bake_art only.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "atlas/schema/atlas_generated.h"
#include "bake_art/bake.h"
#include "bake_art/field.h"
#include "bake_art/pack.h"
#include "bake_art/pose.h"
#include "bake_art/render.h"
#include "common/files.h"

namespace cudgel::bake {
namespace {

constexpr const char* k_file = "assets/models/imp.json";

// A body of a trunk and two arms that bend, one shape mirrored.
constexpr const char* k_imp = R"({
  "bones": {
    "chest": { "at": [0, 0, 0.6] },
    "arm_r": { "parent": "chest", "at": [0, 0.2, 0.1], "mirror": true, "limb": { "upper_m": 0.3, "lower_m": 0.25, "pole": [-1, 0, 0], "back": true } },
    "fore_r": { "parent": "arm_r", "at": [0, 0, -0.3], "mirror": true },
    "hand_r": { "parent": "chest", "at": [0.3, 0.25, 0], "mirror": true }
  },
  "materials": { "skin": { "kind": "skin", "color": "#70a040" } },
  "parts": { "body": [
    { "a": [0, 0, 0.1], "b": [0, 0, 0.7], "ra": 0.15, "rb": 0.18, "mat": "skin" },
    { "bone": "hand_r", "shape": "box", "at": [0.05, 0.02, 0], "turn": [20, 10, 30], "half": [0.06, 0.03, 0.09], "mat": "skin", "mirror": true }
  ] },
  "poses": { "reach": { "hand_r": { "at": [0.4, 0.1, 0.2], "turn": [0, 30, 15] }, "chest": { "turn": [5, 0, 10] } } },
  "animations": { "idle": { "frames": 2, "ms": 100, "keys": [ { "frame": 0, "pose": "reach" }, { "frame": 1, "pose": "~reach" } ] } }
})";

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string error_of(const std::string& text) {
  std::string error;
  parse_model({k_file, text}, "imp", error);
  return error;
}

Model imp() {
  std::string error;
  Model model = parse_model({k_file, k_imp}, "imp", error);
  EXPECT_EQ(error, "");
  return model;
}

// Not LookupByKey: under sanitizers g++ 12 takes its generated comparison for a read out of bounds.
template <class List>
auto named(const List* list, const std::string& name) {
  const auto found = std::find_if(list->begin(), list->end(), [&](const auto* entry) { return entry->name()->str() == name; });
  return found == list->end() ? nullptr : *found;
}

TEST(BakeArtModel, a_mistake_is_reported_with_file_field_and_reason) {
  EXPECT_EQ(error_of(changed(k_imp, R"("parent": "chest", "at": [0.3)", R"("parent": "arm_x", "at": [0.3)")),
            "assets/models/imp.json: bones.hand_r.parent: unknown bone 'arm_x'");
  EXPECT_EQ(error_of(changed(k_imp, R"("rb": 0.18, "mat": "skin")", R"("rb": 0.18, "mat": "skim")")),
            "assets/models/imp.json: parts.body[0].mat: unknown material 'skim'");
  EXPECT_EQ(error_of(changed(k_imp, "#70a040", "green")),
            "assets/models/imp.json: materials.skin.color: must be a colour like \"#a1b2c3\"");
  EXPECT_EQ(error_of(changed(k_imp, R"("pose": "~reach")", R"("pose": "~grab")")),
            "assets/models/imp.json: animations.idle.keys[1].pose: unknown pose 'grab'");
  EXPECT_EQ(error_of(changed(k_imp, R"("frames": 2)", R"("frames": 200)")),
            "assets/models/imp.json: animations.idle.frames: must be 1..32");
  EXPECT_EQ(error_of(changed(k_imp, R"("shape": "box")", R"("shape": "cube")")),
            "assets/models/imp.json: parts.body[1].shape: unknown 'cube', must be one of cone, ball, box, cylinder, torus");
  EXPECT_EQ(error_of(changed(k_imp, R"("ra": 0.15)", R"("radius": 0.15)")).substr(0, 38),
            "assets/models/imp.json: parts.body[0].");
  EXPECT_EQ(error_of(changed(k_imp, R"("ms": 100)", R"("ms": 100, "speed": 2)")),
            "assets/models/imp.json: animations.idle.speed: unknown field");
  EXPECT_EQ(error_of(changed(k_imp, R"("reach": { "hand_r")", R"("reach": { "paw_r")")),
            "assets/models/imp.json: poses.reach.paw_r: unknown bone 'paw_r'");
  EXPECT_EQ(error_of(changed(k_imp, "[0.4, 0.1, 0.2]", "[0.4, 0.1]")),
            "assets/models/imp.json: poses.reach.hand_r.at: must be a list of 3 numbers");
  EXPECT_EQ(
      error_of(changed(k_imp, R"("mat": "skin" },)", R"("mat": "skin" },
    { "shape": "ball", "r": 0.1, "mat": "skin", "copies": { "place": "ball", "radius": [1, 0, 1], "outward": 1 } },)")),
      "assets/models/imp.json: parts.body[1].copies.radius: must be more than 0 in every direction for copies that turn outward");
  EXPECT_EQ(
      error_of(changed(k_imp, R"("animations": {)", R"("portraits": [ { "file": "imp.webp", "frame": 3 } ], "animations": {)")),
      "assets/models/imp.json: portraits[0].frame: must be 0..2");
}

TEST(BakeArtModel, what_is_worn_or_bare_is_a_part_and_later_is_a_page) {
  const auto with = [](const std::string& field) { return error_of(changed(k_imp, R"("poses": {)", field + R"(, "poses": {)")); };
  EXPECT_EQ(with(R"("worn": ["body"])"), "");
  EXPECT_EQ(with(R"("worn": ["hat"])"), "assets/models/imp.json: worn[0]: unknown part 'hat'");
  EXPECT_EQ(with(R"("bare": "body")"), "assets/models/imp.json: bare: must be a list");
  EXPECT_EQ(with(R"("later": "camp")"), "");
  for (const char* bad : {R"("later": "")", R"("later": 3)", R"("later": "../camp")"})
    EXPECT_EQ(with(bad), "assets/models/imp.json: later: must be true or the name of the pages it shares: a-z and _");
}

TEST(BakeArtModel, what_a_limb_hangs_on_and_holds_comes_before_it) {
  const std::string limb = "assets/models/imp.json: bones.arm_r.limb: ";
  EXPECT_EQ(error_of(changed(k_imp, R"("fore_r": { "parent": "arm_r")", R"("fore_r": { "parent": "chest")")),
            limb + "the bone after 'arm_r' must hang on it, 'fore_r' does not");
  EXPECT_EQ(error_of(changed(k_imp, R"("hand_r": { "parent": "chest")", R"("hand_r": { "parent": "fore_r")")),
            limb + "the end 'hand_r' must hang on a bone that stands before 'arm_r'");
  EXPECT_EQ(error_of(changed(k_imp, R"("back": true)", R"("back": true, "grip_bone": "hand_r")")),
            limb + "its grip bone must stand before 'arm_r'");
}

TEST(BakeArtModel, a_body_that_moves_has_every_move_the_game_asks_for) {
  EXPECT_EQ(error_of(changed(k_imp, R"("animations": {)", R"("animations": { "walk": { "keys": [ {} ] },)")),
            "assets/models/imp.json: animations.attack: missing: a body that moves has idle, walk, attack, hurt and death");
}

TEST(BakeArtModel, a_file_that_is_not_json_or_names_a_missing_base_says_so) {
  const test::TemporaryDirectory folder;
  const std::string broken = folder.write("broken.json", "{\n \"bones\": {,}\n}");
  const std::string orphan = folder.write("orphan.json", R"({ "base": "nobody.json" })");
  std::string error;
  EXPECT_TRUE(load_model_text(broken, "assets/models/broken.json", error).merged.empty());
  EXPECT_EQ(error, "assets/models/broken.json: document: not valid JSON near line 2");
  error.clear();
  load_model_text(orphan, "assets/models/orphan.json", error);
  EXPECT_EQ(error, "assets/models/orphan.json: base: no such file 'nobody.json'");
}

TEST(BakeArtModel, a_key_that_stands_twice_and_a_number_too_large_are_told_with_their_file) {
  const test::TemporaryDirectory folder;
  folder.write("twice.json", R"({ "bones": { "chest": { "at": [0, 0, 1] }, "chest": {} } })");
  folder.write("huge.json", R"({ "outline": 1e999 })");
  folder.write("number.json", R"({ "base": 5 })");
  const auto error_in = [&](const std::string& name) {
    std::string error;
    EXPECT_TRUE(load_model_text(folder.path() + "/" + name, "assets/models/" + name, error).merged.empty());
    return error;
  };
  EXPECT_EQ(error_in("twice.json"), "assets/models/twice.json: chest: stands twice in the same object");
  EXPECT_EQ(error_in("huge.json"), "assets/models/huge.json: document: number overflow parsing '1e999'");
  EXPECT_EQ(error_in("number.json"), "assets/models/number.json: base: must be a file name or a list of file names");
}

TEST(BakeArtModel, a_model_overrides_single_fields_of_its_base) {
  const test::TemporaryDirectory folder;
  folder.write("imp.json", k_imp);
  const std::string red_imp =
      folder.write("red_imp.json", R"({ "base": "imp.json", "materials": { "skin": { "color": "#ff0000" } } })");
  std::string error;
  const Model red = parse_model(load_model_text(red_imp, "red_imp.json", error), "red_imp", error);
  ASSERT_EQ(error, "");
  ASSERT_EQ(red.materials.size(), 1U);
  EXPECT_EQ(red.materials[0].kind, MaterialKind::skin);
  EXPECT_NEAR(red.materials[0].color.x, 1, 0.01F);
  EXPECT_NEAR(red.materials[0].color.y, 0, 0.01F);
}

TEST(BakeArtPose, a_mirrored_pose_puts_every_bone_at_the_mirrored_place) {
  const Model model = imp();
  const Skeleton a = stand_up(model, pose_at(model.animations[0], 0)), b = stand_up(model, pose_at(model.animations[0], 1));
  for (std::size_t i = 0; i < model.bones.size(); ++i) {
    std::string other = model.bones[i].name;
    if (other.ends_with("_r"))
      other.back() = 'l';
    else if (other.ends_with("_l"))
      other.back() = 'r';
    std::size_t j = 0;
    while (model.bones[j].name != other) ++j;
    EXPECT_NEAR(a.bones[i].at.x, b.bones[j].at.x, 1e-4F) << other;
    EXPECT_NEAR(a.bones[i].at.y, -b.bones[j].at.y, 1e-4F) << other;
    EXPECT_NEAR(a.bones[i].at.z, b.bones[j].at.z, 1e-4F) << other;
  }
}

TEST(BakeArtPose, limbs_keep_their_length_and_reach_their_target_when_they_can) {
  const Model model = imp();
  const Pose pose = pose_at(model.animations[0], 0);
  const Skeleton s = stand_up(model, pose);
  ASSERT_EQ(model.chains.size(), 2U);
  for (const Chain& chain : model.chains) {
    const auto upper = static_cast<std::size_t>(chain.upper);
    EXPECT_NEAR(length(s.bones[upper + 1].at - s.bones[upper].at), chain.upper_m, 1e-3F);
    EXPECT_NEAR(length(s.bones[upper + 2].at - s.bones[upper + 1].at), chain.lower_m, 1e-3F);
    // Both hands are asked for within an arm's length.
    const auto parent = static_cast<std::size_t>(model.bones[upper + 2].parent);
    EXPECT_NEAR(length(s.bones[upper + 2].at - to_world(s.bones[parent], pose[upper + 2].at)), 0, 1e-4F);
  }
}

TEST(BakeArtPose, a_shape_and_its_mirror_image_are_the_same_seen_in_a_mirror) {
  // with both hands at their rest places, distances left and right of the middle plane agree
  std::string error;
  const Model still = parse_model(
      {k_file, changed(k_imp, R"({ "frame": 0, "pose": "reach" }, { "frame": 1, "pose": "~reach" })", R"({ "frame": 0 })")},
      "imp", error);
  ASSERT_EQ(error, "");
  const Skeleton rest = stand_up(still, pose_at(still.animations[0], 0));
  const Field field(still, rest, -45.F - 90.F,
                    {0, 0, 1});  // facing away from the viewer: the mirror plane is x = 0 in camera space
  std::vector<std::uint16_t> all;
  for (std::size_t i = 0; i < field.solids().size(); ++i) all.push_back(static_cast<std::uint16_t>(i));
  for (int i = 0; i < 200; ++i) {
    const Vec p{0.003F * static_cast<float>(i), 0.01F * static_cast<float>(i % 70), 0.013F * static_cast<float>(i % 37) - 0.2F};
    EXPECT_NEAR(blended(field.solids(), all, p), blended(field.solids(), all, {-p.x, p.y, p.z}), 2e-3F);
  }
}

TEST(BakeArtPack, rectangles_stay_on_their_page_and_never_overlap) {
  std::vector<PackedRect> rects;
  for (int i = 0; i < 600; ++i) rects.push_back({1 + i * 37 % 90, 1 + i * 53 % 70, 0, 0, 0});
  rects.push_back({0, 0, 0, 0, 0});
  const int pages = pack(rects, 256, 2);
  ASSERT_GT(pages, 1);
  for (std::size_t i = 0; i < rects.size(); ++i) {
    const PackedRect& a = rects[i];
    if (a.width == 0) continue;
    EXPECT_LT(a.page, pages);
    EXPECT_LE(a.x + a.width, 256);
    EXPECT_LE(a.y + a.height, 256);
    for (std::size_t j = i + 1; j < rects.size(); ++j) {
      const PackedRect& b = rects[j];
      if (b.width == 0 || a.page != b.page) continue;
      const bool apart =
          a.x + a.width + 2 <= b.x || b.x + b.width + 2 <= a.x || a.y + a.height + 2 <= b.y || b.y + b.height + 2 <= a.y;
      ASSERT_TRUE(apart) << i << " and " << j;
    }
  }
  std::vector<PackedRect> huge{{300, 10, 0, 0, 0}};
  EXPECT_EQ(pack(huge, 256, 2), -1);
}

TEST(BakeArtRender, a_body_stands_on_its_ground_point_and_casts_its_shadow_to_the_right) {
  const Model model = imp();
  const Rendered r = render(model, stand_up(model, pose_at(model.animations[0], 0)), {90, k_pixels_per_m, true});
  ASSERT_GT(r.body.image.width, 10);
  // the trunk reaches from 0.1 - 0.15 to 0.88 m: its foot is near the ground point, its top about 53 pixels above
  EXPECT_NEAR(r.body.origin_y, 53, 8);
  EXPECT_NEAR(r.body.image.height - r.body.origin_y, 4, 8);
  ASSERT_GT(r.shadow.image.width, 2);
  const int right = (r.shadow.image.width << r.shadow.scale_log2) - r.shadow.origin_x;
  EXPECT_GT(right, r.shadow.origin_x) << "the light comes from the left";
  for (const Rgba& p : r.shadow.image.pixels) EXPECT_LT(p.r + p.g + p.b, 64) << "shadows only darken";
}

TEST(BakeArtRender, the_same_model_gives_the_same_picture_twice) {
  const Model model = imp();
  const Skeleton s = stand_up(model, pose_at(model.animations[0], 0));
  const Rendered a = render(model, s, {45, k_pixels_per_m, true}), b = render(model, s, {45, k_pixels_per_m, true});
  ASSERT_EQ(a.body.image.pixels.size(), b.body.image.pixels.size());
  for (std::size_t i = 0; i < a.body.image.pixels.size(); ++i) {
    EXPECT_EQ(a.body.image.pixels[i].r, b.body.image.pixels[i].r);
    EXPECT_EQ(a.body.image.pixels[i].a, b.body.image.pixels[i].a);
  }
}

TEST(BakeArtRender, a_model_that_only_takes_away_gives_an_empty_picture) {
  const std::string parts = R"("parts": { "body": [ { "shape": "ball", "r": 0.1, "mat": "skin", "carve": true } ] },)";
  std::string text = k_imp;
  text.replace(text.find(R"("parts")"), text.find(R"("poses")") - text.find(R"("parts")"), parts);
  std::string error;
  const Model model = parse_model({k_file, text}, "imp", error);
  ASSERT_EQ(error, "");
  EXPECT_TRUE(
      render(model, stand_up(model, pose_at(model.animations[0], 0)), {0, k_pixels_per_m, true}).body.image.pixels.empty());
}

// A tall box in front of another: the camera looks along -x -y, so the one at +x +y hides.
Model two_boxes(const std::string& field) {
  std::string error;
  Model model = parse_model({k_file, R"({ "outline": 0, "materials": { "m": { "color": "#808080" } }, )" + field + R"(
    "parts": { "front": [ { "shape": "box", "at": [0.5, 0.5, 0.5], "half": [0.2, 0.2, 0.5], "mat": "m" } ],
               "back": [ { "shape": "box", "at": [-0.5, -0.5, 0.5], "half": [0.6, 0.6, 0.5], "mat": "m" } ] },
    "animations": { "stand": { "directions": 1, "keys": [ {} ] } } })"},
                            "boxes", error);
  EXPECT_EQ(error, "");
  return model;
}

// Pixels that are not empty, and the body's ground point.
int drawn(const Sprite& sprite) {
  return static_cast<int>(
      std::count_if(sprite.image.pixels.begin(), sprite.image.pixels.end(), [](Rgba p) { return p.a > 128; }));
}

TEST(BakeArtRender, what_is_worn_is_drawn_alone_and_only_where_nothing_hides_it) {
  const auto picture = [](const std::string& field) {
    const Model model = two_boxes(field);
    return render(model, stand_up(model, pose_at(model.animations[0], 0)), {0, k_pixels_per_m, false}).body;
  };
  const Sprite both = picture(""), front = picture(R"("worn": ["front"],)"), back = picture(R"("worn": ["back"],)"),
               alone = picture(R"("bare": ["front"],)");
  EXPECT_GT(drawn(front), 500);
  EXPECT_LT(drawn(front), drawn(both) / 2);
  EXPECT_LT(drawn(back), drawn(alone) - 200) << "the box in front hides a part of it";
  EXPECT_NEAR(drawn(front) + drawn(back), drawn(both), drawn(both) / 50) << "together they are the whole picture";
}

TEST(BakeArtRender, a_layer_is_not_cut_by_what_is_bare_and_says_whether_it_passes_behind_it) {
  const auto layer = [](const std::string& field) {
    const Model model = two_boxes(field);
    return render(model, stand_up(model, pose_at(model.animations[0], 0)), {0, k_pixels_per_m, false});
  };
  const Rendered back = layer(R"("worn": ["back"], "bare": ["front"],)"),
                 front = layer(R"("worn": ["front"], "bare": ["back"],)");
  EXPECT_EQ(drawn(back.body), drawn(layer(R"("bare": ["front"],)").body));
  EXPECT_TRUE(back.behind);
  EXPECT_FALSE(front.behind);
  EXPECT_FALSE(layer(R"("worn": ["back"],)").behind) << "it is cut, and drawn over all";
}

TEST(BakeArtRender, what_is_bare_still_throws_its_shadow) {
  const auto shadow = [](const std::string& field) {
    const Model model = two_boxes(field);
    return drawn(render(model, stand_up(model, pose_at(model.animations[0], 0)), {0, k_pixels_per_m, true}).shadow);
  };
  EXPECT_EQ(shadow(R"("bare": ["front"],)"), shadow(""));
}

TEST(BakeArtCache, what_was_saved_comes_back_and_another_text_does_not_find_it) {
  const test::TemporaryDirectory folder;
  const Cache cache(folder.path());
  std::string error;
  BakedBody body = bake_body(imp(), 2, -1, error);
  EXPECT_TRUE(body.animations[0].behind.empty()) << "nothing is laid over it";
  body.animations[0].behind.assign(16, 0);
  body.animations[0].behind[11] = 1;
  cache.save(k_imp, body);
  BakedBody back;
  ASSERT_TRUE(cache.load("imp", k_imp, back));
  ASSERT_EQ(back.animations.size(), body.animations.size());
  EXPECT_EQ(back.animations[0].sprites.size(), 16U);
  EXPECT_EQ(back.animations[0].sprites[5].image.pixels.size(), body.animations[0].sprites[5].image.pixels.size());
  EXPECT_EQ(back.animations[0].sprites[5].origin_x, body.animations[0].sprites[5].origin_x);
  EXPECT_EQ(back.animations[0].behind, body.animations[0].behind);
  EXPECT_FALSE(cache.load("imp", std::string(k_imp) + " ", back));
}

TEST(BakeArtCache, a_damaged_file_is_rendered_again_instead_of_read) {
  const test::TemporaryDirectory folder;
  const Cache cache(folder.path());
  std::string error;
  cache.save(k_imp, bake_body(imp(), 2, 1, error));
  for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
    std::filesystem::resize_file(entry.path(), std::filesystem::file_size(entry.path()) / 2);
  BakedBody back;
  EXPECT_FALSE(cache.load("imp", k_imp, back));
}

TEST(BakeArtCache, only_what_nobody_used_for_a_month_is_removed) {
  const test::TemporaryDirectory folder;
  const Cache cache(folder.path());
  const auto age = [&](int days) {
    for (const auto& entry : std::filesystem::directory_iterator(folder.path()))
      std::filesystem::last_write_time(entry.path(),
                                       std::filesystem::file_time_type::clock::now() - std::chrono::hours(24 * days));
  };
  BakedBody body, back;
  body.name = "imp";
  cache.save("one", body);
  age(29);
  cache.save("two", body);
  EXPECT_TRUE(cache.load("imp", "one", back)) << "another work tree may still want it";
  cache.save("three", body);
  EXPECT_TRUE(cache.load("imp", "one", back)) << "reading counts as use";
  age(31);
  cache.save("four", body);
  EXPECT_FALSE(cache.load("imp", "one", back));
  EXPECT_TRUE(cache.load("imp", "four", back));
}

TEST(BakeArtAtlas, a_picture_that_fits_on_no_page_is_named) {
  std::vector<BakedBody> bodies(1);
  bodies[0].name = "giant";
  bodies[0].animations.push_back({"stand", 100, 1, 1, 0, true, false, std::vector<Sprite>(1), {}});
  bodies[0].animations[0].sprites[0].image = Image(3000, 10);
  std::string error;
  build_atlas(bodies, {70, 50, 0}, {50, 30, 0}, error);
  EXPECT_EQ(error, "giant: stand: a picture of 3000 x 10 pixels is larger than a page of the atlas, 2048 pixels");
}

TEST(BakeArtAtlas, what_comes_later_shares_the_pages_it_names) {
  std::vector<BakedBody> bodies(4);
  const char* const names[] = {"fern", "grave", "oak", "toadstool"};
  const char* const later[] = {"forest", "graveyard", "", "forest"};
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    bodies[i].name = names[i];
    bodies[i].later = later[i];
    bodies[i].animations.push_back({"stand", 100, 1, 1, 0, true, false, std::vector<Sprite>(1), {}});
    bodies[i].animations[0].sprites[0].image = Image(20 + static_cast<int>(i), 20, {9, 9, 9, 255});
  }
  std::string error;
  const AtlasFiles atlas = build_atlas(bodies, {70, 50, 0}, {50, 30, 0}, error);
  ASSERT_EQ(error, "");
  std::vector<std::string> files;
  for (const BakedFile& file : atlas.files) files.push_back(file.name);
  EXPECT_EQ(files, (std::vector<std::string>{"atlas_0.webp", "later_forest_0.webp", "later_graveyard_0.webp", "atlas.bin"}));
  const content::Atlas* read = content::GetAtlas(atlas.files.back().bytes.data());
  const auto page_of = [&](const char* name) {
    return read->sprites()->Get(named(named(read->bodies(), name)->animations(), "stand")->first_sprite())->page();
  };
  EXPECT_EQ(page_of("fern"), page_of("toadstool"));
  EXPECT_EQ(page_of("oak"), 0);
  EXPECT_EQ(read->page_later()->Get(page_of("fern")), 1);
}

TEST(BakeArtAtlas, a_head_lies_on_the_pages_of_its_body_and_what_is_held_tells_its_order) {
  std::vector<BakedBody> bodies(3);
  const char* const names[] = {"mail", "mail_head", "sword"};
  const char* const later[] = {"mail", "mail", "worn"};
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    bodies[i].name = names[i];
    bodies[i].later = later[i];
    bodies[i].animations.push_back({"idle", 100, 1, 8, 0, true, false, std::vector<Sprite>(8), {}});
    for (Sprite& s : bodies[i].animations[0].sprites) s.image = Image(20 + static_cast<int>(i), 20, {9, 9, 9, 255});
  }
  bodies[1].animations[0].behind.assign(8, 0);
  bodies[2].animations[0].behind = {0, 0, 1, 0, 0, 0, 0, 0};
  std::string error;
  const AtlasFiles atlas = build_atlas(bodies, {70, 50, 0}, {50, 30, 0}, error);
  ASSERT_EQ(error, "");
  std::vector<std::string> files;
  for (const BakedFile& file : atlas.files) files.push_back(file.name);
  EXPECT_EQ(files, (std::vector<std::string>{"later_mail_0.webp", "later_worn_moving_0.webp", "atlas.bin"}));
  const content::Atlas* read = content::GetAtlas(atlas.files.back().bytes.data());
  const auto idle = [&](const char* name) { return named(named(read->bodies(), name)->animations(), "idle"); };
  EXPECT_EQ(read->sprites()->Get(idle("mail")->first_sprite())->page(),
            read->sprites()->Get(idle("mail_head")->first_sprite())->page());
  EXPECT_EQ(idle("mail")->behind(), nullptr);
  EXPECT_EQ(idle("mail_head")->behind(), nullptr) << "nowhere behind: not written down";
  ASSERT_NE(idle("sword")->behind(), nullptr);
  EXPECT_EQ(idle("sword")->behind()->Get(2), 1);
}

TEST(BakeArtAtlas, the_index_verifies_and_names_what_was_baked) {
  std::string error;
  std::vector<BakedBody> bodies{bake_body(imp(), 2, -1, error)};
  bodies.push_back(bodies[0]);
  bodies[1].name = "an_imp_of_the_same_looks";
  const AtlasFiles atlas = build_atlas(bodies, {70, 50, 0}, {50, 30, 0}, error);
  ASSERT_EQ(error, "");
  const BakedFile& index = atlas.files.back();
  ASSERT_EQ(index.name, "atlas.bin");
  flatbuffers::Verifier verifier(index.bytes.data(), index.bytes.size());
  ASSERT_TRUE(content::VerifyAtlasBuffer(verifier));
  const content::Atlas* read = content::GetAtlas(index.bytes.data());
  ASSERT_EQ(read->bodies()->size(), 2U);
  const content::Body* body = named(read->bodies(), "imp");
  ASSERT_NE(body, nullptr);
  const content::Animation* idle = named(body->animations(), "idle");
  ASSERT_NE(idle, nullptr);
  EXPECT_EQ(idle->directions(), 8);
  EXPECT_EQ(idle->frames_per_direction(), 2);
  EXPECT_LE(idle->first_sprite() + 16U, read->sprites()->size());
  for (unsigned i = 1; i < read->bodies()->size(); ++i)
    EXPECT_LT(read->bodies()->Get(i - 1)->name()->str(), read->bodies()->Get(i)->name()->str()) << "sorted, for lookup by name";
  EXPECT_EQ(read->pages()->size(), static_cast<unsigned>(atlas.pages));
  for (const content::SpriteRect* r : *read->sprites()) {
    ASSERT_LT(r->page(), atlas.pages);
    EXPECT_LE(r->x() + r->w(), read->page_width()->Get(r->page()));
    EXPECT_LE(r->y() + r->h(), read->page_height()->Get(r->page()));
  }
  // equal pictures share their place
  const content::Animation* twin = named(named(read->bodies(), "an_imp_of_the_same_looks")->animations(), "idle");
  EXPECT_EQ(read->sprites()->Get(idle->first_sprite())->x(), read->sprites()->Get(twin->first_sprite())->x());
}

}  // namespace
}  // namespace cudgel::bake
