// Goal: who watches sees what the watched player sees and can do nothing else; the player may forbid it and knows how many there are; there are
// never more than allowed. And: duels and the ladder through the whole way from a client's request to another client's replica.
// Method: the real sessions, realm and clients in one process on a clock the test moves, and one road written to by hand.

#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "common/baked_content.h"
#include "in_process.h"
#include "sim/deeds.h"
#include "store/memory_store.h"

namespace cudgel::test {
namespace {

using core::GameClient;
using core::Phase;

class Watching : public ::testing::Test {
 protected:
  GameClient& come(const std::string& name, std::uint8_t class_index = 0) {
    GameClient& client = game_.add_client(name, class_index);
    EXPECT_TRUE(game_.run_until(3000, [&] { return client.phase() == Phase::playing && client.predicted() != nullptr; }));
    return client;
  }
  GameClient& look_at(const std::string& name) {
    GameClient& client = game_.clients.emplace_back(baked_content(), game_.network.make_transport(), 99);
    core::JoinOptions options{"memory", name, 0};
    options.watches = true;
    client.join(std::move(options), game_.now_ms());
    return client;
  }
  bool sees(GameClient& client) {
    return game_.run_until(3000, [&] {
      static_cast<void>(client.others());
      return client.phase() == Phase::playing && client.self_view().has_value();
    });
  }
  bool is_refused(GameClient& client, const std::string& words) {
    return game_.run_until(3000, [&] { return client.phase() == Phase::refused; }) && client.message() == words;
  }
  template <class Body>
  auto ask(GameClient& client, const Body& body) {
    auto ticket = client.ask(body, 5000, game_.now_ms());
    EXPECT_TRUE(game_.run_until(3000, [&] { return ticket.over(); }));
    return ticket;
  }
  sim::Verdict deed(GameClient& client, sim::DeedType type, base::EntityId thing = {}) {
    protocol::Deed wanted;
    wanted.type = static_cast<std::uint8_t>(type);
    wanted.thing = thing;
    const auto ticket = ask(client, wanted);
    return ticket.answer() == nullptr ? sim::Verdict::useless : static_cast<sim::Verdict>(ticket.answer()->verdict);
  }

  InProcess game_{{.seed = 7, .delay_ms = 20, .arena_side = 16, .start_level = 5}};
};

TEST_F(Watching, a_watcher_sees_whom_it_watches_and_all_around_and_is_seen_by_nobody) {
  GameClient& ann = come("Ann", 1);
  GameClient& bob = come("Bob");
  GameClient& eye = look_at("Ann");
  ASSERT_TRUE(sees(eye));
  EXPECT_EQ(eye.replica().own().id, ann.replica().own().id);
  EXPECT_EQ(eye.self_view()->archetype, 1);
  EXPECT_EQ(eye.self_view()->name, "Ann");
  EXPECT_FALSE(eye.token().has_value()) << "the character's secret is its player's";
  ann.want({1, false, {}});
  game_.run(600);
  ann.want({});
  game_.run(1000);
  static_cast<void>(eye.others());
  EXPECT_NEAR(eye.self_view()->x, ann.self_view()->x, 0.1);
  EXPECT_NEAR(eye.self_view()->y, ann.self_view()->y, 0.1);
  ASSERT_EQ(eye.others().size(), 1U);
  EXPECT_EQ(eye.others()[0].id, bob.replica().own().id);
  EXPECT_EQ(bob.replica().entities().size(), 1U);
  EXPECT_EQ(game_.server.metrics().players.value(), 2);
  EXPECT_EQ(ann.replica().watched_by(), 1);
  EXPECT_EQ(bob.replica().watched_by(), 0);
  EXPECT_EQ(game_.server.metrics().watchers.value(), 1);
  eye.leave();
  EXPECT_TRUE(game_.run_until(2000, [&] { return ann.replica().watched_by() == 0; }));
  EXPECT_EQ(ann.phase(), Phase::playing);
  EXPECT_EQ(game_.server.metrics().watchers.value(), 0);
}

TEST_F(Watching, what_cannot_be_watched_is_told_in_words) {
  GameClient& ann = come("Ann");
  EXPECT_TRUE(is_refused(look_at("Nobody"), "nobody of that name is here"));
  come("Twin");
  come("Twin");
  EXPECT_TRUE(is_refused(look_at("Twin"), "several have that name"));
  GameClient& eye = look_at("Ann");
  ASSERT_TRUE(sees(eye));
  const auto told = ask(ann, protocol::LetWatch{false});
  ASSERT_NE(told.answer(), nullptr);
  EXPECT_TRUE(is_refused(eye, "that player does not want to be watched any more"));
  EXPECT_TRUE(is_refused(look_at("Ann"), "that player does not want to be watched"));
  EXPECT_NE(ask(ann, protocol::LetWatch{true}).answer(), nullptr);
  GameClient& again = look_at("Ann");
  ASSERT_TRUE(sees(again));
  ann.leave();
  EXPECT_TRUE(is_refused(again, "that player has left"));
  EXPECT_EQ(game_.server.metrics().watchers.value(), 0);
}

TEST_F(Watching, there_are_never_more_than_allowed) {
  game_.server.residents().limit_watchers({2, 3});
  come("Ann");
  come("Bob");
  GameClient& first = look_at("Ann");
  ASSERT_TRUE(sees(first));
  ASSERT_TRUE(sees(look_at("Ann")));
  EXPECT_TRUE(is_refused(look_at("Ann"), "too many are watching already"));
  ASSERT_TRUE(sees(look_at("Bob")));
  EXPECT_TRUE(is_refused(look_at("Bob"), "too many are watching already")) << "in all";
  first.leave();
  game_.run(200);
  EXPECT_TRUE(sees(look_at("Bob"))) << "who goes makes room";
}

TEST_F(Watching, a_watcher_that_acts_or_asks_is_closed_with_its_own_code) {
  come("Ann");
  const std::vector<std::function<void(core::Transport&)>> hostile{
      [](core::Transport& road) {
        flatbuffers::FlatBufferBuilder builder;
        protocol::Acts acts;
        acts.count = 1;
        acts.acts[0].sequence = 1;
        acts.acts[0].heading = 3;
        road.send(protocol::encode(acts, builder));
      },
      [](core::Transport& road) {
        flatbuffers::FlatBufferBuilder builder;
        road.send(protocol::encode(protocol::Request{1, protocol::Speak{protocol::Channel::everybody, {}, "hi"}}, builder));
      },
      [](core::Transport& road) {
        flatbuffers::FlatBufferBuilder builder;
        protocol::Hello hello;
        hello.name.assign("Eve");
        hello.content_hash = baked_content().hash();
        road.send(protocol::encode(hello, builder));
      },
  };
  for (std::size_t i = 0; i < hostile.size(); ++i) {
    const auto road = game_.network.make_transport();
    road->open("memory");
    game_.run(100);
    flatbuffers::FlatBufferBuilder builder;
    protocol::Watch watch{{}, baked_content().hash()};
    watch.name.assign("Ann");
    road->send(protocol::encode(watch, builder));
    game_.run(200);
    hostile[i](*road);
    game_.run(200);
    std::uint16_t code = 0;
    core::TransportEvent event;
    while (road->poll(event)) {
      if (event.type == core::TransportEvent::Type::closed) code = event.close_code;
    }
    EXPECT_EQ(code, 4010) << i;
  }
  EXPECT_EQ(game_.server.metrics().watchers.value(), 0);
  EXPECT_EQ(game_.server.metrics().players.value(), 1);
}

TEST_F(Watching, a_duel_goes_from_a_request_to_both_clients_and_is_counted) {
  GameClient& ann = come("Ann");
  GameClient& bob = come("Bob");
  game_.run(3000);  // the guard of who enters
  const base::EntityId a = ann.replica().own().id;
  const base::EntityId b = bob.replica().own().id;
  const auto distance = [&] { return base::length(ann.replica().own().walker.position - bob.replica().own().walker.position); };
  ASSERT_TRUE(game_.run_until(20000, [&] {
    const base::Vec2 way = bob.replica().own().walker.position - ann.replica().own().walker.position;
    ann.want({static_cast<std::uint8_t>(1 + base::heading_of(way)), false, {}});
    return distance() < 3 * base::k_units_per_tile;
  }));
  ann.want({});
  ASSERT_EQ(deed(ann, sim::DeedType::challenge, b), sim::Verdict::done);
  EXPECT_TRUE(game_.run_until(1000, [&] { return bob.replica().duel().stage == sim::DuelStage::asked; }));
  EXPECT_EQ(bob.replica().duel().rival, a);
  EXPECT_FALSE(ann.may_fight_with(b, 5, bob.replica().own().walker.position));
  ASSERT_EQ(deed(bob, sim::DeedType::accept_duel, a), sim::Verdict::done);
  ASSERT_TRUE(game_.run_until(5000, [&] { return ann.replica().duel().stage == sim::DuelStage::fight; }));
  EXPECT_TRUE(ann.may_fight_with(b, 5, bob.replica().own().walker.position));
  ASSERT_TRUE(game_.run_until(120000, [&] {
    const base::Vec2 way = bob.replica().own().walker.position - ann.replica().own().walker.position;
    const bool near = base::length(way) < base::k_units_per_tile;
    ann.want({near ? std::uint8_t{0} : static_cast<std::uint8_t>(1 + base::heading_of(way)), near, b});
    return ann.replica().duel().stage == sim::DuelStage::none;
  }));
  EXPECT_EQ(bob.replica().own().health, 1);
  const auto ladder = ask(ann, protocol::WhoIsStrongest{});
  ASSERT_NE(ladder.answer(), nullptr);
  ASSERT_EQ(ladder.answer()->ranks.size(), 2U);
  for (const auto& rank : ladder.answer()->ranks)
    EXPECT_EQ(rank.duel_wins, rank.name.view() == "Ann" ? 1U : 0U) << rank.name.view();
}

TEST(Ladder, stands_in_the_store_and_knows_those_who_are_gone) {
  ops::Metrics metrics;
  auto memory = std::make_unique<store::MemoryStore>();
  for (std::uint8_t i = 1; i <= 12; ++i) {
    store::Character one;
    one.id = i;
    ASSERT_TRUE(one.name.assign("Old " + std::to_string(i)));
    one.class_name = i == 5 ? "a class of old" : baked_content().classes()[i % 3U].body.name;
    one.level = i;
    one.duel_wins = i * 2U;
    ASSERT_TRUE(memory->create(one, {{i}, {}}));
  }
  store::StoreThread thread(std::move(memory), metrics);
  InProcess game({.seed = 3, .arena_side = 16, .store = &thread});
  GameClient& ann = game.add_client("Ann");
  ASSERT_TRUE(game.run_until(5000, [&] { return ann.predicted() != nullptr; }));
  auto ticket = ann.ask(protocol::WhoIsStrongest{}, 5000, game.now_ms());
  ASSERT_TRUE(game.run_until(5000, [&] { return ticket.over(); }));
  ASSERT_NE(ticket.answer(), nullptr);
  const auto& ranks = ticket.answer()->ranks;
  ASSERT_EQ(ranks.size(), 9U) << "ten, and one of them of a class that is no more";
  EXPECT_EQ(ranks[0].name.view(), "Old 12");
  EXPECT_EQ(ranks[0].level, 12);
  EXPECT_EQ(ranks[0].duel_wins, 24U);
  EXPECT_EQ(ranks[8].name.view(), "Old 3");
}

}  // namespace
}  // namespace cudgel::test
