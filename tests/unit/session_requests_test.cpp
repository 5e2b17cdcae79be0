// Goal: whatever a client asks or answers, when and how often, has one outcome, and what clients tell is counted.
// Method: messages written by hand to the real sessions, in one process on a clock the test moves.

#include <gtest/gtest.h>

#include "common/baked_content.h"
#include "in_process.h"
#include "protocol/server_frame.h"

namespace cudgel::test {
namespace {

using protocol::Answer;
using protocol::HowItIs;
using protocol::Request;
using protocol::WhoIsHere;
using Outcome = ops::PlayerMetrics::Outcome;

class SessionRequests : public ::testing::Test {
 protected:
  void connect() {
    road_->open("memory");
    run(50);
    listen();
  }
  void say_hello(const std::optional<protocol::Token>& token = std::nullopt) {
    protocol::Hello hello;
    EXPECT_TRUE(hello.name.assign("Ann"));
    hello.content_hash = baked_content().hash();
    hello.token = token;
    send(hello);
  }
  /// Connected and welcomed.
  void join() {
    connect();
    say_hello();
    run(100);
    ASSERT_TRUE(token_);
  }
  template <class Message>
  void send(const Message& message) {
    flatbuffers::FlatBufferBuilder builder;
    EXPECT_EQ(road_->send(protocol::encode(message, builder)), core::SendResult::sent);
  }
  /// Lets that much time go by, reading what comes.
  void run(double ms) {
    const double end = game_.now_ms() + ms;
    while (game_.now_ms() < end) {
      game_.run(InProcess::k_tick_ms);
      listen();
    }
  }
  void listen() {
    core::TransportEvent event;
    while (road_->poll(event)) {
      if (event.type == core::TransportEvent::Type::message) read(event.message);
      if (event.type != core::TransportEvent::Type::closed) continue;
      closed_ = event.close_code;
      reason_ = event.close_reason;
    }
  }
  void read(std::span<const std::uint8_t> bytes) {
    const auto frame = reader_.read(bytes);
    ASSERT_TRUE(frame) << frame.error().reason;
    if ((*frame)->notes() == nullptr) return;
    for (const protocol::Note* note : *(*frame)->notes()) {
      if (const auto* welcome = note->body_as_Welcome()) {
        std::copy(welcome->token()->begin(), welcome->token()->end(), token_.emplace().begin());
      }
      if (const auto* request = note->body_as_Request()) requests_.push_back(protocol::value_of(*request));
      if (const auto* answer = note->body_as_Answer()) answers_.push_back(protocol::value_of(*answer));
    }
  }
  /// Until the server has asked so many times in all.
  void await_requests(std::size_t count) {
    for (int i = 0; i < 40 && requests_.size() < count && closed_ == 0; ++i) {
      run(1000);
      send(protocol::Acts{});  // a sign of life, so that the road does not look dead
    }
    ASSERT_EQ(requests_.size(), count);
  }
  [[nodiscard]] std::uint64_t outcome(Outcome outcome) const {
    return game_.server.metrics().player.outcomes[static_cast<std::size_t>(outcome)].value();
  }
  void expect_closed(protocol::CloseCode code, std::string_view words) {
    run(100);
    EXPECT_EQ(closed_, static_cast<int>(code));
    EXPECT_NE(reason_.find(words), std::string::npos) << reason_;
  }

  InProcess game_{{3}};
  std::unique_ptr<core::Transport> road_ = game_.network.make_transport();
  protocol::FrameReader reader_;
  std::optional<protocol::Token> token_;
  std::vector<Request> requests_;
  std::vector<Answer> answers_;
  int closed_ = 0;
  std::string reason_;
};

TEST_F(SessionRequests, a_question_has_one_answer_with_its_number) {
  join();
  send(Request{1, WhoIsHere{}});
  send(Request{2, WhoIsHere{}});
  run(200);
  ASSERT_EQ(answers_.size(), 2U);
  EXPECT_EQ(answers_[0].id, 1U);
  EXPECT_EQ(answers_[1].id, 2U);
  EXPECT_EQ(std::get<protocol::Here>(answers_[1].body).players[0].name.view(), "Ann");
}

TEST_F(SessionRequests, before_the_welcome_is_too_early) {
  for (const bool after_hello : {false, true}) {
    closed_ = 0;
    connect();
    if (after_hello) say_hello();
    send(Request{1, WhoIsHere{}});
    expect_closed(protocol::CloseCode::too_early, "before the Welcome");
    connect();
    if (after_hello) say_hello();
    send(Answer{1, HowItIs{}});
    expect_closed(protocol::CloseCode::too_early, "before the Welcome");
  }
}

TEST_F(SessionRequests, numbers_are_without_gaps) {
  for (const auto& ids : {std::vector<std::uint32_t>{2}, {1, 3}, {1, 1}, {0xffffffffU}}) {
    closed_ = 0;
    join();
    for (const std::uint32_t id : ids) send(Request{id, WhoIsHere{}});
    expect_closed(protocol::CloseCode::malformed, "Request.id");
  }
}

TEST_F(SessionRequests, eight_at_once_are_answered_one_by_one) {
  join();
  for (std::uint32_t id = 1; id <= 8; ++id) send(Request{id, WhoIsHere{}});
  run(100);
  EXPECT_LT(answers_.size(), 8U);
  run(1000);
  ASSERT_EQ(answers_.size(), 8U);
  for (std::uint32_t i = 0; i < 8; ++i) {
    EXPECT_EQ(answers_[i].id, i + 1);
    EXPECT_EQ(std::holds_alternative<protocol::Failure>(answers_[i].body), i >= 4) << "four at once, then one a second";
  }
  EXPECT_EQ(closed_, 0);
}

TEST_F(SessionRequests, nine_at_once_are_too_many) {
  join();
  for (std::uint32_t id = 1; id <= 9; ++id) send(Request{id, WhoIsHere{}});
  expect_closed(protocol::CloseCode::too_often, "more than 8");
}

TEST_F(SessionRequests, what_clients_tell_is_counted_by_road) {
  join();
  await_requests(1);
  EXPECT_EQ(requests_[0], (Request{1, protocol::HowIsIt{}}));
  send(Answer{1, HowItIs{120, 80, 60, 3, protocol::Road::sse}});
  await_requests(2);
  send(Answer{2, protocol::Failure{protocol::RefusalCode::not_now, "busy drawing"}});
  run(100);
  EXPECT_EQ(outcome(Outcome::answered), 1U);
  EXPECT_EQ(outcome(Outcome::refused), 1U);
  const std::string page = game_.server.metrics().render();
  for (const char* line :
       {"cudgel_player_round_trip_seconds_bucket{transport=\"sse\",le=\"0.1\"} 0\n",
        "cudgel_player_round_trip_seconds_bucket{transport=\"sse\",le=\"0.125\"} 1\n",
        "cudgel_player_round_trip_seconds_sum{transport=\"sse\"} 0.120000\n", "cudgel_player_stalls_total{transport=\"sse\"} 3\n",
        "cudgel_player_interpolation_delay_seconds_count 1\n", "cudgel_player_frames_per_second_sum 60.000000\n",
        "cudgel_player_questions_total{outcome=\"answered\"} 1\n"}) {
    EXPECT_NE(page.find(line), std::string::npos) << line;
  }
}

TEST_F(SessionRequests, who_is_silent_is_counted_and_may_stay) {
  join();
  await_requests(1);
  run(11000);
  EXPECT_EQ(outcome(Outcome::timeout), 1U);
  EXPECT_EQ(closed_, 0);
  send(Answer{1, HowItIs{}});
  run(100);
  EXPECT_EQ(game_.server.metrics().answers_late.value(), 1U);
  EXPECT_EQ(outcome(Outcome::answered), 0U);
  send(Answer{1, HowItIs{}});
  run(100);
  EXPECT_EQ(game_.server.metrics().answers_late.value(), 2U) << "a second time, too";
  EXPECT_EQ(closed_, 0);
}

TEST_F(SessionRequests, who_never_answers_is_silent_every_time) {
  join();
  for (int i = 0; i < 400; ++i) {
    run(1000);
    send(protocol::Acts{});
  }
  EXPECT_EQ(requests_.size(), protocol::k_requests_under_way_max);
  EXPECT_GT(outcome(Outcome::timeout), protocol::k_requests_under_way_max);
  EXPECT_EQ(outcome(Outcome::refused), 0U);
  EXPECT_EQ(closed_, 0);
}

TEST_F(SessionRequests, an_answer_to_nothing_is_malformed) {
  join();
  send(Answer{1, HowItIs{}});
  expect_closed(protocol::CloseCode::malformed, "Answer.id: was never asked");
}

TEST_F(SessionRequests, another_connection_begins_anew) {
  join();
  await_requests(1);
  const auto elsewhere = std::exchange(road_, game_.network.make_transport());
  const std::optional<protocol::Token> token = std::exchange(token_, std::nullopt);
  connect();
  say_hello(token);
  run(100);
  ASSERT_TRUE(token_);
  EXPECT_EQ(game_.server.metrics().sessions_resumed.value(), 1U);
  EXPECT_EQ(outcome(Outcome::disconnected), 1U) << "what the other connection was asked";
  requests_.clear();
  await_requests(1);
  EXPECT_EQ(requests_[0].id, 1U);
  send(Request{1, WhoIsHere{}});
  send(Answer{1, HowItIs{}});
  run(200);
  EXPECT_EQ(answers_.size(), 1U);
  EXPECT_EQ(outcome(Outcome::answered), 1U);
}

TEST_F(SessionRequests, the_list_ends_at_a_hundred) {
  join();
  for (int i = 0; i < 120; ++i) game_.add_client("player " + std::to_string(i));
  run(1500);
  send(Request{1, WhoIsHere{}});
  run(200);
  ASSERT_EQ(answers_.size(), 1U);
  const auto& here = std::get<protocol::Here>(answers_[0].body);
  EXPECT_EQ(here.total, 121U);
  EXPECT_EQ(here.players.size(), protocol::k_people_max);
}

TEST(Census, the_highest_come_first_then_by_slot_and_it_is_taken_once_a_second) {
  replication::Picture picture;
  picture.tick = 1000;
  for (std::uint16_t i = 0; i < 150; ++i) {
    replication::PublishedPlayer& player = picture.players.emplace_back();
    player.id = {i, 1};
    player.level = static_cast<std::uint16_t>(1 + i % 10);
    ASSERT_TRUE(player.name.assign(std::to_string(i)));
  }
  session::Residents residents;
  session::Census census;
  const protocol::Here first = census.of(picture, residents, 20);
  EXPECT_EQ(first.total, 150U);
  ASSERT_EQ(first.players.size(), protocol::k_people_max);
  for (std::size_t i = 0; i < first.players.size(); ++i) {
    EXPECT_EQ(first.players[i].level, 10 - i / 15);
    EXPECT_EQ(first.players[i].name.view(), std::to_string(9 - i / 15 + 10 * (i % 15)));
  }
  picture.players.resize(1);
  picture.tick = 1019;
  EXPECT_EQ(census.of(picture, residents, 20), first);
  picture.tick = 1020;
  EXPECT_EQ(census.of(picture, residents, 20).players.size(), 1U);
}

}  // namespace
}  // namespace cudgel::test
