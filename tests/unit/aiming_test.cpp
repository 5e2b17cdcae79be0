// Goal: a skill's key aims where its player means: at the foe he has, else at the mouse, else at the nearest foe, else straight ahead,
// never beyond reach nor through a wall. Method: plain values in, a point out; a small walled map, no window.

#include "play/aiming.h"

#include <gtest/gtest.h>

#include "sim_fixture.h"

namespace cudgel::game {
namespace {

using base::Vec2;
constexpr std::int32_t k_tile = base::k_units_per_tile;

content::MapSpec walled_map() {
  content::MapSpec map = sim::testing::open_map(20);
  for (std::size_t y = 2; y <= 17; ++y) map.blocked[y * 20 + 10] = 1;
  return map;
}

class Aiming : public ::testing::Test {
 protected:
  Aiming() : tiles_(walled_map()) {
    camera_.resize(1280, 720);
    camera_.follow(5.5, 5.5, 16);
    self_.kind = sim::Kind::player;
    self_.x = self_.y = 5.5;
    self_.self = true;
  }
  Vec2 aim(content::SkillKind kind, const Controls& controls = {}, base::EntityId target = {}) const {
    content::SkillSpec skill;
    skill.kind = kind;
    skill.reach = 4 * k_tile;
    return aim_of_skill(skill, controls, {self_, others_, tiles_, camera_, {}}, target);
  }
  core::BodyView foe(double x, double y) const {
    core::BodyView view;
    view.id = {2, 1};
    view.kind = sim::Kind::monster;
    view.x = x;
    view.y = y;
    return view;
  }
  Controls mouse_at(double x, double y) const {
    Controls controls;
    const Point at = camera_.to_screen(x, y);
    controls.pointer_x = at.x;
    controls.pointer_y = at.y;
    return controls;
  }

  sim::TileMap tiles_;
  Camera camera_;
  core::BodyView self_;
  std::vector<core::BodyView> others_;
  const Vec2 here_{5 * k_tile + k_tile / 2, 5 * k_tile + k_tile / 2};
};

TEST_F(Aiming, at_the_foe_one_has_before_the_mouse) {
  others_ = {foe(7.5, 5.5)};
  EXPECT_EQ(aim(content::SkillKind::area, mouse_at(5.5, 8.5), others_[0].id), (here_ + Vec2{2 * k_tile, 0}));
  others_[0].action = sim::Action::dead;
  EXPECT_LE(base::chebyshev(aim(content::SkillKind::area, mouse_at(5.5, 8.5), others_[0].id) - (here_ + Vec2{0, 3 * k_tile})), 2);
}

TEST_F(Aiming, without_foe_and_mouse_straight_ahead) {
  self_.facing = 2;  // +y
  EXPECT_EQ(aim(content::SkillKind::dash), (here_ + Vec2{0, 4 * k_tile}));
}

TEST_F(Aiming, without_mouse_at_the_nearest_living_foe_in_reach) {
  others_ = {foe(5.5, 8.5), foe(7.5, 5.5), foe(6.5, 5.5)};
  others_[2].action = sim::Action::dead;
  EXPECT_EQ(aim(content::SkillKind::area), (here_ + Vec2{2 * k_tile, 0}));
  others_ = {foe(5.5, 11.5)};
  self_.facing = 0;
  EXPECT_EQ(aim(content::SkillKind::area).y, here_.y) << "too far: straight ahead";
}

TEST_F(Aiming, who_walks_blinks_where_he_walks_and_not_to_the_mouse_or_the_foe) {
  others_ = {foe(7.5, 5.5)};
  self_.facing = 2;
  Controls controls = mouse_at(8.5, 5.5);
  controls.move_y = 1;
  EXPECT_EQ(aim(content::SkillKind::blink, controls, others_[0].id), (here_ + Vec2{0, 4 * k_tile}));
}

TEST_F(Aiming, never_beyond_the_reach_nor_through_a_wall) {
  EXPECT_LE(base::length(aim(content::SkillKind::area, mouse_at(5.5, 15.5)) - here_), 4 * k_tile);
  self_.x = 8.5;
  const Vec2 point = aim(content::SkillKind::area, mouse_at(12.5, 5.5));
  EXPECT_LT(point.x, 10 * k_tile);
  EXPECT_GT(point.x, 8 * k_tile + k_tile / 2);
}

TEST_F(Aiming, what_reaches_all_around_is_aimed_at_oneself) {
  others_ = {foe(7.5, 5.5)};
  EXPECT_EQ(aim(content::SkillKind::burst, {}, others_[0].id), here_);
}

}  // namespace
}  // namespace cudgel::game
