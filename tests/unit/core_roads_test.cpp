// Goal: a player plays on whatever happens to the roads: the best that works is taken, a lost, silent or buffered one is left for the
// next, and a better one is climbed to as soon as it works. Nothing is lost, nothing is done twice.
// Method: a real client with four roads to a server in the same process; each road has a gate that refuses, swallows or holds back.

#include <array>

#include <gtest/gtest.h>

#include "common/baked_content.h"
#include "gated_road.h"
#include "in_process.h"
#include "protocol/limits.h"

namespace cudgel::test {
namespace {

using core::Phase;

enum Road : std::size_t { ws, sse, longpoll, poll };

class FourRoads {
 public:
  explicit FourRoads(const Setup& setup) : game(setup) {
    std::vector<core::Road> roads;
    constexpr std::array k_names{"ws", "sse", "longpoll", "poll"};
    for (std::size_t i = 0; i < gates.size(); ++i) {
      roads.push_back({std::make_unique<GatedRoad>(k_names[i], gates[i], game.network), i <= sse});
    }
    game.clients.emplace_back(baked_content(), std::move(roads), setup.seed);
  }

  void join(const std::string& only_road = {}) {
    client().join({"memory", "traveller", 0, true, std::nullopt, only_road}, game.now_ms());
  }
  [[nodiscard]] bool playing_on(Road road) {
    return client().phase() == Phase::playing && client().predicted() != nullptr &&
           client().transport_name() == client().roads()[road].name;
  }
  /// Joins and plays on `road` for two seconds.
  void play_on(Road road) {
    join();
    ASSERT_TRUE(game.run_until(20000, [&] { return playing_on(road); }));
    game.run(2000);
    body = client().replica().own().id;
  }
  /// Runs, and fails if play was interrupted for one display frame.
  void run_in_play(double ms) {
    bool always = true;
    game.run(ms, [&] { always = always && client().in_play() && client().self_view().has_value(); });
    EXPECT_TRUE(always) << client().message();
  }
  /// `words`: notices heard.
  void expect_same_character(std::size_t words = 0) {
    EXPECT_EQ(client().replica().own().id, body);
    EXPECT_EQ(game.server.metrics().players.value(), 1);
    EXPECT_EQ(game.server.residents().size(), 1U);
    EXPECT_EQ(client().take_notices().size(), words) << "who never seemed away is not told that they are back";
  }
  core::GameClient& client() { return game.clients[0]; }

  std::array<Gate, 4> gates;
  InProcess game;
  base::EntityId body;
};

TEST(Roads, the_best_is_taken_and_the_others_are_left_alone) {
  FourRoads way({1, 20, 5});
  way.play_on(ws);
  way.run_in_play(60000);
  for (const Road other : {sse, longpoll, poll}) EXPECT_TRUE(way.gates[other].opened_ms.empty());
  EXPECT_EQ(way.client().stats().switches, 0U);
}

TEST(Roads, a_road_that_refuses_leads_to_the_next_at_once) {
  FourRoads way({2, 20, 5});
  way.gates[ws].way = way.gates[sse].way = Way::refusing;
  way.join();
  EXPECT_TRUE(way.game.run_until(500, [&] { return way.playing_on(longpoll); }));
}

TEST(Roads, a_road_that_swallows_or_brings_no_welcome_leads_to_the_next_after_three_seconds) {
  for (const Way kind : {Way::swallowing, Way::mute}) {
    FourRoads way({3, 20, 5});
    way.gates[ws].way = way.gates[sse].way = kind;
    way.join();
    bool waited = false;
    way.game.run(7000, [&] { waited = waited || way.client().phase() == Phase::waiting; });
    EXPECT_TRUE(way.playing_on(longpoll));
    EXPECT_FALSE(waited) << "no pause within a round";
    ASSERT_EQ(way.gates[longpoll].opened_ms.size(), 1U);
    EXPECT_GT(way.gates[longpoll].opened_ms[0], 6000);
    EXPECT_EQ(way.game.server.metrics().players.value(), 1) << "who was greeted in vain says goodbye";
  }
}

TEST(Roads, when_all_fail_there_is_a_pause_that_grows_with_each_round) {
  FourRoads way({4, 5});
  for (Gate& gate : way.gates) gate.way = Way::refusing;
  way.join();
  for (const double expected_ms : {500.0, 1000.0, 2000.0, 4000.0, 8000.0, 8000.0}) {
    ASSERT_TRUE(way.game.run_until(500, [&] { return way.client().phase() == Phase::waiting; }));
    const double wait_ms = way.client().retry_in_ms(way.game.now_ms());
    EXPECT_GE(wait_ms, expected_ms * 0.7 - 20);
    EXPECT_LE(wait_ms, expected_ms * 1.3);
    ASSERT_TRUE(way.game.run_until(11000, [&] { return way.client().phase() == Phase::connecting; }));
  }
  for (const Gate& gate : way.gates) EXPECT_GE(gate.opened_ms.size(), 6U);
  way.gates[poll].way = Way::open;
  EXPECT_TRUE(way.game.run_until(11000, [&] { return way.playing_on(poll); }));
}

TEST(Roads, a_refusal_that_concerns_the_client_is_believed_on_the_first_road) {
  using protocol::CloseCode;
  for (const auto code : {CloseCode::wrong_version, CloseCode::wrong_content, CloseCode::malformed, CloseCode::policy}) {
    FourRoads way({5, 5});
    way.game.server.turn_away(static_cast<std::uint16_t>(code), "not you");
    way.join();
    ASSERT_TRUE(way.game.run_until(2000, [&] { return way.client().phase() == Phase::refused; }));
    way.game.run(10000);
    EXPECT_EQ(way.client().phase(), Phase::refused);
    EXPECT_EQ(way.game.network.attempts(), 1U);
  }
}

TEST(Roads, a_full_realm_is_not_asked_over_every_road) {
  FourRoads way({6, 5});
  way.game.server.turn_away(static_cast<std::uint16_t>(protocol::CloseCode::try_later), "the realm is full");
  way.join();
  ASSERT_TRUE(way.game.run_until(2000, [&] { return way.client().phase() == Phase::waiting; }));
  EXPECT_EQ(way.client().message(), "the realm is full");
  EXPECT_EQ(way.game.network.attempts(), 1U);
}

TEST(Roads, a_road_lost_in_play_is_tried_again_first) {
  FourRoads way({7, 30, 10});
  way.play_on(ws);
  way.gates[ws].cut = true;
  way.run_in_play(1000);
  EXPECT_TRUE(way.playing_on(ws));
  EXPECT_EQ(way.gates[ws].opened_ms.size(), 2U);
  EXPECT_EQ(way.client().stats().disconnects, 1U);
  EXPECT_EQ(way.client().stats().switches, 0U);
  way.expect_same_character();
}

TEST(Roads, a_road_that_stays_lost_in_play_leads_to_the_next_and_the_walk_goes_on) {
  FourRoads way({8, 30, 10, 64});
  way.play_on(ws);
  sim::Intent east;
  east.heading = 1;
  way.client().want(east);
  way.game.run(500);
  way.gates[ws].way = Way::refusing;
  way.gates[ws].cut = true;
  double longest_step = 0;
  double x = way.client().self_view()->x;
  bool in_play = true;
  way.game.run(1500, [&] {
    in_play = in_play && way.client().in_play();
    const double now_x = way.client().self_view()->x;
    longest_step = std::max(longest_step, std::abs(now_x - x));
    x = now_x;
  });
  EXPECT_TRUE(in_play);
  EXPECT_TRUE(way.playing_on(sse));
  EXPECT_LT(longest_step, 0.5) << "tiles in a display frame";
  EXPECT_EQ(way.client().stats().switches, 1U);
  EXPECT_EQ(way.client().stats().climbs, 0U);
  EXPECT_EQ(way.game.server.world().find(way.body)->walker.intent.heading, 1);
  way.expect_same_character();
  EXPECT_EQ(way.client().roads()[ws].stays, 1U);
  EXPECT_EQ(way.client().roads()[sse].stays, 1U);
  EXPECT_NEAR(way.client().roads()[ws].played_ms, 2500, 150);
}

TEST(Roads, a_road_gone_silent_is_left_and_one_that_dies_again_and_again_is_not_tried_first) {
  FourRoads way({9, 20, 5});
  way.play_on(ws);
  way.gates[ws].way = Way::mute;
  // Silence, the same road once more in vain, the next.
  way.run_in_play(9000);
  EXPECT_TRUE(way.playing_on(sse));
  way.expect_same_character();
  way.gates[ws].way = Way::refusing;
  for (const std::size_t opened : {2U, 2U}) {
    way.game.run(6000);
    way.gates[sse].cut = true;
    way.run_in_play(1000);
    EXPECT_EQ(way.gates[sse].opened_ms.size(), opened);
  }
  EXPECT_TRUE(way.playing_on(longpoll));
}

TEST(Roads, the_panel_comes_only_when_all_roads_fail_and_goes_with_the_first_that_works) {
  FourRoads way({10, 20, 5});
  way.play_on(ws);
  for (Gate& gate : way.gates) gate.way = Way::refusing;
  way.gates[ws].cut = true;
  ASSERT_TRUE(way.game.run_until(1000, [&] { return way.client().phase() == Phase::waiting; }));
  EXPECT_FALSE(way.client().message().empty());
  way.game.run(11000);
  way.gates[longpoll].way = Way::open;
  ASSERT_TRUE(way.game.run_until(10000, [&] { return way.playing_on(longpoll); }));
  way.game.run(500);
  way.expect_same_character(1);
}

TEST(Roads, a_stream_that_comes_in_lumps_is_left_and_not_climbed_to_for_five_minutes) {
  FourRoads way({11, 20, 5});
  way.play_on(ws);
  way.gates[ws].hold_ms = 2000;
  way.run_in_play(12000);
  EXPECT_TRUE(way.playing_on(sse));
  EXPECT_EQ(way.client().stats().switches, 1U);
  EXPECT_EQ(way.client().stats().disconnects, 0U);
  way.expect_same_character();
  way.gates[ws].hold_ms = 0;
  way.run_in_play(280000);
  EXPECT_EQ(way.gates[ws].opened_ms.size(), 1U);
  way.run_in_play(330000);
  EXPECT_TRUE(way.playing_on(ws));
}

TEST(Roads, where_each_frame_is_asked_for_gaps_are_a_long_way_and_no_reason_to_leave) {
  FourRoads way({12, 20, 5});
  way.gates[ws].way = way.gates[sse].way = Way::refusing;
  way.play_on(longpoll);
  way.gates[longpoll].hold_ms = 1500;
  way.run_in_play(60000);
  EXPECT_TRUE(way.playing_on(longpoll));
  EXPECT_TRUE(way.gates[poll].opened_ms.empty());
}

TEST(Roads, a_better_road_is_climbed_to_when_it_works_again) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    FourRoads way({seed, 40, 30, 64, 20});
    way.gates[ws].way = Way::refusing;
    way.play_on(sse);
    sim::Intent walk;
    walk.heading = 20;
    way.client().want(walk);
    way.gates[ws].way = Way::open;
    way.run_in_play(12000);
    EXPECT_TRUE(way.playing_on(ws));
    EXPECT_EQ(way.client().stats().climbs, 1U);
    EXPECT_EQ(way.client().stats().disconnects, 0U) << "to be replaced by oneself is no loss";
    EXPECT_EQ(way.game.server.malformed(), 0U);
    way.expect_same_character();
    way.run_in_play(60000);
    EXPECT_EQ(way.client().stats().switches, 1U) << "and stays there";
  }
}

TEST(Roads, from_the_lowest_road_the_best_that_works_is_climbed_to) {
  FourRoads way({13, 20, 5});
  for (const Road road : {ws, sse, longpoll}) way.gates[road].way = Way::refusing;
  way.play_on(poll);
  way.gates[ws].way = Way::swallowing;
  way.gates[longpoll].way = Way::open;
  way.run_in_play(20000);
  EXPECT_TRUE(way.playing_on(longpoll));
  way.gates[ws].way = Way::open;
  way.run_in_play(30000);
  EXPECT_TRUE(way.playing_on(ws));
  EXPECT_EQ(way.client().stats().climbs, 2U);
  way.expect_same_character();
}

TEST(Roads, climbs_that_fail_are_not_noticed_and_grow_rare) {
  for (const Way kind : {Way::refusing, Way::swallowing}) {
    FourRoads way({14, 20, 5});
    way.gates[ws].way = kind;
    way.play_on(sse);
    bool playing = true;
    way.game.run(600000, [&] { playing = playing && way.playing_on(sse); });
    EXPECT_TRUE(playing);
    const std::vector<double>& tried = way.gates[ws].opened_ms;
    ASSERT_GE(tried.size(), 5U);
    EXPECT_LE(tried.size(), 9U);
    EXPECT_GT(tried[tried.size() - 1] - tried[tried.size() - 2], 100000);
    EXPECT_EQ(way.client().stats().disconnects, 0U);
    EXPECT_EQ(way.client().stats().resumed, 0U);
  }
}

TEST(Roads, a_climb_whose_welcome_is_lost_goes_back_with_the_same_character) {
  FourRoads way({15, 20, 5});
  way.gates[ws].way = Way::refusing;
  way.play_on(sse);
  // The Hello arrives, the server lets the old road go, and nothing comes down the new one.
  way.gates[ws].way = Way::mute;
  way.run_in_play(20000);
  EXPECT_GE(way.gates[ws].opened_ms.size(), 2U);
  EXPECT_TRUE(way.playing_on(sse));
  EXPECT_GE(way.game.server.metrics().sessions_replaced.value(), 1U);
  way.expect_same_character();
}

TEST(Roads, a_page_that_takes_over_is_believed_even_while_one_climbs_in_vain) {
  FourRoads way({16, 20, 5});
  way.gates[ws].way = Way::swallowing;
  way.play_on(sse);
  const auto attempts = way.gates[ws].opened_ms.size();
  ASSERT_TRUE(way.game.run_until(20000, [&] { return way.gates[ws].opened_ms.size() > attempts; }));
  core::GameClient& second = way.game.clients.emplace_back(baked_content(), way.game.network.make_transport(), 99);
  second.join({"memory", "traveller", 0, true, way.client().token()}, way.game.now_ms());
  ASSERT_TRUE(way.game.run_until(2000, [&] { return way.client().phase() == Phase::refused; }));
  EXPECT_NE(way.client().message().find("came back from elsewhere"), std::string::npos) << way.client().message();
  way.game.run(20000);
  EXPECT_EQ(second.phase(), Phase::playing);
  EXPECT_EQ(second.replica().own().id, way.body);
}

TEST(Roads, a_climb_cut_at_any_moment_loses_nothing) {
  for (int cut_ms = 0; cut_ms <= 300; cut_ms += 10) {
    SCOPED_TRACE(cut_ms);
    FourRoads way({static_cast<std::uint64_t>(cut_ms) + 1, 30, 5});
    way.gates[ws].way = Way::refusing;
    way.play_on(sse);
    way.gates[ws].way = Way::open;
    ASSERT_TRUE(way.game.run_until(20000, [&] { return way.gates[ws].opened_ms.size() == 2; }));
    way.run_in_play(cut_ms);
    way.game.network.cut_all();
    way.run_in_play(3000);
    EXPECT_EQ(way.client().phase(), Phase::playing);
    way.expect_same_character();
  }
}

TEST(Roads, a_press_of_the_attack_key_is_done_once_whatever_road_it_takes) {
  // The key is tapped once around the moment of a climb.
  int blows_in_all = 0;
  for (int tap_ms = 0; tap_ms < 300; tap_ms += 10) {
    SCOPED_TRACE(tap_ms);
    FourRoads way({static_cast<std::uint64_t>(tap_ms) + 1, 40, 20});
    way.gates[ws].way = Way::refusing;
    way.play_on(sse);
    way.gates[ws].way = Way::open;
    ASSERT_TRUE(way.game.run_until(20000, [&] { return way.gates[ws].opened_ms.size() == 2; }));
    int blows = 0;
    base::Tick last_blow = 0;
    const auto watch = [&] {
      const sim::Entity* body = way.game.server.world().find(way.body);
      if (body == nullptr || body->walker.action != sim::Action::attack || body->walker.action_since == last_blow) return;
      last_blow = body->walker.action_since;
      ++blows;
    };
    way.game.run(tap_ms, {}, watch);
    sim::Intent tap;
    tap.attack = true;
    way.client().want(tap);
    way.game.run(34, {}, watch);
    way.client().want({});
    way.game.run(3000, {}, watch);
    EXPECT_TRUE(way.playing_on(ws));
    EXPECT_LE(blows, 1);
    blows_in_all += blows;
  }
  EXPECT_EQ(blows_in_all, 30);
}

TEST(Roads, a_forced_road_is_the_only_one) {
  for (const Road road : {ws, sse, longpoll, poll}) {
    FourRoads way({17, 20, 5});
    const char* name = way.client().roads()[road].name;
    way.join(name);
    ASSERT_TRUE(way.game.run_until(2000, [&] { return way.playing_on(road); }));
    way.gates[road].cut = true;
    way.run_in_play(30000);
    EXPECT_TRUE(way.playing_on(road));
    way.gates[road].way = Way::refusing;
    way.gates[road].cut = true;
    EXPECT_TRUE(way.game.run_until(2000, [&] { return way.client().phase() == Phase::waiting; }));
    for (std::size_t other = 0; other < 4; ++other) EXPECT_EQ(way.gates[other].opened_ms.empty(), other != road);
  }
}

TEST(Roads, a_road_nobody_knows_is_refused_in_words) {
  FourRoads way({18});
  way.join("carrier pigeon");
  EXPECT_EQ(way.client().phase(), Phase::refused);
  EXPECT_EQ(way.client().message(), "there is no road called carrier pigeon");
}

TEST(Roads, leaving_in_the_middle_of_a_climb_leaves_nobody_behind) {
  for (int leave_ms = 0; leave_ms <= 200; leave_ms += 10) {
    SCOPED_TRACE(leave_ms);
    FourRoads way({19, 30, 5});
    way.gates[ws].way = Way::refusing;
    way.play_on(sse);
    way.gates[ws].way = Way::open;
    ASSERT_TRUE(way.game.run_until(20000, [&] { return way.gates[ws].opened_ms.size() == 2; }));
    way.game.run(leave_ms);
    way.client().leave();
    way.game.run(2000);
    EXPECT_EQ(way.client().phase(), Phase::idle);
    EXPECT_EQ(way.game.server.metrics().players.value(), 0);
  }
}

TEST(Roads, the_last_words_on_a_road_get_out_after_it_was_left) {
  FourRoads way({20, 20, 5});
  for (Gate& gate : way.gates) gate.lazy = true;
  way.play_on(ws);
  way.client().leave();
  way.game.run(1000);
  EXPECT_EQ(way.game.server.metrics().players.value(), 0) << "the goodbye was not heard";
  // So is the goodbye of who was greeted in vain.
  way.gates[ws].way = Way::mute;
  way.join();
  ASSERT_TRUE(way.game.run_until(10000, [&] { return way.playing_on(sse); }));
  way.game.run(500);
  EXPECT_EQ(way.game.server.metrics().players.value(), 1);
}

}  // namespace
}  // namespace cudgel::test
