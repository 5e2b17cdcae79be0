// Goal: the difference of two worlds is told field by field, also when of one only the sums are known, and never blames the wrong one.
// Method: a played world and copies of it in which values are changed by hand.

#include "sim/fields.h"

#include <gtest/gtest.h>

#include "scripted_session.h"

namespace cudgel::sim {
namespace {

struct Fields : ::testing::Test {
  Fields() : world(record::testing::script_world()) {
    record::testing::record_session(world, 700);
    other = std::make_unique<World>(world);
  }
  Entity& first(Kind kind) {
    for (const std::uint16_t slot : other->alive()) {
      Entity& entity = other->entities()[slot];
      if (entity.kind == kind && entity.health > 0) return entity;
    }
    ADD_FAILURE() << "nobody of that kind";
    return other->entities()[0];
  }
  World world;
  std::unique_ptr<World> other;
};

TEST_F(Fields, equal_worlds_have_no_differences_and_equal_sums) {
  EXPECT_TRUE(differences(world, *other, 10).empty());
  EXPECT_EQ(sum_fields(world), sum_fields(*other));
  EXPECT_TRUE(differences(world, sum_fields(*other)).empty());
}

TEST_F(Fields, a_changed_value_is_named_with_who_where_and_both_values) {
  Entity& goblin = first(Kind::monster);
  const std::int32_t x = goblin.walker.position.x++;
  const std::string slot = std::to_string(goblin.id.index);
  const std::string& kind = world.content().monsters()[goblin.archetype].body.name;
  const std::string text =
      "entity " + slot + " (" + kind + ") walker.position.x: " + std::to_string(x) + " here, " + std::to_string(x + 1) + " there";
  const auto by_world = differences(world, *other, 10);
  ASSERT_EQ(by_world.size(), 1U);
  EXPECT_EQ(to_text(by_world[0]), text);
  EXPECT_EQ(by_world[0].who, goblin.id);
  const auto by_sums = differences(world, sum_fields(*other));
  ASSERT_EQ(by_sums.size(), 1U);
  EXPECT_EQ(to_text(by_sums[0]), text);
  EXPECT_EQ(by_sums[0].who, goblin.id);
}

TEST_F(Fields, values_are_told_in_words_where_there_are_words) {
  Entity& player = first(Kind::player);
  player.walker.action = player.walker.action == Action::attack ? Action::walk : Action::attack;
  player.walker.intent = {5, !player.walker.intent.attack, {3, 2}};
  Entity& goblin = first(Kind::monster);
  goblin.mind.mood = goblin.mind.mood == Mood::home ? Mood::rest : Mood::home;
  std::string all;
  for (const Difference& difference : differences(world, sum_fields(*other))) all += to_text(difference) + "\n";
  EXPECT_NE(all.find("walker.action: "), std::string::npos) << all;
  EXPECT_NE(all.find(player.walker.action == Action::attack ? "attack there" : "walk there"), std::string::npos) << all;
  EXPECT_NE(all.find("entity 3 of generation 2 there"), std::string::npos) << all;
  EXPECT_NE(all.find("mind.mood: "), std::string::npos) << all;
}

TEST_F(Fields, every_slot_is_found_by_its_sums) {
  for (const std::uint16_t slot : world.alive()) {
    for (const std::int32_t by : {1, -1, 2, -64, 1000000}) {
      World changed = world;
      changed.entities()[slot].health_max += by;
      const auto found = differences(world, sum_fields(changed));
      ASSERT_EQ(found.size(), 1U);
      ASSERT_EQ(found[0].who, world.entities()[slot].id) << by;
      ASSERT_EQ(found[0].there, std::to_string(world.entities()[slot].health_max + by));
    }
  }
}

TEST_F(Fields, two_who_differ_in_the_same_field_are_never_taken_for_a_third) {
  base::Random random(4);
  for (int round = 0; round < 2000; ++round) {
    World changed = world;
    const auto pick = [&]() -> Entity& {
      return changed.entities()[changed.alive()[random.below(static_cast<std::uint32_t>(changed.alive().size()))]];
    };
    Entity& one = pick();
    Entity& two = pick();
    if (one.id == two.id) continue;
    one.walker.position.x += 1 + static_cast<std::int32_t>(random.below(4));
    two.walker.position.x -= 1 + static_cast<std::int32_t>(random.below(4));
    const auto found = differences(world, sum_fields(changed));
    ASSERT_EQ(found.size(), 1U);
    ASSERT_EQ(found[0].subject, "several entities");
    ASSERT_EQ(to_text(found[0]), "several entities differ in walker.position.x");
  }
}

TEST_F(Fields, somebody_who_is_only_in_one_world_is_told_by_kind) {
  const EntityId goblin = first(Kind::monster).id;
  other->destroy(goblin);
  const auto found = differences(world, *other, 10);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].field, "kind");
  EXPECT_EQ(found[0].here, "monster");
  EXPECT_EQ(found[0].there, "none");
  const auto by_sums = differences(world, sum_fields(*other));
  ASSERT_FALSE(by_sums.empty());
  EXPECT_EQ(by_sums[0].who, goblin);
  EXPECT_EQ(by_sums[0].there, "none");
}

TEST_F(Fields, the_worlds_own_values_come_first_and_the_list_is_bounded) {
  other->random.next();
  ++other->tick_;
  for (const std::uint16_t slot : other->alive()) ++other->entities()[slot].walker.position.x;
  const auto found = differences(world, *other, 5);
  ASSERT_EQ(found.size(), 5U);
  EXPECT_EQ(found[0].field, "tick");
  EXPECT_EQ(found[1].field, "random");
  EXPECT_EQ(found[2].field, "walker.position.x");
}

TEST(Walkers, of_client_and_server_are_compared_field_by_field) {
  Walker client;
  Walker server;
  EXPECT_TRUE(differences(client, server, "own character").empty());
  server.position = {7, -3};
  server.action = Action::walk;
  const auto found = differences(client, server, "own character");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(to_text(found[0]), "own character walker.position.x: 0 here, 7 there");
  EXPECT_EQ(to_text(found[1]), "own character walker.position.y: 0 here, -3 there");
  EXPECT_EQ(to_text(found[2]), "own character walker.action: idle here, walk there");
}

}  // namespace
}  // namespace cudgel::sim
