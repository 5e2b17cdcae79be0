// Goal: goblins do what the table in mind.cpp says: rest, roam, notice, chase, strike, give up, go home, walk around what is in the
// way, and visit whoever is left in peace. Method: small worlds played until the thing happens or too much time has passed.

#include <gtest/gtest.h>

#include "sim_fixture.h"

namespace cudgel::sim {
namespace {

using namespace testing;

constexpr Vec2 k_middle{32 * k_tile, 32 * k_tile};

struct Minds : ::testing::Test {
  Stage stage{make_content(open_map(64), quiet_rules())};
  Mood mood(EntityId id) { return stage.at(id).mind.mood; }
  /// Ticks until the monster is in that mood, or -1.
  int until_mood(EntityId id, Mood wanted, int count) {
    for (int i = 1; i <= count; ++i) {
      stage.tick();
      if (mood(id) == wanted) return i;
    }
    return -1;
  }
};

TEST_F(Minds, a_goblin_left_alone_roams_near_its_home) {
  const EntityId goblin = stage.add_goblin(k_middle);
  stage.add_player(warrior, k_middle + Vec2{14 * k_tile, 0});  // near enough that it does not leave, too far to be seen
  stage.at(goblin).mind.until = 0;
  bool moved = false;
  for (int i = 0; i < 1200; ++i) {
    stage.tick();
    moved = moved || stage.at(goblin).walker.velocity != Vec2{};
    ASSERT_LE(base::chebyshev(stage.at(goblin).walker.position - k_middle), 4 * k_tile);
  }
  EXPECT_TRUE(moved);
}

TEST_F(Minds, it_notices_a_player_within_sight_and_nobody_beyond) {
  const EntityId goblin = stage.add_goblin(k_middle);
  const EntityId player = stage.add_player(warrior, k_middle + Vec2{8 * k_tile + 64, 0});
  EXPECT_EQ(until_mood(goblin, Mood::chase, 40), -1);
  stage.at(player).walker.position = k_middle + Vec2{8 * k_tile - 64, 0};
  EXPECT_GT(until_mood(goblin, Mood::chase, 8), 0);
  EXPECT_EQ(stage.at(goblin).mind.target, player);
}

TEST_F(Minds, it_does_not_notice_who_is_guarded) {
  const EntityId goblin = stage.add_goblin(k_middle);
  const EntityId player = stage.add_player(warrior, k_middle + Vec2{4 * k_tile, 0});
  stage.at(player).guarded_until = stage.world.tick() + 40;
  EXPECT_EQ(until_mood(goblin, Mood::chase, 36), -1);
  EXPECT_GT(until_mood(goblin, Mood::chase, 20), 0);
}

TEST_F(Minds, it_does_not_notice_who_is_dead) {
  const EntityId goblin = stage.add_goblin(k_middle);
  const EntityId player = stage.add_player(warrior, k_middle + Vec2{4 * k_tile, 0});
  Entity& fallen = stage.at(player);
  fallen.health = 0;
  fallen.walker.action = Action::dead;
  fallen.expires = stage.world.tick() + 100;
  EXPECT_EQ(until_mood(goblin, Mood::chase, 40), -1);
}

TEST_F(Minds, it_walks_up_and_beats_whoever_stands_still_until_dead) {
  const EntityId goblin = stage.add_goblin(k_middle);
  const EntityId player = stage.add_player(warrior, k_middle + Vec2{6 * k_tile, 0});
  const int hit = stage.until(EventType::hit, 100);
  // 6 tiles at 2.5 tiles a second, wind-up half a second.
  EXPECT_GT(hit, 40);
  EXPECT_LT(hit, 75);
  EXPECT_GT(stage.until(EventType::death, 1000, [&](const Event& e) { return e.target == player && e.source == goblin; }), 0);
}

TEST_F(Minds, it_reaches_and_beats_who_stands_still_in_any_direction) {
  for (int heading = 0; heading < base::k_headings; heading += 3) {
    const EntityId goblin = stage.add_goblin(k_middle);
    const EntityId player = stage.add_player(warrior, k_middle + base::along(heading, 6 * k_tile));
    EXPECT_GT(stage.until(EventType::hit, 75), 0) << "heading " << heading;
    stage.world.destroy(goblin);
    stage.world.destroy(player);
  }
}

TEST_F(Minds, it_turns_after_who_runs_around_it_only_when_its_heading_is_clearly_off) {
  constexpr int k_ticks_per_heading = 3;
  constexpr int k_turns_max = base::k_headings / 3;  // it may be off by three
  const EntityId goblin = stage.add_goblin(k_middle);
  const EntityId player = stage.add_player(warrior, k_middle + Vec2{4 * k_tile, 0});
  ASSERT_GT(until_mood(goblin, Mood::chase, 10), 0);
  int turns = 0;
  for (int i = 0; i < base::k_headings * k_ticks_per_heading; ++i) {
    const Vec2 at = stage.at(goblin).walker.position;
    const std::uint8_t before = stage.at(goblin).walker.intent.heading;
    const int heading = i / k_ticks_per_heading;
    stage.at(player).walker.position = at + base::along(heading, 2 * k_tile);
    stage.at(goblin).mind.noticed_at = at;
    stage.tick();
    const std::uint8_t now = stage.at(goblin).walker.intent.heading;
    turns += now == before ? 0 : 1;
    const int off = (now - 1 - heading) & (base::k_headings - 1);
    ASSERT_LE(std::min(off, base::k_headings - off), 4) << "heading " << heading;
  }
  EXPECT_LE(turns, k_turns_max);
}

TEST_F(Minds, its_blow_can_be_stepped_out_of) {
  const EntityId goblin = stage.add_goblin(k_middle);
  const EntityId player = stage.add_player(warrior, k_middle + Vec2{3 * k_tile, 0});
  for (int i = 0; i < 200 && stage.at(goblin).walker.action != Action::attack; ++i) stage.tick();
  ASSERT_EQ(stage.at(goblin).walker.action, Action::attack);
  stage.command_act(player, {towards(0), false, {}});
  EXPECT_GT(stage.until(EventType::missed, 12), 0);
  EXPECT_EQ(stage.at(player).health, 100);
}

TEST_F(Minds, beyond_its_leash_it_gives_up_and_walks_home) {
  const EntityId goblin = stage.add_goblin(k_middle);
  const EntityId player = stage.add_player(warrior, k_middle + Vec2{4 * k_tile, 0});
  ASSERT_GT(until_mood(goblin, Mood::chase, 10), 0);
  // It is led away, always four tiles ahead.
  int gave_up = -1;
  for (int i = 0; i < 400 && gave_up < 0; ++i) {
    stage.at(player).walker.position = stage.at(goblin).walker.position + Vec2{4 * k_tile, 0};
    stage.tick();
    if (mood(goblin) == Mood::home) gave_up = i;
    EXPECT_LE(base::length(stage.at(goblin).walker.position - k_middle), 14 * k_tile + 300);
  }
  ASSERT_GE(gave_up, 0);
  EXPECT_GT(until_mood(goblin, Mood::rest, 200), 0);
  EXPECT_LE(base::chebyshev(stage.at(goblin).walker.position - k_middle), k_tile);
}

TEST_F(Minds, it_goes_home_when_its_target_leaves_the_world) {
  const EntityId goblin = stage.add_goblin(k_middle);
  const EntityId player = stage.add_player(warrior, k_middle + Vec2{6 * k_tile, 0});
  stage.ticks(30);
  ASSERT_EQ(mood(goblin), Mood::chase);
  stage.command_leave(player);
  EXPECT_GT(until_mood(goblin, Mood::home, 8), 0);
}

TEST_F(Minds, when_its_target_dies_it_turns_to_another_in_sight) {
  const EntityId goblin = stage.add_goblin(k_middle);
  const EntityId first = stage.add_player(warrior, k_middle + Vec2{2 * k_tile, 0});
  const EntityId second = stage.add_player(warrior, k_middle + Vec2{0, 5 * k_tile});
  stage.at(first).health = 1;
  ASSERT_GT(stage.until(EventType::death, 200, [&](const Event& e) { return e.target == first; }), 0);
  stage.ticks(10);
  EXPECT_EQ(mood(goblin), Mood::chase);
  EXPECT_EQ(stage.at(goblin).mind.target, second);
}

TEST_F(Minds, whoever_hurts_it_from_beyond_its_sight_is_chased) {
  const EntityId goblin = stage.add_goblin(k_middle);
  const EntityId player = stage.add_player(mage, k_middle + Vec2{8 * k_tile + 60, 0});
  stage.command_act(player, {0, true, goblin});
  ASSERT_GT(stage.until(EventType::hit, 60), 0);
  EXPECT_EQ(mood(goblin), Mood::chase);
  EXPECT_EQ(stage.at(goblin).mind.target, player);
}

TEST_F(Minds, several_surround_one_player_instead_of_stacking) {
  const EntityId player = stage.add_player(warrior, k_middle);
  stage.at(player).health = stage.at(player).health_max = 100000;
  std::vector<EntityId> goblins;
  for (int i = 0; i < 5; ++i) goblins.push_back(stage.add_goblin(k_middle + Vec2{5 * k_tile, (i - 2) * 200}));
  stage.ticks(100);
  constexpr int k_ticks = 500;
  int close_ticks = 0;
  for (int i = 0; i < k_ticks; ++i) {
    stage.tick();
    std::int32_t nearest = stage.distance(goblins[0], goblins[1]);
    for (std::size_t a = 0; a < goblins.size(); ++a) {
      for (std::size_t b = a + 1; b < goblins.size(); ++b) nearest = std::min(nearest, stage.distance(goblins[a], goblins[b]));
    }
    EXPECT_GT(nearest, 72) << "one stands in the other, tick " << i;
    if (nearest <= 100) ++close_ticks;
  }
  EXPECT_LE(close_ticks, k_ticks / 10) << "who is pushed from behind gives way only for a moment";
  int in_reach = 0;
  for (const EntityId goblin : goblins) {
    if (stage.distance(goblin, player) <= 64 + 72 + 128) ++in_reach;
  }
  EXPECT_GE(in_reach, 4);
}

TEST(Ways, a_goblin_finds_its_way_around_a_wall) {
  std::vector<std::string> rows(24, std::string(24, '.'));
  for (std::size_t y = 4; y < 20; ++y) rows[y][12] = '#';
  for (std::size_t x = 8; x < 12; ++x) rows[4][x] = rows[19][x] = '#';  // a bay: the straight way leads into a dead end
  Stage stage{make_content(draw_map(rows), quiet_rules())};
  stage.add_goblin(base::tile_centre(10, 12));
  const EntityId player = stage.add_player(warrior, base::tile_centre(14, 12));
  const int hit = stage.until(EventType::hit, 400, [&](const Event& e) { return e.target == player; });
  EXPECT_GT(hit, 100);  // it is a way of some fifteen tiles
  EXPECT_LT(hit, 320);
}

TEST(Ways, twenty_goblins_in_a_maze_all_arrive_within_the_budget_of_searches) {
  std::vector<std::string> rows(40, std::string(40, '.'));
  for (std::size_t wall = 4; wall < 36; wall += 4) {
    for (std::size_t y = 0; y < 40; ++y) {
      if ((wall / 4) % 2 == 0 ? y > 2 : y < 37) rows[y][wall] = '#';
    }
  }
  content::MonsterSpec goblin = make_goblin();
  goblin.sight = 60 * k_tile;
  goblin.leash = 1000 * k_tile;
  Stage stage{content::Content::from_tables({make_class("warrior", content::AttackKind::strike, 160)}, {goblin}, quiet_rules(),
                                            draw_map(rows))};
  const EntityId player = stage.add_player(warrior, base::tile_centre(18, 20));
  stage.at(player).health = stage.at(player).health_max = 1000000;
  std::vector<EntityId> goblins;
  for (int i = 0; i < 20; ++i) goblins.push_back(stage.add_goblin(base::tile_centre(1 + i % 3, 5 + i)));
  stage.ticks(2400);
  for (const EntityId id : goblins) EXPECT_LT(stage.distance(id, player), 6 * k_tile);
}

struct Visits : ::testing::Test {
  Stage stage{make_content(open_map(80))};
};

TEST_F(Visits, a_newcomer_who_touches_nothing_is_beaten_within_15_seconds) {
  stage.command_join(warrior);
  ASSERT_EQ(stage.until(EventType::joined, 1), 1);
  const EntityId player = stage.events.front().target;
  const int spawned = stage.until(EventType::spawn, 300);
  ASSERT_GT(spawned, 0);
  const Vec2 from = stage.events.back().position;
  EXPECT_GT(base::chebyshev(from - stage.at(player).walker.position), 16 * k_tile);  // out of sight
  const int hit = stage.until(EventType::hit, 300, [&](const Event& e) { return e.target == player; });
  ASSERT_GT(hit, 0);
  EXPECT_LE(spawned + hit, 15 * 20);
}

TEST_F(Visits, one_visitor_comes_at_a_time_and_another_after_it_is_gone) {
  stage.command_join(warrior);
  int spawned = 0;
  for (int i = 0; i < 400; ++i) {
    stage.tick();
    for (const Event& event : stage.events) spawned += event.type == EventType::spawn ? 1 : 0;
  }
  EXPECT_EQ(spawned, 1);
  for (const std::uint16_t slot : stage.world.alive()) {
    const Entity& entity = stage.world.entities()[slot];
    if (entity.kind == Kind::monster) {
      stage.world.destroy(entity.id);
      break;
    }
  }
  EXPECT_GT(stage.until(EventType::spawn, 15 * 20), 0);
}

TEST_F(Visits, a_visitor_finds_its_player_wherever_he_went) {
  stage.command_join(warrior);
  stage.tick();
  const EntityId player = stage.events.front().target;
  ASSERT_GT(stage.until(EventType::spawn, 300), 0);
  const Vec2 from = stage.events.back().position;
  // He moves to the far side of the map, far out of the goblin's sight.
  stage.at(player).walker.position = {from.x > 40 * k_tile ? 5 * k_tile : 75 * k_tile, 40 * k_tile};
  EXPECT_GT(stage.until(EventType::hit, 60 * 20, [&](const Event& e) { return e.target == player; }), 0);
}

TEST_F(Visits, visitors_appear_out_of_everybody_s_sight) {
  for (std::uint64_t i = 0; i < 8; ++i) stage.command_join(warrior, i);
  stage.tick();
  std::int32_t place = 0;
  for (const std::uint16_t slot : stage.world.alive()) {
    stage.world.entities()[slot].walker.position = base::tile_centre(25 + 5 * (place % 4), 30 + 10 * (place / 4));
    ++place;
  }
  int spawned = 0;
  for (int i = 0; i < 1200; ++i) {
    stage.tick();
    for (const Event& event : stage.events) {
      if (event.type != EventType::spawn) continue;
      ++spawned;
      for (const std::uint16_t slot : stage.world.alive()) {
        const Entity& entity = stage.world.entities()[slot];
        if (entity.kind != Kind::player || entity.health == 0) continue;
        EXPECT_GT(base::chebyshev(entity.walker.position - event.position), 16 * k_tile);
      }
    }
  }
  EXPECT_GE(spawned, 8);
}

TEST_F(Visits, visitors_come_only_from_where_there_is_a_way) {
  std::vector<std::string> rows(64, std::string(64, '.'));
  // An island: only the east is connected with the player's field.
  for (std::size_t y = 0; y < 64; ++y) rows[y][24] = '~';
  rows[32][32] = 's';
  Stage own{make_content(draw_map(rows))};
  own.command_join(warrior);
  own.tick();
  const EntityId player = own.events.front().target;
  for (int round = 0; round < 4; ++round) {
    ASSERT_GT(own.until(EventType::spawn, 400), 0);
    const EntityId goblin = own.events.back().target;
    EXPECT_GT(own.events.back().position.x, 25 * k_tile);
    own.at(player).health = 100;
    ASSERT_GT(own.until(EventType::hit, 300, [&](const Event& e) { return e.target == player; }), 0);
    own.world.destroy(goblin);
  }
}

TEST_F(Visits, a_calm_monster_leaves_when_nobody_sees_it) {
  const EntityId goblin = stage.add_goblin(base::tile_centre(5, 5));
  stage.at(goblin).mind.until = 0;
  stage.ticks(60 * 20);
  EXPECT_EQ(stage.world.find(goblin), nullptr);
}

TEST_F(Visits, an_arena_has_no_visits) {
  Stage arena{make_content(open_map(80)), {.tick_hz = 20, .seed = 1, .entities_max = 64, .arena = true}};
  arena.command_join(warrior);
  EXPECT_EQ(arena.until(EventType::spawn, 600), -1);
}

}  // namespace
}  // namespace cudgel::sim
