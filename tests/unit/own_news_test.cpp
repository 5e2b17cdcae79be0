// Goal: what befalls the own character is heard as what it is: loot is no purchase, an exchange is heard once, what was so before is no news, and
// only one's own treasures are events. Method: facts as plain values, frame by frame.

#include <gtest/gtest.h>

#include <utility>

#include "play/goods.h"
#include "play/own_news.h"
#include "sim_fixture.h"

namespace cudgel::game {
namespace {

using News = std::vector<std::string_view>;

class OwnNewsTest : public ::testing::Test {
 protected:
  OwnNewsTest() {
    own_.emplace();
    own_->gold = 100;
    own_->cells[0] = {1, 3};
    watch();
  }
  News watch() {
    now_ms_ += 16;
    return news_.watch({own_, trade_, mates_, inviters_, duel_, duel_left_ms_}, now_ms_);
  }
  /// Belongings as the server tells them: with another revision.
  News told() {
    ++own_->revision;
    return watch();
  }

  OwnNews news_;
  std::optional<sim::Belongings> own_;
  std::optional<sim::TradeView> trade_;
  std::size_t mates_ = 0, inviters_ = 0;
  sim::Duel duel_;
  double duel_left_ms_ = 0;
  double now_ms_ = 0;
};

TEST_F(OwnNewsTest, what_comes_and_goes_sounds_like_what_it_is) {
  own_->cells[1] = {2, 1};
  EXPECT_EQ(told(), News{"own.loot"});
  own_->gold += 5;
  EXPECT_EQ(told(), News{"own.gold"});
  own_->gold -= 40, own_->cells[2] = {3, 1};
  EXPECT_EQ(told(), News{"own.bought"});
  own_->gold += 20, own_->cells[2] = {};
  EXPECT_EQ(told(), News{"own.sold"});
  EXPECT_TRUE(watch().empty()) << "the same revision";
}

TEST_F(OwnNewsTest, what_only_moves_is_neither_more_nor_less) {
  own_->cells[sim::k_bank_begin] = std::exchange(own_->cells[0], {});
  own_->bank_gold = std::exchange(own_->gold, 0);
  EXPECT_TRUE(told().empty());
  own_->cells[sim::k_worn_begin] = std::exchange(own_->cells[sim::k_bank_begin], {});
  EXPECT_EQ(told(), News{"own.worn"});
  own_->cells[5] = std::exchange(own_->cells[sim::k_worn_begin], {});
  EXPECT_TRUE(told().empty()) << "taken off";
  own_->cells[5].count -= 1;
  EXPECT_TRUE(told().empty()) << "used up or dropped: the page knows which";
}

TEST(OwnNews, what_one_is_told_first_is_no_news) {
  OwnNews news;
  std::optional<sim::Belongings> own(std::in_place);
  own->gold = 50;
  EXPECT_TRUE(news.watch({std::nullopt, std::nullopt, 2, 1, {}, 0}, 0).empty());
  EXPECT_TRUE(news.watch({own, std::nullopt, 2, 1, {}, 0}, 16).empty());
}

TEST_F(OwnNewsTest, an_exchange_is_heard_once) {
  trade_.emplace();
  trade_->stage = sim::TradeView::Stage::asked;
  EXPECT_EQ(watch(), News{"trade.asked"});
  EXPECT_TRUE(watch().empty());
  trade_->stage = sim::TradeView::Stage::open;
  EXPECT_TRUE(watch().empty());
  trade_->stage = sim::TradeView::Stage::none;
  EXPECT_EQ(watch(), News{"trade.closed"});
  own_->gold += 500;
  EXPECT_TRUE(told().empty()) << "it belongs to the bargain";
  now_ms_ += OwnNews::k_exchange_ms;
  own_->gold += 5;
  EXPECT_EQ(told(), News{"own.gold"});
}

TEST_F(OwnNewsTest, a_bargain_that_came_to_nothing_is_silent) {
  trade_.emplace();
  trade_->stage = sim::TradeView::Stage::open;
  watch();
  trade_->stage = sim::TradeView::Stage::none;
  trade_->why = sim::Verdict::declined;
  EXPECT_TRUE(watch().empty());
}

TEST_F(OwnNewsTest, mates_and_invitations_are_heard_when_they_come) {
  inviters_ = 1;
  EXPECT_EQ(watch(), News{"party.asked"});
  inviters_ = 0;
  mates_ = 2;
  EXPECT_EQ(watch(), News{"party.joined"});
  mates_ = 3;
  EXPECT_EQ(watch(), News{"party.joined"});
  mates_ = 2;
  EXPECT_TRUE(watch().empty()) << "who leaves, leaves";
}

TEST_F(OwnNewsTest, a_countdown_is_heard_each_second_and_ends) {
  duel_.stage = sim::DuelStage::asked;
  EXPECT_EQ(watch(), News{"duel.asked"});
  duel_.stage = sim::DuelStage::countdown;
  int counted = 0;
  for (duel_left_ms_ = 3000; duel_left_ms_ > 0; duel_left_ms_ -= 16) counted += static_cast<int>(watch().size());
  EXPECT_EQ(counted, 3);
  duel_.stage = sim::DuelStage::fight;
  duel_left_ms_ = 60000;
  EXPECT_TRUE(watch().empty());
}

TEST(Treasure, is_what_is_rare_and_fell_for_oneself) {
  const content::MapSpec map = sim::testing::open_map(8);
  content::Content content = sim::testing::make_content(map);
  content::ItemSpec rare;
  rare.rarity = content::Rarity::rare;
  content.set_goods({content::ItemSpec{}, rare}, {}, {});
  const base::EntityId self{7, 3};
  core::BodyView thing;
  thing.kind = sim::Kind::thing;
  thing.archetype = 1;
  thing.master = 8;
  EXPECT_TRUE(is_own_treasure(thing, self, content));
  thing.master = 9;
  EXPECT_FALSE(is_own_treasure(thing, self, content)) << "another's";
  thing.master = 0;
  EXPECT_FALSE(is_own_treasure(thing, self, content)) << "laid down by somebody";
  thing.master = 8, thing.archetype = 0;
  EXPECT_FALSE(is_own_treasure(thing, self, content)) << "common";
  thing.archetype = 2;
  EXPECT_FALSE(is_own_treasure(thing, self, content)) << "of a server's item that this content lacks";
}

}  // namespace
}  // namespace cudgel::game
