// Goal: looking on works over each of the four roads as over memory (tests/unit/watch_test.cpp): the watcher sees whom it watches walk, is counted, is told in words why not,
// and is closed with its own code when it does anything. Method: the real server, a player over a WebSocket, watchers over each road.

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <memory>
#include <string>

#include "core/game_client.h"
#include "fixture.h"
#include "net_native/native_network.h"

namespace cudgel::test {
namespace {

double now_ms() { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

class WatchRoads : public ServerTest, public ::testing::WithParamInterface<const char*> {
 protected:
  WatchRoads() { start({"--arena", "16"}); }

  [[nodiscard]] std::unique_ptr<core::Transport> road() {
    const std::string name = GetParam();
    if (name == "ws") return network_.make_transport();
    return network_.make_http_transport(name == "sse"        ? net::HttpRoad::sse
                                        : name == "longpoll" ? net::HttpRoad::longpoll
                                                             : net::HttpRoad::poll);
  }
  [[nodiscard]] std::string url() const { return "ws://127.0.0.1:" + std::to_string(port()) + "/ws"; }
  void join(core::GameClient& client, bool watches) {
    core::JoinOptions options;
    options.url = url();
    options.name = "Ann";
    options.watches = watches;
    client.join(options, now_ms());
  }
  template <class Done>
  [[nodiscard]] bool until(Done&& done) {
    return wait_for(std::chrono::seconds(20), [&] {
      network_.service(now_ms());
      ann_.update(now_ms());
      eye_.update(now_ms());
      static_cast<void>(eye_.others());
      return done();
    });
  }
  [[nodiscard]] bool both_are_there() {
    join(ann_, false);
    if (!until([&] { return ann_.phase() == core::Phase::playing && ann_.predicted() != nullptr; })) return false;
    join(eye_, true);
    return until([&] { return eye_.phase() == core::Phase::playing && eye_.self_view().has_value(); });
  }

  net::NativeNetwork network_{{}};
  core::GameClient ann_{baked_content(), network_.make_transport(), 1};
  core::GameClient eye_{baked_content(), road(), 2};
};

TEST_P(WatchRoads, a_watcher_sees_whom_it_watches_walk_and_is_counted) {
  ASSERT_TRUE(both_are_there()) << eye_.message();
  EXPECT_STREQ(eye_.transport_name(), GetParam());
  EXPECT_EQ(eye_.replica().own().id, ann_.replica().own().id);
  EXPECT_EQ(eye_.self_view()->name, "Ann");
  EXPECT_TRUE(until([&] { return ann_.replica().watched_by() == 1; }));
  EXPECT_TRUE(metric_becomes("cudgel_players", 1)) << "it has no body";
  const double before = eye_.self_view()->x;
  // Away from the nearer edge.
  ann_.want({static_cast<std::uint8_t>(before < 8 ? 1 : 33), false, {}});
  EXPECT_TRUE(until([&] { return std::abs(eye_.self_view()->x - before) > 2; }));
  ann_.want({});
  EXPECT_TRUE(until([&] {
    return std::abs(eye_.self_view()->x - ann_.self_view()->x) < 0.1 && std::abs(eye_.self_view()->y - ann_.self_view()->y) < 0.1;
  }));
  eye_.leave();
  EXPECT_TRUE(until([&] { return ann_.replica().watched_by() == 0; }));
  EXPECT_EQ(ann_.phase(), core::Phase::playing);
}

TEST_P(WatchRoads, whoever_may_not_look_on_any_more_is_told_in_words) {
  ASSERT_TRUE(both_are_there()) << eye_.message();
  const auto told = ann_.ask(protocol::LetWatch{false}, 10000, now_ms());
  ASSERT_TRUE(until([&] { return told.over(); }));
  EXPECT_NE(told.answer(), nullptr);
  ASSERT_TRUE(until([&] { return eye_.phase() == core::Phase::refused; }));
  EXPECT_EQ(eye_.message(), "that player does not want to be watched any more");
}

TEST_P(WatchRoads, a_watcher_that_acts_is_closed_with_its_own_code_and_nothing_happens) {
  ASSERT_TRUE(both_are_there()) << eye_.message();
  const auto hostile = road();
  hostile->open(url());
  bool opened = false;
  std::uint16_t code = 0;
  flatbuffers::FlatBufferBuilder builder;
  protocol::Watch watch{{}, baked_content().hash()};
  ASSERT_TRUE(watch.name.assign("Ann"));
  protocol::Acts acts;
  acts.count = 1;
  acts.acts[0].sequence = 1;
  acts.acts[0].heading = 3;
  int frames = 0;
  bool acted = false;
  ASSERT_TRUE(until([&] {
    core::TransportEvent event;
    while (hostile->poll(event)) {
      if (event.type == core::TransportEvent::Type::opened) opened = true;
      if (event.type == core::TransportEvent::Type::message) ++frames;
      if (event.type == core::TransportEvent::Type::closed) code = event.close_code;
    }
    if (opened && frames == 0) opened = hostile->send(protocol::encode(watch, builder)) != core::SendResult::sent;
    if (frames > 0 && !acted) acted = hostile->send(protocol::encode(acts, builder)) == core::SendResult::sent;
    return code != 0;
  }));
  EXPECT_EQ(code, 4010);
  EXPECT_EQ(ann_.predicted()->intent, sim::Intent{});
  EXPECT_TRUE(until([&] { return ann_.replica().watched_by() == 1; })) << "the other one still looks on";
}

INSTANTIATE_TEST_SUITE_P(Roads, WatchRoads, ::testing::Values("ws", "sse", "longpoll", "poll"),
                         [](const auto& instance) { return std::string(instance.param); });

}  // namespace
}  // namespace cudgel::test
