// Goal: a saved world is the whole world: restored it has the same hash and the same future; what is not a saved world is refused
// with words and changes nothing. Method: worlds played at random, compared tick by tick; every kind of wrong value; bytes cut and flipped.

#include <gtest/gtest.h>

#include "base/random.h"
#include "sim_fixture.h"

namespace cudgel::sim {
namespace {

using namespace testing;

content::MapSpec obstacle_map() {
  content::MapSpec map = open_map(48);
  base::Random random(99);
  for (std::uint8_t& tile : map.blocked) tile = random.below(100) < 7 ? 1 : 0;
  map.blocked[24 * 48 + 24] = 0;
  return map;
}

/// Commands of players who do anything at any time; the same for two worlds that are the same.
std::vector<Command> random_commands(const World& world, base::Random& random) {
  std::vector<Command> commands;
  if (random.below(30) == 0) {
    Command join;
    join.type = Command::Type::join;
    join.class_index = static_cast<std::uint8_t>(random.below(3));
    join.name.assign("N");
    commands.push_back(join);
  }
  for (const std::uint16_t slot : world.alive()) {
    const Entity& entity = world.entities()[slot];
    if (entity.kind != Kind::player || random.below(8) != 0) continue;
    Command command;
    command.who = entity.id;
    command.sequence = entity.last_sequence + 1;
    command.intent.heading = static_cast<std::uint8_t>(random.below(65));
    command.intent.attack = random.below(2) == 0;
    command.view_age = static_cast<std::uint8_t>(random.below(100));
    if (random.below(200) == 0) command.type = Command::Type::leave;
    commands.push_back(command);
  }
  return commands;
}

struct Saves : ::testing::Test {
  content::Content content = make_content(obstacle_map());
  WorldOptions options{.tick_hz = 20, .seed = 5, .entities_max = 128, .arena = false};

  World played(std::uint64_t seed, int ticks) {
    WorldOptions own = options;
    own.seed = seed;
    World world(content, content.map(), own);
    world.populate(0, 12);
    base::Random random(seed);
    Events events;
    for (int i = 0; i < ticks; ++i) step(world, random_commands(world, random), events);
    return world;
  }
  World fresh() { return World(content, content.map(), options); }
};

TEST_F(Saves, a_restored_world_has_the_same_hash_and_the_same_future) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    World original = played(seed, static_cast<int>(seed) * 97);
    World restored = fresh();
    const auto result = restore(restored, save(original));
    ASSERT_TRUE(result.has_value()) << result.error().text;
    ASSERT_EQ(hash(restored), hash(original)) << seed;
    EXPECT_EQ(save(restored), save(original));
    base::Random random_one(seed + 1000);
    base::Random random_two(seed + 1000);
    Events events_one;
    Events events_two;
    for (int i = 0; i < 1000; ++i) {
      step(original, random_commands(original, random_one), events_one);
      step(restored, random_commands(restored, random_two), events_two);
      if (i % 50 == 0) {
        ASSERT_EQ(hash(restored), hash(original)) << "seed " << seed << " tick " << i;
      }
      ASSERT_EQ(events_one.size(), events_two.size());
    }
    EXPECT_EQ(hash(restored), hash(original));
  }
}

TEST_F(Saves, everybody_fits_where_he_stands_whatever_was_played) {
  World world = played(3, 0);
  base::Random random(3);
  Events events;
  for (int i = 0; i < 3000; ++i) {
    step(world, random_commands(world, random), events);
    for (const std::uint16_t slot : world.alive()) {
      const Entity& entity = world.entities()[slot];
      if (entity.kind == Kind::projectile) continue;
      ASSERT_TRUE(world.map().fits(entity.walker.position, world.spec_of(entity).radius));
      ASSERT_GE(entity.health, 0);
      ASSERT_LE(entity.health, entity.health_max);
      ASSERT_EQ(entity.health == 0, entity.walker.action == Action::dead);
    }
  }
}

TEST_F(Saves, the_same_seed_and_commands_make_the_same_world_and_another_seed_another) {
  EXPECT_EQ(hash(played(7, 500)), hash(played(7, 500)));
  EXPECT_NE(hash(played(7, 500)), hash(played(8, 500)));
}

TEST_F(Saves, the_hash_sees_every_part_of_the_state) {
  const World world = played(4, 600);
  const std::uint64_t before = hash(world);
  const auto differs = [&](auto&& change) {
    World copy = world;
    change(copy);
    return hash(copy) != before;
  };
  const auto first = [](World& w, Kind kind) -> Entity& {
    for (const std::uint16_t slot : w.alive()) {
      if (w.entities()[slot].kind == kind) return w.entities()[slot];
    }
    ADD_FAILURE() << "nobody of that kind";
    return w.entities()[0];
  };
  EXPECT_TRUE(differs([](World& w) { w.random.next(); }));
  EXPECT_TRUE(differs([](World& w) { ++w.tick_; }));
  EXPECT_TRUE(differs([](World& w) { w.destroy(w.create(Kind::monster)->id); }));  // only a generation
  EXPECT_TRUE(differs([&](World& w) { ++first(w, Kind::player).walker.position.x; }));
  EXPECT_TRUE(differs([&](World& w) { ++first(w, Kind::player).walker.attack_ready; }));
  EXPECT_TRUE(differs([&](World& w) { ++first(w, Kind::player).last_threat; }));
  EXPECT_TRUE(differs([&](World& w) { first(w, Kind::player).view_age ^= 1; }));
  EXPECT_TRUE(differs([&](World& w) { first(w, Kind::player).walker.intent.target = {3, 3}; }));
  EXPECT_TRUE(differs([&](World& w) { --first(w, Kind::monster).health; }));
  EXPECT_TRUE(differs([&](World& w) { ++first(w, Kind::monster).mind.next_path; }));
  EXPECT_TRUE(differs([&](World& w) { ++first(w, Kind::monster).mind.home.y; }));
  EXPECT_TRUE(differs([&](World& w) { ++first(w, Kind::monster).expires; }));
  EXPECT_TRUE(differs([&](World& w) { ++first(w, Kind::monster).trail.steps_[3].y; }));
  EXPECT_TRUE(differs([&](World& w) { first(w, Kind::monster).trail = {}; }));
  EXPECT_FALSE(differs([](World& w) { w.scratch.bodies.clear(); }));
}

/// What restore says about a world in which one thing was made wrong before it was saved.
template <class Break>
std::string refusal(const World& original, World&& target, Break&& make_wrong) {
  World copy = original;
  for (const std::uint16_t slot : copy.alive()) {
    if (copy.entities()[slot].kind != Kind::monster) continue;
    make_wrong(copy, copy.entities()[slot]);
    break;
  }
  const std::uint64_t before = hash(target);
  const auto result = restore(target, save(copy));
  if (result) return "";
  EXPECT_EQ(hash(target), before) << "a refused save must change nothing";
  return result.error().text;
}

TEST_F(Saves, a_wrong_value_is_refused_by_name) {
  Stage stage{make_content(open_map(48), quiet_rules()), options};
  stage.add_goblin(base::tile_centre(9, 9));
  stage.tick();
  const auto why = [&](auto&& make_wrong) {
    return refusal(stage.world, World(stage.content, stage.content.map(), options), make_wrong);
  };
  const auto names = [](const std::string& text, const char* field) { return text.find(field) != std::string::npos; };
  const auto check = [&](const char* field, auto&& make_wrong) {
    const std::string text = why(make_wrong);
    EXPECT_TRUE(names(text, field)) << field << " is not named in \"" << text << "\"";
  };
  EXPECT_EQ(why([](World&, Entity&) {}), "");
  check("entities[0].health", [](World&, Entity& e) { e.health = e.health_max + 1; });
  check("entities[0].health", [](World&, Entity& e) { e.health = 0; });
  check("entities[0].health_max", [](World&, Entity& e) { e.health = e.health_max = 0; });
  check("entities[0].archetype", [](World&, Entity& e) { e.archetype = 9; });
  check("entities[0].kind", [](World&, Entity& e) { e.kind = static_cast<Kind>(7); });
  check("entities[0].walker.position.x", [](World&, Entity& e) { e.walker.position.x = -1; });
  check("entities[0].walker.position.y", [](World&, Entity& e) { e.walker.position.y = 48 * k_tile; });
  check("entities[0].walker.position: is inside a wall", [](World&, Entity& e) { e.walker.position = {5, 5}; });
  check("entities[0].walker.heading", [](World&, Entity& e) { e.walker.intent.heading = 65; });
  check("entities[0].walker.facing", [](World&, Entity& e) { e.walker.facing = 8; });
  check("entities[0].walker.action", [](World&, Entity& e) { e.walker.action = static_cast<Action>(4); });
  check("entities[0].walker.action_since", [](World& w, Entity& e) { e.walker.action_since = w.tick() + 1; });
  check("entities[0].walker.velocity", [](World&, Entity& e) { e.walker.velocity.x = 1 << 20; });
  check("entities[0].mind.mood", [](World&, Entity& e) { e.mind.mood = static_cast<Mood>(7); });
  check("entities[0].mind.mood", [](World&, Entity& e) { e.mind.mood = Mood::rush; });  // goblins do not charge
  check("entities[0].mind.lair", [](World&, Entity& e) { e.mind.lair = 1; });
  check("entities[0].mind.phase", [](World&, Entity& e) { e.mind.phase = 1; });
  check("entities[0].mind.home", [](World&, Entity& e) { e.mind.home.x = INT32_MAX; });
  check("entities[0].mind.path", [](World&, Entity& e) { e.mind.path_size = 1, e.mind.path[1] = 48; });
  check("entities[0].mind.path_next", [](World&, Entity& e) { e.mind.path_next = 1; });
  check("entities[0].mind.trail.size", [](World&, Entity& e) { e.trail.size_ = 3; });
  check("entities[0].mind.trail.size", [](World&, Entity& e) { e.trail.size_ = 12; });
  check("entities[0].mind.trail.x", [](World&, Entity& e) { e.trail.steps_[0].x = INT16_MAX; });
  check("entities[0].mind.trail.y", [](World&, Entity& e) { e.trail.steps_[3].y = INT16_MIN; });
  check("tick", [](World& w, Entity&) { w.tick_ = 0xFFFFFFFFU; });
}

TEST_F(Saves, a_view_older_than_200_ms_is_refused_by_name) {
  Stage stage{make_content(open_map(48), quiet_rules()), options};
  const EntityId player = stage.add_player(warrior, base::tile_centre(9, 9));
  const auto why = [&](std::uint8_t age) {
    stage.at(player).view_age = age;
    World own(stage.content, stage.content.map(), options);
    const auto result = restore(own, save(stage.world));
    return result ? std::string() : result.error().text;
  };
  EXPECT_EQ(why(64), "");
  EXPECT_NE(why(65).find("entities[0].player.view_age"), std::string::npos);
}

TEST_F(Saves, a_save_of_another_kind_of_world_is_refused_in_words) {
  const auto bytes = save(played(1, 50));
  const auto why = [&](const content::Content& own, WorldOptions own_options) {
    World target(own, own.map(), own_options);
    const auto result = restore(target, bytes);
    return result ? std::string() : result.error().text;
  };
  WorldOptions other = options;
  other.tick_hz = 30;
  EXPECT_EQ(why(content, other), "tick_hz: the save has 20, this world 30");
  other = options;
  other.entities_max = 100;
  EXPECT_EQ(why(content, other), "entities_max: the save has 128, this world 100");
  other = options;
  other.arena = true;
  EXPECT_NE(why(content, other), "");
  const content::Content small = make_content(open_map(20));
  EXPECT_EQ(why(small, options), "width: the save has 48, this world 20");
}

TEST_F(Saves, bytes_that_are_cut_off_are_refused_and_change_nothing) {
  const auto bytes = save(played(2, 300));
  World target = fresh();
  const std::uint64_t before = hash(target);
  base::Random random(6);
  for (std::size_t size = 0; size < bytes.size(); size += 1 + random.below(7)) {
    const auto result = restore(target, std::span(bytes).first(size));
    ASSERT_FALSE(result.has_value()) << size;
    EXPECT_FALSE(result.error().text.empty());
  }
  EXPECT_EQ(hash(target), before);
}

TEST_F(Saves, flipped_bits_never_crash_and_what_is_accepted_can_be_played) {
  const auto bytes = save(played(2, 300));
  base::Random random(8);
  int accepted = 0;
  for (int round = 0; round < 4000; ++round) {
    auto damaged = bytes;
    const std::uint32_t flips = 1 + random.below(4);
    for (std::uint32_t i = 0; i < flips; ++i) {
      damaged[random.below(static_cast<std::uint32_t>(damaged.size()))] ^= static_cast<std::uint8_t>(1U << random.below(8));
    }
    World target = fresh();
    if (!restore(target, damaged)) continue;
    ++accepted;
    if (accepted > 300) continue;
    Events events;
    base::Random commands(static_cast<std::uint64_t>(round));
    for (int i = 0; i < 30; ++i) step(target, random_commands(target, commands), events);
  }
  EXPECT_GT(accepted, 0);
}

TEST_F(Saves, bytes_need_no_alignment) {
  const auto bytes = save(played(2, 100));
  std::vector<std::uint8_t> shifted(bytes.size() + 1);
  std::copy(bytes.begin(), bytes.end(), shifted.begin() + 1);
  World target = fresh();
  EXPECT_TRUE(restore(target, std::span(shifted).subspan(1)).has_value());
}

}  // namespace
}  // namespace cudgel::sim
