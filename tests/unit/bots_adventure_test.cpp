// Goal: an adventurer judges as a sensible beginner would, and finds its way. Method: the real content, scenes and bags made by hand, and what is
// decided about them; the ways are walked tile by tile.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "adventure/goods.h"
#include "adventure/judgement.h"
#include "adventure/land.h"
#include "common/baked_content.h"
#include "sim/deeds.h"

namespace cudgel::bots {
namespace {

constexpr std::int32_t k_tile = base::k_units_per_tile;
constexpr int k_bold = 55;

const content::Content& game() { return test::baked_content(); }

std::uint8_t class_of(const char* name) { return static_cast<std::uint8_t>(game().find_class(name)); }

Self player(const char* name, int level) {
  const content::ClassSpec& spec = game().classes()[class_of(name)];
  Self self;
  self.class_index = class_of(name);
  self.level = level;
  self.health = self.health_max = spec.body.health + spec.growth.health * (level - 1);
  self.mana = self.mana_max = spec.mana + spec.growth.mana * (level - 1);
  self.place = {100 * k_tile, 100 * k_tile};
  for (std::size_t i = 0; i < spec.skills.size(); ++i) self.ready[i] = level >= spec.skills[i].level;
  return self;
}

/// A monster that stands so many tiles to the right of the player.
Creature monster(const char* name, double tiles, const Self& from = player("warrior", 1)) {
  static std::uint16_t next = 1;
  Creature creature;
  creature.id.index = next++;
  creature.id.generation = 1;
  creature.monster = static_cast<std::uint8_t>(game().find_monster(name));
  creature.level = game().monsters()[creature.monster].level;
  creature.health = game().monsters()[creature.monster].body.health;
  creature.away = static_cast<std::int32_t>(tiles * k_tile);
  creature.place = from.place + base::Vec2{creature.away, 0};
  return creature;
}

struct Bag : sim::Belongings {
  Bag& put(std::size_t cell, const char* item, std::uint16_t count = 1) {
    cells[cell] = {static_cast<std::uint8_t>(game().find_item(item) + 1), count};
    return *this;
  }
};

std::string item_of(const protocol::Deed& deed) { return game().items()[deed.item - 1U].name; }
bool is(const std::optional<protocol::Deed>& deed, sim::DeedType type) {
  return deed && deed->type == static_cast<std::uint8_t>(type);
}

TEST(Judgement, a_fight_costs_more_the_more_there_are_and_less_with_armour_and_from_afar) {
  const Self warrior = player("warrior", 3);
  const std::vector<Creature> one{monster("wolf", 5)}, three{monster("wolf", 5), monster("wolf", 6), monster("wolf", 6)};
  EXPECT_GT(toll_of(game(), warrior, one), 0);
  EXPECT_GT(toll_of(game(), warrior, three), 4 * toll_of(game(), warrior, one)) << "each waits for its turn, and bites meanwhile";
  Self clad = warrior;
  clad.gear.armour = 3;
  EXPECT_LT(toll_of(game(), clad, three), toll_of(game(), warrior, three));
  const Self mage = player("mage", 3);
  EXPECT_LT(toll_of(game(), mage, std::vector{monster("zombie", 8)}), toll_of(game(), mage, std::vector{monster("zombie", 1)}));
}

TEST(Judgement, a_beginner_fights_a_goblin_but_no_pack_of_wolves_and_no_skeleton) {
  Scene scene{player("warrior", 1), {monster("goblin_clubber", 6)}, {}};
  ASSERT_NE(choose_prey(game(), scene, {}, k_bold, {}), nullptr);
  scene.creatures = {monster("wolf", 6), monster("wolf", 7), monster("wolf", 7)};
  EXPECT_EQ(choose_prey(game(), scene, {}, k_bold, {}), nullptr);
  scene.creatures = {monster("skeleton", 6)};
  EXPECT_EQ(choose_prey(game(), scene, {}, k_bold, {}), nullptr) << "five levels above";
}

TEST(Judgement, the_nearest_that_is_nobody_elses_and_not_given_up_is_prey) {
  const Self self = player("warrior", 2);
  Scene scene{self, {monster("goblin_clubber", 3), monster("goblin_clubber", 7), monster("goblin_clubber", 11)}, {}};
  EXPECT_EQ(choose_prey(game(), scene, {}, k_bold, {})->id, scene.creatures[0].id);
  scene.creatures[0].taken = true;
  EXPECT_EQ(choose_prey(game(), scene, {}, k_bold, {})->id, scene.creatures[1].id);
  const std::vector<base::EntityId> shunned{scene.creatures[1].id};
  EXPECT_EQ(choose_prey(game(), scene, {}, k_bold, shunned)->id, scene.creatures[2].id);
  scene.creatures.pop_back();
  EXPECT_EQ(choose_prey(game(), scene, {}, k_bold, shunned), nullptr);
}

TEST(Judgement, who_is_far_above_leaves_what_is_worth_little) {
  Scene scene{player("warrior", 12), {monster("goblin_clubber", 4)}, {}};
  EXPECT_EQ(choose_prey(game(), scene, {}, k_bold, {}), nullptr);
  scene.creatures = {monster("zombie", 4)};
  EXPECT_NE(choose_prey(game(), scene, {}, k_bold, {}), nullptr);
}

TEST(Judgement, potions_make_bold_and_wounds_make_shy) {
  Self self = player("mage", 2);
  EXPECT_FALSE(dares(self, {}, self.health, k_bold));
  EXPECT_TRUE(dares(self, {.count = 4, .heals = 4 * self.health}, self.health, k_bold));
  const int toll = self.health / 2;
  EXPECT_TRUE(dares(self, {}, toll, k_bold));
  self.health /= 2;
  EXPECT_FALSE(dares(self, {}, toll, k_bold));
}

TEST(Judgement, whoever_is_nearly_dead_and_has_nothing_to_drink_runs_from_what_would_kill_it) {
  Scene scene{player("warrior", 4), {monster("wolf", 2), monster("wolf", 2), monster("wolf", 3)}, {}};
  for (Creature& each : scene.creatures) each.hunts = true;
  ASSERT_EQ(hunters(scene).size(), 3U);
  EXPECT_FALSE(must_flee(game(), scene, {}, scene.creatures)) << "it is whole";
  scene.self.health = scene.self.health_max / 5;
  EXPECT_TRUE(must_flee(game(), scene, {}, scene.creatures));
  EXPECT_FALSE(must_flee(game(), scene, {.count = 1, .heals = 50}, scene.creatures)) << "it drinks first";
  scene.creatures.front().health = 1;
  EXPECT_FALSE(must_flee(game(), scene, {}, std::span(scene.creatures).first(1))) << "one blow is faster than running";
}

TEST(Judgement, a_pack_counts_as_company_and_a_stranger_far_off_does_not) {
  Scene scene{player("warrior", 4), {monster("wolf", 5), monster("wolf", 9), monster("goblin_clubber", 12)}, {}};
  EXPECT_EQ(company_of(game(), scene, scene.creatures[0]).size(), 2U);
  EXPECT_EQ(company_of(game(), scene, scene.creatures[2]).size(), 2U) << "the wolf that stands beside it would notice";
  scene.creatures[2].hunts = true;
  EXPECT_EQ(company_of(game(), scene, scene.creatures[0]).size(), 3U) << "who hunts already joins any fight";
}

TEST(Judgement, each_class_uses_its_skill_when_it_serves) {
  const auto used = [](const char* name, int level, double tiles, std::size_t foes, int health_percent) -> std::string {
    Self self = player(name, level);
    self.health = self.health_max * health_percent / 100;
    std::vector<Creature> all;
    for (std::size_t i = 0; i < foes; ++i) all.push_back(monster("zombie", tiles, self));
    const auto use = choose_skill(game(), self, all.front(), all);
    return use ? game().classes()[self.class_index].skills[use->skill - 1U].name : "";
  };
  EXPECT_EQ(used("warrior", 4, 1, 1, 100), "") << "not learned yet";
  EXPECT_EQ(used("warrior", 5, 1, 1, 100), "cleave");
  EXPECT_EQ(used("warrior", 5, 5, 1, 100), "") << "out of reach";
  EXPECT_EQ(used("warrior", 10, 5, 1, 100), "charge");
  EXPECT_EQ(used("mage", 5, 2, 1, 100), "frost_nova");
  EXPECT_EQ(used("mage", 5, 6, 1, 100), "");
  EXPECT_EQ(used("mage", 10, 1, 1, 30), "blink");
  EXPECT_EQ(used("taoist", 5, 6, 1, 100), "") << "whole";
  EXPECT_EQ(used("taoist", 5, 6, 1, 40), "heal");
  EXPECT_EQ(used("taoist", 10, 6, 3, 100), "poison_cloud");
  Self tired = player("warrior", 5);
  tired.ready = {};
  EXPECT_FALSE(choose_skill(game(), tired, monster("zombie", 1, tired), {})) << "not ready";
}

TEST(Judgement, without_a_foe_only_healing_and_dogs_are_called) {
  Self taoist = player("taoist", 20);
  ASSERT_TRUE(choose_calm_skill(game(), taoist));
  EXPECT_EQ(game().classes()[taoist.class_index].skills[choose_calm_skill(game(), taoist)->skill - 1U].name, "summon_dog");
  taoist.summoned = 1;
  EXPECT_FALSE(choose_calm_skill(game(), taoist));
  taoist.health /= 2;
  EXPECT_EQ(game().classes()[taoist.class_index].skills[choose_calm_skill(game(), taoist)->skill - 1U].name, "heal");
  EXPECT_FALSE(choose_calm_skill(game(), player("warrior", 20)));
}

TEST(Goods, the_potion_that_loses_least_is_drunk_and_none_above_the_level) {
  Bag bag;
  EXPECT_FALSE(drink(game(), bag, 5, 100));
  bag.put(0, "small_potion", 3).put(1, "potion", 2).put(2, "great_potion");
  EXPECT_EQ(drink(game(), bag, 5, 60)->cell, 0);
  EXPECT_EQ(drink(game(), bag, 5, 200)->cell, 1);
  EXPECT_EQ(drink(game(), bag, 4, 200)->cell, 0) << "the other is for level 5";
  EXPECT_EQ(drink(game(), bag, 12, 500)->cell, 2);
  EXPECT_EQ(potions_in(game(), bag, 4).count, 3);
  EXPECT_EQ(potions_in(game(), bag, 5).heals, 3 * 50 + 2 * 140);
}

TEST(Goods, what_is_better_and_fits_is_put_on_and_nothing_else) {
  const Wearer warrior{class_of("warrior"), 2, 134};
  Bag bag;
  bag.put(sim::k_worn_begin, "club").put(4, "iron_sword").put(5, "ash_staff").put(6, "steel_sword");
  const auto deed = wear_better(game(), bag, warrior);
  ASSERT_TRUE(is(deed, sim::DeedType::move));
  EXPECT_EQ(deed->cell, 4) << "the staff is a mage's, the steel sword is for level 7";
  EXPECT_EQ(deed->to, sim::k_worn_begin);
  Bag clad;
  clad.put(sim::k_worn_begin, "iron_sword").put(4, "club").put(5, "goblin_tooth", 3);
  EXPECT_FALSE(wear_better(game(), clad, warrior));
}

TEST(Goods, the_second_ring_goes_to_the_free_finger_and_a_third_takes_the_weakest_place) {
  const Wearer who{class_of("mage"), 8, 150};
  Bag bag;
  bag.put(sim::k_worn_begin + 3, "copper_ring").put(0, "ring_of_the_wolf");
  EXPECT_EQ(wear_better(game(), bag, who)->to, sim::k_worn_begin + 4);
  bag.put(sim::k_worn_begin + 4, "ring_of_the_wolf").put(0, "ring_of_nine_dogs");
  EXPECT_EQ(wear_better(game(), bag, who)->to, sim::k_worn_begin + 3);
}

TEST(Goods, at_the_trader_useless_things_go_first_then_comes_something_to_drink_then_something_to_wear) {
  const Wearer warrior{class_of("warrior"), 2, 134};
  Bag bag;
  bag.put(0, "small_potion", 1).put(1, "goblin_tooth", 9).put(2, "ash_staff").put(3, "iron_sword");
  auto deed = next_deal(game(), bag, warrior);
  ASSERT_TRUE(is(deed, sim::DeedType::sell));
  EXPECT_EQ(deed->cell, 1);
  bag.cells[1] = {};
  EXPECT_EQ(next_deal(game(), bag, warrior)->cell, 2);
  bag.cells[2] = {};
  EXPECT_FALSE(next_deal(game(), bag, warrior)) << "no gold; the potion and the better sword are kept";
  bag.gold = 100;
  deed = next_deal(game(), bag, warrior);
  ASSERT_TRUE(is(deed, sim::DeedType::buy));
  EXPECT_EQ(item_of(*deed), "small_potion");
  bag.put(0, "small_potion", 4).put(sim::k_worn_begin, "iron_sword");
  bag.cells[3] = {};
  EXPECT_EQ(item_of(*next_deal(game(), bag, warrior)), "leather_jerkin") << "the best that 100 gold buy";
}

TEST(Goods, the_way_to_the_trader_is_for_those_who_are_dry_laden_or_rich) {
  const Wearer warrior{class_of("warrior"), 2, 134};
  Bag bag;
  EXPECT_FALSE(wants_to_trade(game(), bag, warrior)) << "nothing to buy with";
  bag.gold = 36;
  EXPECT_TRUE(wants_to_trade(game(), bag, warrior)) << "dry";
  bag.put(0, "small_potion", 5);
  EXPECT_FALSE(wants_to_trade(game(), bag, warrior));
  Bag laden = bag;
  for (std::size_t cell = 1; cell < 36; ++cell) laden.put(cell, "old_bone", 99);
  EXPECT_TRUE(wants_to_trade(game(), laden, warrior));
  bag.gold = 400;
  EXPECT_TRUE(wants_to_trade(game(), bag, warrior)) << "a sword can be had";
}

class Ways : public ::testing::Test {
 protected:
  /// Made once: it takes a while.
  static const sim::TileMap& tiles() {
    static const sim::TileMap made{game().map()};
    return made;
  }
  static const Land& land() {
    static const Land made{game().map(), tiles(), game().map().npcs.front().position};
    return made;
  }

  const content::MapSpec& map_ = game().map();
  const sim::TileMap& tiles_ = tiles();
  const Land& land_ = land();
  base::Vec2 home_ = map_.npcs.front().position;
};

TEST_F(Ways, every_spot_lies_in_a_zone_that_is_hunted_in_and_can_be_walked_to_from_every_start) {
  ASSERT_GT(land_.spots().size(), 20U);
  EXPECT_LE(base::chebyshev(land_.spots()[Land::k_home].place - home_), game().trade().talk);
  for (std::size_t spot = 1; spot < land_.spots().size(); ++spot) {
    const Spot& each = land_.spots()[spot];
    EXPECT_EQ(map_.zone_at(each.place), each.zone);
    EXPECT_FALSE(map_.zones[static_cast<std::size_t>(each.zone)].safe);
    for (const base::Vec2 start : map_.player_starts)
      EXPECT_GT(land_.steps_to(spot, start), 0) << map_.zones[static_cast<std::size_t>(each.zone)].name;
  }
}

TEST_F(Ways, whoever_walks_to_the_next_point_again_and_again_arrives) {
  const std::int32_t radius = game().classes().front().body.radius;
  for (std::size_t spot = 0; spot < land_.spots().size(); ++spot) {
    base::Vec2 here = map_.player_starts.front();
    const int steps = land_.steps_to(spot, here);
    int legs = 0;
    for (; base::chebyshev(land_.spots()[spot].place - here) > 0 && legs <= steps + 2; ++legs) {
      const base::Vec2 next = land_.next_point(spot, here, radius);
      EXPECT_TRUE(tiles_.straight_walk(here, next, radius)) << "spot " << spot << " leg " << legs;
      here = next;
    }
    EXPECT_LE(legs, steps + 1) << "spot " << spot;
  }
}

TEST_F(Ways, each_level_hunts_where_the_map_says_it_belongs_and_who_is_above_all_still_hunts) {
  for (int level = 1; level <= game().levels().level_max(); ++level) {
    const std::vector<std::size_t> spots = land_.spots_for(level);
    ASSERT_FALSE(spots.empty()) << level;
    for (const std::size_t spot : spots) {
      EXPECT_LE(map_.zones[static_cast<std::size_t>(land_.spots()[spot].zone)].level_min, level);
    }
  }
  const auto zones_of = [&](int level) {
    std::set<std::string> names;
    for (const std::size_t spot : land_.spots_for(level))
      names.insert(map_.zones[static_cast<std::size_t>(land_.spots()[spot].zone)].name);
    return names;
  };
  EXPECT_EQ(zones_of(1), std::set<std::string>{"meadow"});
  EXPECT_EQ(zones_of(7), (std::set<std::string>{"cave", "graveyard"}));
  EXPECT_EQ(zones_of(40), (std::set<std::string>{"cave", "graveyard"}));
}

}  // namespace
}  // namespace cudgel::bots
