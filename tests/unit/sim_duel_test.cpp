// Goal: players fight only where and with whom the rules allow, and a duel ends without a death, for both at once, whatever ends it.
// Method: a small wild with a haven and an arena in it, two or three players, deeds as commands, events and healths looked at.

#include <gtest/gtest.h>

#include <functional>

#include "sim/fields.h"
#include "sim/foes.h"
#include "sim_fixture.h"

namespace cudgel::sim::testing {
namespace {

content::Content make_duel_content() {
  content::MapSpec map = open_map(64);
  content::ZoneSpec village;
  village.name = "village";
  village.safe = true;
  content::ZoneSpec ring;
  ring.name = "ring";
  ring.free_fight = true;
  map.zones = {village, ring};
  // Squares of 4 tiles: the village up to tile 16, the ring from 40 to 60.
  for (int row = 0; row < 16; ++row) {
    for (int column = 0; column < 16; ++column) {
      const bool in_ring = row >= 10 && row < 15 && column >= 10 && column < 15;
      map.zone_cells.push_back(row < 4 && column < 4 ? 0 : in_ring ? 1 : content::k_no_zone);
    }
  }
  content::LevelsSpec levels;
  levels.experience = {20, 30, 40, 50, 1000};
  return make_content(std::move(map), quiet_rules(), std::move(levels));
}

struct DuelTest : ::testing::Test {
  Stage stage{make_duel_content()};
  Vec2 wild = base::tile_centre(30, 20);
  Vec2 arena = base::tile_centre(50, 50);
  EntityId ann = fighter(wild);
  EntityId ben = fighter(wild + Vec2{k_tile, 0});

  EntityId fighter(Vec2 place, std::uint8_t class_index = warrior) {
    const EntityId id = stage.add_player(class_index, place);
    stage.at(id).level = 5;
    return id;
  }
  void put(EntityId who, Vec2 place) { stage.at(who).walker.position = place; }
  Duel& duel(EntityId who) { return stage.at(who).duel; }

  Verdict deed(EntityId who, DeedType type, EntityId other = {}) {
    Command command;
    command.type = Command::Type::deed;
    command.who = who;
    command.ticket = 7;
    command.deed.type = type;
    command.deed.thing = other;
    stage.commands.push_back(command);
    stage.tick();
    return stage.world.scratch.settled.at(0).verdict;
  }
  void begin_duel() {
    ASSERT_EQ(deed(ann, DeedType::challenge, ben), Verdict::done);
    ASSERT_EQ(deed(ben, DeedType::accept_duel, ann), Verdict::done);
    ASSERT_GT(until(DuelNews::begun, 80), 0);
  }
  int until(DuelNews news, int ticks) {
    return stage.until(EventType::duel, ticks,
                       [&](const Event& event) { return event.amount == static_cast<std::int32_t>(news); });
  }
  void strike(EntityId who, EntityId target) { stage.command_act(who, {0, true, target}); }
  bool none() { return duel(ann) == Duel{} && duel(ben) == Duel{}; }
};

TEST_F(DuelTest, nobody_harms_a_player_who_has_not_agreed) {
  strike(ann, ben);
  stage.ticks(60);
  EXPECT_EQ(stage.at(ben).health, stage.at(ben).health_max);
  EXPECT_FALSE(is_foe(stage.world, stage.at(ann), stage.at(ben)));
}

TEST_F(DuelTest, a_duel_counts_down_and_ends_with_the_loser_alive) {
  ASSERT_EQ(deed(ann, DeedType::challenge, ben), Verdict::done);
  EXPECT_EQ(duel(ann).stage, DuelStage::asks);
  EXPECT_EQ(duel(ben).stage, DuelStage::asked);
  ASSERT_EQ(deed(ben, DeedType::accept_duel, ann), Verdict::done);
  strike(ann, ben);
  const int countdown = until(DuelNews::begun, 80);
  EXPECT_EQ(countdown, 60) << "3 s at 20 ticks a second, the one of the consent counted";
  EXPECT_EQ(stage.at(ben).health, stage.at(ben).health_max) << "no blow falls before";
  stage.at(ben).health = 25;
  stage.world.belongings(stage.at(ben)).gold = 100;
  strike(ann, ben);
  int deaths = 0;
  bool won = false;
  for (int i = 0; i < 200 && !won; ++i) {
    stage.tick();
    for (const Event& event : stage.events) {
      if (event.type == EventType::death) ++deaths;
      won = won || (event.type == EventType::duel && event.amount == static_cast<std::int32_t>(DuelNews::won) &&
                    event.source == ann && event.target == ben);
    }
  }
  EXPECT_TRUE(won);
  EXPECT_EQ(deaths, 0);
  EXPECT_EQ(stage.at(ben).health, 1);
  EXPECT_EQ(stage.world.belongings(stage.at(ben)).gold, 100);
  EXPECT_TRUE(none());
  stage.ticks(60);
  EXPECT_EQ(stage.at(ben).health, 1) << "and nothing harms him afterwards";
}

TEST_F(DuelTest, every_obstacle_has_its_verdict) {
  EXPECT_EQ(deed(ann, DeedType::challenge, ann), Verdict::gone);
  EXPECT_EQ(deed(ann, DeedType::challenge, EntityId{200, 9}), Verdict::gone);
  EXPECT_EQ(deed(ann, DeedType::challenge, stage.add_goblin(wild + Vec2{0, 20 * k_tile})), Verdict::gone);
  EXPECT_EQ(deed(ann, DeedType::accept_duel, ben), Verdict::no_duel);
  EXPECT_EQ(deed(ann, DeedType::decline_duel), Verdict::no_duel);
  stage.at(ben).level = 4;
  EXPECT_EQ(deed(ann, DeedType::challenge, ben), Verdict::beginner);
  stage.at(ben).level = 5;
  put(ben, wild + Vec2{9 * k_tile, 0});
  EXPECT_EQ(deed(ann, DeedType::challenge, ben), Verdict::too_far);
  put(ann, base::tile_centre(15, 15));
  put(ben, base::tile_centre(17, 15));
  EXPECT_EQ(deed(ann, DeedType::challenge, ben), Verdict::haven);
  put(ann, base::tile_centre(18, 15));
  EXPECT_EQ(deed(ann, DeedType::challenge, ben), Verdict::done);
  EXPECT_EQ(deed(ann, DeedType::accept_duel, ben), Verdict::no_duel) << "one's own challenge";
  const EntityId cid = fighter(base::tile_centre(18, 17));
  EXPECT_EQ(deed(cid, DeedType::challenge, ann), Verdict::engaged);
  EXPECT_EQ(deed(ben, DeedType::accept_duel, cid), Verdict::no_duel);
  put(ben, base::tile_centre(14, 15));
  EXPECT_EQ(deed(ben, DeedType::accept_duel, ann), Verdict::haven) << "looked at again at the consent";
}

TEST_F(DuelTest, a_challenge_is_declined_taken_back_or_lapses) {
  ASSERT_EQ(deed(ann, DeedType::challenge, ben), Verdict::done);
  ASSERT_EQ(deed(ben, DeedType::decline_duel), Verdict::done);
  EXPECT_EQ(stage.events.back().amount, static_cast<std::int32_t>(DuelNews::turned_down));
  EXPECT_TRUE(none());
  ASSERT_EQ(deed(ann, DeedType::challenge, ben), Verdict::done);
  ASSERT_EQ(deed(ann, DeedType::decline_duel), Verdict::done);
  EXPECT_TRUE(none());
  ASSERT_EQ(deed(ann, DeedType::challenge, ben), Verdict::done);
  stage.ticks(399);
  EXPECT_FALSE(none());
  stage.ticks(2);
  EXPECT_TRUE(none());
}

TEST_F(DuelTest, who_leaves_the_ring_gives_up_or_leaves_the_realm_has_lost) {
  const auto loses = [&](const char* how, const std::function<void()>& act) {
    begin_duel();
    act();
    EXPECT_EQ(until(DuelNews::won, 2), 1) << how;
    EXPECT_TRUE(duel(ann) == Duel{}) << how;
  };
  loses("ring", [&] { put(ben, wild + Vec2{11 * k_tile, 0}); });
  put(ben, wild + Vec2{k_tile, 0});
  loses("gives up", [&] {
    Command command;
    command.type = Command::Type::deed;
    command.who = ben;
    command.deed.type = DeedType::decline_duel;
    stage.commands.push_back(command);
  });
  loses("nobody at the keys", [&] {
    Command command;
    command.type = Command::Type::guard;
    command.who = ben;
    stage.commands.push_back(command);
  });
  loses("leaves", [&] { stage.command_leave(ben); });
}

TEST_F(DuelTest, a_duel_ends_for_both_when_a_monster_kills_one_and_when_its_time_is_over) {
  begin_duel();
  stage.at(ben).health = 1;
  const EntityId goblin = stage.add_goblin(stage.at(ben).walker.position + Vec2{0, k_tile});
  Entity& hunter = stage.at(goblin);
  hunter.mind.mood = Mood::chase;
  hunter.mind.target = ben;
  EXPECT_GT(until(DuelNews::off, 100), 0);
  EXPECT_EQ(stage.at(ben).health, 0) << "that death is a real one";
  EXPECT_TRUE(none());
  stage.world.destroy(goblin);
  stage.ticks(80);
  put(ann, wild);
  put(ben, wild + Vec2{k_tile, 0});
  begin_duel();
  EXPECT_GT(until(DuelNews::off, 3700), 3590);
  EXPECT_TRUE(none());
}

TEST_F(DuelTest, nobody_else_has_part_in_a_duel) {
  const EntityId cid = fighter(wild + Vec2{0, k_tile});
  begin_duel();
  EXPECT_TRUE(is_foe(stage.world, stage.at(ann), stage.at(ben)));
  EXPECT_FALSE(is_foe(stage.world, stage.at(cid), stage.at(ben)));
  for (const EntityId who : {ann, ben, cid}) put(who, arena);
  EXPECT_FALSE(is_foe(stage.world, stage.at(cid), stage.at(ben))) << "not in an arena either";
}

TEST_F(DuelTest, an_arena_is_free_for_all_who_have_the_level_and_costs_nothing) {
  put(ann, arena);
  put(ben, arena + Vec2{k_tile, 0});
  stage.world.belongings(stage.at(ben)).gold = 1000;
  EXPECT_TRUE(is_foe(stage.world, stage.at(ann), stage.at(ben)));
  stage.at(ben).level = 4;
  EXPECT_FALSE(is_foe(stage.world, stage.at(ann), stage.at(ben)));
  stage.at(ben).level = 5;
  put(ben, base::tile_centre(61, 50));
  EXPECT_FALSE(is_foe(stage.world, stage.at(ann), stage.at(ben))) << "both must stand in it";
  put(ben, arena + Vec2{k_tile, 0});
  strike(ann, ben);
  EXPECT_GT(stage.until(EventType::death, 400, [&](const Event& event) { return event.target == ben && event.source == ann; }),
            0);
  EXPECT_EQ(stage.world.belongings(stage.at(ben)).gold, 1000);
}

TEST_F(DuelTest, shots_meet_a_rival_and_nobody_else) {
  const EntityId mage_id = fighter(wild + Vec2{0, 3 * k_tile}, mage);
  strike(mage_id, ann);
  stage.ticks(60);
  EXPECT_EQ(stage.at(ann).health, stage.at(ann).health_max);
  ASSERT_EQ(deed(mage_id, DeedType::challenge, ann), Verdict::done);
  ASSERT_EQ(deed(ann, DeedType::accept_duel, mage_id), Verdict::done);
  ASSERT_GT(until(DuelNews::begun, 80), 0);
  strike(mage_id, ann);
  EXPECT_GT(stage.until(EventType::hit, 100, [&](const Event& event) { return event.target == ann; }), 0);
  EXPECT_EQ(stage.at(ben).health, stage.at(ben).health_max);
}

TEST_F(DuelTest, what_a_rival_has_laid_on_one_goes_with_the_duel) {
  begin_duel();
  Effect poison;
  poison.kind = content::EffectKind::poison;
  poison.magnitude = 5;
  poison.period_ticks = 10;
  poison.until = stage.world.tick() + 1000;
  poison.next = stage.world.tick() + 10;
  poison.source = ann;
  stage.at(ben).effects.add(poison, content::Stacking::refresh);
  stage.at(ben).health = 4;
  EXPECT_GT(until(DuelNews::won, 20), 0) << "poison of a rival beats, too";
  EXPECT_EQ(stage.at(ben).health, 1);
  EXPECT_EQ(stage.at(ben).effects.size, 0);
}

TEST_F(DuelTest, a_world_saved_in_a_duel_goes_on_as_the_same) {
  begin_duel();
  strike(ann, ben);
  stage.ticks(5);
  const std::vector<std::uint8_t> bytes = save(stage.world);
  World copy(stage.content, stage.content.map(), stage.world.options());
  const auto restored = restore(copy, bytes);
  ASSERT_TRUE(restored) << restored.error().text;
  EXPECT_EQ(hash(copy), hash(stage.world));
  Events events;
  for (int i = 0; i < 100; ++i) {
    stage.tick();
    step(copy, {}, events);
    ASSERT_EQ(hash(copy), hash(stage.world)) << i;
  }
}

}  // namespace
}  // namespace cudgel::sim::testing
