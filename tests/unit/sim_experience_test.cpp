// Goal: who harmed a monster shares what it was worth, and who has earned enough rises, becomes whole and hits harder. Method: a map
// drawn as text, a content with three levels to rise to, and random fights whose sums are checked.

#include <gtest/gtest.h>

#include "base/random.h"
#include "sim_fixture.h"

namespace cudgel::sim::testing {
namespace {

constexpr std::int32_t k_worth = 12;

content::Content rising_content() {
  content::ClassSpec warrior_class = make_class("warrior", content::AttackKind::strike, 160);
  warrior_class.growth = {20, 50};
  content::MonsterSpec goblin = make_goblin();
  goblin.level = 1;
  goblin.experience = k_worth;
  content::LevelsSpec levels;
  levels.experience = {20, 30, 1000};
  levels.fair_levels = 1;
  levels.lost_percent = 25;
  return content::Content::from_tables({warrior_class}, {goblin}, quiet_rules(), open_map(24), levels);
}

class Experience : public ::testing::Test {
 protected:
  Stage stage{rising_content()};
  const Vec2 here = base::tile_centre(12, 12);

  /// `player` strikes until the goblin beside it is dead; all events of that time that concern levels.
  Events kill(EntityId player, EntityId goblin) {
    Events heard;
    stage.command_act(player, {0, true, goblin});
    for (int i = 0; i < 400; ++i) {
      stage.tick();
      for (const Event& event : stage.events) {
        if (event.type == EventType::gained || event.type == EventType::level_up) heard.push_back(event);
      }
      const Entity* victim = stage.world.find(goblin);
      if (victim == nullptr || victim->health == 0) return heard;
    }
    ADD_FAILURE() << "the goblin lives";
    return heard;
  }
  EntityId goblin_beside(EntityId player) {
    const EntityId goblin = stage.add_goblin(stage.at(player).walker.position + Vec2{180, 0});
    stage.at(goblin).guarded_until = 0;
    stage.at(player).health = stage.at(player).health_max;
    return goblin;
  }
};

TEST_F(Experience, a_kill_gives_what_the_monster_is_worth) {
  const EntityId player = stage.add_player(warrior, here);
  const Events heard = kill(player, goblin_beside(player));
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].type, EventType::gained);
  EXPECT_EQ(heard[0].target, player);
  EXPECT_EQ(heard[0].amount, k_worth);
  EXPECT_EQ(stage.at(player).experience, k_worth);
  EXPECT_EQ(stage.at(player).level, 1);
}

TEST_F(Experience, enough_of_it_is_a_level_which_makes_whole) {
  const EntityId player = stage.add_player(warrior, here);
  stage.at(player).experience = 15;
  const EntityId goblin = goblin_beside(player);
  stage.at(player).health = 60;
  const Events heard = kill(player, goblin);
  ASSERT_EQ(heard.size(), 2U);
  EXPECT_EQ(heard[1].type, EventType::level_up);
  EXPECT_EQ(heard[1].target, player);
  EXPECT_EQ(heard[1].amount, 2);
  EXPECT_EQ(stage.at(player).level, 2);
  EXPECT_EQ(stage.at(player).experience, 15 + k_worth - 20);
  EXPECT_EQ(stage.at(player).health_max, 120);
  EXPECT_EQ(stage.at(player).health, 120);
}

TEST_F(Experience, damage_grows_with_the_level) {
  const EntityId player = stage.add_player(warrior, here);
  stage.at(player).level = 3;  // twice the damage: 20 to 24
  const EntityId goblin = goblin_beside(player);
  stage.at(goblin).health = stage.at(goblin).health_max = 500;
  stage.command_act(player, {0, true, goblin});
  ASSERT_GT(stage.until(EventType::hit, 40, [&](const Event& e) { return e.target == goblin; }), 0);
  const std::int32_t taken = 500 - stage.at(goblin).health;
  EXPECT_GE(taken, 20);
  EXPECT_LE(taken, 24);
}

TEST_F(Experience, it_is_shared_by_damage_whoever_strikes_last) {
  const EntityId player = stage.add_player(warrior, here);
  const EntityId helper = stage.add_player(warrior, base::tile_centre(3, 3));
  const EntityId goblin = goblin_beside(player);
  stage.at(goblin).health = 1;
  stage.at(goblin).shares.add(helper, 29);
  kill(player, goblin);
  EXPECT_EQ(stage.at(helper).experience, k_worth * 29 / 30);
  EXPECT_EQ(stage.at(player).experience, 0) << "a thirtieth of twelve is less than one";
}

TEST_F(Experience, who_has_left_takes_nothing_and_his_share_is_lost) {
  const EntityId player = stage.add_player(warrior, here);
  const EntityId helper = stage.add_player(warrior, base::tile_centre(3, 3));
  const EntityId goblin = goblin_beside(player);
  stage.at(goblin).health = 15;
  stage.at(goblin).shares.add(helper, 15);
  stage.command_leave(helper);
  kill(player, goblin);
  EXPECT_EQ(stage.at(player).experience, k_worth / 2);
}

TEST_F(Experience, weaker_monsters_give_less_and_at_last_nothing) {
  const EntityId player = stage.add_player(warrior, here);
  stage.at(player).level = 3;  // two above the goblin, of which one is fair
  kill(player, goblin_beside(player));
  EXPECT_EQ(stage.at(player).experience, k_worth * 75 / 100);
}

TEST_F(Experience, the_last_level_earns_no_more) {
  const EntityId player = stage.add_player(warrior, here);
  stage.at(player).level = 4;
  EXPECT_TRUE(kill(player, goblin_beside(player)).empty());
  EXPECT_EQ(stage.at(player).experience, 0);
}

TEST_F(Experience, death_costs_neither_level_nor_experience) {
  const EntityId player = stage.add_player(warrior, here);
  stage.at(player).level = 2;
  stage.at(player).health_max = 120;
  stage.at(player).experience = 7;
  stage.at(player).health = 1;
  const EntityId goblin = stage.add_goblin(here + Vec2{180, 0});
  stage.at(goblin).mind.until = 0;
  ASSERT_GT(stage.until(EventType::death, 200, [&](const Event& e) { return e.target == player; }), 0);
  ASSERT_GT(stage.until(EventType::respawn, 200, [&](const Event& e) { return e.target == player; }), 0);
  EXPECT_EQ(stage.at(player).level, 2);
  EXPECT_EQ(stage.at(player).experience, 7);
  EXPECT_EQ(stage.at(player).health, 120);
}

TEST(Shares, nine_of_them_keep_the_eight_largest) {
  Shares shares;
  for (std::uint16_t i = 0; i < 9; ++i) shares.add({i, 1}, 10 + i);
  EXPECT_EQ(shares.size, k_shares_max);
  for (const Share& share : shares.list) EXPECT_NE(share.who.index, 0) << "the least has given way";
  shares.add({20, 1}, 3);
  for (const Share& share : shares.list) EXPECT_NE(share.who.index, 20) << "too little to count";
}

TEST(ExperienceProperty, no_fight_gives_more_than_the_dead_were_worth) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Stage stage(rising_content(), {.tick_hz = 20, .seed = seed, .entities_max = 64, .arena = false});
    base::Random random(seed);
    std::vector<EntityId> players;
    for (int i = 0; i < 4; ++i) players.push_back(stage.add_player(warrior, base::tile_centre(10 + i, 12)));
    for (int i = 0; i < 6; ++i) stage.add_goblin(base::tile_centre(9 + i, 13));
    std::int64_t gained = 0;
    std::int64_t worth = 0;
    for (int tick = 0; tick < 400; ++tick) {
      for (const EntityId player : players) {
        if (random.below(8) == 0)
          stage.command_act(player, {static_cast<std::uint8_t>(random.below(65)), random.below(4) != 0, {}});
      }
      stage.tick();
      for (const Event& event : stage.events) {
        if (event.type == EventType::gained) gained += event.amount;
        if (event.type == EventType::death && stage.at(event.target).kind == Kind::monster) worth += k_worth;
      }
      for (const EntityId player : players) {
        const Entity& one = stage.at(player);
        const std::int32_t next = stage.content.levels().to_next(one.level);
        ASSERT_TRUE(one.experience >= 0 && one.experience < std::max(1, next));
        ASSERT_TRUE(one.health >= 0 && one.health <= one.health_max);
      }
      ASSERT_LE(gained, worth);
    }
  }
}

}  // namespace
}  // namespace cudgel::sim::testing
