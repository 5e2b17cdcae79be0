// Goal: dogs come one by one, follow, guard, obey, fight for their master and go with him; what they kill is his. Method: a taoist whose
// skill summons without waiting, goblins without sight, an open map; random games in which nobody may be master of a dead dog.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/random.h"
#include "sim/foes.h"
#include "sim_fixture.h"

namespace cudgel::sim::testing {
namespace {

constexpr std::uint8_t k_dog = 1;  // its place among the monsters
constexpr std::uint8_t k_keeper = 0;
constexpr std::uint8_t k_summon = 1;  // its place among the skills, counted from 1

content::Content dog_content(content::MapSpec map, std::int32_t goblin_sight = 0) {
  content::SkillSpec skill;
  skill.name = skill.picture = "summon";
  skill.kind = content::SkillKind::summon;
  skill.mana = 1;
  skill.windup_ms = 100;
  skill.recovery_ms = 100;
  skill.cooldown_ms = 200;
  skill.summon = {k_dog, {1, 2, 3, 4, 5, 6, 7, 8, 9}, 10, 50};
  content::ClassSpec keeper = make_class("keeper", content::AttackKind::strike, 160);
  keeper.mana = 100;
  keeper.mana_per_s = 10;
  keeper.skills = {skill};
  content::MonsterSpec goblin = make_goblin();
  goblin.sight = goblin_sight;
  goblin.leash = 40 * k_tile;
  goblin.experience = 12;
  content::MonsterSpec dog = make_goblin();
  dog.body.name = dog.body.sprite = "dog";
  dog.body.radius = 60;
  dog.body.speed = 5 * k_tile;
  dog.body.health = 80;
  dog.leash = 10 * k_tile;
  content::LevelsSpec levels;
  levels.experience.assign(39, 1000);
  return content::Content::from_tables({keeper, make_class("other", content::AttackKind::strike, 160)}, {goblin, dog},
                                       quiet_rules(), std::move(map), levels);
}

class Dogs : public ::testing::Test {
 protected:
  Stage stage{dog_content(open_map(48))};
  const Vec2 here = base::tile_centre(24, 24);
  EntityId master = stage.add_player(k_keeper, here);

  std::vector<EntityId> dogs_of(EntityId who) {
    std::vector<EntityId> found;
    for (const std::uint16_t slot : stage.world.alive()) {
      const Entity& one = stage.world.entities()[slot];
      if (one.kind == Kind::summoned && one.owner == who) found.push_back(one.id);
    }
    return found;
  }
  void cast(EntityId who) {
    Command command;
    command.who = who;
    command.skill = k_summon;
    stage.commands.push_back(command);
  }
  /// So many dogs, as their master's level allows.
  std::vector<EntityId> summon(int count) {
    stage.at(master).level = static_cast<std::uint16_t>(std::max<int>(stage.at(master).level, count));
    for (int i = 0; i < count; ++i) {
      cast(master);
      stage.ticks(8);
    }
    return dogs_of(master);
  }
  Verdict order(Order what, EntityId whom = {}) {
    Command command;
    command.type = Command::Type::deed;
    command.who = master;
    command.ticket = 7;
    command.deed.type = DeedType::order;
    command.deed.cell = static_cast<std::uint8_t>(what);
    command.deed.thing = whom;
    stage.commands.push_back(command);
    stage.tick();
    return stage.world.scratch.settled.at(0).verdict;
  }
  std::int32_t refusal() {
    for (const Event& event : stage.events) {
      if (event.type == EventType::refused) return event.amount;
    }
    return 0;
  }
};

TEST_F(Dogs, each_casting_brings_one_and_one_too_many_is_refused_without_cost) {
  EXPECT_EQ(summon(1).size(), 1U);
  const std::int32_t mana = stage.at(master).walker.mana;
  cast(master);
  stage.tick();
  EXPECT_EQ(refusal(), static_cast<std::int32_t>(Refusal::enough));
  EXPECT_GE(stage.at(master).walker.mana, mana);
  stage.at(master).level = 3;
  EXPECT_EQ(summon(1).size(), 2U);
  EXPECT_EQ(stage.at(master).summoned, 2);
}

TEST_F(Dogs, nine_are_the_most_whatever_the_level) {
  stage.at(master).level = 40;
  EXPECT_EQ(summon(12).size(), 9U);
}

TEST_F(Dogs, they_follow_without_lying_on_each_other_and_never_push_their_master) {
  summon(9);
  stage.command_act(master, {towards(0), false, {}});
  stage.ticks(80);
  const Vec2 walked = stage.at(master).walker.position - here;
  EXPECT_EQ(walked.y, 0) << "pushed aside";
  EXPECT_EQ(walked.x, 80 * 51) << "held up";
  stage.command_act(master, {});
  stage.ticks(60);
  const std::vector<EntityId> dogs = dogs_of(master);
  ASSERT_EQ(dogs.size(), 9U);
  for (std::size_t i = 0; i < dogs.size(); ++i) {
    EXPECT_LT(stage.distance(dogs[i], master), 4 * k_tile);
    for (std::size_t k = i + 1; k < dogs.size(); ++k) EXPECT_GT(stage.distance(dogs[i], dogs[k]), 60);
  }
}

TEST_F(Dogs, one_that_is_lost_is_beside_its_master_again) {
  const EntityId dog = summon(1)[0];
  stage.at(dog).walker.position = base::tile_centre(2, 2);
  stage.tick();
  EXPECT_LT(stage.distance(dog, master), 3 * k_tile);
}

TEST_F(Dogs, they_turn_on_whoever_strikes_the_master_and_on_whom_he_strikes) {
  for (const bool master_strikes : {false, true}) {
    const EntityId dog = summon(1)[0];
    const EntityId goblin = stage.add_goblin(stage.at(master).walker.position + Vec2{200, 0});
    stage.at(goblin).health = stage.at(goblin).health_max = 500;
    if (master_strikes) {
      stage.command_act(master, {0, true, goblin});
    } else {
      stage.at(goblin).mind.mood = Mood::chase;
      stage.at(goblin).mind.target = master;
      stage.at(goblin).mind.noticed_at = stage.at(goblin).walker.position;
    }
    EXPECT_GT(stage.until(EventType::hit, 100, [&](const Event& event) { return event.source == dog && event.target == goblin; }),
              0);
    stage.command_leave(master);
    stage.tick();
    stage.world.destroy(goblin);
    master = stage.add_player(k_keeper, here);
  }
}

TEST_F(Dogs, what_they_kill_counts_for_their_master) {
  summon(1);
  const EntityId goblin = stage.add_goblin(here + Vec2{3 * k_tile, 0});
  ASSERT_EQ(order(Order::attack, goblin), Verdict::done);
  const int tick = stage.until(EventType::death, 300, [&](const Event& event) { return event.target == goblin; });
  ASSERT_GT(tick, 0);
  const auto death =
      std::find_if(stage.events.begin(), stage.events.end(), [](const Event& e) { return e.type == EventType::death; });
  EXPECT_EQ(death->source, master);
  EXPECT_EQ(stage.at(master).experience, 12);
  stage.tick();
  EXPECT_EQ(stage.at(master).order, Order::come) << "the order is carried out";
}

TEST_F(Dogs, told_to_stay_they_stay_and_told_to_come_they_come) {
  const EntityId dog = summon(1)[0];
  const Vec2 place = stage.at(dog).walker.position;
  ASSERT_EQ(order(Order::stay), Verdict::done);
  stage.command_act(master, {towards(0), false, {}});
  stage.ticks(80);
  EXPECT_LT(base::length(stage.at(dog).walker.position - place), k_tile);
  ASSERT_EQ(order(Order::come), Verdict::done);
  stage.command_act(master, {});
  stage.ticks(100);
  EXPECT_LT(stage.distance(dog, master), 3 * k_tile);
}

TEST_F(Dogs, an_order_that_cannot_be_obeyed_says_why) {
  EXPECT_EQ(order(Order::come), Verdict::no_pack);
  const EntityId dog = summon(1)[0];
  EXPECT_EQ(order(static_cast<Order>(3)), Verdict::no_such_cell);
  EXPECT_EQ(order(Order::attack), Verdict::no_foe);
  EXPECT_EQ(order(Order::attack, dog), Verdict::no_foe);
  const EntityId other = stage.add_player(1, here + Vec2{k_tile, 0});
  EXPECT_EQ(order(Order::attack, other), Verdict::no_foe);
  const EntityId far = stage.add_goblin(base::tile_centre(1, 1));
  EXPECT_EQ(order(Order::attack, far), Verdict::too_far);
  stage.at(master).health = 0;
  EXPECT_EQ(order(Order::come), Verdict::dead);
}

TEST_F(Dogs, friends_are_never_foes) {
  const EntityId dog = summon(1)[0];
  const EntityId other = stage.add_player(1, here + Vec2{k_tile, 0});
  const EntityId goblin = stage.add_goblin(here);
  const World& world = stage.world;
  EXPECT_FALSE(is_foe(world, stage.at(dog), stage.at(other)));
  EXPECT_FALSE(is_foe(world, stage.at(other), stage.at(dog)));
  EXPECT_FALSE(is_foe(world, stage.at(dog), stage.at(master)));
  EXPECT_TRUE(is_foe(world, stage.at(dog), stage.at(goblin)));
  EXPECT_TRUE(is_foe(world, stage.at(goblin), stage.at(dog)));
  EXPECT_EQ(answerable(world, stage.at(dog)).id, master);
}

TEST_F(Dogs, a_dog_that_bites_takes_a_hunter_off_a_target_farther_away) {
  const EntityId dog = summon(1)[0];
  const EntityId goblin = stage.add_goblin(here + Vec2{6 * k_tile, 0});
  stage.at(goblin).health = stage.at(goblin).health_max = 500;
  stage.at(goblin).mind.mood = Mood::chase;
  stage.at(goblin).mind.target = master;
  stage.at(goblin).mind.noticed_at = stage.at(goblin).walker.position;
  ASSERT_EQ(order(Order::attack, goblin), Verdict::done);
  ASSERT_GT(stage.until(EventType::hit, 200, [&](const Event& event) { return event.source == dog; }), 0);
  stage.tick();
  EXPECT_EQ(stage.at(goblin).mind.target, dog);
  EXPECT_GT(stage.until(EventType::hit, 200, [&](const Event& event) { return event.target == dog; }), 0);
}

TEST(DogsSeen, monsters_notice_them_hunt_them_and_kill_them_and_the_dead_have_no_master) {
  Stage stage(dog_content(open_map(48), 6 * k_tile));
  const Vec2 here = base::tile_centre(24, 24);
  const EntityId master = stage.add_player(k_keeper, here);
  Entity& dog = *stage.world.create(Kind::summoned);
  dog.archetype = k_dog;
  dog.owner = master;
  dog.mind.mood = Mood::follow;
  dog.health = dog.health_max = 10;
  dog.walker.position = dog.mind.home = here + Vec2{k_tile, 0};
  const EntityId id = dog.id;
  stage.at(master).order = Order::stay;
  stage.at(master).guarded_until = 100000;
  stage.add_goblin(here + Vec2{4 * k_tile, 0});
  stage.add_goblin(here + Vec2{4 * k_tile, 2 * k_tile});
  ASSERT_GT(stage.until(EventType::death, 400, [&](const Event& event) { return event.target == id; }), 0);
  EXPECT_FALSE(stage.at(id).owner.valid());
  stage.tick();
  EXPECT_EQ(stage.at(master).summoned, 0);
  stage.ticks(45);  // its corpse lies for 2 s, and nobody is born of it
  EXPECT_EQ(stage.world.find(id), nullptr);
  for (const std::uint16_t slot : stage.world.alive()) EXPECT_NE(stage.world.entities()[slot].kind, Kind::summoned);
}

TEST_F(Dogs, they_grow_with_their_master_and_stay_as_hurt_as_they_were) {
  const EntityId dog = summon(1)[0];
  EXPECT_EQ(stage.at(dog).health_max, 80);
  stage.at(dog).health = 70;
  stage.at(master).level = 4;
  stage.tick();
  EXPECT_EQ(stage.at(dog).level, 4);
  EXPECT_EQ(stage.at(dog).health_max, 110);
  EXPECT_EQ(stage.at(dog).health, 100);
}

TEST_F(Dogs, they_leave_with_their_master_and_guard_him_while_he_is_away) {
  summon(3);
  ASSERT_EQ(order(Order::stay), Verdict::done);
  Command away;
  away.type = Command::Type::guard;
  away.who = master;
  stage.commands.push_back(away);
  stage.tick();
  EXPECT_EQ(stage.at(master).order, Order::come);
  EXPECT_EQ(dogs_of(master).size(), 3U);
  stage.command_leave(master);
  stage.tick();
  for (const std::uint16_t slot : stage.world.alive()) EXPECT_NE(stage.world.entities()[slot].kind, Kind::summoned);
}

TEST_F(Dogs, a_saved_world_goes_on_with_its_dogs) {
  summon(3);
  const EntityId goblin = stage.add_goblin(here + Vec2{5 * k_tile, 0});
  stage.at(goblin).health = stage.at(goblin).health_max = 500;
  ASSERT_EQ(order(Order::attack, goblin), Verdict::done);
  stage.ticks(5);
  World copy(stage.content, stage.content.map(), stage.world.options());
  const auto restored = restore(copy, save(stage.world));
  ASSERT_TRUE(restored.has_value()) << restored.error().text;
  EXPECT_EQ(hash(copy), hash(stage.world));
  EXPECT_EQ(copy.find(master)->summoned, 3);
  Events events;
  for (int i = 0; i < 200; ++i) {
    step(copy, {}, events);
    stage.tick();
  }
  EXPECT_EQ(hash(copy), hash(stage.world));
}

TEST_F(Dogs, a_world_without_room_says_so) {
  while (Entity* thing = stage.world.create(Kind::thing)) thing->expires = 1000000;
  cast(master);
  ASSERT_GT(stage.until(EventType::refused, 10), 0);
  EXPECT_EQ(refusal(), static_cast<std::int32_t>(Refusal::no_room));
}

/// Random games: whatever is cast, ordered, killed and left, the counts are true and nobody is master of the dead.
TEST(DogsProperty, no_sequence_leaves_a_dead_or_foreign_dog_to_anybody) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    base::Random random(seed);
    Stage stage(dog_content(open_map(32), 5 * k_tile), {.tick_hz = 20, .seed = seed, .entities_max = 64, .arena = true});
    std::vector<EntityId> players;
    for (int i = 0; i < 3; ++i) players.push_back(stage.add_player(k_keeper, base::tile_centre(8 + 7 * i, 16)));
    for (int i = 0; i < 6; ++i) stage.add_goblin(base::tile_centre(4 + 4 * i, 10 + i));
    for (int tick = 0; tick < 400; ++tick) {
      const std::size_t who = random.below(3);
      Command command;
      command.who = players[who];
      const Entity* self = stage.world.find(players[who]);
      switch (self == nullptr ? 0 : random.below(12)) {
        case 0:
          if (self == nullptr) players[who] = stage.add_player(k_keeper, base::tile_centre(16, 16));
          break;
        case 1:
          if (random.below(6) != 0) break;
          stage.command_leave(players[who]);
          break;
        case 2:
          stage.at(players[who]).level = static_cast<std::uint16_t>(1 + random.below(12));
          break;
        case 3:
        case 4: {
          command.type = Command::Type::deed;
          command.deed.type = DeedType::order;
          command.deed.cell = static_cast<std::uint8_t>(random.below(4));
          command.deed.thing = stage.world.entities()[random.below(64)].id;
          stage.commands.push_back(command);
          break;
        }
        case 5:
          command.intent = {static_cast<std::uint8_t>(random.below(65)), random.below(2) == 0, {}};
          stage.commands.push_back(command);
          break;
        default:
          command.skill = k_summon;
          stage.commands.push_back(command);
      }
      stage.tick();
      std::map<std::uint32_t, int> counts;
      for (const std::uint16_t slot : stage.world.alive()) {
        const Entity& one = stage.world.entities()[slot];
        if (one.kind != Kind::summoned) continue;
        if (one.health == 0) {
          ASSERT_FALSE(one.owner.valid());
          continue;
        }
        const Entity* owner = stage.world.find(one.owner);
        ASSERT_TRUE(owner != nullptr && owner->kind == Kind::player);
        ASSERT_LE(++counts[one.owner.packed()], 9);
      }
    }
  }
}

}  // namespace
}  // namespace cudgel::sim::testing
