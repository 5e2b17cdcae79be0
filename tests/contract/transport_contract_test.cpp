// Goal: whatever carries a session, its two ends see the same: core::Transport and session::Connection keep their words over WebSocket,
// Server-Sent Events, long polling, polling and memory. Method: one suite over all five, the real network code of both sides in one
// thread; the same over a bad network in front. Time is waited for, never measured.

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "net_simulated/simulated_transport.h"
#include "wire.h"

namespace cudgel::test {
namespace {

using core::SendResult;
using core::TransportEvent;
using protocol::CloseCode;

/// Only matters when a test fails.
constexpr double k_patience_ms = 30000;

std::string text_of(std::span<const std::uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }
std::vector<std::uint8_t> bytes_of(const std::string& text) { return {text.begin(), text.end()}; }
/// Says which one it is, and is recognisably whole.
std::string numbered(int number, std::size_t bytes) {
  std::string text = std::to_string(number) + ":";
  while (text.size() < bytes) text.push_back(static_cast<char>('a' + (text.size() * 31 + static_cast<std::size_t>(number)) % 26));
  return text;
}
int number_of(const std::string& text) { return std::stoi(text); }

class TransportContract : public ::testing::TestWithParam<const char*> {
 protected:
  TransportContract() : wire(make_wire(GetParam())), transport(wire->make_transport()) {}

  /// Both ends take turns until it is so.
  ::testing::AssertionResult comes(const std::function<bool()>& done) {
    const double until = wire->now_ms() + k_patience_ms;
    while (!done()) {
      if (wire->now_ms() > until)
        return ::testing::AssertionFailure() << "waited in vain" << (closed ? ", closed: " + close_reason : "");
      wire->turn();
      poll();
    }
    return ::testing::AssertionSuccess();
  }
  /// Some more turns in which nothing is expected.
  void go_on(double ms) {
    const double until = wire->now_ms() + ms;
    static_cast<void>(comes([&] { return wire->now_ms() > until; }));
  }
  void poll() {
    TransportEvent event;
    while (transport->poll(event)) {
      EXPECT_FALSE(closed) << "nothing comes behind a close";
      if (event.type == TransportEvent::Type::opened) opened = true;
      if (event.type == TransportEvent::Type::message) heard.push_back(text_of(event.message));
      if (event.type != TransportEvent::Type::closed) continue;
      closed = true;
      close_code = event.close_code;
      close_reason = event.close_reason;
    }
  }
  RecordingSession& open() {
    transport->open(wire->url());
    EXPECT_TRUE(comes([&] { return opened && !wire->host.sessions.empty(); }));
    return session();
  }
  RecordingSession& session() { return *wire->host.sessions.back(); }
  SendResult send(const std::string& message) { return transport->send(bytes_of(message)); }
  /// As a client does that has to say it: again, until it is taken.
  void say(const std::string& message) {
    EXPECT_TRUE(comes([&] { return send(message) == SendResult::sent; }));
  }
  /// poll brings one frame down for each question: ten a second.
  [[nodiscard]] bool is_slow() const { return std::string(GetParam()) == "poll"; }

  std::unique_ptr<Wire> wire;
  std::unique_ptr<core::Transport> transport;
  bool opened = false;
  bool closed = false;
  std::uint16_t close_code = 0;
  std::string close_reason;
  std::vector<std::string> heard;
};

INSTANTIATE_TEST_SUITE_P(, TransportContract, ::testing::Values("ws", "sse", "longpoll", "poll", "memory"),
                         [](const auto& each) { return std::string(each.param); });

TEST_P(TransportContract, opens_at_both_ends) {
  EXPECT_EQ(send("early"), SendResult::closed);
  RecordingSession& there = open();
  EXPECT_STREQ(transport->name(), GetParam());
  EXPECT_TRUE(there.offer().our_version);
  EXPECT_FALSE(there.address().empty());
  EXPECT_EQ(wire->host.sessions.size(), 1U);
  EXPECT_TRUE(there.heard().empty());
  EXPECT_EQ(transport->buffered_bytes(), 0U);
}

TEST_P(TransportContract, messages_come_whole_and_in_order_both_ways) {
  RecordingSession& there = open();
  std::vector<std::string> up;
  std::vector<std::string> down;
  const std::size_t sizes[] = {2, 3, 125, 126, 127, 1000, 4096, 2, 4095};
  for (const std::size_t size : sizes) {
    up.push_back(numbered(static_cast<int>(up.size()), size));
    down.push_back(numbered(static_cast<int>(down.size()) + 100, size * 3));
    there.tell(down.back());
    say(up.back());
  }
  EXPECT_TRUE(comes([&] { return heard.size() == down.size() && there.heard().size() == up.size(); }));
  EXPECT_EQ(heard, down);
  EXPECT_EQ(there.heard(), up);
  EXPECT_TRUE(comes([&] { return transport->buffered_bytes() == 0; }));
}

TEST_P(TransportContract, the_largest_frame_comes_whole) {
  RecordingSession& there = open();
  std::string frame(protocol::k_server_frame_bytes_max, '\0');
  for (std::size_t i = 0; i < frame.size(); ++i) frame[i] = static_cast<char>(i * 7 + i / 256);
  for (int i = 0; i < 3; ++i) there.tell(frame);
  there.tell("behind");
  EXPECT_TRUE(comes([&] { return heard.size() == 4; }));
  EXPECT_EQ(heard, (std::vector<std::string>{frame, frame, frame, "behind"}));
}

TEST_P(TransportContract, many_small_ones_lose_nothing) {
  RecordingSession& there = open();
  const int downs = is_slow() ? 25 : 200;
  constexpr int k_ups = 200;
  for (int i = 0; i < downs; ++i) there.tell(numbered(i, 2));
  for (int i = 0; i < k_ups; ++i) say(numbered(i, 2));
  EXPECT_TRUE(comes([&] { return static_cast<int>(heard.size()) == downs && there.heard().size() == k_ups; }));
  for (int i = 0; i < downs; ++i) ASSERT_EQ(number_of(heard[static_cast<std::size_t>(i)]), i);
  for (int i = 0; i < k_ups; ++i) ASSERT_EQ(number_of(there.heard()[static_cast<std::size_t>(i)]), i);
}

TEST_P(TransportContract, a_bad_network_in_front_changes_when_not_what) {
  const auto spec = net::parse_net_spec("delay=30,jitter=30,stall=200/500");
  ASSERT_TRUE(spec);
  transport = std::make_unique<net::SimulatedTransport>(std::move(transport), *spec, 7, [this] { return wire->now_ms(); });
  RecordingSession& there = open();
  constexpr int k_each = 20;
  for (int i = 0; i < k_each; ++i) {
    there.tell(numbered(i, 100));
    say(numbered(i, 100));
    go_on(20);
  }
  EXPECT_TRUE(comes([&] { return heard.size() == k_each && there.heard().size() == k_each; }));
  for (int i = 0; i < k_each; ++i) {
    EXPECT_EQ(heard[static_cast<std::size_t>(i)], numbered(i, 100));
    EXPECT_EQ(there.heard()[static_cast<std::size_t>(i)], numbered(i, 100));
  }
}

TEST_P(TransportContract, the_servers_close_arrives_with_code_and_words_behind_what_was_sent) {
  RecordingSession& there = open();
  there.tell("the last word");
  EXPECT_TRUE(comes([&] { return there.waiting() == 0; }));
  there.close(CloseCode::too_often, "slower, please: größer");
  EXPECT_TRUE(comes([&] { return closed && there.is_closed(); }));
  EXPECT_EQ(heard, std::vector<std::string>{"the last word"});
  EXPECT_EQ(close_code, 4004);
  EXPECT_EQ(close_reason, "slower, please: größer");
  EXPECT_EQ(send("late"), SendResult::closed);
  EXPECT_EQ(there.send_now(bytes_of("late")), session::SendResult::closed);
  go_on(300);
  EXPECT_FALSE(there.heard_after_closed());
}

TEST_P(TransportContract, a_close_before_anything_was_said_arrives_too) {
  open().close(CloseCode::try_later, "the realm is full");
  EXPECT_TRUE(comes([&] { return closed; }));
  EXPECT_EQ(close_code, 1013);
  EXPECT_EQ(close_reason, "the realm is full");
}

TEST_P(TransportContract, the_clients_close_is_heard_behind_what_was_sent) {
  RecordingSession& there = open();
  EXPECT_EQ(send("one"), SendResult::sent);
  EXPECT_EQ(send("bye"), SendResult::sent);
  transport->close(1000, "left");
  EXPECT_EQ(send("late"), SendResult::closed);
  EXPECT_TRUE(comes([&] { return there.is_closed(); }));
  EXPECT_EQ(there.heard(), (std::vector<std::string>{"one", "bye"}));
  EXPECT_FALSE(closed) << "who closes is told nothing";
  EXPECT_FALSE(there.ready());
}

TEST_P(TransportContract, a_destroyed_client_is_noticed) {
  RecordingSession& there = open();
  transport = wire->make_transport();
  EXPECT_TRUE(comes([&] { return there.is_closed(); }));
}

TEST_P(TransportContract, opens_again_after_a_close) {
  RecordingSession& first = open();
  first.close(CloseCode::going_away, "restart");
  EXPECT_TRUE(comes([&] { return closed; }));
  opened = closed = false;
  transport->open(wire->url());
  EXPECT_TRUE(comes([&] { return opened && wire->host.sessions.size() == 2; }));
  say("again");
  session().tell("welcome back");
  EXPECT_TRUE(comes([&] { return heard.size() == 1 && session().heard().size() == 1; }));
  EXPECT_EQ(heard[0], "welcome back");
}

TEST_P(TransportContract, opening_anew_drops_the_old_connection_without_a_word) {
  RecordingSession& first = open();
  send("of the old one");
  opened = false;
  transport->open(wire->url());
  EXPECT_TRUE(comes([&] { return opened && first.is_closed() && wire->host.sessions.size() == 2; }));
  EXPECT_FALSE(closed);
  say("of the new one");
  EXPECT_TRUE(comes([&] { return !session().heard().empty(); }));
  EXPECT_EQ(session().heard(), std::vector<std::string>{"of the new one"});
}

TEST_P(TransportContract, a_reader_that_stalls_makes_the_server_wait_and_gets_the_newest_later) {
  RecordingSession& there = open();
  constexpr std::size_t k_frame_bytes = 32 * 1024;
  constexpr int k_frames_max = 4000;
  constexpr int k_missed = 50;
  int frame = 0;
  there.tell_newest(numbered(++frame, k_frame_bytes));
  EXPECT_TRUE(comes([&] { return !heard.empty(); }));
  // Nothing is read from here on: sooner or later the server has to wait.
  bool waits = false;
  for (int i = 0; i < k_frames_max && !waits; ++i) {
    there.tell_newest(numbered(++frame, k_frame_bytes));
    wire->server_turn();
    waits = there.waiting() > 0;
  }
  ASSERT_TRUE(waits) << "never backpressure: " << frame << " frames are kept somewhere";
  for (int i = 0; i < k_missed; ++i) {
    there.tell_newest(numbered(++frame, k_frame_bytes));
    wire->server_turn();
  }
  EXPECT_TRUE(comes([&] { return number_of(heard.back()) == frame; }));
  EXPECT_LT(static_cast<int>(heard.size()), frame - k_missed / 2) << "what it missed is not made up for";
  for (std::size_t i = 1; i < heard.size(); ++i) {
    EXPECT_LT(number_of(heard[i - 1]), number_of(heard[i]));
    EXPECT_EQ(heard[i].size(), k_frame_bytes);
  }
}

TEST_P(TransportContract, a_server_that_stalls_is_backpressure_and_hears_all_that_was_taken) {
  RecordingSession& there = open();
  constexpr int k_messages_max = 20000;
  int taken = 0;
  SendResult result = SendResult::sent;
  for (int i = 0; i < k_messages_max && result == SendResult::sent; ++i) {
    result = send(numbered(taken, 4000));
    if (result == SendResult::sent) ++taken;
    if (i % 4 == 3) wire->client_turn();
  }
  EXPECT_EQ(result, SendResult::backpressure) << taken << " messages are kept somewhere";
  EXPECT_GT(transport->buffered_bytes(), 0U);
  EXPECT_TRUE(comes([&] { return static_cast<int>(there.heard().size()) == taken; }));
  for (int i = 0; i < taken; ++i) ASSERT_EQ(there.heard()[static_cast<std::size_t>(i)], numbered(i, 4000));
  EXPECT_TRUE(comes([&] { return transport->buffered_bytes() == 0; }));
  say("goes on");
  EXPECT_TRUE(comes([&] { return there.heard().back() == "goes on"; }));
}

TEST_P(TransportContract, a_drop_without_goodbye_is_noticed_at_both_ends) {
  RecordingSession& there = open();
  there.tell("hello");
  EXPECT_TRUE(comes([&] { return !heard.empty(); }));
  wire->cut();
  EXPECT_TRUE(comes([&] { return closed; }));
  EXPECT_EQ(close_code, 1006);
  wire->skip_server_patience();
  EXPECT_TRUE(comes([&] { return there.is_closed(); }));
  EXPECT_EQ(send("late"), SendResult::closed);
}

TEST_P(TransportContract, nobody_there_is_told_in_words) {
  wire->cut();
  transport->open(wire->url());
  EXPECT_TRUE(comes([&] { return closed; }));
  EXPECT_EQ(close_code, 1006);
  EXPECT_FALSE(close_reason.empty());
  EXPECT_FALSE(opened);
}

TEST_P(TransportContract, clients_do_not_disturb_each_other) {
  RecordingSession& there = open();
  const auto other = wire->make_transport();
  other->open(wire->url());
  EXPECT_TRUE(comes([&] { return wire->host.sessions.size() == 2; }));
  RecordingSession& other_there = session();
  bool other_opened = false;
  std::vector<std::string> other_heard;
  const auto poll_other = [&] {
    TransportEvent event;
    while (other->poll(event)) {
      other_opened = other_opened || event.type == TransportEvent::Type::opened;
      if (event.type == TransportEvent::Type::message) other_heard.push_back(text_of(event.message));
    }
  };
  EXPECT_TRUE(comes([&] {
    poll_other();
    return other_opened;
  }));
  there.tell("for the one");
  other_there.tell("for the other");
  EXPECT_EQ(send("of the one"), SendResult::sent);
  EXPECT_EQ(other->send(bytes_of("of the other")), SendResult::sent);
  EXPECT_TRUE(comes([&] {
    poll_other();
    return !heard.empty() && !other_heard.empty() && !there.heard().empty() && !other_there.heard().empty();
  }));
  EXPECT_EQ(heard, std::vector<std::string>{"for the one"});
  EXPECT_EQ(other_heard, std::vector<std::string>{"for the other"});
  EXPECT_EQ(there.heard(), std::vector<std::string>{"of the one"});
  EXPECT_EQ(other_there.heard(), std::vector<std::string>{"of the other"});
}

}  // namespace
}  // namespace cudgel::test
