// Goal: bodies walk as far as their legs carry them, slide along walls, never enter one, and never stay stacked; attacks keep
// their times. Method: advance_walker alone, on drawn maps, and at random on random maps.

#include <gtest/gtest.h>

#include "base/random.h"
#include "sim_fixture.h"

namespace cudgel::sim {
namespace {

using namespace testing;

constexpr WalkerSpec k_spec{
    .radius = 72, .speed = 50, .push_max = 16, .windup_ticks = 6, .recovery_ticks = 6, .cooldown_ticks = 20};

Walker walker_at(Vec2 place) {
  Walker walker;
  walker.position = place;
  return walker;
}

/// Walks for some ticks with nobody around.
void walk(Walker& walker, const TileMap& map, std::uint8_t heading, int ticks, const WalkerSpec& spec = k_spec) {
  walker.intent.heading = heading;
  for (int i = 0; i < ticks; ++i) advance_walker(walker, spec, {map, {}, {}, false}, static_cast<Tick>(100 + i));
}

TEST(Walker, specs_are_converted_to_ticks_rounding_time_up) {
  content::BodySpec body = make_goblin().body;
  body.speed = 666;
  body.attack.windup_ms = 510;
  body.attack.recovery_ms = 300;
  body.attack.cooldown_ms = 700;
  const WalkerSpec spec = make_walker_spec(body, 20);
  EXPECT_EQ(spec.speed, 33);
  EXPECT_EQ(spec.windup_ticks, 11U);
  EXPECT_EQ(spec.recovery_ticks, 6U);
  EXPECT_EQ(spec.cooldown_ticks, 17U);  // never shorter than the attack itself
}

TEST(Walker, every_heading_carries_the_full_stride_and_the_velocity_tells_it) {
  const TileMap map(open_map(32));
  for (int heading = 0; heading < base::k_headings; ++heading) {
    Walker walker = walker_at(base::tile_centre(16, 16));
    const Vec2 begin = walker.position;
    walk(walker, map, static_cast<std::uint8_t>(1 + heading), 10);
    EXPECT_EQ(walker.velocity, base::along(heading, 50));
    EXPECT_EQ(walker.position, begin + (Vec2{walker.velocity.x * 10, walker.velocity.y * 10}));
    EXPECT_EQ(walker.action, Action::walk);
    EXPECT_EQ(walker.action_since, 100U);
    EXPECT_EQ(walker.facing, base::facing_of_heading(heading));
  }
}

TEST(Walker, standing_still_is_idle_and_keeps_the_facing) {
  const TileMap map(open_map(16));
  Walker walker = walker_at(base::tile_centre(8, 8));
  walk(walker, map, towards(4), 3);
  const Vec2 place = walker.position;
  walk(walker, map, 0, 3);
  EXPECT_EQ(walker.position, place);
  EXPECT_EQ(walker.velocity, Vec2{});
  EXPECT_EQ(walker.action, Action::idle);
  EXPECT_EQ(walker.facing, 4);
}

TEST(Walker, a_wall_stops_exactly_at_the_body_s_edge_from_every_side) {
  const TileMap map(draw_map({".....", ".....", "..#..", ".....", "....."}));
  struct Case {
    Vec2 from;
    int eighth;
    Vec2 end;
  };
  const std::int32_t low = 2 * k_tile - k_spec.radius;
  const std::int32_t high = 3 * k_tile + k_spec.radius;
  const std::int32_t middle = 2 * k_tile + k_tile / 2;
  for (const Case& c : {Case{{k_tile, middle}, 0, {low, middle}}, Case{{middle, k_tile}, 2, {middle, low}},
                        Case{{4 * k_tile, middle}, 4, {high, middle}}, Case{{middle, 4 * k_tile}, 6, {middle, high}}}) {
    Walker walker = walker_at(c.from);
    walk(walker, map, towards(c.eighth), 30);
    EXPECT_EQ(walker.position, c.end);
    EXPECT_EQ(walker.velocity, Vec2{});
    EXPECT_EQ(walker.action, Action::idle);
  }
}

TEST(Walker, a_diagonal_walk_along_a_wall_slides) {
  const TileMap map(draw_map({"########", "........", "........", "........"}));
  Walker walker = walker_at({k_tile, k_tile + k_spec.radius});
  walk(walker, map, towards(7), 20);  // +x -y, into the wall above
  EXPECT_EQ(walker.position.y, k_tile + k_spec.radius);
  EXPECT_EQ(walker.position.x, k_tile + 20 * base::along(56, 50).x);
  EXPECT_EQ(walker.velocity, (Vec2{base::along(56, 50).x, 0}));
}

TEST(Walker, a_body_whose_centre_passes_a_corner_slips_around_it) {
  const TileMap map(draw_map({"........", "...#....", "........", "........"}));
  // Its upper edge is 40 units too high to pass below the block.
  Walker walker = walker_at({k_tile, 2 * k_tile + k_spec.radius - 40});
  walk(walker, map, towards(0), 60);
  EXPECT_GT(walker.position.x, 5 * k_tile);
  // One that runs against the face of the block stays there.
  Walker blocked = walker_at({k_tile, 2 * k_tile - 20});
  walk(blocked, map, towards(0), 60);
  EXPECT_EQ(blocked.position, (Vec2{3 * k_tile - k_spec.radius, 2 * k_tile - 20}));
}

TEST(Walker, no_speed_tunnels_through_a_wall_of_one_tile) {
  const TileMap map(draw_map({"...#...", "...#...", "...#..."}));
  WalkerSpec fast = k_spec;
  for (fast.speed = 10; fast.speed < 1024; fast.speed += 37) {
    Walker walker = walker_at({100, k_tile + 128});
    walk(walker, map, towards(0), 120, fast);
    EXPECT_EQ(walker.position.x, 3 * k_tile - k_spec.radius) << fast.speed;
  }
}

TEST(Walker, nobody_leaves_the_map) {
  const TileMap map(open_map(16));
  for (int eighth = 0; eighth < 8; ++eighth) {
    Walker walker = walker_at(base::tile_centre(8, 8));
    walk(walker, map, towards(eighth), 300);
    EXPECT_TRUE(map.fits(walker.position, k_spec.radius)) << eighth;
  }
}

TEST(Walker, random_walks_with_random_pushes_on_random_maps_never_enter_a_wall) {
  base::Random random(11);
  for (int round = 0; round < 40; ++round) {
    content::MapSpec spec = open_map(24);
    for (std::uint8_t& tile : spec.blocked) tile = random.below(100) < 30 ? 1 : 0;
    const TileMap map(spec);
    WalkerSpec body = k_spec;
    body.radius = random.between(16, 127);
    body.speed = random.between(1, 400);
    body.push_max = random.between(0, 300);
    Walker walker;
    do {
      walker.position = {random.between(0, 24 * k_tile), random.between(0, 24 * k_tile)};
    } while (!map.fits(walker.position, body.radius));
    for (Tick now = 1; now < 2000; ++now) {
      if (random.below(6) == 0) walker.intent.heading = static_cast<std::uint8_t>(random.below(65));
      std::array<Neighbour, 3> neighbours;
      for (Neighbour& neighbour : neighbours) {
        neighbour = {walker.position + Vec2{random.between(-150, 150), random.between(-150, 150)}, random.between(16, 127)};
      }
      advance_walker(walker, body, {map, neighbours, {}, false}, now);
      ASSERT_TRUE(map.fits(walker.position, body.radius)) << "round " << round << " tick " << now;
      ASSERT_LE(base::length(walker.velocity), body.speed + 1);
    }
  }
}

TEST(Walker, a_push_is_capped_and_is_no_velocity) {
  const TileMap map(open_map(16));
  Walker walker = walker_at(base::tile_centre(8, 8));
  const Vec2 begin = walker.position;
  const std::array<Neighbour, 2> neighbours{Neighbour{begin - Vec2{10, 0}, 72}, Neighbour{begin - Vec2{12, 0}, 72}};
  advance_walker(walker, k_spec, {map, neighbours, {}, false}, 1);
  EXPECT_EQ(walker.position, begin + (Vec2{k_spec.push_max, 0}));
  EXPECT_EQ(walker.velocity, Vec2{});
  EXPECT_EQ(walker.action, Action::idle);
}

TEST(Walker, the_order_of_neighbours_does_not_matter) {
  const TileMap map(open_map(16));
  const Vec2 begin = base::tile_centre(8, 8);
  std::vector<Neighbour> neighbours{
      {begin + Vec2{30, 40}, 60}, {begin + Vec2{-70, 5}, 72}, {begin + Vec2{1, -90}, 50}, {begin, 40}};
  Walker one = walker_at(begin);
  advance_walker(one, k_spec, {map, neighbours, {}, false}, 1);
  std::reverse(neighbours.begin(), neighbours.end());
  Walker two = walker_at(begin);
  advance_walker(two, k_spec, {map, neighbours, {}, false}, 1);
  EXPECT_EQ(one, two);
  EXPECT_NE(one.position, begin);
}

TEST(Walker, an_attack_begins_when_wanted_stands_still_and_lasts_windup_and_recovery) {
  const TileMap map(open_map(16));
  Walker walker = walker_at(base::tile_centre(8, 8));
  const Vec2 begin = walker.position;
  walker.intent = {towards(0), true, {}};
  for (Tick now = 100; now < 112; ++now) {
    advance_walker(walker, k_spec, {map, {}, {}, false}, now);
    EXPECT_EQ(walker.action, Action::attack) << now;
    EXPECT_EQ(walker.action_since, 100U);
    EXPECT_EQ(walker.position, begin);
  }
  advance_walker(walker, k_spec, {map, {}, {}, false}, 112);  // free again, but the next attack is not ready
  EXPECT_EQ(walker.action, Action::walk);
  EXPECT_GT(walker.position.x, begin.x);
  for (Tick now = 113; now < 120; ++now) advance_walker(walker, k_spec, {map, {}, {}, false}, now);
  EXPECT_EQ(walker.action, Action::walk);
  advance_walker(walker, k_spec, {map, {}, {}, false}, 120);
  EXPECT_EQ(walker.action, Action::attack);
  EXPECT_EQ(walker.action_since, 120U);
}

TEST(Walker, an_attack_turns_to_its_aim_at_the_beginning_and_not_later) {
  const TileMap map(open_map(16));
  Walker walker = walker_at(base::tile_centre(8, 8));
  walker.intent.attack = true;
  advance_walker(walker, k_spec, {map, {}, walker.position + Vec2{0, -300}, true}, 100);
  EXPECT_EQ(walker.facing, 6);
  advance_walker(walker, k_spec, {map, {}, walker.position + Vec2{300, 0}, true}, 101);
  EXPECT_EQ(walker.facing, 6);
}

TEST(Walker, the_dead_neither_walk_nor_strike_nor_are_pushed) {
  const TileMap map(open_map(16));
  Walker walker = walker_at(base::tile_centre(8, 8));
  walker.action = Action::dead;
  walker.intent = {towards(2), true, {}};
  const Walker before = walker;
  const std::array<Neighbour, 1> neighbours{Neighbour{walker.position + Vec2{5, 5}, 72}};
  advance_walker(walker, k_spec, {map, neighbours, {}, false}, 1);
  EXPECT_EQ(walker, before);
}

TEST(SoftBodies, a_stack_of_bodies_comes_apart_and_then_rests) {
  Stage stage(make_content(open_map(32), quiet_rules()));
  std::vector<EntityId> ids;
  for (int i = 0; i < 12; ++i) ids.push_back(stage.add_player(warrior, base::tile_centre(16, 16)));
  for (const EntityId id : ids) stage.at(id).walker.position = base::tile_centre(16, 16);
  stage.ticks(200);
  for (std::size_t i = 0; i < ids.size(); ++i) {
    for (std::size_t j = i + 1; j < ids.size(); ++j) EXPECT_GE(stage.distance(ids[i], ids[j]), 2 * 72 - 8) << i << " " << j;
  }
  std::vector<Vec2> places;
  for (const EntityId id : ids) places.push_back(stage.at(id).walker.position);
  stage.ticks(40);
  for (std::size_t i = 0; i < ids.size(); ++i) EXPECT_LE(base::chebyshev(stage.at(ids[i]).walker.position - places[i]), 2);
}

TEST(SoftBodies, nobody_can_bar_the_way_by_standing_in_a_door) {
  Stage stage(make_content(draw_map({"########", "s.......", "########"}), quiet_rules()));
  const EntityId stands = stage.add_player(warrior, {4 * k_tile, k_tile + 128});
  const EntityId walks = stage.add_player(warrior, {k_tile, k_tile + 128});
  stage.command_act(walks, {towards(0), false, {}});
  stage.ticks(200);
  EXPECT_GT(stage.at(walks).walker.position.x, stage.at(stands).walker.position.x);
}

}  // namespace
}  // namespace cudgel::sim
