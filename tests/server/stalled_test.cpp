// Goal: somebody who stops reading, or vanishes without a word, costs the others nothing and is gone in time.
// Method: the real server; one client with a tiny receive buffer that never reads, one that answers no pings, one that plays on.

#include <chrono>

#include "fixture.h"

namespace cudgel::test {
namespace {

#ifdef __SANITIZE_ADDRESS__  // keeps freed memory
constexpr bool k_memory_is_given_back = false;
#else
constexpr bool k_memory_is_given_back = true;
#endif

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

// Goal: a hundred readers that stop cost the process at most 64 kB each, and nobody else misses a frame for them.
// Method: a hundred with tiny receive buffers that never read; when the server gives up a frame for each of them at every tick, its
// memory is compared with that from before they came, and the frames given up with those that a hundred can account for.
TEST_F(Stalled, a_hundred_readers_that_stop_cost_little_and_disturb_nobody) {
  constexpr int k_stalled = 100;
  constexpr long k_kb_max = 64;
  // So many that they all stall within a few seconds: the first is sent away 15 s later.
  start({"--arena", "64", "--monsters", "600"});
  Player player(port(), "Player");
  for (int i = 0; i < 20; ++i) ASSERT_TRUE(player.frame());
  const long before_kb = server().resident_kb();
  ASSERT_GT(before_kb, 0);
  WsRequest request;
  request.receive_buffer_bytes = 2048;
  std::deque<Player> stalled;
  for (int i = 0; i < k_stalled; ++i) {
    stalled.emplace_back(port(), "Stalled " + std::to_string(i), request);
    ASSERT_TRUE(stalled.back().socket().open());
    ASSERT_TRUE(player.frame());
  }
  // They stall one after the other, and each is sent away 15 s later.
  bool all_stall = false;
  for (int window = 0; window < 60 && !all_stall; ++window) {
    const double skipped = metric("cudgel_frames_skipped_total");
    const base::Tick first = player.replica().tick();
    constexpr int k_frames = 10;
    for (int i = 0; i < k_frames; ++i) ASSERT_TRUE(player.frame());
    const double gained = metric("cudgel_frames_skipped_total") - skipped;
    const base::Tick ticks = player.replica().tick() - first;
    // The numbers are read between ticks, one more or less at both ends.
    EXPECT_LE(gained, k_stalled * (ticks + 2.0)) << "somebody else missed a frame";
    EXPECT_GE(k_frames * 2, static_cast<int>(ticks)) << "the one that plays missed frames";
    all_stall = gained >= k_stalled * (k_frames - 2.0);
  }
  EXPECT_TRUE(all_stall) << "they never stalled all at once";
  if (k_memory_is_given_back) {
    EXPECT_LE(server().resident_kb() - before_kb, k_stalled * k_kb_max);
  }
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
