// Goal: two players exchange exactly what both agreed to or nothing, whatever else they do meanwhile; parties have a leader, an end, and share what
// they earn. Method: small worlds, deeds as commands, verdicts, belongings and what would be told looked at.

#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "goods_fixture.h"

namespace cudgel::sim::testing {
namespace {

/// With a goblin that is worth something, and levels that nobody reaches here.
content::Content make_worthy_content() {
  const content::Content goods = make_goods_content();
  std::vector<content::MonsterSpec> monsters = goods.monsters();
  monsters[0].experience = 20;
  content::LevelsSpec levels;
  levels.experience = {1000, 1000};
  content::Content made = content::Content::from_tables(goods.classes(), std::move(monsters), goods.rules(), goods.map(), levels);
  made.set_goods(goods.items(), goods.npcs(), goods.trade());
  return made;
}

struct TogetherTest : ::testing::Test {
  Stage stage{make_worthy_content()};
  EntityId ann = stage.add_player(warrior, base::tile_centre(4, 4));
  EntityId wu = stage.add_player(mage, base::tile_centre(6, 4));
  EntityId li = stage.add_player(warrior, base::tile_centre(5, 6));

  Verdict deed(EntityId who, DeedType type, EntityId thing = {}, std::uint8_t cell = 0, std::uint16_t count = 0,
               std::uint32_t amount = 0) {
    Command command;
    command.type = Command::Type::deed;
    command.who = who;
    command.ticket = 7;
    command.deed = {type, cell, 0, 0, count, amount, thing};
    stage.commands.push_back(command);
    stage.tick();
    EXPECT_EQ(stage.world.scratch.settled.size(), 1U);
    return stage.world.scratch.settled.at(0).verdict;
  }
  Belongings& own(EntityId who) { return stage.world.belongings(stage.at(who)); }
  TradeView view(EntityId who) { return trade_view(stage.world, who, Verdict::done); }
  Verdict agree(EntityId who) { return deed(who, DeedType::agree, view(who).other, 0, 0, view(who).revision); }
  void open() {
    ASSERT_EQ(deed(ann, DeedType::trade, wu), Verdict::done);
    ASSERT_EQ(deed(wu, DeedType::trade, ann), Verdict::done);
    ASSERT_EQ(view(ann).stage, TradeView::Stage::open);
  }
  /// Why the last tick's news says that it is over.
  Verdict over(EntityId who) {
    EXPECT_EQ(bargain_of(stage.world, who), nullptr);
    for (const TradeNews& news : stage.world.scratch.trade_news) {
      if (news.who == who) return news.why;
    }
    ADD_FAILURE() << "nobody is told";
    return Verdict::done;
  }
  void leave(EntityId who) {
    stage.command_leave(who);
    stage.tick();
  }
};

TEST_F(TogetherTest, both_get_what_both_agreed_to) {
  own(ann).gold = 50;
  own(ann).cells[3] = {stack_of(potion), 4};
  own(wu).cells[0] = {stack_of(sword), 1};
  open();
  EXPECT_EQ(deed(ann, DeedType::offer, {}, 3, 3), Verdict::done);
  EXPECT_EQ(deed(ann, DeedType::offer_gold, {}, 0, 0, 20), Verdict::done);
  EXPECT_EQ(deed(wu, DeedType::offer, {}, 0), Verdict::done);
  EXPECT_EQ(view(wu).theirs.gold, 20) << "both see both sides";
  EXPECT_EQ(view(wu).theirs.offers[0].stack, (Stack{stack_of(potion), 3}));
  const std::uint32_t before = own(ann).revision;
  EXPECT_EQ(agree(ann), Verdict::done);
  EXPECT_TRUE(view(wu).theirs.agreed);
  EXPECT_EQ(own(ann).revision, before) << "one alone changes nothing";
  EXPECT_EQ(agree(wu), Verdict::done);
  EXPECT_EQ(over(ann), Verdict::done);
  EXPECT_EQ(own(ann).gold, 30);
  EXPECT_EQ(own(wu).gold, 20);
  EXPECT_EQ(own(ann).cells[3], (Stack{stack_of(potion), 1}));
  EXPECT_EQ(own(ann).cells[0], (Stack{stack_of(sword), 1}));
  EXPECT_EQ(own(wu).cells[0], (Stack{stack_of(potion), 3}));
  EXPECT_EQ(stage.world.scratch.owners.size(), 2U) << "in one tick, so that both are kept together";
}

TEST_F(TogetherTest, any_change_takes_back_both_consents_and_an_older_one_counts_for_nothing) {
  own(ann).gold = 50;
  own(wu).cells[0] = {stack_of(sword), 1};
  open();
  EXPECT_EQ(deed(wu, DeedType::offer, {}, 0), Verdict::done);
  const std::uint32_t seen = view(ann).revision;
  EXPECT_EQ(agree(ann), Verdict::done);
  EXPECT_EQ(deed(wu, DeedType::take_back, {}, 0), Verdict::done);
  EXPECT_FALSE(view(ann).own.agreed);
  EXPECT_EQ(deed(ann, DeedType::agree, wu, 0, 0, seen), Verdict::changed) << "it was agreed to what was seen";
  EXPECT_EQ(agree(wu), Verdict::done);
  EXPECT_EQ(agree(wu), Verdict::useless);
  EXPECT_EQ(deed(ann, DeedType::offer_gold, {}, 0, 0, 1), Verdict::done);
  EXPECT_FALSE(view(wu).own.agreed);
  EXPECT_EQ(deed(ann, DeedType::agree, li, 0, 0, view(ann).revision), Verdict::changed) << "with whom";
}

TEST_F(TogetherTest, what_is_offered_cannot_be_given_away_otherwise) {
  stage.at(ann).walker.position = base::tile_centre(12, 12);  // beside the trader
  stage.at(wu).walker.position = base::tile_centre(11, 12);
  own(ann).gold = 100;
  own(ann).cells[0] = {stack_of(potion), 3};
  own(ann).cells[1] = {stack_of(sword), 1};
  stage.at(ann).health = 10;
  open();
  ASSERT_EQ(deed(ann, DeedType::offer, {}, 0, 2), Verdict::done);
  ASSERT_EQ(deed(ann, DeedType::offer, {}, 1), Verdict::done);
  ASSERT_EQ(deed(ann, DeedType::offer_gold, {}, 0, 0, 95), Verdict::done);
  EXPECT_EQ(deed(ann, DeedType::use, {}, 1), Verdict::offered);
  EXPECT_EQ(deed(ann, DeedType::drop, {}, 0, 2), Verdict::offered);
  EXPECT_EQ(deed(ann, DeedType::sell, {}, 0, 2), Verdict::offered);
  EXPECT_EQ(deed(ann, DeedType::move, {}, 1), Verdict::offered);
  EXPECT_EQ(deed(ann, DeedType::deposit, {}, 0, 0, 6), Verdict::offered);
  Command buy;
  buy.type = Command::Type::deed;
  buy.who = ann;
  buy.deed = {DeedType::buy, 0, 0, stack_of(potion), 1, 0, {}};
  stage.commands.push_back(buy);
  stage.tick();
  EXPECT_EQ(stage.world.scratch.settled.at(0).verdict, Verdict::offered);
  EXPECT_EQ(deed(ann, DeedType::use, {}, 0), Verdict::done) << "one of the three is free";
  EXPECT_EQ(deed(ann, DeedType::use, {}, 0), Verdict::offered);
  EXPECT_EQ(view(ann).own.offers[0].stack.count, 2);
}

TEST_F(TogetherTest, full_bags_are_refused_with_the_reason_and_both_hear_it) {
  own(ann).cells[0] = {stack_of(sword), 1};
  for (std::size_t cell = 0; cell < k_bag_cells; ++cell) own(wu).cells[cell] = {stack_of(ring), 1};
  open();
  ASSERT_EQ(deed(ann, DeedType::offer, {}, 0), Verdict::done);
  ASSERT_EQ(agree(wu), Verdict::done);
  EXPECT_EQ(agree(ann), Verdict::their_bag);
  EXPECT_EQ(stage.world.scratch.trade_news.back().who, wu);
  EXPECT_EQ(stage.world.scratch.trade_news.back().why, Verdict::no_space);
  EXPECT_FALSE(view(wu).own.agreed);
  EXPECT_EQ(own(ann).cells[0].item, stack_of(sword));
  EXPECT_EQ(deed(wu, DeedType::offer, {}, 0), Verdict::done) << "one ring less is room for a sword";
  EXPECT_EQ(agree(ann), Verdict::done);
  EXPECT_EQ(agree(wu), Verdict::done);
  EXPECT_EQ(own(wu).cells[0].item, stack_of(sword));
  own(ann).gold = 5;
  own(wu).gold = k_gold_max;
  open();
  ASSERT_EQ(deed(ann, DeedType::offer_gold, {}, 0, 0, 5), Verdict::done);
  ASSERT_EQ(agree(wu), Verdict::done);
  EXPECT_EQ(agree(ann), Verdict::too_much);
  EXPECT_EQ(own(ann).gold, 5);
}

TEST_F(TogetherTest, it_ends_when_one_walks_away_falls_leaves_or_loses_the_connection) {
  open();
  stage.at(wu).walker.position = base::tile_centre(20, 20);
  stage.tick();
  EXPECT_EQ(over(ann), Verdict::too_far);
  EXPECT_EQ(deed(ann, DeedType::trade, wu), Verdict::too_far);
  stage.at(wu).walker.position = base::tile_centre(6, 4);

  own(ann).gold = 100;
  open();
  ASSERT_EQ(deed(ann, DeedType::offer_gold, {}, 0, 0, 100), Verdict::done);
  stage.at(ann).health = 1;
  Entity& shot = *stage.world.create(Kind::projectile);
  shot.walker.position = stage.at(ann).walker.position;
  shot.walker.intent.heading = 1;
  shot.foe = Kind::player;
  shot.damage = 5;
  shot.flight_speed = shot.flight_radius = 64;
  shot.expires = stage.world.tick() + 20;
  ASSERT_GT(stage.until(EventType::death, 5), 0);
  EXPECT_EQ(over(wu), Verdict::dead);
  EXPECT_EQ(own(ann).gold, 90) << "what was offered was still hers, and a tenth of it is lost";
  EXPECT_EQ(deed(ann, DeedType::trade, wu), Verdict::dead);
  EXPECT_EQ(deed(wu, DeedType::trade, ann), Verdict::nobody);

  ASSERT_EQ(deed(wu, DeedType::trade, li), Verdict::done);
  Command guard;
  guard.type = Command::Type::guard;
  guard.who = li;
  stage.commands.push_back(guard);
  stage.tick();
  EXPECT_EQ(over(wu), Verdict::gone);
  ASSERT_EQ(deed(wu, DeedType::trade, li), Verdict::done);
  leave(li);
  EXPECT_EQ(over(wu), Verdict::gone);
  EXPECT_TRUE(stage.world.bargains.empty());
}

TEST_F(TogetherTest, a_question_waits_for_an_answer_and_not_for_ever) {
  ASSERT_EQ(deed(ann, DeedType::trade, wu), Verdict::done);
  EXPECT_EQ(view(ann).stage, TradeView::Stage::asking);
  EXPECT_EQ(view(wu).stage, TradeView::Stage::asked);
  EXPECT_EQ(deed(ann, DeedType::offer, {}, 0), Verdict::no_trade) << "not open yet";
  EXPECT_EQ(deed(li, DeedType::trade, wu), Verdict::busy);
  EXPECT_EQ(deed(wu, DeedType::trade, li), Verdict::busy);
  EXPECT_EQ(deed(ann, DeedType::trade, wu), Verdict::useless);
  EXPECT_EQ(deed(ann, DeedType::trade, ann), Verdict::nobody);
  EXPECT_EQ(deed(wu, DeedType::end_trade), Verdict::done);
  EXPECT_EQ(over(ann), Verdict::declined);
  EXPECT_EQ(deed(wu, DeedType::end_trade), Verdict::no_trade);
  ASSERT_EQ(deed(ann, DeedType::trade, wu), Verdict::done);
  stage.ticks(38);
  EXPECT_NE(bargain_of(stage.world, ann), nullptr);
  stage.ticks(2);
  EXPECT_EQ(over(wu), Verdict::late);
}

TEST_F(TogetherTest, twelve_cells_at_most_and_only_of_the_bag) {
  for (std::size_t cell = 0; cell < 13; ++cell) own(ann).cells[cell] = {stack_of(ring), 1};
  open();
  for (std::uint8_t cell = 12; cell > 0; --cell) EXPECT_EQ(deed(ann, DeedType::offer, {}, cell), Verdict::done);
  EXPECT_EQ(deed(ann, DeedType::offer, {}, 0), Verdict::too_many);
  EXPECT_EQ(deed(ann, DeedType::offer, {}, k_worn_begin), Verdict::no_such_cell);
  EXPECT_EQ(deed(ann, DeedType::offer, {}, 30), Verdict::empty);
  EXPECT_EQ(deed(ann, DeedType::offer_gold, {}, 0, 0, 1), Verdict::no_gold);
  for (std::size_t i = 0; i < 12; ++i) EXPECT_EQ(view(ann).own.offers[i].cell, i + 1) << "by cell";
}

TEST_F(TogetherTest, a_saved_world_knows_its_bargains_and_parties) {
  own(ann).cells[2] = {stack_of(potion), 2};
  own(wu).gold = 9;
  open();
  ASSERT_EQ(deed(ann, DeedType::offer, {}, 2, 1), Verdict::done);
  ASSERT_EQ(deed(wu, DeedType::offer_gold, {}, 0, 0, 9), Verdict::done);
  ASSERT_EQ(agree(wu), Verdict::done);
  ASSERT_EQ(deed(ann, DeedType::invite, li), Verdict::done);
  ASSERT_EQ(deed(li, DeedType::accept, ann), Verdict::done);
  ASSERT_EQ(deed(ann, DeedType::invite, wu), Verdict::done);
  World again(stage.content, stage.content.map(), stage.world.options());
  const auto bytes = save(stage.world);
  const auto restored = restore(again, bytes);
  ASSERT_TRUE(restored) << restored.error().text;
  EXPECT_EQ(hash(again), hash(stage.world));
  EXPECT_EQ(trade_view(again, ann, Verdict::done), view(ann));
  ASSERT_NE(band_of(again, li), nullptr);
  EXPECT_EQ(again.invitations.size(), 1U);
  // One more potion offered than there is: what such a save says is not believed.
  stage.world.bargains[0].sides[0].offers[0].stack.count = 3;
  EXPECT_FALSE(restore(again, save(stage.world)));
}

// --- parties ----------------------------------------------------------------------------------------------------------------

TEST_F(TogetherTest, invite_accept_leave_and_the_last_is_alone) {
  EXPECT_EQ(deed(ann, DeedType::invite, wu), Verdict::done);
  EXPECT_EQ(deed(ann, DeedType::invite, wu), Verdict::useless);
  EXPECT_EQ(deed(wu, DeedType::accept, li), Verdict::not_invited);
  EXPECT_EQ(deed(wu, DeedType::decline, ann), Verdict::done);
  EXPECT_EQ(deed(wu, DeedType::accept, ann), Verdict::not_invited);
  EXPECT_EQ(deed(ann, DeedType::invite, wu), Verdict::done);
  EXPECT_EQ(deed(wu, DeedType::accept, ann), Verdict::done);
  ASSERT_EQ(band_of(stage.world, wu)->members[0], ann);
  EXPECT_EQ(deed(wu, DeedType::invite, li), Verdict::not_leader);
  EXPECT_EQ(deed(li, DeedType::invite, wu), Verdict::in_party);
  EXPECT_EQ(deed(ann, DeedType::invite, li), Verdict::done);
  EXPECT_EQ(deed(li, DeedType::accept, ann), Verdict::done);
  EXPECT_EQ(deed(wu, DeedType::remove, li), Verdict::not_leader);
  EXPECT_EQ(deed(ann, DeedType::leave_party), Verdict::done);
  EXPECT_EQ(band_of(stage.world, wu)->members[0], wu) << "the next one leads";
  EXPECT_EQ(deed(wu, DeedType::remove, li), Verdict::done);
  EXPECT_TRUE(stage.world.bands.empty()) << "who is alone is no party";
  EXPECT_EQ(deed(wu, DeedType::leave_party), Verdict::no_party);
  EXPECT_EQ(deed(ann, DeedType::invite, ann), Verdict::nobody);
}

TEST_F(TogetherTest, a_party_has_as_many_as_the_rules_say) {
  std::vector<EntityId> more;
  for (int i = 0; i < 3; ++i) more.push_back(stage.add_player(warrior, base::tile_centre(10 + i, 4)));
  for (const EntityId who : {wu, li, more[0]}) {
    ASSERT_EQ(deed(ann, DeedType::invite, who), Verdict::done);
    if (who == more[0]) {
      ASSERT_EQ(deed(ann, DeedType::invite, more[1]), Verdict::done);
    }
    ASSERT_EQ(deed(who, DeedType::accept, ann), Verdict::done);
  }
  EXPECT_EQ(deed(more[1], DeedType::accept, ann), Verdict::party_full);
  EXPECT_EQ(deed(ann, DeedType::invite, more[2]), Verdict::party_full);
}

TEST_F(TogetherTest, who_leaves_the_world_leaves_the_party_and_invitations_end) {
  ASSERT_EQ(deed(ann, DeedType::invite, wu), Verdict::done);
  ASSERT_EQ(deed(li, DeedType::invite, wu), Verdict::done);
  ASSERT_EQ(deed(wu, DeedType::accept, ann), Verdict::done);
  EXPECT_TRUE(stage.world.invitations.empty()) << "who is in a party need not answer the others";
  leave(ann);
  EXPECT_TRUE(stage.world.bands.empty());
  ASSERT_EQ(deed(li, DeedType::invite, wu), Verdict::done);
  stage.ticks(40);
  EXPECT_TRUE(stage.world.invitations.empty());
  EXPECT_EQ(deed(wu, DeedType::accept, li), Verdict::not_invited);
}

TEST_F(TogetherTest, mates_near_share_what_one_has_earned_and_get_a_little_more) {
  const auto earned_by = [&](const std::vector<std::pair<EntityId, std::int32_t>>& shares) {
    Entity& goblin = stage.at(stage.add_goblin(base::tile_centre(5, 3)));
    for (const auto& [who, damage] : shares) goblin.shares.add(who, damage);
    goblin.health = 1;
    Entity& shot = *stage.world.create(Kind::projectile);
    shot.walker.position = goblin.walker.position;
    shot.walker.intent.heading = 1;
    shot.foe = Kind::monster;
    shot.owner = shares[0].first;
    shot.damage = 1;
    shot.flight_speed = shot.flight_radius = 64;
    shot.expires = stage.world.tick() + 20;
    std::map<std::uint32_t, std::int32_t> earned;
    EXPECT_GT(stage.until(EventType::death, 10), 0);
    for (const Event& event : stage.events) {
      if (event.type == EventType::gained) earned[event.target.packed()] += event.amount;
    }
    return earned;
  };
  auto alone = earned_by({{ann, 1000}});
  const std::int32_t whole = alone[ann.packed()];
  ASSERT_GT(whole, 3);
  EXPECT_EQ(alone.size(), 1U);
  ASSERT_EQ(deed(ann, DeedType::invite, wu), Verdict::done);
  ASSERT_EQ(deed(wu, DeedType::accept, ann), Verdict::done);
  auto shared = earned_by({{ann, 1000}});
  EXPECT_EQ(shared[ann.packed()], whole * 110 / 100 / 2);
  EXPECT_EQ(shared[wu.packed()], whole * 110 / 100 / 2);
  auto with_stranger = earned_by({{li, 1000}, {ann, 1000}});
  EXPECT_GE(with_stranger[li.packed()], whole / 2 - 1) << "a stranger's part is his own";
  EXPECT_EQ(with_stranger[ann.packed()], with_stranger[wu.packed()]);
  stage.at(wu).walker.position = base::tile_centre(20, 20);
  auto far = earned_by({{ann, 1000}});
  EXPECT_EQ(far[ann.packed()], whole) << "who is not there gets nothing";
  EXPECT_EQ(far.size(), 1U);
}

}  // namespace
}  // namespace cudgel::sim::testing
