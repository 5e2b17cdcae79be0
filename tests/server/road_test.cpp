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

}  // namespace
}  // namespace cudgel::test
