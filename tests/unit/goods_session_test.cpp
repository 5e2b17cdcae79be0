// Goal: what a player is told it owns, it owns, whatever happens to the server then; what the disk has not taken is told to nobody. Method: the real
// sessions, realm and clients in one process with the real store thread, over a disk that can be told to take nothing any more.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <memory>

#include "common/baked_content.h"
#include "in_process.h"
#include "store/memory_store.h"

namespace cudgel::test {
namespace {

using sim::DeedType;
using sim::Verdict;

/// A disk of which another server can read what this one wrote.
class StubbornStore final : public store::MemoryStore {
 public:
  explicit StubbornStore(std::atomic<bool>& stuck) : stuck_(stuck) {}
  base::Result<void, store::StoreError> keep(std::span<const store::Character> characters) override {
    return stuck_ ? base::fail(store::StoreError{"stuck"}) : MemoryStore::keep(characters);
  }

 private:
  std::atomic<bool>& stuck_;
};

class GoodsSession : public ::testing::Test {
 protected:
  /// The store thread lives by the real clock, the game by its own: it is waited for at each step.
  template <class Holds>
  bool until(double ms_max, Holds&& holds) {
    return game_.run_until(ms_max, [&] {
      thread_.flush();
      return holds();
    });
  }
  core::GameClient& enter(std::optional<protocol::Token> token = std::nullopt) {
    core::GameClient& client = game_.clients.emplace_back(baked_content(), game_.network.make_transport(), 7);
    client.join({"memory", "fighter", 0, true, token}, game_.now_ms());
    EXPECT_TRUE(until(5000, [&] { return client.belongings().has_value(); }));
    return client;
  }
  /// Fights until it was told of gold.
  void earn(core::GameClient& client, std::int32_t gold) {
    ASSERT_TRUE(until(600000, [&] {
      fight(client);
      return client.belongings() && client.belongings()->gold >= gold;
    }));
  }
  /// Walks to the nearest goblin or thing and strikes.
  void fight(core::GameClient& client) {
    const sim::Walker* const self = client.predicted();
    if (self == nullptr) return;
    sim::Intent intent;
    std::int64_t best = INT64_MAX;
    for (const auto& [packed, entity] : client.replica().entities()) {
      const replication::Sight& sight = entity.sight;
      const bool loot = sight.kind == sim::Kind::thing;
      if (!loot && (sight.kind != sim::Kind::monster || sight.action == sim::Action::dead)) continue;
      const base::Vec2 way = sight.track.at(client.replica().tick()) - self->position;
      if (base::length_squared(way) >= best) continue;
      best = base::length_squared(way);
      intent.target = loot ? base::EntityId{} : sight.id;
      intent.attack = !loot && best < std::int64_t{300} * 300;
      intent.heading = intent.attack ? std::uint8_t{0} : static_cast<std::uint8_t>(1 + base::heading_of(way));
    }
    client.want(intent);
  }
  const sim::Belongings& truth(const core::GameClient& client) const {
    const sim::World& world = game_.server.world();
    return world.belongings(*world.find(client.replica().own().id));
  }
  Verdict deed(core::GameClient& client, const protocol::Deed& wanted) {
    const auto ticket = client.ask(wanted, 5000, game_.now_ms());
    EXPECT_TRUE(until(6000, [&] { return ticket.over(); }));
    EXPECT_NE(ticket.answer(), nullptr);
    return ticket.answer() == nullptr ? Verdict::gone : static_cast<Verdict>(ticket.answer()->verdict);
  }

  std::atomic<bool> stuck_ = false;
  ops::Metrics metrics_;
  store::StoreThread thread_{std::make_unique<StubbornStore>(stuck_), metrics_};
  InProcess game_{cudgel::test::Setup{11, 10, 5, 16, 16, &thread_}};
};

TEST_F(GoodsSession, a_newcomer_is_told_that_it_owns_nothing) {
  core::GameClient& client = enter();
  EXPECT_EQ(*client.belongings(), sim::Belongings{});
}

TEST_F(GoodsSession, what_was_told_is_there_after_leaving_and_coming_back) {
  core::GameClient& client = enter();
  earn(client, 1);
  client.want({});
  const sim::Belongings told = *client.belongings();
  const auto token = client.token();
  client.leave();
  game_.run(500);
  core::GameClient& again = enter(token);
  EXPECT_GE(again.belongings()->revision, told.revision);
  EXPECT_EQ(again.stats().resumed, 0U) << "it must be the store that remembers";
  if (again.belongings()->revision == told.revision) {
    EXPECT_EQ(*again.belongings(), told);
  }
}

TEST_F(GoodsSession, what_the_disk_does_not_take_is_told_to_nobody_until_it_does) {
  core::GameClient& client = enter();
  earn(client, 1);
  game_.run(500);
  stuck_ = true;
  const std::uint32_t told = client.belongings()->revision;
  ASSERT_TRUE(until(600000, [&] {
    fight(client);
    return truth(client).revision > told + 1;
  }));
  client.want({});
  game_.run(1000);
  EXPECT_LE(client.belongings()->revision, told + 1) << "one may have been on its way to the disk";
  const std::uint32_t held_back = client.belongings()->revision;
  // An answer that says that it is done waits, too; a refusal gives nothing away.
  protocol::Deed drop;
  drop.type = static_cast<std::uint8_t>(DeedType::drop);
  drop.cell = 39;
  EXPECT_EQ(deed(client, drop), Verdict::empty);
  EXPECT_EQ(client.belongings()->revision, held_back);
  stuck_ = false;
  // The store thread tries again by the real clock.
  while (!thread_.flush()) {}
  ASSERT_TRUE(until(10000, [&] { return *client.belongings() == truth(client); }));
}

TEST_F(GoodsSession, a_deed_is_answered_after_its_belongings_were_told) {
  core::GameClient& client = enter();
  ASSERT_TRUE(until(600000, [&] {
    fight(client);
    return client.belongings()->cells[0].item != 0;
  }));
  client.want({});
  game_.run(500);
  const sim::Stack stack = client.belongings()->cells[0];
  protocol::Deed move;
  move.type = static_cast<std::uint8_t>(DeedType::move);
  move.to = 9;
  const auto ticket = client.ask(move, 5000, game_.now_ms());
  ASSERT_TRUE(until(6000, [&] { return ticket.over(); }));
  ASSERT_NE(ticket.answer(), nullptr);
  ASSERT_EQ(ticket.answer()->verdict, 0);
  EXPECT_EQ(client.belongings()->cells[9].item, stack.item);
  protocol::Deed sell;
  sell.type = static_cast<std::uint8_t>(DeedType::sell);
  sell.cell = 9;
  EXPECT_EQ(deed(client, sell), Verdict::too_far) << "an arena has no trader";
}

TEST_F(GoodsSession, deeds_are_done_one_after_the_other_and_each_once) {
  core::GameClient& client = enter();
  protocol::Deed deposit;
  deposit.type = static_cast<std::uint8_t>(DeedType::deposit);
  deposit.gold = 1;
  std::vector<protocol::Ticket<protocol::Deed>> tickets;
  for (std::size_t i = 0; i < protocol::k_requests_under_way_max; ++i)
    tickets.push_back(client.ask(deposit, 5000, game_.now_ms()));
  const auto one_more = client.ask(deposit, 5000, game_.now_ms());
  ASSERT_TRUE(one_more.over());
  EXPECT_EQ(one_more.failure()->code, protocol::RefusalCode::busy);
  ASSERT_TRUE(until(5000, [&] {
    return std::all_of(tickets.begin(), tickets.end(), [](const auto& ticket) { return ticket.answer() != nullptr; });
  }));
  for (const auto& ticket : tickets) EXPECT_EQ(static_cast<Verdict>(ticket.answer()->verdict), Verdict::too_far);
}

}  // namespace
}  // namespace cudgel::test
