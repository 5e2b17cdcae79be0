// Goal: a player's blow meets whom the player saw in reach, at most 200 ms ago, and nobody who has got into cover or far away since;
// who lies about his view gains no more than that. Method: a warrior in the middle of a blow, goblins that walk straight past him,
// and every age his view may have.

#include <gtest/gtest.h>

#include "sim/trail.h"
#include "sim_fixture.h"

namespace cudgel::sim {
namespace {

using namespace testing;

constexpr Vec2 k_middle{16 * k_tile, 16 * k_tile};
constexpr int k_blow_ticks = 7;      // from the command to the blow, both included
constexpr int k_walk_ticks = 5;      // a goblin walks for the last of them: one more than any view is old
constexpr std::int32_t k_step = 32;  // units in a tick, of the usual goblin
constexpr std::uint8_t k_200_ms = 64;
/// The goblins' line runs beside the warrior: so far to the side nobody bumps into him, and at this x his reach of 296 ends.
constexpr std::int32_t k_aside = 140;
constexpr std::int32_t k_reach_x = 260;

constexpr std::uint8_t age_of(int ticks) { return static_cast<std::uint8_t>(ticks * k_view_age_parts); }

content::Content duel_content(content::MapSpec map, std::int32_t speed) {
  content::MonsterSpec goblin = make_goblin();
  goblin.sight = goblin.leash = 0;
  goblin.body.speed = speed;
  return content::Content::from_tables({make_class("warrior", content::AttackKind::strike, 160)}, {goblin}, quiet_rules(),
                                       std::move(map));
}

struct Duel : Stage {
  explicit Duel(content::MapSpec map = open_map(32), std::int32_t speed = 640) : Stage(duel_content(std::move(map), speed)) {
    attacker = add_player(warrior, k_middle);
    at(attacker).walker.facing = 1;
  }
  /// The blow begins, and is so far that goblins have time for k_walk_ticks until it falls.
  void begin_blow(std::uint8_t view_age) {
    Command command;
    command.who = attacker;
    command.sequence = 1;
    command.intent.attack = true;
    command.view_age = view_age;
    commands.push_back(command);
    ticks(k_blow_ticks - k_walk_ticks);
  }
  /// A goblin that walks that way and will have come to `place` when the blow falls.
  EntityId walk_to(Vec2 place, Vec2 step) {
    const EntityId id = add_goblin(place - Vec2{step.x * k_walk_ticks, step.y * k_walk_ticks});
    Entity& goblin = at(id);
    goblin.walker.intent.heading = static_cast<std::uint8_t>(1 + base::heading_of(step));
    goblin.mind.mood = Mood::home;
    goblin.mind.home = goblin.mind.goal = place + Vec2{step.x * 20, step.y * 20};
    return id;
  }
  /// Lets the blow fall; whom it met, or nobody.
  EntityId end_blow() {
    ticks(k_walk_ticks);
    for (const Event& event : events) {
      if (event.type == EventType::hit) return event.target;
    }
    EXPECT_EQ(events.size(), 1U);
    return {};
  }

  EntityId attacker;
};

/// Who flees along +x and is `beyond` out of reach when the blow falls: does it meet him?
bool meets_fleeing(std::int32_t beyond, std::uint8_t view_age, std::int32_t step = k_step) {
  Duel duel(open_map(32), step * 20);
  duel.begin_blow(view_age);
  const Vec2 place = k_middle + Vec2{k_reach_x + beyond, k_aside};
  const EntityId goblin = duel.walk_to(place, {step, 0});
  const bool met = duel.end_blow() == goblin;
  EXPECT_EQ(duel.at(goblin).walker.position, place) << "it did not walk as the test means";
  return met;
}

TEST(Rewind, who_was_seen_in_reach_is_hit_and_who_was_not_is_missed) {
  EXPECT_TRUE(meets_fleeing(0, 0));
  EXPECT_FALSE(meets_fleeing(1, 0));
  for (int ticks = 1; ticks <= 4; ++ticks) {
    SCOPED_TRACE(ticks);
    EXPECT_TRUE(meets_fleeing(ticks * k_step, age_of(ticks)));
    EXPECT_FALSE(meets_fleeing(ticks * k_step + 1, age_of(ticks)));
    EXPECT_FALSE(meets_fleeing(ticks * k_step, age_of(ticks - 1)));
  }
}

TEST(Rewind, a_view_between_two_ticks_shows_a_place_between_two_steps) {
  EXPECT_TRUE(meets_fleeing(2 * k_step + k_step / 2, age_of(2) + k_view_age_parts / 2));
  EXPECT_FALSE(meets_fleeing(2 * k_step + k_step / 2 + 1, age_of(2) + k_view_age_parts / 2));
}

TEST(Rewind, whoever_comes_near_is_missed_until_seen_in_reach) {
  const auto meets = [](std::uint8_t view_age) {
    Duel duel;
    duel.begin_blow(view_age);
    const EntityId goblin = duel.walk_to(k_middle + Vec2{k_reach_x, k_aside}, {-k_step, 0});
    return duel.end_blow() == goblin;
  };
  EXPECT_TRUE(meets(0));
  EXPECT_FALSE(meets(age_of(1)));
}

TEST(Rewind, whoever_left_more_than_200_ms_ago_is_missed_whatever_the_attacker_says) {
  for (const int said : {64, 65, 80, 128, 192, 255}) {
    SCOPED_TRACE(said);
    EXPECT_TRUE(meets_fleeing(4 * k_step, static_cast<std::uint8_t>(said)));
    EXPECT_FALSE(meets_fleeing(4 * k_step + 1, static_cast<std::uint8_t>(said)));
  }
}

TEST(Rewind, a_lie_makes_the_world_that_200_ms_make) {
  const auto played = [](std::uint8_t view_age) {
    Duel duel;
    duel.begin_blow(view_age);
    duel.walk_to(k_middle + Vec2{k_reach_x + 100, k_aside}, {k_step, 0});
    duel.ticks(40);
    return hash(duel.world);
  };
  EXPECT_EQ(played(255), played(k_200_ms));
  EXPECT_NE(played(k_200_ms - 1), played(k_200_ms));
}

TEST(Rewind, of_two_the_one_seen_nearer_is_met) {
  const auto met = [](std::uint8_t view_age, bool& is_first) {
    Duel duel;
    duel.begin_blow(view_age);
    const EntityId first = duel.walk_to(k_middle + Vec2{250, k_aside}, {k_step, 0});
    const EntityId second = duel.walk_to(k_middle + Vec2{30, 200}, {0, -k_step});
    const EntityId found = duel.end_blow();
    is_first = found == first;
    return is_first || found == second;
  };
  bool is_first = false;
  EXPECT_TRUE(met(0, is_first));
  EXPECT_FALSE(is_first);
  EXPECT_TRUE(met(age_of(3), is_first));
  EXPECT_TRUE(is_first);
}

TEST(Rewind, whoever_is_a_tile_out_of_reach_by_now_has_got_away) {
  // Faster than anything in the game: half a tile in a tick.
  EXPECT_TRUE(meets_fleeing(200, age_of(2), 128));
  EXPECT_FALSE(meets_fleeing(384, age_of(3), 128));
}

/// The warrior stands west of a wall's end, the goblin walks east on its north side, out of sight for `hidden_ticks` by the time
/// the blow falls, and out of reach just as it gets out of sight.
bool meets_behind_wall(int hidden_ticks, bool with_wall) {
  std::vector<std::string> rows(32, std::string(32, '.'));
  rows[15][16] = '#';
  const content::MapSpec walled = draw_map(rows);
  const Vec2 corner{16 * k_tile, 15 * k_tile};
  const Vec2 stand = corner + Vec2{-120, 180};
  const std::int32_t y = corner.y - 64;
  const TileMap tiles(walled);
  std::int32_t x = stand.x;
  while (!tiles.stops_flight(stand, {x, y})) ++x;
  Duel duel(with_wall ? walled : open_map(32));
  duel.at(duel.attacker).walker.position = stand;
  duel.at(duel.attacker).walker.facing = 6;
  duel.begin_blow(k_200_ms);
  const EntityId goblin = duel.walk_to({x + hidden_ticks * k_step + k_step / 2, y}, {k_step, 0});
  const bool met = duel.end_blow() == goblin;
  EXPECT_GT(duel.distance(goblin, duel.attacker), 296) << "cover does not matter to those in reach now";
  return met;
}

TEST(Rewind, whoever_has_been_in_cover_for_more_than_100_ms_is_not_hit_where_he_was) {
  EXPECT_TRUE(meets_behind_wall(0, true));
  EXPECT_TRUE(meets_behind_wall(1, true));
  EXPECT_FALSE(meets_behind_wall(2, true));
  EXPECT_FALSE(meets_behind_wall(3, true));
  EXPECT_TRUE(meets_behind_wall(2, false));
}

TEST(Rewind, a_monsters_blow_does_not_look_back) {
  // The player's own screen shows him where he is now: what he has stepped out of there he has stepped out of here.
  Stage stage(make_content(open_map(32), quiet_rules()));
  const EntityId player = stage.add_player(warrior, k_middle);
  const EntityId goblin = stage.add_goblin(k_middle + Vec2{180, 0});
  stage.at(goblin).mind.target = player;
  stage.at(goblin).mind.mood = Mood::chase;
  stage.at(goblin).mind.noticed_at = k_middle;
  while (stage.at(goblin).walker.action != Action::attack) stage.tick();
  const Tick falls = stage.at(goblin).walker.action_since + stage.world.spec_of(stage.at(goblin)).windup_ticks;
  // The last two steps of 51 bring him out of the reach of 264.
  while (stage.world.tick() < falls - 2) stage.tick();
  stage.command_act(player, {towards(4), false, {}});
  stage.tick();
  EXPECT_LE(stage.distance(player, goblin), 264);
  EXPECT_GT(stage.until(EventType::missed, 1), 0);
  EXPECT_GT(stage.distance(player, goblin), 264);
  EXPECT_EQ(stage.at(player).health, 100);
}

TEST(Rewind, a_slot_that_is_taken_again_remembers_nothing_of_who_was_there) {
  Duel duel;
  const EntityId first = duel.walk_to(k_middle, {k_step, 0});
  duel.ticks(10);
  ASSERT_NE(duel.at(first).trail.moved(duel.world.tick(), k_200_ms), Vec2{});
  duel.world.destroy(first);
  const EntityId second = duel.add_goblin(k_middle);
  EXPECT_EQ(second.index, first.index);
  EXPECT_EQ(duel.at(second).trail.moved(duel.world.tick(), k_200_ms), Vec2{});
}

TEST(Trail, remembers_200_ms_at_every_rate_and_no_more) {
  for (const std::int32_t tick_hz : {5, 12, 20, 30, 60}) {
    SCOPED_TRACE(tick_hz);
    Trail trail;
    const std::size_t ticks = trail_ticks(tick_hz);
    for (base::Tick now = 1; now <= 100; ++now) trail.note(now, {static_cast<std::int32_t>(now), -1}, ticks);
    base::Vec2 sum;
    for (std::size_t back = 0; back < ticks; ++back) {
      EXPECT_EQ(trail.moved(100, static_cast<std::uint8_t>(back * k_view_age_parts)), sum);
      sum = sum + base::Vec2{static_cast<std::int32_t>(100 - back), -1};
    }
    EXPECT_LE(static_cast<std::size_t>(view_age_max(tick_hz)), ticks * k_view_age_parts);
    EXPECT_EQ(view_age_max(tick_hz), tick_hz * k_rewind_ms_max * k_view_age_parts / 1000);
  }
}

}  // namespace
}  // namespace cudgel::sim
