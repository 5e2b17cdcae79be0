// Goal: every wrong request of a road has one answer, is counted, and harms neither the road it names nor anybody else. Method: the real server,
// requests written by hand; what depends on time alone is in road_hub_test.cpp.

#include "road_client.h"

namespace cudgel::test {
namespace {

class RoadRefusal : public ServerTest {
 protected:
  void SetUp() override { start(); }
  [[nodiscard]] double refusals(const std::string& reason) const {
    return metric("cudgel_refusals_total{reason=\"" + reason + "\"}");
  }
};

TEST_F(RoadRefusal, a_request_that_is_not_as_it_must_be_is_told_why_and_the_road_stays) {
  RoadClient road(port(), "poll");
  const std::string named = "Host: x\r\n" + road.lines();
  const std::string send = "POST /road/send HTTP/1.1\r\n" + named + "Cudgel-Number: 1\r\n";
  const std::string receive = "POST /road/receive HTTP/1.1\r\n" + named;
  const std::string open = "POST /road/open HTTP/1.1\r\nHost: x\r\n";
  const std::string none = "Content-Length: 0\r\n\r\n";
  struct Case {
    const char* what;
    std::string request;
    int status;
  };
  for (const Case& each : {
           Case{"GET", "GET /road/receive HTTP/1.1\r\n" + named + "\r\n", 405},
           Case{"OPTIONS, as a page of another origin asks", "OPTIONS /road/open HTTP/1.1\r\nHost: x\r\n\r\n", 405},
           Case{"no length", send + "\r\n", 411},
           Case{"chunked", send + "Transfer-Encoding: chunked\r\n\r\n5\r\n\1\0\0\0x\r\n0\r\n\r\n", 411},
           Case{"chunked with a length", send + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400},
           Case{"length twice", send + "Content-Length: 5\r\nContent-Length: 5\r\n\r\n\1\0\0\0x", 400},
           Case{"two lengths in one", send + "Content-Length: 5, 5\r\n\r\n", 400},
           Case{"length below zero", send + "Content-Length: -5\r\n\r\n", 400},
           Case{"length with a sign", send + "Content-Length: +5\r\n\r\n", 400},
           Case{"length of 16 KiB and one", send + "Content-Length: 16385\r\n\r\n", 413},
           Case{"length of 2^62", send + "Content-Length: 4611686018427387904\r\n\r\n", 413},
           Case{"length of 2^64 and 5", send + "Content-Length: 18446744073709551621\r\n\r\n", 413},
           Case{"expects to be asked on", send + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n", 417},
           Case{"send without a batch", send + none, 400},
           Case{"number missing", "POST /road/send HTTP/1.1\r\n" + named + "Content-Length: 1\r\n\r\nx", 400},
           Case{"number 0", "POST /road/send HTTP/1.1\r\n" + named + "Cudgel-Number: 0\r\nContent-Length: 1\r\n\r\nx", 400},
           Case{"number twice", send + "Cudgel-Number: 1\r\nContent-Length: 1\r\n\r\nx", 400},
           Case{"number of 2^32 and 1",
                "POST /road/send HTTP/1.1\r\n" + named + "Cudgel-Number: 4294967297\r\nContent-Length: 1\r\n\r\nx", 400},
           Case{"got missing", receive + none, 400},
           Case{"got garbled", receive + "Cudgel-Got: 0x0\r\n" + none, 400},
           Case{"body where there is none", "POST /road/close HTTP/1.1\r\n" + named + "Content-Length: 1\r\n\r\nx", 400},
           Case{"no road named", "POST /road/receive HTTP/1.1\r\nHost: x\r\nCudgel-Got: 0\r\n" + none, 400},
           Case{"a name that is none", "POST /road/close HTTP/1.1\r\nHost: x\r\nCudgel-Road: ../../etc/passwd\r\n" + none, 400},
           Case{"no such thing", "POST /road/burn HTTP/1.1\r\n" + named + none, 404},
           Case{"kind unknown", open + "Cudgel-Kind: pigeon\r\nCudgel-Version: 6\r\n" + none, 400},
           Case{"version missing", open + "Cudgel-Kind: poll\r\n" + none, 400},
           Case{"foreign page", receive + "Cudgel-Got: 0\r\nOrigin: http://evil.example\r\n" + none, 403},
           Case{"foreign page opens", open + "Cudgel-Kind: poll\r\nCudgel-Version: 6\r\nOrigin: null\r\n" + none, 403},
       }) {
    const HttpAnswer answer = http_raw(port(), each.request);
    EXPECT_EQ(answer.status, each.status) << each.what;
    EXPECT_GT(answer.body.size(), 10U) << each.what;
    EXPECT_EQ(answer.header("connection"), "close") << each.what;
  }
  EXPECT_EQ(http_raw(port(), "GET /road/open HTTP/1.1\r\nHost: x\r\n\r\n").header("allow"), "POST");
  EXPECT_EQ(refusals("http_length"), 2);
  EXPECT_EQ(refusals("http_too_big"), 3);
  EXPECT_EQ(refusals("http_expect"), 1);
  EXPECT_EQ(refusals("origin"), 2);
  EXPECT_EQ(road.receive().status, 204) << "the road that was meant is still there";
}

TEST_F(RoadRefusal, the_page_that_was_asked_may_use_it) {
  const std::string own = "Origin: http://x\r\nCudgel-Kind: poll\r\nCudgel-Version: 6\r\n";
  EXPECT_EQ(http_raw(port(), road_post("open", own)).status, 200);
}

TEST_F(RoadRefusal, a_body_that_does_not_come_is_408_and_never_read) {
  RoadClient road(port(), "poll");
  const RawSocket half(port());
  const std::string whole = road_post("send", road.lines("Cudgel-Number: 1\r\n"), batch_of({hello_bytes()}));
  half.send(whole.substr(0, whole.size() - 1));
  // Meanwhile the road is asked, so that it stays.
  EXPECT_EQ(road.receive().status, 204);
  const HttpAnswer answer = read_answer(half);
  EXPECT_EQ(answer.status, 408);
  EXPECT_EQ(refusals("http_timeout"), 1);
  EXPECT_EQ(metric("cudgel_messages_received_total"), 0);
}

TEST_F(RoadRefusal, another_mans_road_cannot_be_guessed_and_a_message_is_not_taken_twice) {
  RoadClient road(port(), "longpoll");
  std::string guess = road.id();
  guess.back() = guess.back() == '0' ? '1' : '0';
  EXPECT_EQ(http_raw(port(), road_post("close", "Cudgel-Road: " + guess + "\r\n")).status, 404);
  EXPECT_EQ(http_raw(port(), road_post("close", "Cudgel-Road: ff" + guess.substr(2) + "\r\n")).status, 404) << "no such thread";
  EXPECT_EQ(refusals("road_unknown"), 2);
  const std::string hello = batch_of({hello_bytes()});
  EXPECT_EQ(road.send(1, hello).status, 204);
  EXPECT_EQ(road.send(1, hello).status, 204) << "a second Hello would be 4003";
  EXPECT_EQ(road.send(3, hello).status, 409);
  EXPECT_EQ(refusals("road_repeated"), 1);
  EXPECT_EQ(refusals("road_gap"), 1);
  EXPECT_EQ(metric("cudgel_messages_received_total"), 1);
}

TEST_F(RoadRefusal, what_is_no_message_ends_the_road_with_the_code_of_a_websocket) {
  struct Case {
    std::string batch;
    const char* code;
  };
  for (const Case& each :
       {Case{batch_of({"garbage"}), "4002"}, Case{batch_of({""}), "4002"}, Case{batch_of({std::string(4097, 'x')}), "1009"},
        Case{std::string("\7\0\0\0x", 5), "1002"}, Case{batch_of({acts_bytes({})}), "4003"}}) {
    RoadClient road(port(), "poll");
    const HttpAnswer ended = road.send(each.batch);
    EXPECT_EQ(ended.status, 410);
    EXPECT_EQ(ended.header("cudgel-close"), each.code);
    EXPECT_FALSE(ended.body.empty());
    EXPECT_EQ(road.receive().header("cudgel-close"), each.code);
  }
  RoadClient older(port(), "poll", 2);
  EXPECT_EQ(older.opened().status, 410);
  EXPECT_EQ(older.opened().header("cudgel-close"), "4001");
}

TEST_F(RoadRefusal, who_says_no_hello_is_told_4005_on_every_road) {
  RoadClient polled(port(), "poll");
  RoadClient asked(port(), "longpoll");
  RoadClient streamed(port(), "sse");
  EventStream stream(port(), streamed.id());
  const HttpAnswer answer = asked.receive();
  EXPECT_EQ(answer.header("cudgel-close"), "4005");
  const auto end = stream.next();
  ASSERT_TRUE(end);
  EXPECT_EQ(end->name, "close");
  EXPECT_TRUE(end->data.starts_with("4005 ")) << end->data;
  EXPECT_TRUE(stream.socket().ends_within(Milliseconds(20000)));
  EXPECT_EQ(polled.receive().header("cudgel-close"), "4005");
  EXPECT_EQ(refusals("hello_timeout"), 3);
}

TEST_F(RoadRefusal, a_flood_of_requests_behind_one_that_waits_is_cut) {
  RoadClient road(port(), "longpoll");
  const RawSocket socket(port());
  socket.send(road_post("receive", road.lines("Cudgel-Got: 0\r\n")));
  socket.send(std::string(64 * 1024, 'x'));
  EXPECT_TRUE(socket.ends_within(Milliseconds(20000)));
}

}  // namespace
}  // namespace cudgel::test
