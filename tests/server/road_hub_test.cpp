// Goal: a road's numbers, its end and every deadline of docs/TRANSPORTS.md, to the second. Method: peers and sessions made of memory, a clock
// that is an argument.

#include "net/road_hub.h"

#include <gtest/gtest.h>

#include <deque>

#include "protocol/batch.h"

namespace cudgel::net {
namespace {

using session::SendResult;

class MemoryPeer final : public RoadPeer {
 public:
  [[nodiscard]] const std::string& address() const override { return address_; }
  void answer(HttpResponse response, ops::TransportMetrics&) override {
    status = response.status;
    body = response.body();
    streams = response.endless;
    for (const auto& [name, value] : response.headers) {
      if (name == "Cudgel-Number") number = value;
      if (name == "Cudgel-Close") close = value;
      if (name == "Cudgel-Road") id = value;
    }
  }
  void refuse(const HttpRefusal& refusal, ops::Refusal reason) override {
    status = refusal.status;
    refused = reason;
  }
  [[nodiscard]] bool stream_ready() const override { return streams && flows; }
  void stream(std::string_view bytes) override { body += bytes; }
  void end_stream(std::string_view bytes) override {
    body += bytes;
    streams = false;
  }

  int status = 0;  ///< 0: not answered yet
  std::string body, number, close, id;
  bool streams = false;
  bool flows = true;
  ops::Refusal refused = ops::Refusal::count;

 private:
  std::string address_ = "memory";
};

class MemorySession final : public session::ConnectionEvents {
 public:
  explicit MemorySession(session::Connection& c) : connection(c) {}
  void message(std::span<const std::uint8_t> bytes) override { messages.emplace_back(bytes.begin(), bytes.end()); }
  void text_message() override {}
  void oversized_message() override { connection.close(protocol::CloseCode::too_big, "too big"); }
  void pull() override {
    ++pulls;
    if (!untold.empty()) send(std::exchange(untold, {}));
  }
  void closed() override { ++closes; }
  SendResult send(const std::string& text) {
    return connection.send({reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  }

  session::Connection& connection;
  std::vector<std::string> messages;
  std::string untold;  ///< what pull() finds
  int pulls = 0;
  int closes = 0;
};

class MemoryHost final : public session::ConnectionHost {
 public:
  session::ConnectionEvents& opened(session::Connection& connection, const session::Offer& offer) override {
    MemorySession& made = sessions.emplace_back(connection);
    if (!offer.our_version) connection.close(protocol::CloseCode::wrong_version, "another version");
    return made;
  }
  std::deque<MemorySession> sessions;
};

class RoadHubTest : public ::testing::Test {
 protected:
  void open(RoadKind kind) {
    RoadRequest request;
    request.kind = kind;
    request.version = protocol::k_version;
    MemoryPeer peer;
    hub_.ask(request, peer);
    EXPECT_EQ(peer.status, 200);
    id_ = peer.id;
  }
  MemorySession& session() { return host_.sessions.back(); }
  void ask(RoadAction action, MemoryPeer& peer, std::uint32_t got = 0, std::uint32_t number = 0,
           std::vector<std::string> messages = {}) {
    RoadRequest request;
    request.action = action;
    request.id = id_;
    request.got = got;
    request.number = number;
    for (const std::string& text : messages) {
      protocol::append_to_batch(request.body, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
    }
    hub_.ask(request, peer);
  }
  MemoryPeer asked(RoadAction action, std::uint32_t got = 0, std::uint32_t number = 0, std::vector<std::string> messages = {}) {
    MemoryPeer peer;
    ask(action, peer, got, number, std::move(messages));
    EXPECT_NE(peer.status, 0);
    return peer;
  }
  void pass(double seconds) {
    now_ns_ += static_cast<ops::Nanoseconds>(seconds * 1e9);
    hub_.service();
  }
  [[nodiscard]] std::uint64_t refused(ops::Refusal reason) const {
    return metrics_.refusals[static_cast<std::size_t>(reason)].value();
  }

  ops::Metrics metrics_;
  Admission admission_{10, 0, false};
  ops::Nanoseconds now_ns_ = 1000 * ops::k_ns_per_s;
  MemoryHost host_;
  RoadHub hub_{host_, admission_, metrics_, 0xab, [this] { return now_ns_; }};
  std::string id_;
};

TEST_F(RoadHubTest, an_id_names_its_thread_and_is_new_each_time) {
  open(RoadKind::poll);
  const std::string first = id_;
  open(RoadKind::poll);
  EXPECT_EQ(first.size(), k_road_id_digits);
  EXPECT_EQ(road_thread(first), 0xabU);
  EXPECT_NE(first, id_);
  EXPECT_EQ(metrics_.of(ops::Transport::poll).sessions.value(), 2);
}

TEST_F(RoadHubTest, a_batch_is_read_once_whatever_number_of_times_it_comes) {
  open(RoadKind::longpoll);
  EXPECT_EQ(asked(RoadAction::send, 0, 1, {"a", "b"}).status, 204);
  EXPECT_EQ(asked(RoadAction::send, 0, 1, {"a", "b"}).status, 204);
  EXPECT_EQ(asked(RoadAction::send, 0, 3, {"d"}).refused, ops::Refusal::road_gap);
  EXPECT_EQ(asked(RoadAction::send, 0, 2, {"c"}).status, 204);
  EXPECT_EQ(session().messages, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(refused(ops::Refusal::road_repeated), 1U);
}

TEST_F(RoadHubTest, a_request_whose_number_does_not_fit_is_not_read_at_all) {
  open(RoadKind::poll);
  EXPECT_EQ(asked(RoadAction::receive, 1, 1, {"a"}).refused, ops::Refusal::road_got);
  EXPECT_EQ(asked(RoadAction::receive, 0, 2, {"a"}).refused, ops::Refusal::road_gap);
  EXPECT_TRUE(session().messages.empty());
  EXPECT_EQ(session().pulls, 0);
}

TEST_F(RoadHubTest, the_last_answer_is_kept_until_the_next_question_names_it) {
  open(RoadKind::poll);
  session().untold = "first";
  const MemoryPeer first = asked(RoadAction::receive, 0);
  EXPECT_EQ(first.number, "1");
  session().untold = "second";
  const MemoryPeer again = asked(RoadAction::receive, 0);
  EXPECT_EQ(again.number, "1");
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(asked(RoadAction::receive, 2).refused, ops::Refusal::road_got);
  EXPECT_EQ(asked(RoadAction::receive, 1).number, "2");
  EXPECT_EQ(asked(RoadAction::receive, 2).status, 204);
  EXPECT_EQ(asked(RoadAction::receive, 1).refused, ops::Refusal::road_got) << "it was said to have arrived";
}

TEST_F(RoadHubTest, between_questions_there_is_nothing_to_send_to) {
  open(RoadKind::poll);
  EXPECT_TRUE(session().connection.asks());
  EXPECT_FALSE(session().connection.ready());
  EXPECT_EQ(session().send("x"), SendResult::backpressure);
  EXPECT_EQ(asked(RoadAction::receive).status, 204) << "a poll is answered at once";
}

TEST_F(RoadHubTest, a_long_poll_waits_ten_seconds) {
  open(RoadKind::longpoll);
  MemoryPeer waits;
  ask(RoadAction::receive, waits);
  pass(9.9);
  EXPECT_EQ(waits.status, 0);
  pass(0.2);
  EXPECT_EQ(waits.status, 204);
  MemoryPeer told;
  ask(RoadAction::receive, told);
  EXPECT_EQ(session().send("news"), SendResult::sent);
  EXPECT_EQ(told.status, 200);
}

TEST_F(RoadHubTest, of_two_questions_the_newer_counts) {
  open(RoadKind::longpoll);
  MemoryPeer older;
  MemoryPeer newer;
  ask(RoadAction::receive, older);
  ask(RoadAction::receive, newer);
  EXPECT_EQ(older.refused, ops::Refusal::road_superseded);
  EXPECT_EQ(older.status, 409);
  EXPECT_EQ(session().send("news"), SendResult::sent);
  EXPECT_EQ(newer.status, 200);
}

TEST_F(RoadHubTest, who_went_away_with_a_question_is_not_answered) {
  open(RoadKind::longpoll);
  MemoryPeer lost;
  ask(RoadAction::receive, lost);
  hub_.abandon(lost);
  EXPECT_EQ(session().send("news"), SendResult::backpressure);
  EXPECT_EQ(lost.status, 0);
}

TEST_F(RoadHubTest, a_road_without_a_request_for_twelve_seconds_is_gone) {
  open(RoadKind::longpoll);
  pass(11);
  EXPECT_EQ(asked(RoadAction::send, 0, 1, {"a"}).status, 204);
  pass(11);
  EXPECT_EQ(asked(RoadAction::send, 0, 9, {"a"}).status, 409) << "a refused request is no sign of life";
  pass(2);
  EXPECT_EQ(asked(RoadAction::send, 0, 2, {"b"}).refused, ops::Refusal::road_unknown);
  EXPECT_EQ(session().closes, 1);
  EXPECT_EQ(refused(ops::Refusal::road_silent), 1U);
  EXPECT_EQ(metrics_.of(ops::Transport::longpoll).sessions.value(), 0);
}

TEST_F(RoadHubTest, an_end_is_told_for_five_seconds) {
  open(RoadKind::poll);
  session().connection.close(protocol::CloseCode::too_often, "too many");
  EXPECT_EQ(hub_.untold(), 1U);
  pass(4);
  EXPECT_EQ(session().closes, 1);
  for (const RoadAction action : {RoadAction::receive, RoadAction::send, RoadAction::stream}) {
    const MemoryPeer peer = asked(action, 7, 9, {"x"});
    EXPECT_EQ(peer.status, 410);
    EXPECT_EQ(peer.close, "4004");
    EXPECT_EQ(peer.body, "too many");
  }
  EXPECT_EQ(hub_.untold(), 0U);
  pass(2);
  EXPECT_EQ(asked(RoadAction::receive).status, 404);
}

TEST_F(RoadHubTest, the_request_that_brings_the_end_about_is_told) {
  open(RoadKind::poll);
  EXPECT_EQ(asked(RoadAction::send, 0, 1, {std::string(5000, 'x'), "after"}).close, "1009");
  EXPECT_TRUE(session().messages.empty());
  open(RoadKind::poll);
  RoadRequest broken;
  broken.action = RoadAction::receive;
  broken.id = id_;
  broken.number = 1;
  broken.body = {5, 0, 0, 0, 'x'};
  MemoryPeer peer;
  hub_.ask(broken, peer);
  EXPECT_EQ(peer.close, "1002");
  EXPECT_EQ(refused(ops::Refusal::road_batch), 1U);
  open(RoadKind::poll);
  EXPECT_EQ(asked(RoadAction::send, 0, 1, std::vector<std::string>(33, "x")).close, "1002");
}

TEST_F(RoadHubTest, another_version_is_told_and_leaves_no_road) {
  RoadRequest request;
  request.version = 99;
  MemoryPeer peer;
  hub_.ask(request, peer);
  EXPECT_EQ(peer.status, 410);
  EXPECT_EQ(peer.close, "4001");
  EXPECT_EQ(peer.id, "");
  EXPECT_EQ(session().closes, 1);
}

TEST_F(RoadHubTest, a_closed_road_is_not_there) {
  open(RoadKind::longpoll);
  MemoryPeer waits;
  ask(RoadAction::receive, waits);
  EXPECT_EQ(asked(RoadAction::close).status, 204);
  EXPECT_EQ(waits.status, 404);
  EXPECT_EQ(session().closes, 1);
  EXPECT_EQ(asked(RoadAction::close).status, 404);
}

TEST_F(RoadHubTest, a_stream_says_something_now_and_then_and_ends_with_the_reason) {
  open(RoadKind::sse);
  EXPECT_FALSE(session().connection.ready());
  MemoryPeer stream;
  ask(RoadAction::stream, stream);
  EXPECT_EQ(stream.body, ":\n\n");
  EXPECT_EQ(session().send("abc"), SendResult::sent);
  EXPECT_EQ(stream.body, ":\n\ndata: YWJj\n\n");
  pass(5.1);
  EXPECT_EQ(stream.body, ":\n\ndata: YWJj\n\n:\n\n");
  stream.flows = false;
  EXPECT_FALSE(session().connection.ready());
  pass(5.1);
  EXPECT_EQ(stream.body, ":\n\ndata: YWJj\n\n:\n\n") << "nothing behind what is stuck";
  session().connection.close(protocol::CloseCode::unresponsive, "you read nothing");
  EXPECT_TRUE(stream.body.ends_with("event: close\ndata: 4007 you read nothing\n\n"));
  EXPECT_FALSE(stream.streams);
}

TEST_F(RoadHubTest, a_road_has_one_stream_and_ends_with_it) {
  open(RoadKind::sse);
  MemoryPeer stream;
  ask(RoadAction::stream, stream);
  EXPECT_EQ(asked(RoadAction::stream).refused, ops::Refusal::road_second_stream);
  EXPECT_EQ(asked(RoadAction::receive).refused, ops::Refusal::road_kind);
  hub_.abandon(stream);
  EXPECT_EQ(session().closes, 1);
  EXPECT_EQ(asked(RoadAction::send, 0, 1, {"a"}).status, 404);
  open(RoadKind::poll);
  EXPECT_EQ(asked(RoadAction::stream).refused, ops::Refusal::road_kind);
}

TEST_F(RoadHubTest, a_stream_that_does_not_come_is_awaited_five_seconds) {
  open(RoadKind::sse);
  pass(4.9);
  EXPECT_EQ(asked(RoadAction::send, 0, 1, {"a"}).status, 204);
  pass(0.2);
  EXPECT_EQ(asked(RoadAction::send, 0, 2, {"b"}).status, 404);
}

TEST_F(RoadHubTest, a_road_takes_a_place_until_it_ends) {
  for (int i = 0; i < 10; ++i) open(RoadKind::poll);
  RoadRequest request;
  request.version = protocol::k_version;
  MemoryPeer one_too_many;
  hub_.ask(request, one_too_many);
  EXPECT_EQ(one_too_many.status, 503);
  asked(RoadAction::close);
  open(RoadKind::poll);
}

TEST_F(RoadHubTest, no_road_is_opened_when_the_server_ends) {
  hub_.stop_opening();
  RoadRequest request;
  request.version = protocol::k_version;
  MemoryPeer peer;
  hub_.ask(request, peer);
  EXPECT_EQ(peer.status, 503);
}

}  // namespace
}  // namespace cudgel::net
