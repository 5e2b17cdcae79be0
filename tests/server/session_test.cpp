// Goal: a session behaves the same on any transport: what it sends, when it closes, that a slow reader gets the newest state and
// never a backlog. Method: a connection made of memory, a realm ticked by hand, a clock that is an argument.

#include "session/sessions.h"

#include <gtest/gtest.h>

#include <deque>
#include <set>

#include "common/baked_content.h"
#include "protocol/server_frame.h"
#include "realm/realm.h"
#include "replication/replica.h"

namespace cudgel::session {
namespace {

class MemoryConnection final : public Connection {
 public:
  [[nodiscard]] bool ready() const override { return reads && close_code == 0; }
  SendResult send(std::span<const std::uint8_t> message) override {
    if (!ready()) return SendResult::backpressure;
    sent.emplace_back(message.begin(), message.end());
    return SendResult::sent;
  }
  void close(protocol::CloseCode code, std::string_view reason) override {
    close_code = static_cast<int>(code);
    close_reason = reason;
  }
  [[nodiscard]] bool asks() const override { return asking; }
  [[nodiscard]] const std::string& address() const override { return address_; }

  bool asking = false;
  bool reads = true;
  std::deque<std::vector<std::uint8_t>> sent;
  int close_code = 0;
  std::string close_reason;

 private:
  std::string address_ = "memory";
};

class SessionTest : public ::testing::Test {
 protected:
  SessionTest() {
    realm::RealmOptions options;
    options.arena_side = 64;
    options.monsters = 20;
    realm_ = std::make_unique<realm::Realm>(test::baked_content(), options, std::vector<realm::Inbox*>{&inbox_}, stage_, metrics_,
                                            nullptr);
    now_ns_ = ops::monotonic_ns();
  }
  ConnectionEvents& open(const Offer& offer = {}) { return sessions_.opened(connection_, offer); }
  void tick() {
    inbox_.hand_over();
    realm_->tick(0);
    now_ns_ += 50 * ops::k_ns_per_ms;
    sessions_.show(stage_.newest().picture, now_ns_);
  }
  void say_hello(ConnectionEvents& events) {
    protocol::Hello hello;
    EXPECT_TRUE(hello.name.assign("Ann"));
    hello.content_hash = test::baked_content().hash();
    flatbuffers::FlatBufferBuilder builder;
    events.message(protocol::encode(hello, builder));
  }

  ops::Metrics metrics_;
  ops::LimitedLog log_;
  realm::Inbox inbox_;
  realm::Stage stage_;
  std::unique_ptr<realm::Realm> realm_;
  Residents residents_;
  Sessions sessions_{{test::baked_content(), 20, 64, inbox_, residents_, metrics_, log_}};
  MemoryConnection connection_;
  ops::Nanoseconds now_ns_ = 0;
};

TEST_F(SessionTest, hello_is_followed_by_one_frame_per_tick) {
  say_hello(open());
  for (int i = 0; i < 5; ++i) tick();
  EXPECT_EQ(connection_.sent.size(), 5U);
  EXPECT_EQ(connection_.close_code, 0);
}

TEST_F(SessionTest, more_sessions_than_fit_a_batch_get_each_its_own_frame_in_every_tick) {
  constexpr std::size_t k_sessions = 2 * FrameBatch::k_frames + 3;
  constexpr std::size_t k_slow = FrameBatch::k_frames - 1;
  constexpr std::size_t k_ticks = 4;
  std::deque<MemoryConnection> connections(k_sessions);
  for (MemoryConnection& connection : connections) say_hello(sessions_.opened(connection, {}));
  tick();
  connections[k_slow].reads = false;
  for (std::size_t i = 1; i < k_ticks; ++i) tick();
  protocol::FrameReader reader;
  std::set<std::uint32_t> selves;
  for (const MemoryConnection& connection : connections) {
    ASSERT_EQ(connection.sent.size(), &connection == &connections[k_slow] ? 1U : k_ticks);
    replication::Replica replica;
    for (const auto& message : connection.sent) {
      const auto frame = reader.read(message);
      ASSERT_TRUE(frame) << frame.error().reason;
      const auto applied = replica.apply(**frame);
      ASSERT_TRUE(applied) << applied.error().reason;
    }
    selves.insert(replica.own().id.packed());
  }
  EXPECT_EQ(selves.size(), k_sessions);
  EXPECT_EQ(metrics_.frames_sent.value(), k_sessions * k_ticks - (k_ticks - 1));
}

TEST_F(SessionTest, a_slow_reader_gets_the_newest_state_and_no_backlog) {
  say_hello(open());
  tick();
  connection_.reads = false;
  for (int i = 0; i < 100; ++i) tick();
  EXPECT_EQ(connection_.sent.size(), 1U);
  connection_.reads = true;
  tick();
  ASSERT_EQ(connection_.sent.size(), 2U);
  replication::Replica replica;
  protocol::FrameReader reader;
  for (const auto& message : connection_.sent) {
    const auto frame = reader.read(message);
    ASSERT_TRUE(frame) << frame.error().reason;
    ASSERT_TRUE(replica.apply(**frame));
  }
  EXPECT_EQ(replica.tick(), realm_->world().tick());
  EXPECT_EQ(metrics_.frames_skipped.value(), 100U);
}

TEST_F(SessionTest, who_asks_between_ticks_gets_the_newest_state_once) {
  ConnectionEvents& events = open();
  connection_.asking = true;
  connection_.reads = false;
  events.pull();
  say_hello(events);
  events.pull();
  for (int i = 0; i < 10; ++i) tick();
  EXPECT_TRUE(connection_.sent.empty());
  EXPECT_EQ(metrics_.frames_skipped.value(), 0U) << "nobody is slow who has not asked";
  connection_.reads = true;
  events.pull();
  ASSERT_EQ(connection_.sent.size(), 1U);
  protocol::FrameReader reader;
  const auto frame = reader.read(connection_.sent.front());
  ASSERT_TRUE(frame) << frame.error().reason;
  EXPECT_EQ((*frame)->head()->tick(), realm_->world().tick());
  events.pull();
  EXPECT_EQ(connection_.sent.size(), 1U) << "nothing is untold";
  tick();
  events.pull();
  EXPECT_EQ(connection_.sent.size(), 2U) << "the tick has told it already";
}

TEST_F(SessionTest, after_the_close_nobody_is_told_anything) {
  ConnectionEvents& events = open();
  say_hello(events);
  tick();
  connection_.reads = false;
  tick();
  connection_.reads = true;
  sessions_.go_away("see you");
  events.pull();
  EXPECT_EQ(connection_.sent.size(), 1U);
}

TEST_F(SessionTest, a_reader_that_never_catches_up_is_4007) {
  say_hello(open());
  tick();
  connection_.reads = false;
  for (int i = 0; i < 20 * 16 && connection_.close_code == 0; ++i) tick();
  EXPECT_EQ(connection_.close_code, 4007);
  tick();
  EXPECT_EQ(metrics_.players_away.value(), 1) << "it may come back on a better road";
}

TEST_F(SessionTest, who_says_nothing_for_five_seconds_is_4005) {
  open();
  for (int i = 0; i < 98; ++i) tick();
  EXPECT_EQ(connection_.close_code, 0);
  for (int i = 0; i < 10; ++i) tick();
  EXPECT_EQ(connection_.close_code, 4005);
}

TEST_F(SessionTest, after_the_close_nothing_is_listened_to) {
  ConnectionEvents& events = open();
  events.text_message();
  EXPECT_EQ(connection_.close_code, 1003);
  say_hello(events);
  events.oversized_message();
  tick();
  EXPECT_EQ(connection_.close_code, 1003);
  EXPECT_EQ(realm_->players(), 0U);
  EXPECT_TRUE(connection_.sent.empty());
}

TEST_F(SessionTest, the_body_leaves_with_a_goodbye_and_the_session_is_forgotten) {
  ConnectionEvents& events = open();
  say_hello(events);
  tick();
  EXPECT_EQ(realm_->players(), 1U);
  flatbuffers::FlatBufferBuilder builder;
  events.message(protocol::encode(protocol::Bye{}, builder));
  events.closed();
  tick();
  EXPECT_EQ(realm_->players(), 0U);
  EXPECT_EQ(residents_.size(), 0U);
  sessions_.sweep();
  EXPECT_EQ(sessions_.size(), 0U);
  EXPECT_EQ(metrics_.sessions.value(), 0);
}

TEST_F(SessionTest, a_lost_connection_leaves_the_body_behind) {
  ConnectionEvents& events = open();
  say_hello(events);
  tick();
  tick();
  events.closed();
  tick();
  EXPECT_EQ(realm_->players(), 1U);
  EXPECT_EQ(metrics_.players_away.value(), 1);
  EXPECT_EQ(residents_.size(), 1U);
}

TEST_F(SessionTest, who_is_lost_before_the_welcome_has_nobody_to_come_back) {
  ConnectionEvents& events = open();
  say_hello(events);
  events.closed();
  tick();
  tick();
  EXPECT_EQ(realm_->players(), 0U);
  EXPECT_EQ(residents_.size(), 0U);
}

TEST_F(SessionTest, the_farewell_is_1001_and_said_once) {
  say_hello(open());
  tick();
  sessions_.go_away("see you");
  EXPECT_EQ(connection_.close_code, 1001);
  EXPECT_EQ(connection_.close_reason, "see you");
  connection_.close_code = 0;
  sessions_.go_away("again");
  EXPECT_EQ(connection_.close_code, 0);
}

TEST_F(SessionTest, another_version_is_told_before_a_word_was_said) {
  open({false, 7});
  EXPECT_EQ(connection_.close_code, 4001);
  EXPECT_EQ(connection_.close_reason, "this page speaks protocol 7, the realm speaks 6: reload the page");
}

}  // namespace
}  // namespace cudgel::session
