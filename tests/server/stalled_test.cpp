// Goal: somebody who stops reading, or vanishes without a word, costs the others nothing and is gone in time.
// Method: the real server; one client with a tiny receive buffer that never reads, one that answers no pings, one that plays on.

#include <chrono>

#include "fixture.h"

namespace cudgel::test {
namespace {

class Stalled : public ServerTest {};

TEST_F(Stalled, a_reader_that_stops_is_gone_in_time_and_disturbs_nobody) {
  start({"--arena", "64", "--monsters", "300"});
  WsRequest request;
  request.receive_buffer_bytes = 2048;
  Player stalled(port(), "Stalled", request);
  ASSERT_TRUE(stalled.socket().open());
  Player player(port(), "Player");
  ASSERT_TRUE(player.frame());
  // The one that plays goes on getting frames all the while; a busy machine makes ticks up at once and shows only the newest.
  const base::Tick first = player.replica().tick();
  base::Tick frames = 0;
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  bool gone = false;
  while (!gone && std::chrono::steady_clock::now() < until) {
    ASSERT_TRUE(player.frame());
    ++frames;
    if (frames % 20 == 0) gone = metric("cudgel_sessions") == 1;
  }
  EXPECT_TRUE(gone) << "after 60 s the stalled client is still there";
  EXPECT_GE(frames * 2, player.replica().tick() - first);
  EXPECT_TRUE(metric_becomes("cudgel_players_away", 1)) << "its body waits for it";
}

TEST_F(Stalled, a_peer_that_answers_no_ping_is_cut) {
  start();
  const RawSocket dead(port());
  // Says Hello and keeps reading, but never answers a ping.
  WsRequest request;
  request.behind = ws_frame(k_opcode_binary, hello_bytes());
  dead.send(ws_request_text(port(), request));
  EXPECT_TRUE(dead.ends_within(Milliseconds(40000)));
}

}  // namespace
}  // namespace cudgel::test
