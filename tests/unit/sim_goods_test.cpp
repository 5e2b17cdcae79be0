// Goal: what players own obeys the rules: loot belongs, cells hold what they may, each refused deed says why and changes nothing. Method: small
// worlds with a trader and a banker in the middle, deeds as commands, verdicts and belongings looked at.

#include <gtest/gtest.h>

#include "goods_fixture.h"
#include "sim/fields.h"

namespace cudgel::sim::testing {
namespace {

constexpr std::uint8_t k_weapon = k_worn_begin;
constexpr std::uint8_t k_coat = k_worn_begin + 1;
constexpr std::uint8_t k_helmet = k_worn_begin + 2;
constexpr std::uint8_t k_first_ring = k_worn_begin + 3;
constexpr std::uint8_t k_bank = k_bank_begin;

struct GoodsTest : ::testing::Test {
  Stage stage{make_goods_content()};
  Vec2 village = base::tile_centre(12, 12);
  Vec2 field = base::tile_centre(3, 3);

  Verdict deed(EntityId who, const Deed& wanted) {
    Command command;
    command.type = Command::Type::deed;
    command.who = who;
    command.ticket = 7;
    command.deed = wanted;
    stage.commands.push_back(command);
    stage.tick();
    EXPECT_EQ(stage.world.scratch.settled.size(), 1U);
    return stage.world.scratch.settled.at(0).verdict;
  }
  Belongings& own(EntityId who) { return stage.world.belongings(stage.at(who)); }
  Deed of(DeedType type, std::uint8_t cell = 0, std::uint8_t to = 0, std::uint16_t count = 0) {
    Deed made;
    made.type = type;
    made.cell = cell;
    made.to = to;
    made.count = count;
    return made;
  }
  std::vector<EntityId> lying() {
    std::vector<EntityId> things;
    for (const std::uint16_t slot : stage.world.alive()) {
      if (stage.world.entities()[slot].kind == Kind::thing) things.push_back(stage.world.entities()[slot].id);
    }
    return things;
  }
  /// A dead goblin's loot at `place`, harmed by these players.
  void slay_goblin(Vec2 place, std::initializer_list<std::pair<EntityId, std::int32_t>> shares) {
    Entity& goblin = stage.at(stage.add_goblin(place));
    for (const auto& [who, damage] : shares) goblin.shares.add(who, damage);
    goblin.health = 1;
    Entity& shot = *stage.world.create(Kind::projectile);
    shot.walker.position = place;
    shot.walker.intent.heading = 1;
    shot.foe = Kind::monster;
    shot.owner = shares.begin()->first;
    shot.damage = 1;
    shot.flight_speed = 64;
    shot.flight_radius = 64;
    shot.expires = stage.world.tick() + 20;
    stage.until(EventType::death, 10);
  }
};

TEST_F(GoodsTest, a_goblin_leaves_what_its_table_says) {
  const EntityId hunter = stage.add_player(warrior, base::tile_centre(20, 20));
  slay_goblin(field, {{hunter, 30}});
  std::int32_t gold_lying = 0;
  std::size_t others = 0;
  for (const EntityId id : lying()) {
    if (stage.at(id).archetype == gold)
      gold_lying += stage.at(id).amount;
    else
      ++others;
    EXPECT_EQ(stage.at(id).owner, hunter);
    EXPECT_LE(base::chebyshev(stage.at(id).walker.position - field), k_tile);
  }
  EXPECT_EQ(gold_lying, 10);
  EXPECT_EQ(others, 2U) << "two rolls, and nothing has no weight";
}

TEST_F(GoodsTest, loot_is_its_owners_for_ten_seconds_then_anybodys_then_gone) {
  const EntityId hunter = stage.add_player(warrior, base::tile_centre(20, 20));
  const EntityId helper = stage.add_player(warrior, field + Vec2{0, k_tile / 2});
  slay_goblin(field, {{helper, 5}, {hunter, 25}});
  ASSERT_EQ(lying().size(), 3U);
  Deed take = of(DeedType::take);
  take.thing = lying()[0];
  stage.at(helper).walker.position = stage.at(take.thing).walker.position;
  EXPECT_EQ(deed(helper, take), Verdict::not_yours);
  EXPECT_EQ(own(helper), Belongings{});
  stage.ticks(200);
  EXPECT_EQ(deed(helper, take), Verdict::done);
  EXPECT_EQ(deed(helper, take), Verdict::gone);
  EXPECT_EQ(lying().size(), 2U);
  stage.ticks(1000);
  EXPECT_EQ(lying().size(), 0U);
}

TEST_F(GoodsTest, an_owner_takes_up_what_it_walks_over) {
  const EntityId hunter = stage.add_player(warrior, field);
  slay_goblin(field + Vec2{k_tile / 4, 0}, {{hunter, 30}});
  for (const EntityId id : lying()) {
    const Entity* const thing = stage.world.find(id);
    if (thing == nullptr) continue;  // it lay beside the one before
    stage.at(hunter).walker.position = thing->walker.position;
    stage.tick();
  }
  EXPECT_EQ(lying().size(), 0U);
  EXPECT_EQ(own(hunter).gold, 10);
  EXPECT_NE(own(hunter).cells[0].item, 0);
}

TEST_F(GoodsTest, too_far_is_too_far) {
  const EntityId hunter = stage.add_player(warrior, base::tile_centre(20, 20));
  slay_goblin(field, {{hunter, 30}});
  Deed take = of(DeedType::take);
  take.thing = lying()[0];
  EXPECT_EQ(deed(hunter, take), Verdict::too_far);
  own(hunter).gold = 100;
  Deed buy = of(DeedType::buy, 0, 0, 1);
  buy.item = stack_of(potion);
  EXPECT_EQ(deed(hunter, buy), Verdict::too_far);
  own(hunter).cells[0] = {stack_of(potion), 1};
  EXPECT_EQ(deed(hunter, of(DeedType::sell)), Verdict::too_far);
  EXPECT_EQ(deed(hunter, of(DeedType::move, 0, k_bank)), Verdict::too_far);
  Deed deposit = of(DeedType::deposit);
  deposit.gold = 5;
  EXPECT_EQ(deed(hunter, deposit), Verdict::too_far);
  EXPECT_EQ(own(hunter).gold, 100);
}

TEST_F(GoodsTest, moving_joins_splits_and_exchanges) {
  const EntityId who = stage.add_player(warrior, village);
  own(who).cells[0] = {stack_of(potion), 4};
  own(who).cells[1] = {stack_of(potion), 3};
  own(who).cells[2] = {stack_of(sword), 1};
  EXPECT_EQ(deed(who, of(DeedType::move, 1, 0)), Verdict::done);
  EXPECT_EQ(own(who).cells[0].count, 5) << "as many as fit";
  EXPECT_EQ(own(who).cells[1].count, 2);
  EXPECT_EQ(deed(who, of(DeedType::move, 0, 5, 2)), Verdict::done);
  EXPECT_EQ(own(who).cells[5], (Stack{stack_of(potion), 2}));
  EXPECT_EQ(deed(who, of(DeedType::move, 0, 2)), Verdict::done);
  EXPECT_EQ(own(who).cells[2], (Stack{stack_of(potion), 3}));
  EXPECT_EQ(own(who).cells[0], (Stack{stack_of(sword), 1}));
  EXPECT_EQ(deed(who, of(DeedType::move, 2, 0, 1)), Verdict::no_space) << "a part cannot change places";
  EXPECT_EQ(deed(who, of(DeedType::move, 9, 0)), Verdict::empty);
  EXPECT_EQ(deed(who, of(DeedType::move, 2, 7, 9)), Verdict::empty);
  EXPECT_EQ(deed(who, of(DeedType::move, 2, 2)), Verdict::useless);
  EXPECT_EQ(deed(who, of(DeedType::move, 85, 0)), Verdict::no_such_cell);
  EXPECT_EQ(deed(who, of(DeedType::move, 2, k_bank)), Verdict::done);
  EXPECT_EQ(own(who).cells[k_bank], (Stack{stack_of(potion), 3}));
}

TEST_F(GoodsTest, worn_things_must_fit_slot_class_and_level_and_then_work) {
  const EntityId who = stage.add_player(warrior, village);
  own(who).cells[0] = {stack_of(sword), 1};
  own(who).cells[1] = {stack_of(staff), 1};
  own(who).cells[2] = {stack_of(mail), 1};
  own(who).cells[3] = {stack_of(ring), 1};
  own(who).cells[4] = {stack_of(ring), 1};
  EXPECT_EQ(deed(who, of(DeedType::move, 0, k_coat)), Verdict::wrong_slot);
  EXPECT_EQ(deed(who, of(DeedType::use, 1)), Verdict::wrong_class);
  EXPECT_EQ(deed(who, of(DeedType::use, 2)), Verdict::too_low);
  EXPECT_EQ(deed(who, of(DeedType::use, 0)), Verdict::done);
  EXPECT_EQ(own(who).cells[k_weapon].item, stack_of(sword));
  EXPECT_EQ(stage.at(who).gear.damage_max, 5);
  EXPECT_EQ(stage.at(who).gear.weapon, stack_of(sword));
  EXPECT_EQ(deed(who, of(DeedType::use, 3)), Verdict::done);
  EXPECT_EQ(deed(who, of(DeedType::use, 4)), Verdict::done);
  EXPECT_NE(own(who).cells[k_first_ring].item, 0);
  EXPECT_NE(own(who).cells[k_first_ring + 1].item, 0);
  EXPECT_EQ(stage.at(who).health_max, 110);
  EXPECT_EQ(deed(who, of(DeedType::use, k_weapon)), Verdict::done);
  EXPECT_EQ(stage.at(who).gear.damage_max, 0);
  EXPECT_EQ(own(who).cells[0].item, stack_of(sword)) << "back in the first free cell of the bag";
  own(who).cells[5] = {stack_of(tooth), 1};
  EXPECT_EQ(deed(who, of(DeedType::use, 5)), Verdict::useless);
  own(who).cells[6] = {stack_of(cap), 1};
  EXPECT_EQ(deed(who, of(DeedType::use, 6)), Verdict::done);
  EXPECT_EQ(stage.at(who).gear.helmet, stack_of(cap));
  EXPECT_EQ(stage.at(who).gear.coat, 0);
  EXPECT_EQ(deed(who, of(DeedType::use, k_helmet)), Verdict::done);
  EXPECT_EQ(stage.at(who).gear.helmet, 0);
}

TEST_F(GoodsTest, nothing_worn_may_be_exchanged_for_what_may_not_be_worn) {
  const EntityId who = stage.add_player(warrior, village);
  own(who).cells[0] = {stack_of(sword), 1};
  ASSERT_EQ(deed(who, of(DeedType::use, 0)), Verdict::done);
  own(who).cells[0] = {stack_of(staff), 1};
  EXPECT_EQ(deed(who, of(DeedType::move, k_weapon, 0)), Verdict::wrong_class);
  EXPECT_EQ(own(who).cells[k_weapon].item, stack_of(sword));
}

TEST_F(GoodsTest, armour_softens_blows_and_never_to_nothing) {
  const EntityId plain = stage.add_player(warrior, field);
  const EntityId armoured = stage.add_player(warrior, base::tile_centre(20, 3));
  stage.at(armoured).level = 2;
  own(armoured).cells[0] = {stack_of(mail), 1};
  ASSERT_EQ(deed(armoured, of(DeedType::use, 0)), Verdict::done);
  const auto struck = [&](EntityId who) {
    const EntityId goblin = stage.add_goblin(stage.at(who).walker.position + Vec2{k_tile / 2, 0});
    std::int32_t taken = 0;
    stage.until(EventType::hit, 200, [&](const Event& event) {
      taken = event.amount;
      return event.target == who;
    });
    stage.world.destroy(goblin);
    return taken;
  };
  const std::int32_t hard = struck(plain);
  EXPECT_TRUE(hard >= 5 && hard <= 8) << hard;
  const std::int32_t soft = struck(armoured);
  EXPECT_TRUE(soft >= 2 && soft <= 5) << soft;
}

TEST_F(GoodsTest, a_potion_heals_and_is_gone_unless_it_would_do_nothing) {
  const EntityId who = stage.add_player(warrior, village);
  own(who).cells[0] = {stack_of(potion), 2};
  EXPECT_EQ(deed(who, of(DeedType::use, 0)), Verdict::useless);
  stage.at(who).health = 30;
  EXPECT_EQ(deed(who, of(DeedType::use, 0)), Verdict::done);
  EXPECT_EQ(stage.at(who).health, 70);
  EXPECT_EQ(deed(who, of(DeedType::use, 0)), Verdict::done);
  EXPECT_EQ(stage.at(who).health, 100);
  EXPECT_EQ(own(who).cells[0], Stack{});
}

TEST_F(GoodsTest, the_trader_takes_gold_for_goods_and_gives_half_for_them) {
  const EntityId who = stage.add_player(warrior, village);
  own(who).gold = 25;
  Deed buy = of(DeedType::buy, 0, 0, 2);
  buy.item = stack_of(potion);
  EXPECT_EQ(deed(who, buy), Verdict::done);
  EXPECT_EQ(own(who).gold, 5);
  EXPECT_EQ(own(who).cells[0], (Stack{stack_of(potion), 2}));
  EXPECT_EQ(deed(who, buy), Verdict::no_gold);
  buy.item = stack_of(mail);
  EXPECT_EQ(deed(who, buy), Verdict::not_sold);
  buy.item = 200;
  EXPECT_EQ(deed(who, buy), Verdict::no_such_cell);
  EXPECT_EQ(deed(who, of(DeedType::sell, 0, 0, 3)), Verdict::empty);
  EXPECT_EQ(deed(who, of(DeedType::sell, 0, 0, 2)), Verdict::done);
  EXPECT_EQ(own(who).gold, 15);
  own(who).cells[1] = {stack_of(cap), 1};
  EXPECT_EQ(deed(who, of(DeedType::sell, 1)), Verdict::worthless);
  EXPECT_EQ(deed(who, of(DeedType::sell, k_weapon)), Verdict::no_such_cell) << "what is worn is not sold by a slip";
}

TEST_F(GoodsTest, a_full_bag_buys_nothing_and_pays_nothing) {
  const EntityId who = stage.add_player(warrior, village);
  own(who).gold = 1000;
  for (std::size_t cell = 0; cell < k_bag_cells; ++cell) own(who).cells[cell] = {stack_of(cap), 1};
  own(who).cells[39] = {stack_of(potion), 3};
  Deed buy = of(DeedType::buy, 0, 0, 3);
  buy.item = stack_of(potion);
  EXPECT_EQ(deed(who, buy), Verdict::no_space) << "two fit, three do not: none is bought";
  EXPECT_EQ(own(who).gold, 1000);
  EXPECT_EQ(own(who).cells[39].count, 3);
}

TEST_F(GoodsTest, gold_has_a_most_in_the_purse_and_in_the_bank) {
  const EntityId who = stage.add_player(warrior, village);
  own(who).gold = k_gold_max;
  own(who).bank_gold = 1;
  own(who).cells[0] = {stack_of(potion), 1};
  EXPECT_EQ(deed(who, of(DeedType::sell)), Verdict::too_much);
  Deed gold_deed = of(DeedType::withdraw);
  gold_deed.gold = 1;
  EXPECT_EQ(deed(who, gold_deed), Verdict::too_much);
  gold_deed.type = DeedType::deposit;
  gold_deed.gold = static_cast<std::uint32_t>(k_gold_max);
  EXPECT_EQ(deed(who, gold_deed), Verdict::too_much);
  gold_deed.gold = UINT32_MAX;
  EXPECT_EQ(deed(who, gold_deed), Verdict::no_gold);
  gold_deed.gold = 5;
  EXPECT_EQ(deed(who, gold_deed), Verdict::done);
  EXPECT_EQ(own(who).gold, k_gold_max - 5);
  EXPECT_EQ(own(who).bank_gold, 6);
}

TEST_F(GoodsTest, who_lies_dead_does_nothing_and_loses_a_tenth_of_the_gold_carried) {
  const EntityId who = stage.add_player(warrior, field);
  own(who).gold = 99;
  own(who).bank_gold = 99;
  own(who).cells[0] = {stack_of(sword), 1};
  stage.at(who).health = 1;
  stage.add_goblin(field + Vec2{k_tile / 2, 0});
  ASSERT_GT(stage.until(EventType::death, 200), 0);
  EXPECT_EQ(own(who).gold, 90);
  EXPECT_EQ(own(who).bank_gold, 99);
  EXPECT_EQ(own(who).cells[0].item, stack_of(sword));
  EXPECT_EQ(deed(who, of(DeedType::use, 0)), Verdict::dead);
}

TEST_F(GoodsTest, what_is_dropped_belongs_to_nobody_and_is_not_taken_up_by_itself) {
  const EntityId who = stage.add_player(warrior, field);
  own(who).cells[0] = {stack_of(tooth), 9};
  EXPECT_EQ(deed(who, of(DeedType::drop, 0, 0, 4)), Verdict::done);
  stage.ticks(20);
  ASSERT_EQ(lying().size(), 1U);
  EXPECT_EQ(stage.at(lying()[0]).amount, 4);
  Deed take = of(DeedType::take);
  take.thing = lying()[0];
  EXPECT_EQ(deed(who, take), Verdict::done);
  EXPECT_EQ(own(who).cells[0].count, 9);
}

TEST_F(GoodsTest, what_comes_back_from_a_store_is_put_right) {
  Belongings had;
  had.gold = -5;
  had.bank_gold = INT32_MAX;
  had.revision = 12;
  had.cells[0] = {stack_of(tooth), 500};
  had.cells[1] = {200, 1};
  had.cells[2] = {stack_of(gold), 3};
  had.cells[k_weapon] = {stack_of(mail), 1};
  stage.command_join(warrior);
  stage.commands.back().returning = Returning{std::nullopt, 50, 1, 0, had};
  stage.tick();
  const EntityId who = stage.events.back().target;
  const Belongings& now = own(who);
  EXPECT_EQ(now.gold, 0);
  EXPECT_EQ(now.bank_gold, k_gold_max);
  EXPECT_EQ(now.revision, 12U);
  EXPECT_EQ(now.cells[0], (Stack{stack_of(tooth), 9}));
  EXPECT_EQ(now.cells[2].item, 0) << "gold is never in a bag";
  EXPECT_EQ(now.cells[1], (Stack{stack_of(mail), 1})) << "out of the slot it does not fit, into the first free cell";
  EXPECT_EQ(now.cells[k_weapon].item, 0);
}

TEST_F(GoodsTest, a_saved_world_has_everything) {
  const EntityId who = stage.add_player(warrior, village);
  own(who).gold = 77;
  own(who).cells[0] = {stack_of(sword), 1};
  own(who).cells[1] = {stack_of(tooth), 5};
  ASSERT_EQ(deed(who, of(DeedType::use, 0)), Verdict::done);
  ASSERT_EQ(deed(who, of(DeedType::drop, 1, 0, 2)), Verdict::done);
  const auto bytes = save(stage.world);
  World again(stage.content, stage.content.map(), stage.world.options());
  const auto restored = restore(again, bytes);
  ASSERT_TRUE(restored) << restored.error().text;
  EXPECT_EQ(hash(again), hash(stage.world));
  EXPECT_TRUE(differences(again, stage.world, 5).empty());
  EXPECT_EQ(again.find(who)->gear, stage.at(who).gear);
  own(who).gold = 78;
  EXPECT_NE(hash(again), hash(stage.world));
  const auto difference = differences(again, stage.world, 5);
  ASSERT_EQ(difference.size(), 1U);
  EXPECT_EQ(difference[0].field, "belongings.gold");
}

}  // namespace
}  // namespace cudgel::sim::testing
