// Goal: over a real connection both sides ask and answer, and a host sees it at /metrics; who breaks the rules of it is told why.
// Method: the real server, frames written by hand.

#include "fixture.h"

namespace cudgel::test {
namespace {

class RequestsOverASocket : public ServerTest {
 protected:
  template <class Message>
  void say(Player& player, const Message& message) {
    flatbuffers::FlatBufferBuilder builder;
    ASSERT_TRUE(player.socket().send(protocol::encode(message, builder)));
  }
  /// Reads frames until one has a note of that type; nullptr when none came.
  template <class Find>
  auto await_note(Player& player, const Find& find) -> decltype(find(std::declval<const protocol::Note&>())) {
    for (int frames = 0; frames < 400 && player.frame(); ++frames) {
      if (player.last()->notes() == nullptr) continue;
      for (const protocol::Note* note : *player.last()->notes()) {
        if (const auto* found = find(*note)) return found;
      }
    }
    return nullptr;
  }
  const protocol::wire::Answer* await_answer(Player& player) {
    return await_note(player, [](const protocol::Note& note) { return note.body_as_Answer(); });
  }
  const protocol::wire::Request* await_request(Player& player) {
    return await_note(player, [](const protocol::Note& note) { return note.body_as_Request(); });
  }
  void expect_malformed(Player& player, const std::string& words) {
    const auto close = player.socket().wait_close();
    ASSERT_TRUE(close) << "no close frame came";
    EXPECT_EQ(close->code, 4002);
    EXPECT_NE(close->reason.find(words), std::string::npos) << close->reason;
  }
};

TEST_F(RequestsOverASocket, a_client_learns_who_is_here) {
  Player& player = joined({"--arena", "32"});
  Player other(port(), "阿木");
  ASSERT_TRUE(other.frame());
  say(player, protocol::Request{1, protocol::WhoIsHere{}});
  const auto* answer = await_answer(player);
  ASSERT_NE(answer, nullptr);
  EXPECT_EQ(answer->id(), 1U);
  const auto value = protocol::value_of(*answer);
  const auto& here = std::get<protocol::Here>(value.body);
  EXPECT_EQ(here.total, 2U);
  ASSERT_EQ(here.players.size(), 2U);
  EXPECT_EQ(here.players[0].name.view(), "Ann");
  EXPECT_EQ(here.players[1].name.view(), "阿木");
  EXPECT_TRUE(metric_becomes("cudgel_requests_answered_total", 1));
}

TEST_F(RequestsOverASocket, the_host_learns_how_it_is) {
  Player& player = joined({"--arena", "32"});
  const auto* request = await_request(player);
  ASSERT_NE(request, nullptr);
  EXPECT_EQ(request->id(), 1U);
  say(player, protocol::Answer{1, protocol::HowItIs{45, 75, 60, 2, protocol::Road::longpoll}});
  EXPECT_TRUE(metric_becomes("cudgel_player_questions_total{outcome=\"answered\"}", 1));
  EXPECT_EQ(metric("cudgel_player_round_trip_seconds_count{transport=\"longpoll\"}"), 1);
  EXPECT_EQ(metric("cudgel_player_round_trip_seconds_sum{transport=\"longpoll\"}"), 0.045);
  EXPECT_EQ(metric("cudgel_player_stalls_total{transport=\"longpoll\"}"), 2);
}

TEST_F(RequestsOverASocket, an_answer_to_nothing_is_4002) {
  Player& player = joined();
  say(player, protocol::Answer{7, protocol::HowItIs{}});
  expect_malformed(player, "Answer.id: was never asked");
}

TEST_F(RequestsOverASocket, a_question_of_the_servers_is_4002) {
  Player& player = joined();
  say(player, protocol::Request{1, protocol::HowIsIt{}});
  expect_malformed(player, "only the server asks");
}

}  // namespace
}  // namespace cudgel::test
