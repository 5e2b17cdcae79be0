// Goal: whoever trades is told of it when both have it safely kept, in one transaction; mates know of each other wherever they are, and talk among
// themselves; a lost connection ends a bargain and not a party. Method: the real sessions, realm and clients in one process with the real store
// thread, over a disk that remembers what it was given together and can be told to take nothing.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <mutex>

#include "common/baked_content.h"
#include "in_process.h"
#include "store/memory_store.h"

namespace cudgel::test {
namespace {

using sim::DeedType;
using sim::Verdict;
using Stage = sim::TradeView::Stage;

class WatchedStore final : public store::MemoryStore {
 public:
  explicit WatchedStore(std::atomic<bool>& stuck) : stuck_(stuck) {}
  base::Result<void, store::StoreError> keep(std::span<const store::Character> characters) override {
    if (stuck_) return base::fail(store::StoreError{"stuck"});
    for (const store::Character& one : characters) gold_[std::string(one.name.view())] = one.gold;
    std::int64_t sum = 0;
    for (const auto& [name, gold] : gold_) sum += gold;
    const std::lock_guard lock(mutex_);
    sums_.push_back(sum);
    return MemoryStore::keep(characters);
  }
  /// All gold there was on the disk after each transaction.
  std::vector<std::int64_t> sums() {
    const std::lock_guard lock(mutex_);
    return sums_;
  }

 private:
  std::atomic<bool>& stuck_;
  std::map<std::string, std::int64_t> gold_;
  std::mutex mutex_;
  std::vector<std::int64_t> sums_;  ///< under mutex_
};

class TogetherSession : public ::testing::Test {
 protected:
  template <class Holds>
  bool until(Holds&& holds, double ms_max = 10000) {
    return game_.run_until(ms_max, [&] {
      thread_.flush();
      return holds();
    });
  }
  core::GameClient& enter(const std::string& name) {
    core::GameClient& client = game_.add_client(name);
    EXPECT_TRUE(until([&] { return client.belongings().has_value() && client.predicted() != nullptr; }));
    // In the middle, beside each other.
    world().find(body(client))->walker.position = base::tile_centre(5 + static_cast<std::int32_t>(game_.clients.size()), 8);
    return client;
  }
  /// The world is the test's to prepare.
  sim::World& world() { return const_cast<sim::World&>(game_.server.world()); }
  static base::EntityId body(const core::GameClient& client) { return client.replica().own().id; }
  /// Out of nothing.
  void give(const core::GameClient& client, std::int32_t gold) { world().belongings(*world().find(body(client))).gold = gold; }
  Verdict deed(core::GameClient& client, DeedType type, base::EntityId thing = {}, std::uint32_t gold = 0) {
    protocol::Deed wanted;
    wanted.type = static_cast<std::uint8_t>(type);
    wanted.thing = thing;
    wanted.gold = gold;
    const auto ticket = client.ask(wanted, 8000, game_.now_ms());
    EXPECT_TRUE(until([&] { return ticket.over(); }));
    EXPECT_NE(ticket.answer(), nullptr);
    return ticket.answer() == nullptr ? Verdict::gone : static_cast<Verdict>(ticket.answer()->verdict);
  }
  Verdict agree(core::GameClient& client) {
    return deed(client, DeedType::agree, client.trade()->other, client.trade()->revision);
  }
  void open(core::GameClient& ann, core::GameClient& wu) {
    ASSERT_EQ(deed(ann, DeedType::trade, body(wu)), Verdict::done);
    ASSERT_TRUE(until([&] { return wu.trade() && wu.trade()->stage == Stage::asked; }));
    EXPECT_EQ(wu.trade()->name.view(), "Ann");
    ASSERT_EQ(deed(wu, DeedType::trade, body(ann)), Verdict::done);
    ASSERT_TRUE(until([&] { return ann.trade()->stage == Stage::open && wu.trade()->stage == Stage::open; }));
  }

  std::atomic<bool> stuck_ = false;
  ops::Metrics metrics_;
  WatchedStore* store_ = new WatchedStore(stuck_);  ///< the thread's
  store::StoreThread thread_{std::unique_ptr<store::Store>(store_), metrics_};
  InProcess game_{cudgel::test::Setup{3, 10, 5, 16, 0, &thread_}};
};

TEST_F(TogetherSession, a_trade_is_told_to_both_once_both_halves_are_kept_in_one_transaction) {
  core::GameClient& ann = enter("Ann");
  core::GameClient& wu = enter("Wu");
  give(ann, 100);
  give(wu, 30);
  open(ann, wu);
  ASSERT_EQ(deed(ann, DeedType::offer_gold, {}, 70), Verdict::done);
  ASSERT_EQ(deed(wu, DeedType::offer_gold, {}, 5), Verdict::done);
  ASSERT_TRUE(until([&] { return ann.trade()->theirs.gold == 5 && wu.trade()->theirs.gold == 70; }));
  ASSERT_EQ(agree(ann), Verdict::done);
  ASSERT_TRUE(until([&] { return wu.trade()->theirs.agreed; }));
  // Both are written down by now, with all they have.
  ASSERT_TRUE(until([&] { return !store_->sums().empty() && store_->sums().back() == 130; }));
  const std::size_t before = store_->sums().size();
  stuck_ = true;
  protocol::Deed last;
  last.type = static_cast<std::uint8_t>(DeedType::agree);
  last.thing = body(ann);
  last.gold = wu.trade()->revision;
  const auto ticket = wu.ask(last, 60000, game_.now_ms());
  game_.run(1000);
  EXPECT_FALSE(ticket.over());
  EXPECT_EQ(ann.trade()->stage, Stage::open) << "what the disk has not taken is told to nobody";
  EXPECT_EQ(wu.trade()->stage, Stage::open);
  stuck_ = false;
  while (!thread_.flush()) {}
  ASSERT_TRUE(until([&] { return ticket.over() && ann.trade()->stage == Stage::none && wu.trade()->stage == Stage::none; }));
  ASSERT_NE(ticket.answer(), nullptr);
  EXPECT_EQ(ticket.answer()->verdict, 0);
  EXPECT_EQ(ann.trade()->why, Verdict::done);
  EXPECT_EQ(ann.belongings()->gold, 35);
  EXPECT_EQ(wu.belongings()->gold, 95);
  const std::vector<std::int64_t> sums = store_->sums();
  for (std::size_t i = before; i < sums.size(); ++i) EXPECT_EQ(sums[i], 130) << "one half without the other at " << i;
}

TEST_F(TogetherSession, a_lost_connection_ends_a_bargain_and_not_a_party) {
  core::GameClient& ann = enter("Ann");
  core::GameClient& wu = enter("Wu");
  ASSERT_EQ(deed(ann, DeedType::invite, body(wu)), Verdict::done);
  ASSERT_TRUE(until([&] { return wu.party().invited_by.size() == 1; }));
  EXPECT_EQ(wu.party().invited_by[0].name.view(), "Ann");
  ASSERT_EQ(deed(wu, DeedType::accept, body(ann)), Verdict::done);
  ASSERT_TRUE(until([&] { return ann.party().mates.size() == 2 && wu.party().mates.size() == 2; }));
  EXPECT_TRUE(wu.party().invited_by.empty());
  EXPECT_EQ(ann.party().mates[0].name.view(), "Ann") << "who invites leads";
  EXPECT_EQ(ann.party().mates[1].id, body(wu));
  EXPECT_EQ(ann.party().mates[1].health, 255);
  open(ann, wu);
  game_.server.close_all(1001, "try again");
  ASSERT_TRUE(until([&] { return ann.stats().resumed > 0 && wu.stats().resumed > 0; }, 30000));
  ASSERT_TRUE(until([&] { return ann.party().mates.size() == 2 && wu.party().mates.size() == 2; }));
  EXPECT_TRUE(game_.server.world().bargains.empty());
  EXPECT_TRUE(!ann.trade() || ann.trade()->stage == Stage::none);
  wu.leave();
  ASSERT_TRUE(until([&] { return ann.party().mates.empty(); })) << "who is alone is no party";
}

TEST_F(TogetherSession, a_party_talks_among_itself) {
  core::GameClient& ann = enter("Ann");
  core::GameClient& wu = enter("Wu");
  core::GameClient& li = enter("Li");
  const auto refused = ann.ask(protocol::Speak{protocol::Channel::party, {}, "anybody?"}, 5000, game_.now_ms());
  ASSERT_TRUE(until([&] { return refused.over(); }));
  ASSERT_NE(refused.failure(), nullptr);
  EXPECT_EQ(refused.failure()->code, protocol::RefusalCode::no_party);
  ASSERT_EQ(deed(ann, DeedType::invite, body(wu)), Verdict::done);
  ASSERT_EQ(deed(wu, DeedType::accept, body(ann)), Verdict::done);
  const auto said = ann.ask(protocol::Speak{protocol::Channel::party, {}, "to the well"}, 5000, game_.now_ms());
  ASSERT_TRUE(until([&] { return said.over(); }));
  ASSERT_NE(said.answer(), nullptr);
  EXPECT_EQ(said.answer()->by, 1U);
  game_.run(300);
  const auto heard = wu.take_lines();
  ASSERT_EQ(heard.size(), 1U);
  EXPECT_EQ(heard[0].words, "to the well");
  EXPECT_EQ(heard[0].channel, protocol::Channel::party);
  EXPECT_TRUE(li.take_lines().empty());
}

TEST_F(TogetherSession, mates_are_told_where_they_are_a_few_times_a_second_and_only_when_that_has_changed) {
  core::GameClient& ann = enter("Ann");
  core::GameClient& wu = enter("Wu");
  ASSERT_EQ(deed(ann, DeedType::invite, body(wu)), Verdict::done);
  ASSERT_EQ(deed(wu, DeedType::accept, body(ann)), Verdict::done);
  ASSERT_TRUE(until([&] { return ann.party().mates.size() == 2; }));
  sim::Intent walk;
  walk.heading = 1;
  wu.want(walk);
  int changes = 0;
  auto last = ann.party();
  game_.run(3000, [&] {
    if (ann.party() == last) return;
    last = ann.party();
    ++changes;
  });
  EXPECT_GE(changes, 3);
  EXPECT_LE(changes, 7) << "twice a second";
  wu.want({});
  game_.run(1500);
  const auto& mate = ann.party().mates[1];
  const sim::Entity& truth = *game_.server.world().find(body(wu));
  EXPECT_EQ(mate.x, replication::to_wire_position(truth.walker.position.x));
  EXPECT_EQ(mate.y, replication::to_wire_position(truth.walker.position.y));
}

}  // namespace
}  // namespace cudgel::test
