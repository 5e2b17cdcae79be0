// Goal: the three HTTP roads bring the same session as a WebSocket, whatever of them gets lost or comes twice (docs/TRANSPORTS.md).
// Method: the real server, requests written by hand.

#include <csignal>

#include "road_client.h"

namespace cudgel::test {
namespace {

class Road : public ServerTest {
 protected:
  void SetUp() override { start(); }

  /// Asks until there is something.
  HttpAnswer received(RoadClient& road) {
    HttpAnswer answer;
    EXPECT_TRUE(wait_for(k_counted_within, [&] {
      answer = road.receive();
      return answer.status != 204;
    }));
    return answer;
  }
  static std::string hello() { return batch_of({hello_bytes()}); }
  static std::string acts(std::uint32_t sequence, base::Tick tick) {
    protocol::Acts acts;
    acts.count = 1;
    acts.acts[0].sequence = sequence;
    acts.acts[0].tick = tick;
    acts.acts[0].heading = 1;
    acts.frame_tick = tick;
    acts.stamp = sequence;
    return batch_of({acts_bytes(acts)});
  }
  static std::string hello_with(const protocol::Token& token) {
    protocol::Hello hello;
    EXPECT_TRUE(hello.name.assign("Ann"));
    hello.content_hash = baked_content().hash();
    hello.token = token;
    flatbuffers::FlatBufferBuilder builder;
    return batch_of({std::string(WsClient::as_text(protocol::encode(hello, builder)))});
  }
};

TEST_F(Road, polls_bring_the_world_and_take_what_the_player_wants) {
  for (const std::string kind : {"longpoll", "poll"}) {
    RoadClient road(port(), kind);
    ASSERT_EQ(road.opened().status, 200) << road.opened().body;
    EXPECT_EQ(road.opened().header("cache-control"), "no-store");
    ASSERT_EQ(road.id().size(), 34U);
    EXPECT_EQ(road.send(hello()).status, 204);
    RoadView view;
    for (int i = 0; i < 5; ++i) {
      const HttpAnswer answer = received(road);
      ASSERT_EQ(answer.status, 200) << kind;
      EXPECT_EQ(answer.header("cache-control"), "no-store");
      view.apply_batch(answer.body);
    }
    const base::Tick tick = view.replica().tick();
    HttpAnswer answer = road.receive(acts(1, tick));
    for (; answer.status == 204 || (answer.status == 200 && view.replica().acknowledged() == 0); answer = road.receive()) {
      if (answer.status == 200) view.apply_batch(answer.body);
    }
    EXPECT_EQ(view.replica().acknowledged(), 1U) << kind;
    EXPECT_EQ(road.ask("close").status, 204);
    EXPECT_EQ(road.receive().status, 404);
  }
}

TEST_F(Road, a_stream_brings_the_world) {
  RoadClient road(port(), "sse");
  EventStream stream(port(), road.id());
  ASSERT_EQ(stream.answer().status, 200);
  EXPECT_EQ(stream.answer().header("content-type"), "text/event-stream");
  EXPECT_EQ(stream.first_bytes(), ":\n\n") << "something to see comes at once";
  EXPECT_EQ(road.send(hello()).status, 204);
  RoadView view;
  for (std::uint32_t i = 1; i < 40 && view.replica().acknowledged() == 0; ++i) {
    const auto event = stream.next();
    ASSERT_TRUE(event);
    EXPECT_EQ(event->name, "");
    view.apply_event(event->data);
    if (i > 1) continue;
    EXPECT_EQ(road.send(acts(1, view.replica().tick())).status, 204);
  }
  EXPECT_EQ(view.replica().acknowledged(), 1U);
}

TEST_F(Road, a_lost_answer_is_given_again_byte_for_byte) {
  RoadClient road(port(), "longpoll");
  EXPECT_EQ(road.send(hello()).status, 204);
  const HttpAnswer first = received(road);
  ASSERT_EQ(first.status, 200);
  const HttpAnswer again = road.receive_again(0);
  EXPECT_EQ(again.header("cudgel-number"), "1");
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(received(road).status, 200);
  EXPECT_EQ(road.receive_again(0).status, 409) << "the second answer said that the first was not needed any more";
}

TEST_F(Road, a_long_poll_that_waits_is_answered_when_the_world_has_something) {
  RoadClient road(port(), "longpoll");
  const RawSocket waits(port());
  waits.send(road_post("receive", road.lines("Cudgel-Got: 0\r\n")));
  EXPECT_EQ(road.send(hello()).status, 204);
  const HttpAnswer answer = read_answer(waits);
  EXPECT_EQ(answer.status, 200);
  RoadView view;
  view.apply_batch(answer.body);
  // The socket is kept, for the next question.
  waits.send(road_post("receive", road.lines("Cudgel-Got: 1\r\n")));
  EXPECT_EQ(read_answer(waits).header("cudgel-number"), "2");
}

TEST_F(Road, of_two_polls_at_once_the_newer_counts) {
  RoadClient road(port(), "longpoll");
  const RawSocket older(port());
  older.send(road_post("receive", road.lines("Cudgel-Got: 0\r\n")));
  EXPECT_TRUE(metric_becomes("cudgel_transport_requests_total{transport=\"longpoll\"}", 2));
  const RawSocket newer(port());
  newer.send(road_post("receive", road.lines("Cudgel-Got: 0\r\n")));
  EXPECT_EQ(read_answer(older).status, 409);
  EXPECT_EQ(road.send(hello()).status, 204);
  EXPECT_EQ(read_answer(newer).status, 200);
  EXPECT_EQ(metric("cudgel_refusals_total{reason=\"road_superseded\"}"), 1);
}

TEST_F(Road, who_loses_a_stream_comes_back_over_a_poll) {
  RoadView view;
  RoadClient lost(port(), "sse");
  {
    EventStream stream(port(), lost.id());
    EXPECT_EQ(lost.send(hello()).status, 204);
    const auto event = stream.next();
    ASSERT_TRUE(event);
    view.apply_event(event->data);
    ASSERT_TRUE(view.token());
  }
  EXPECT_TRUE(metric_becomes("cudgel_players_away", 1));
  EXPECT_EQ(lost.send(hello()).status, 404);
  RoadClient back(port(), "poll");
  EXPECT_EQ(back.send(hello_with(*view.token())).status, 204);
  EXPECT_EQ(received(back).status, 200);
  EXPECT_EQ(metric("cudgel_sessions_resumed_total"), 1);
  EXPECT_EQ(metric("cudgel_players"), 1);
  EXPECT_TRUE(metric_becomes("cudgel_players_away", 0));
}

TEST_F(Road, a_goodbye_is_answered_with_1000_and_takes_the_body_along) {
  RoadClient road(port(), "poll");
  EXPECT_EQ(road.send(hello()).status, 204);
  EXPECT_EQ(received(road).status, 200);
  flatbuffers::FlatBufferBuilder builder;
  const HttpAnswer answer = road.send(batch_of({std::string(WsClient::as_text(protocol::encode(protocol::Bye{}, builder)))}));
  EXPECT_EQ(answer.status, 410);
  EXPECT_EQ(answer.header("cudgel-close"), "1000");
  EXPECT_TRUE(metric_becomes("cudgel_players", 0));
}

TEST_F(Road, the_farewell_comes_down_every_road) {
  RoadClient streamed(port(), "sse");
  EventStream stream(port(), streamed.id());
  EXPECT_EQ(streamed.send(hello()).status, 204);
  RoadClient asked(port(), "longpoll");
  const RawSocket waits(port());
  waits.send(road_post("receive", asked.lines("Cudgel-Got: 0\r\n")));
  EXPECT_TRUE(metric_becomes("cudgel_transport_requests_total{transport=\"longpoll\"}", 2));
  server().send_signal(SIGTERM);
  EXPECT_EQ(read_answer(waits).header("cudgel-close"), "1001");
  for (auto event = stream.next();; event = stream.next()) {
    ASSERT_TRUE(event);
    if (event->name.empty()) continue;
    EXPECT_TRUE(event->data.starts_with("1001 ")) << event->data;
    break;
  }
  EXPECT_EQ(server().wait().status, 0);
}

TEST_F(Road, the_sessions_of_each_transport_are_counted) {
  RoadClient polled(port(), "poll");
  RoadClient streamed(port(), "sse");
  EventStream stream(port(), streamed.id());
  joined();
  for (const char* transport : {"ws", "sse", "poll"}) {
    const std::string label = std::string("{transport=\"") + transport + "\"}";
    EXPECT_TRUE(metric_becomes("cudgel_transport_sessions" + label, 1)) << transport;
    EXPECT_GT(metric("cudgel_transport_wire_bytes_received_total" + label), 0) << transport;
    EXPECT_GT(metric("cudgel_transport_wire_bytes_sent_total" + label), 0) << transport;
  }
  EXPECT_EQ(metric("cudgel_transport_requests_total{transport=\"sse\"}"), 2);
  EXPECT_EQ(metric("cudgel_transport_sessions{transport=\"longpoll\"}"), 0);
}

class RoadThreads : public Road {
 protected:
  void SetUp() override { start({"--net-threads", "3"}); }
};

TEST_F(RoadThreads, a_request_finds_its_road_whichever_thread_took_it) {
  // Each request comes over a socket of its own, which the kernel gives to any of the three threads.
  for (int i = 0; i < 6; ++i) {
    RoadClient road(port(), "poll");
    EXPECT_EQ(road.send(hello()).status, 204);
    RoadView view;
    for (int frame = 0; frame < 5; ++frame) {
      const HttpAnswer answer = received(road);
      ASSERT_EQ(answer.status, 200);
      view.apply_batch(answer.body);
    }
    EXPECT_EQ(road.ask("close").status, 204);
  }
}

TEST_F(RoadThreads, a_socket_that_was_handed_over_serves_on) {
  // Whatever thread a socket is at, requests for roads of the others follow each other down it, one behind the other.
  std::vector<RoadClient> roads;
  for (int i = 0; i < 12; ++i) roads.emplace_back(port(), "poll");
  const RawSocket socket(port());
  for (int round = 0; round < 3; ++round) {
    for (std::size_t i = 0; i < roads.size(); ++i) {
      socket.send(road_post("receive", roads[i].lines("Cudgel-Got: 0\r\n")));
      EXPECT_EQ(read_answer(socket).status, 204);
    }
  }
  socket.send("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_NE(read_answer(socket).status, 0);
  EXPECT_EQ(metric("cudgel_refusals_total{reason=\"road_unknown\"}"), 0);
}

class RoadStalled : public Road {
 protected:
  void SetUp() override { start({"--arena", "64", "--monsters", "300"}); }
};

TEST_F(RoadStalled, a_stream_that_is_not_read_ends_in_time) {
  RoadClient road(port(), "sse");
  const RawSocket socket(port(), 2048);
  socket.send(road_post("stream", road.lines()));
  EXPECT_EQ(road.send(hello()).status, 204);
  EXPECT_TRUE(wait_for(std::chrono::seconds(60), [&] { return metric("cudgel_connections_lost_total") == 1; }));
  EXPECT_EQ(road.send(hello()).status, 404);
  EXPECT_TRUE(metric_becomes("cudgel_players_away", 1)) << "its body waits for it";
}

}  // namespace
}  // namespace cudgel::test
