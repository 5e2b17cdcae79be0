// Goal: hands become the right intents, clicks find their way, the camera never shows more than the server tells.
// Method: plain values in, plain values out; a small walled map, no window.

#include <gtest/gtest.h>

#include <cmath>

#include "base/fixed.h"
#include "play/camera.h"
#include "play/json.h"
#include "play/orders.h"
#include "play/path.h"
#include "sim_fixture.h"

namespace cudgel::game {
namespace {

using base::Vec2;
constexpr std::int32_t k_radius = 80;

/// 20 x 20 tiles of grass with a wall along x = 10 from y = 2 to y = 17.
content::MapSpec walled_map() {
  content::MapSpec map;
  map.width = map.height = 20;
  map.ground.assign(400, content::Ground::grass);
  map.blocked.assign(400, 0);
  for (std::size_t y = 2; y <= 17; ++y) map.blocked[y * 20 + 10] = 1;
  return map;
}

core::BodyView body(sim::Kind kind, std::uint16_t index, double x, double y) {
  core::BodyView view;
  view.id = {index, 1};
  view.kind = kind;
  view.x = x;
  view.y = y;
  view.self = kind == sim::Kind::player;
  return view;
}

class Hands : public ::testing::Test {
 protected:
  Hands() : content_(sim::testing::make_content(sim::testing::open_map(20))), tiles_(walled_map()), orders_(content_) {
    camera_.resize(1280, 720);
    camera_.follow(self_.x, self_.y, 16);
  }
  sim::Intent decide(const Controls& controls, base::EntityId pointed_at = {}) {
    now_ms_ += 16;
    return orders_.decide(controls, {self_, others_, tiles_, camera_, pointed_at}, now_ms_);
  }
  Controls click_at(double x, double y) const {
    Controls controls;
    const Point at = camera_.to_screen(x, y);
    controls.pointer_x = at.x;
    controls.pointer_y = at.y;
    controls.clicked = controls.pointer_down = true;
    return controls;
  }

  content::Content content_;
  sim::TileMap tiles_;
  Camera camera_;
  Orders orders_;
  core::BodyView self_ = body(sim::Kind::player, 1, 5.5, 5.5);
  std::vector<core::BodyView> others_;
  double now_ms_ = 1000;
};

TEST_F(Hands, keys_walk_where_they_point_on_the_screen) {
  const auto heading = [&](float x, float y) {
    Controls controls;
    controls.move_x = x;
    controls.move_y = y;
    return decide(controls).heading;
  };
  EXPECT_EQ(heading(0, -1), 1 + base::heading_of({-1, -1}));
  EXPECT_EQ(heading(1, 0), 1 + base::heading_of({1, -1}));
  EXPECT_EQ(heading(1, -1), 1 + base::heading_of({0, -1}));
  EXPECT_EQ(heading(-1, 1), 1 + base::heading_of({0, 1}));
  EXPECT_EQ(heading(0, 0), 0);
}

TEST_F(Hands, the_stick_points_in_screen_pixels_and_has_a_dead_zone) {
  Controls controls;
  controls.stick_x = 1;
  controls.stick_y = 0.5F;  // along a tile's edge on the screen: +x of the map
  EXPECT_EQ(decide(controls).heading, 1 + base::heading_of({1, 0}));
  controls.stick_x = 0.1F;
  controls.stick_y = 0.1F;
  EXPECT_EQ(decide(controls).heading, 0);
}

TEST_F(Hands, a_short_tap_is_held_until_a_tick_can_see_it) {
  Controls tap;
  tap.attack = true;
  EXPECT_TRUE(decide(tap).attack);
  EXPECT_TRUE(decide({}).attack);
  now_ms_ += 200;
  EXPECT_FALSE(decide({}).attack);
}

TEST_F(Hands, the_attack_key_walks_up_to_a_foe_out_of_reach_and_hits_it_within) {
  others_ = {body(sim::Kind::monster, 2, 9.0, 5.5)};
  Controls held;
  held.attack = true;
  sim::Intent intent = decide(held);
  EXPECT_EQ(intent.target, others_[0].id);
  EXPECT_FALSE(intent.attack);
  EXPECT_EQ(intent.heading, 1 + base::heading_of({1, 0}));
  self_.x = 8.4;
  intent = decide(held);
  EXPECT_TRUE(intent.attack);
  EXPECT_EQ(intent.heading, 0);
}

TEST_F(Hands, a_clicked_foe_is_fought_until_it_falls_without_further_clicks) {
  others_ = {body(sim::Kind::monster, 2, 6.1, 5.5)};
  EXPECT_TRUE(decide(click_at(6.1, 5.5), others_[0].id).attack);
  EXPECT_TRUE(decide({}).attack);
  others_[0].action = sim::Action::dead;
  now_ms_ += 500;
  EXPECT_FALSE(decide({}).attack);
}

TEST_F(Hands, keys_end_a_walk_begun_by_a_click) {
  EXPECT_NE(decide(click_at(8, 5.5)).heading, 0);
  EXPECT_TRUE(orders_.has_goal());
  Controls keys;
  keys.move_y = -1;
  decide(keys);
  EXPECT_FALSE(orders_.has_goal());
  EXPECT_EQ(decide({}).heading, 0);
}

TEST_F(Hands, a_walk_without_progress_ends) {
  decide(click_at(8, 5.5));
  for (int i = 0; i < 100; ++i) decide({});
  EXPECT_FALSE(orders_.has_goal());
}

TEST_F(Hands, the_dead_want_nothing) {
  Controls all;
  all.attack = true;
  all.move_x = 1;
  self_.action = sim::Action::dead;
  EXPECT_EQ(decide(all), sim::Intent{});
}

TEST(find_way, goes_straight_where_nothing_is_in_the_way) {
  const sim::TileMap map(walled_map());
  const Vec2 goal = base::tile_centre(8, 12);
  const auto way = find_way(map, base::tile_centre(3, 3), goal, k_radius);
  ASSERT_EQ(way.size(), 1U);
  EXPECT_EQ(way[0], goal);
}

TEST(find_way, leads_around_a_wall_and_every_leg_can_be_walked) {
  const sim::TileMap map(walled_map());
  Vec2 at = base::tile_centre(8, 9);
  const Vec2 goal = base::tile_centre(12, 9);
  const auto way = find_way(map, at, goal, k_radius);
  ASSERT_GT(way.size(), 1U);
  EXPECT_EQ(way.back(), goal);
  for (const Vec2 next : way) {
    EXPECT_TRUE(map.straight_walk(at, next, k_radius)) << at.x << ", " << at.y << " to " << next.x << ", " << next.y;
    at = next;
  }
}

TEST(find_way, ends_beside_what_cannot_be_entered) {
  const sim::TileMap map(walled_map());
  const auto way = find_way(map, base::tile_centre(7, 9), base::tile_centre(10, 9), k_radius);
  EXPECT_TRUE(map.fits(way.back(), k_radius));
  EXPECT_LE(base::chebyshev(way.back() - base::tile_centre(10, 9)), base::k_units_per_tile);
}

TEST(find_way, outside_of_the_map_is_no_trap) {
  const sim::TileMap map(walled_map());
  const auto way = find_way(map, base::tile_centre(1, 1), {-9000, -9000}, k_radius);
  ASSERT_FALSE(way.empty());
  EXPECT_TRUE(map.fits(way.back(), k_radius));
}

TEST(Camera, the_corners_of_any_window_lie_within_what_the_server_tells) {
  for (const auto& [width, height] : {std::pair{1280.0F, 720.0F}, {390.0F, 844.0F}, {2560.0F, 1440.0F}, {3440.0F, 600.0F}}) {
    Camera camera;
    camera.resize(width, height);
    camera.follow(100, 100, 16);
    // The own character stands a little below the middle, so the upper corners reach a little farther.
    for (const Point corner :
         {camera.to_tile(0, 0), camera.to_tile(width, 0), camera.to_tile(0, height), camera.to_tile(width, height)}) {
      EXPECT_LE(std::abs(corner.x - 100), 16.8F) << width << " x " << height;
      EXPECT_LE(std::abs(corner.y - 100), 16.8F) << width << " x " << height;
    }
  }
}

TEST(Camera, pixels_and_tiles_are_inverse) {
  Camera camera;
  camera.resize(1000, 700);
  camera.follow(31.25, 77.5, 16);
  const Point at = camera.to_screen(33.5, 70.25);
  EXPECT_NEAR(camera.to_tile(at.x, at.y).x, 33.5F, 0.01F);
  EXPECT_NEAR(camera.to_tile(at.x, at.y).y, 70.25F, 0.01F);
}

TEST(Camera, less_motion_means_no_shaking) {
  Camera calm, lively;
  for (Camera* camera : {&calm, &lively}) {
    camera->resize(1000, 700);
    camera->set_reduced_motion(camera == &calm);
    camera->follow(5, 5, 16);
    camera->shake(1);
    camera->follow(5, 5, 20);
  }
  EXPECT_FLOAT_EQ(calm.to_screen(5, 5).x, 500);
  EXPECT_NE(lively.to_screen(5, 5).x, 500);
}

TEST(Json, what_people_type_cannot_break_out_of_a_string) {
  Json json;
  json.open('{')
      .field("name", "a\"b\\c\n")
      .field("n", -3)
      .field("x", 1.5)
      .field("yes", true)
      .key("list")
      .open('[')
      .null()
      .value(2.0)
      .close(']')
      .close('}');
  EXPECT_EQ(json.take(), R"({"name":"a\"b\\c\u000a","n":-3,"x":1.5,"yes":true,"list":[null,2]})");
}

TEST(Json, what_is_no_number_becomes_null) {
  Json json;
  json.open('[').value(std::nan("")).value(INFINITY).close(']');
  EXPECT_EQ(json.take(), "[null,null]");
}

}  // namespace
}  // namespace cudgel::game
