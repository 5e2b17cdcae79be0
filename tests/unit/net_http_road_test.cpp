// Goal: each HTTP road asks what docs/TRANSPORTS.md says, gives whole messages in order, repeats what is lost, and ends with a code and
// words whatever comes. Method: a fake HttpClient whose answers the test writes, on a clock the test moves.

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "common/fake_http.h"
#include "net_http/http_road.h"
#include "protocol/batch.h"
#include "protocol/limits.h"

namespace cudgel::net {
namespace {

using Bytes = std::vector<std::uint8_t>;
using core::SendResult;
using core::TransportEvent;
using test::FakeHttpClient;
using Call = FakeHttpClient::Call;

constexpr const char* k_url = "ws://example.org:8080/ws";
const std::string k_id = "00" + std::string(32, 'a');

Bytes batch_of(const std::vector<std::string>& messages) {
  Bytes batch;
  for (const std::string& each : messages) protocol::append_to_batch(batch, Bytes(each.begin(), each.end()));
  return batch;
}
Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

/// A road and everything it told, as text.
struct Traveller {
  explicit Traveller(HttpRoad kind) : road(kind), transport(make_http_road(kind, client, [this] { return now_ms; })) {}

  std::vector<std::string> poll() {
    std::vector<std::string> told;
    TransportEvent event;
    while (transport->poll(event)) {
      if (event.type == TransportEvent::Type::opened) told.emplace_back("opened");
      if (event.type == TransportEvent::Type::closed) {
        told.push_back("closed " + std::to_string(event.close_code) + " " + event.close_reason);
      }
      if (event.type == TransportEvent::Type::message) told.emplace_back(event.message.begin(), event.message.end());
    }
    return told;
  }
  std::vector<std::string> after(double ms) {
    now_ms += ms;
    return poll();
  }
  /// Until the road is open.
  void open() {
    transport->open(k_url);
    client.calls.back()->answer({200, k_id, "", ""});
    std::vector<std::string> told = poll();
    if (road == HttpRoad::sse) {
      EXPECT_TRUE(told.empty());
      down()->head({200, "", "", ""});
      down()->data(": cudgel\n\n");
      told = poll();
    }
    EXPECT_EQ(told, std::vector<std::string>{"opened"});
  }
  SendResult send(const std::string& message) { return transport->send(bytes_of(message)); }
  /// The newest request that brings messages down, and that takes them up.
  std::shared_ptr<Call> down() const { return client.last(road == HttpRoad::sse ? "/road/stream" : "/road/receive"); }
  std::shared_ptr<Call> up() const { return client.last(up_name()); }
  std::size_t ups() const { return client.count(up_name()); }
  const char* up_name() const { return road == HttpRoad::poll ? "/road/receive" : "/road/send"; }

  HttpRoad road;
  double now_ms = 1000;
  FakeHttpClient client;
  std::unique_ptr<PumpedTransport> transport;
};

class EveryHttpRoad : public ::testing::TestWithParam<HttpRoad> {
 protected:
  Traveller traveller{GetParam()};
};
INSTANTIATE_TEST_SUITE_P(, EveryHttpRoad, ::testing::Values(HttpRoad::sse, HttpRoad::longpoll, HttpRoad::poll),
                         [](const auto& each) { return std::string(name_of(each.param)); });

TEST_P(EveryHttpRoad, opens_with_its_version_and_kind_beside_the_address_of_the_websocket) {
  const struct {
    const char* url;
    const char* asked;
  } cases[] = {
      {"ws://example.org:8080/ws", "http://example.org:8080/road/open"},
      {"ws://example.org", "http://example.org/road/open"},
      {"ws://[::1]:99/ws?a=b/c", "http://[::1]:99/road/open"},
      {"wss://example.org/games/cudgel/ws#x", "https://example.org/games/cudgel/road/open"},
  };
  for (const auto& each : cases) {
    traveller.transport->open(each.url);
    const Call& call = *traveller.client.calls.back();
    EXPECT_EQ(call.request.url, each.asked);
    EXPECT_EQ(call.header("Cudgel-Version"), std::to_string(protocol::k_version));
    EXPECT_EQ(call.header("Cudgel-Kind"), name_of(GetParam()));
    EXPECT_TRUE(call.request.body.empty());
  }
  EXPECT_STREQ(traveller.transport->name(), name_of(GetParam()));
}

TEST_P(EveryHttpRoad, an_address_that_cannot_be_read_is_told) {
  for (const char* wrong : {"", "http://example.org/ws", "ws://", "ws:///ws", "example.org"}) {
    traveller.transport->open(wrong);
    const auto told = traveller.poll();
    ASSERT_EQ(told.size(), 1U) << wrong;
    EXPECT_EQ(told[0].find("closed 1006 not an address"), 0U) << told[0];
  }
  EXPECT_TRUE(traveller.client.calls.empty());
}

TEST_P(EveryHttpRoad, is_not_open_before_the_server_has_said_so) {
  traveller.transport->open(k_url);
  EXPECT_EQ(traveller.send("early"), SendResult::closed);
  EXPECT_TRUE(traveller.poll().empty());
  EXPECT_EQ(traveller.client.calls.size(), 1U);
}

TEST_P(EveryHttpRoad, an_opening_that_fails_is_told_in_words_and_not_repeated) {
  const struct {
    AnswerHead head;
    const char* body;
    const char* told;
  } cases[] = {
      {{410, "", "", "4001"}, "reload the page", "closed 4001 reload the page"},
      {{410, "", "", ""}, "reload", "closed 1006 the server closed the road without a code that may be sent"},
      {{410, "", "", "99"}, "reload", "closed 1006 the server closed the road without a code that may be sent"},
      {{503, "", "", ""}, "no place left", "closed 1006 the server answered 503: no place left"},
      {{500, "", "", ""}, "", "closed 1006 the server answered 500"},
      {{500, "", "", ""}, "\xFF", "closed 1006 the server answered 500"},
      {{404, "", "", ""}, "<html>", "closed 1006 the server does not know this road"},
      {{200, "", "", ""}, "<html>", "closed 1006 what answers there is no server of this game"},
      {{200, "../admin", "", ""}, "", "closed 1006 what answers there is no server of this game"},
      {{200, std::string(34, 'A'), "", ""}, "", "closed 1006 what answers there is no server of this game"},
  };
  for (const auto& each : cases) {
    traveller.transport->open(k_url);
    traveller.client.calls.back()->answer(each.head, bytes_of(each.body));
    EXPECT_EQ(traveller.poll(), std::vector<std::string>{each.told});
  }
  traveller.transport->open(k_url);
  traveller.client.calls.back()->fail("connection refused");
  EXPECT_EQ(traveller.poll(), std::vector<std::string>{"closed 1006 connection refused"});
  traveller.transport->open(k_url);
  EXPECT_TRUE(traveller.after(4900).empty());
  EXPECT_EQ(traveller.after(200), std::vector<std::string>{"closed 1006 no answer from the server"});
  EXPECT_TRUE(traveller.client.calls.back()->cancelled);
  EXPECT_EQ(traveller.client.calls.size(), std::size(cases) + 2);
  EXPECT_EQ(traveller.send("late"), SendResult::closed);
}

TEST_P(EveryHttpRoad, sends_at_once_and_gathers_while_a_request_is_under_way) {
  traveller.open();
  // poll's first question is out already: what is to be said waits for its answer.
  if (GetParam() == HttpRoad::poll) {
    traveller.down()->answer({204, "", "", ""});
    traveller.poll();
  }
  EXPECT_EQ(traveller.send("one"), SendResult::sent);
  const auto first = traveller.up();
  ASSERT_NE(first, nullptr);
  EXPECT_EQ(first->header("Cudgel-Road"), k_id);
  EXPECT_EQ(first->header("Cudgel-Number"), "1");
  EXPECT_EQ(first->request.body, batch_of({"one"}));
  const std::size_t ups = traveller.ups();
  EXPECT_EQ(traveller.send("two"), SendResult::sent);
  EXPECT_EQ(traveller.send("three"), SendResult::sent);
  traveller.after(50);
  EXPECT_EQ(traveller.ups(), ups) << "one request up at a time";
  EXPECT_EQ(traveller.transport->buffered_bytes(), batch_of({"one", "two", "three"}).size());
  first->answer({204, "", "", ""});
  traveller.poll();
  EXPECT_EQ(traveller.ups(), ups + 1);
  EXPECT_EQ(traveller.up()->header("Cudgel-Number"), "2");
  EXPECT_EQ(traveller.up()->request.body, batch_of({"two", "three"}));
  traveller.up()->answer({204, "", "", ""});
  traveller.poll();
  EXPECT_EQ(traveller.transport->buffered_bytes(), 0U);
}

TEST_P(EveryHttpRoad, a_full_batch_is_backpressure_and_takes_nothing) {
  traveller.open();
  traveller.send("under way");
  for (int i = 0; i < 32; ++i) traveller.send(std::to_string(i));
  const std::size_t before = traveller.transport->buffered_bytes();
  EXPECT_EQ(traveller.send("too many"), SendResult::backpressure);
  EXPECT_EQ(traveller.transport->buffered_bytes(), before);

  Traveller other{GetParam()};
  other.open();
  other.send("under way");
  const std::string large(4000, 'x');
  int taken = 0;
  while (taken < 100 && other.send(large) == SendResult::sent) ++taken;
  // For poll the first message waits, too: the question that is out carries nothing.
  EXPECT_EQ(taken, 4) << "16 KiB";
}

TEST_P(EveryHttpRoad, a_lost_answer_is_asked_for_again_with_the_same_request) {
  traveller.open();
  if (GetParam() == HttpRoad::poll) {
    traveller.down()->answer({204, "", "", ""});
    traveller.poll();
  }
  traveller.send("once");
  auto call = traveller.up();
  const auto lose = [](Call& lost, int way) {
    if (way == 0) lost.fail("connection reset");
    if (way == 1) lost.answer({502, "", "", ""}, bytes_of("bad gateway"));
    if (way == 2) lost.head({200, "", "1", ""}), lost.fail("connection reset");
  };
  double pause_ms = 100;
  for (int repeat = 0; repeat < 3; ++repeat) {
    lose(*call, repeat);
    const std::size_t ups = traveller.ups();
    EXPECT_TRUE(traveller.poll().empty());
    EXPECT_TRUE(traveller.after(pause_ms - 1).empty());
    EXPECT_EQ(traveller.ups(), ups) << "not at once";
    EXPECT_TRUE(traveller.after(1).empty());
    ASSERT_EQ(traveller.ups(), ups + 1);
    EXPECT_EQ(traveller.up()->header("Cudgel-Number"), "1");
    EXPECT_EQ(traveller.up()->request.body, batch_of({"once"}));
    call = traveller.up();
    pause_ms *= 2;
  }
  call->answer({204, "", "", ""});
  EXPECT_TRUE(traveller.poll().empty());
  EXPECT_EQ(traveller.transport->buffered_bytes(), 0U);
}

TEST_P(EveryHttpRoad, silence_is_a_lost_answer) {
  traveller.open();
  if (GetParam() == HttpRoad::poll) {
    traveller.down()->answer({204, "", "", ""});
    traveller.poll();
  }
  traveller.send("hello?");
  const auto call = traveller.up();
  traveller.after(2900);
  EXPECT_FALSE(call->cancelled);
  traveller.after(100);
  EXPECT_TRUE(call->cancelled);
  traveller.after(100);
  EXPECT_EQ(traveller.up()->header("Cudgel-Number"), "1");
  EXPECT_NE(traveller.up(), call);
}

TEST_P(EveryHttpRoad, a_network_that_stays_away_ends_it_within_ten_seconds) {
  traveller.open();
  traveller.send("anybody?");
  const double since = traveller.now_ms;
  std::vector<std::string> told;
  while (told.empty() && traveller.now_ms - since < 60000) {
    for (const auto& call : traveller.client.calls) {
      if (call != traveller.down() || GetParam() == HttpRoad::poll) call->fail("network unreachable");
    }
    told = traveller.after(10);
  }
  EXPECT_EQ(told, std::vector<std::string>{"closed 1006 network unreachable"});
  EXPECT_LE(traveller.now_ms - since, 10000);
  EXPECT_GE(traveller.now_ms - since, 1000);
  EXPECT_LE(traveller.ups(), 6U) << "a few times";
}

TEST_P(EveryHttpRoad, an_answer_that_is_no_answer_of_ours_is_its_end) {
  const struct {
    AnswerHead head;
    const char* body;
    const char* told;
  } cases[] = {
      {{410, "", "", "1001"}, "the server is restarting", "closed 1001 the server is restarting"},
      {{410, "", "", "4008"}, "", "closed 4008 "},
      {{410, "", "", "0x1"}, "", "closed 1006 the server closed the road without a code that may be sent"},
      {{404, "", "", ""}, "", "closed 1006 the server does not know this road"},
      {{409, "", "", ""}, "a number is missing", "closed 1006 the server answered 409: a number is missing"},
      {{500, "", "", ""}, "", "closed 1006 the server answered 500"},
      {{302, "", "", ""}, "", "closed 1006 the server answered 302"},
  };
  for (const auto& each : cases) {
    Traveller one{GetParam()};
    one.open();
    if (GetParam() == HttpRoad::poll) {
      one.down()->answer({204, "", "", ""});
      one.poll();
    }
    one.send("x");
    one.up()->answer(each.head, bytes_of(each.body));
    EXPECT_EQ(one.poll(), std::vector<std::string>{each.told});
    EXPECT_EQ(one.send("y"), SendResult::closed);
    EXPECT_EQ(one.transport->buffered_bytes(), 0U);
    // The server is told of an end that it does not know of.
    const bool server_knows = each.head.status == 410 && std::string(each.told).find("1006") == std::string::npos;
    EXPECT_EQ(one.client.forgotten.size(), server_knows ? 0U : 1U) << each.told;
  }
}

TEST_P(EveryHttpRoad, what_was_sent_before_a_close_goes_out_before_it) {
  traveller.open();
  if (GetParam() == HttpRoad::poll) {
    traveller.down()->answer({204, "", "", ""});
    traveller.poll();
  }
  traveller.send("one");
  traveller.send("bye");
  traveller.transport->close(1000, "left");
  EXPECT_EQ(traveller.send("more"), SendResult::closed);
  EXPECT_TRUE(traveller.client.forgotten.empty());
  traveller.up()->answer({204, "", "", ""});
  EXPECT_TRUE(traveller.poll().empty());
  EXPECT_EQ(traveller.up()->request.body, batch_of({"bye"}));
  EXPECT_TRUE(traveller.client.forgotten.empty());
  traveller.up()->answer({204, "", "", ""});
  EXPECT_TRUE(traveller.poll().empty()) << "who closes hears nothing";
  ASSERT_EQ(traveller.client.forgotten.size(), 1U);
  EXPECT_EQ(traveller.client.forgotten[0].url, "http://example.org:8080/road/close");
  EXPECT_TRUE(traveller.down()->cancelled);
}

TEST_P(EveryHttpRoad, a_close_does_not_wait_for_ever) {
  traveller.open();
  traveller.send("bye");
  traveller.transport->close(1000, "left");
  traveller.after(1900);
  EXPECT_TRUE(traveller.client.forgotten.empty());
  traveller.after(100);
  EXPECT_EQ(traveller.client.forgotten.size(), 1U);
  for (const auto& call : traveller.client.calls) EXPECT_TRUE(call->cancelled);
}

TEST_P(EveryHttpRoad, whoever_is_destroyed_says_so) {
  traveller.open();
  traveller.transport.reset();
  ASSERT_EQ(traveller.client.forgotten.size(), 1U);
  EXPECT_STREQ(traveller.client.forgotten[0].headers.at(0).name, "Cudgel-Road");
  EXPECT_EQ(traveller.client.forgotten[0].headers.at(0).value, k_id);
  for (const auto& call : traveller.client.calls) EXPECT_TRUE(call->cancelled);
}

TEST_P(EveryHttpRoad, opening_again_drops_the_old_road_without_events) {
  traveller.open();
  traveller.send("of the old road");
  traveller.open();
  EXPECT_EQ(traveller.client.forgotten.size(), 1U);
  EXPECT_EQ(traveller.transport->buffered_bytes(), 0U);
  if (GetParam() == HttpRoad::poll) {
    traveller.down()->answer({204, "", "", ""});
    traveller.poll();
  }
  traveller.send("of the new one");
  EXPECT_EQ(traveller.up()->header("Cudgel-Number"), "1");
  EXPECT_EQ(traveller.up()->request.body, batch_of({"of the new one"}));
}

// ---- longpoll and poll: down ----

class EveryAskingRoad : public EveryHttpRoad {};
INSTANTIATE_TEST_SUITE_P(, EveryAskingRoad, ::testing::Values(HttpRoad::longpoll, HttpRoad::poll),
                         [](const auto& each) { return std::string(name_of(each.param)); });

TEST_P(EveryAskingRoad, messages_come_in_order_and_each_question_says_what_was_got) {
  traveller.open();
  for (int number = 1; number <= 3; ++number) {
    EXPECT_EQ(traveller.down()->header("Cudgel-Got"), std::to_string(number - 1));
    EXPECT_EQ(traveller.down()->header("Cudgel-Number"), "");
    const std::vector<std::string> messages{"a" + std::to_string(number), "b" + std::to_string(number)};
    traveller.down()->answer({200, "", std::to_string(number), ""}, batch_of(messages));
    EXPECT_EQ(traveller.poll(), messages);
    traveller.after(100);
  }
  traveller.down()->answer({204, "", "", ""});
  EXPECT_TRUE(traveller.poll().empty());
  traveller.after(100);
  EXPECT_EQ(traveller.down()->header("Cudgel-Got"), "3");
}

TEST_P(EveryAskingRoad, a_lost_answer_is_asked_for_with_the_same_number) {
  traveller.open();
  traveller.down()->head({200, "", "1", ""});
  Bytes half = batch_of({"a message"});
  half.resize(half.size() / 2);
  traveller.down()->data(half);
  traveller.down()->fail("connection reset");
  EXPECT_TRUE(traveller.poll().empty());
  EXPECT_TRUE(traveller.after(100).empty());
  EXPECT_EQ(traveller.down()->header("Cudgel-Got"), "0");
  traveller.down()->answer({200, "", "1", ""}, batch_of({"a message"}));
  EXPECT_EQ(traveller.poll(), std::vector<std::string>{"a message"});
}

TEST_P(EveryAskingRoad, an_answer_that_cannot_be_read_is_its_end) {
  const Bytes good = batch_of({"abc"});
  const struct {
    AnswerHead head;
    Bytes body;
    const char* told;
  } cases[] = {
      {{200, "", "", ""}, good, "closed 1006 the server's answer has a wrong number"},
      {{200, "", "0", ""}, good, "closed 1006 the server's answer has a wrong number"},
      {{200, "", "2", ""}, good, "closed 1006 the server's answer has a wrong number"},
      {{200, "", "01", ""}, good, "closed 1006 the server's answer has a wrong number"},
      {{200, "", "1", ""},
       Bytes(good.begin(), good.end() - 1),
       "closed 1006 the server's answer cannot be read: the batch ends within a message"},
      {{200, "", "1", ""}, Bytes{1, 0}, "closed 1006 the server's answer cannot be read: the batch ends within a length"},
      {{200, "", "1", ""},
       Bytes{0xFF, 0xFF, 0xFF, 0xFF},
       "closed 1006 the server's answer cannot be read: the batch ends within a message"},
      {{200, "", "1", ""},
       batch_of(std::vector<std::string>(33)),
       "closed 1006 the server's answer cannot be read: the batch holds too many messages"},
      {{200, "", "1", ""},
       Bytes(protocol::k_batch_down_bytes_max + 1),
       "closed 1006 the server's answer is larger than an answer may be"},
  };
  for (const auto& each : cases) {
    Traveller one{GetParam()};
    one.open();
    one.down()->answer(each.head, each.body);
    EXPECT_EQ(one.poll(), std::vector<std::string>{each.told});
  }
}

TEST_P(EveryAskingRoad, the_largest_frame_comes_whole_in_whatever_pieces) {
  traveller.open();
  const std::string frame(protocol::k_server_frame_bytes_max, 'f');
  const Bytes body = batch_of({frame});
  traveller.down()->head({200, "", "1", ""});
  for (std::size_t from = 0; from < body.size(); from += 1000) {
    EXPECT_TRUE(traveller.poll().empty());
    const auto begin = body.begin() + static_cast<std::ptrdiff_t>(from);
    traveller.down()->data(Bytes(begin, begin + static_cast<std::ptrdiff_t>(std::min<std::size_t>(1000, body.size() - from))));
  }
  traveller.down()->done();
  EXPECT_EQ(traveller.poll(), std::vector<std::string>{frame});
}

TEST_P(EveryAskingRoad, who_does_not_fetch_is_cut_off) {
  traveller.open();
  const Bytes body = batch_of({std::string(65000, 'x')});
  int answers = 0;
  for (; answers < 200 && !traveller.down()->cancelled; ++answers) {
    traveller.down()->answer({200, "", std::to_string(answers + 1), ""}, body);
    traveller.transport->pump();
    traveller.now_ms += 100;
    traveller.transport->pump();
    if (!traveller.client.forgotten.empty()) break;
  }
  EXPECT_LE(answers, 65) << "4 MiB";
  EXPECT_GE(answers, 60);
  const auto told = traveller.poll();
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back(), "closed 1006 messages were not fetched for too long");
}

TEST(HttpRoad, longpoll_asks_again_at_once_but_not_after_a_hasty_nothing) {
  Traveller traveller{HttpRoad::longpoll};
  traveller.open();
  traveller.down()->answer({200, "", "1", ""}, batch_of({"new"}));
  traveller.poll();
  EXPECT_EQ(traveller.client.count("/road/receive"), 2U);
  traveller.down()->answer({204, "", "", ""});
  traveller.after(10);
  EXPECT_EQ(traveller.client.count("/road/receive"), 2U) << "a server that does not wait is not hammered";
  traveller.after(90);
  EXPECT_EQ(traveller.client.count("/road/receive"), 3U);
  traveller.after(12900);
  EXPECT_FALSE(traveller.down()->cancelled) << "the server may wait 10 s";
  traveller.after(100);
  EXPECT_EQ(traveller.client.count("/road/receive"), 3U);
  traveller.after(100);
  EXPECT_EQ(traveller.client.count("/road/receive"), 4U);
}

TEST(HttpRoad, poll_asks_every_100_ms_and_at_once_when_there_is_something_to_say) {
  Traveller traveller{HttpRoad::poll};
  traveller.open();
  EXPECT_EQ(traveller.client.count("/road/receive"), 1U);
  traveller.down()->answer({204, "", "", ""});
  traveller.after(99);
  EXPECT_EQ(traveller.client.count("/road/receive"), 1U);
  traveller.after(1);
  EXPECT_EQ(traveller.client.count("/road/receive"), 2U);
  traveller.down()->answer({204, "", "", ""});
  traveller.after(10);
  traveller.send("now");
  ASSERT_EQ(traveller.client.count("/road/receive"), 3U);
  EXPECT_EQ(traveller.down()->header("Cudgel-Got"), "0");
  EXPECT_EQ(traveller.down()->header("Cudgel-Number"), "1");
  EXPECT_EQ(traveller.down()->request.body, batch_of({"now"}));
  traveller.down()->answer({200, "", "1", ""}, batch_of({"heard"}));
  EXPECT_EQ(traveller.poll(), std::vector<std::string>{"heard"});
  EXPECT_EQ(traveller.client.count("/road/send"), 0U);
}

// ---- sse: down ----

TEST(HttpRoad, sse_gives_messages_as_they_flow_and_the_close_as_it_was_said) {
  Traveller traveller{HttpRoad::sse};
  traveller.open();
  EXPECT_EQ(traveller.down()->header("Cudgel-Road"), k_id);
  traveller.down()->data("data: YW");
  EXPECT_TRUE(traveller.poll().empty());
  traveller.down()->data("Jj\n\ndata: ZGVm\n\n: still here\n");
  EXPECT_EQ(traveller.poll(), (std::vector<std::string>{"abc", "def"}));
  traveller.down()->data("event: close\ndata: 4008 somewhere else\n\n");
  EXPECT_EQ(traveller.poll(), std::vector<std::string>{"closed 4008 somewhere else"});
  EXPECT_EQ(traveller.client.count("/road/stream"), 1U);
  EXPECT_TRUE(traveller.client.forgotten.empty());
}

TEST(HttpRoad, a_stream_that_is_held_back_is_given_up_after_three_seconds) {
  for (const bool has_head : {false, true}) {
    Traveller traveller{HttpRoad::sse};
    traveller.transport->open(k_url);
    traveller.client.calls.back()->answer({200, k_id, "", ""});
    traveller.poll();
    if (has_head) traveller.down()->head({200, "", "", ""});
    EXPECT_TRUE(traveller.after(2999).empty());
    EXPECT_EQ(traveller.after(1),
              std::vector<std::string>{"closed 1006 the stream does not flow: something on the way holds it back"});
    EXPECT_EQ(traveller.client.forgotten.size(), 1U);
  }
}

TEST(HttpRoad, a_stream_that_breaks_or_lies_is_the_end_of_sse) {
  const struct {
    const char* data;
    bool done;
    const char* told;
  } cases[] = {
      {"", true, "closed 1006 the stream ended without a close"},
      {"", false, "closed 1006 connection reset"},
      {"data: !\n\n", true, "closed 1006 a message of the stream is not Base64"},
      {"<html>\n", true, "closed 1006 a line of the stream has no colon"},
  };
  for (const auto& each : cases) {
    Traveller traveller{HttpRoad::sse};
    traveller.open();
    if (each.data[0] != '\0') traveller.down()->data(each.data);
    each.done ? traveller.down()->done() : traveller.down()->fail("connection reset");
    EXPECT_EQ(traveller.poll(), std::vector<std::string>{each.told});
    EXPECT_EQ(traveller.client.forgotten.size(), 1U);
  }
}

TEST(HttpRoad, a_stream_is_refused_in_words_or_begins_with_a_comment) {
  const auto told_of = [](const AnswerHead& head, const std::string& body) {
    Traveller traveller{HttpRoad::sse};
    traveller.transport->open(k_url);
    traveller.client.calls.back()->answer({200, k_id, "", ""});
    traveller.poll();
    traveller.down()->answer(head, bytes_of(body));
    return traveller.poll();
  };
  EXPECT_EQ(told_of({410, "", "", "4005"}, "no hello"), std::vector<std::string>{"closed 4005 no hello"});
  EXPECT_EQ(told_of({409, "", "", ""}, "it has a stream"),
            std::vector<std::string>{"closed 1006 the server answered 409: it has a stream"});
  EXPECT_EQ(told_of({500, "", "", ""}, std::string(100000, 'x')),
            std::vector<std::string>{"closed 1006 the server answered 500"});
  EXPECT_EQ(told_of({200, "", "", ""}, "data: YWJj\n\n"),
            std::vector<std::string>{"closed 1006 the stream does not begin with a comment"});
}

TEST(HttpRoad, sse_that_nobody_fetches_is_cut_off) {
  Traveller traveller{HttpRoad::sse};
  traveller.open();
  const std::string event = "data: " + std::string(80000, 'A') + "\n\n";
  for (int i = 0; i < 100 && traveller.client.forgotten.empty(); ++i) {
    traveller.down()->data(event);
    traveller.transport->pump();
  }
  EXPECT_EQ(traveller.poll().back(), "closed 1006 messages were not fetched for too long");
}

}  // namespace
}  // namespace cudgel::net
