// Goal: what a server acknowledges is believed only as far as it was told something: no word of a hostile one makes the
// prediction lose acts or its footing. Method: the prediction alone, fed with frames made by hand.

#include <gtest/gtest.h>

#include "common/baked_content.h"
#include "core/play_map.h"
#include "core/prediction.h"
#include "protocol/limits.h"
#include "protocol/server_frame.h"

namespace cudgel::core {
namespace {

using test::baked_content;

constexpr std::uint16_t k_arena_side = 32;
constexpr base::Tick k_first_tick = 1000;

/// A client's prediction and what it was told; its player turns at every tick.
struct Player {
  Player() { told(k_first_tick, 0); }

  void told(base::Tick tick, std::uint32_t acknowledged) {
    flatbuffers::FlatBufferBuilder builder;
    const protocol::Head head(tick, acknowledged, 0, -128, 0, 0);
    const protocol::Own own(0x00010001, 4096, 4096, 0, 0, 990, 0, 0, 40, 50, 1, 2, 0, 0, 0);
    protocol::FrameBuilder frame(builder);
    frame.add_head(&head);
    frame.add_own(&own);
    builder.Finish(frame.Finish());
    const auto read = reader.read({builder.GetBufferPointer(), builder.GetSize()});
    ASSERT_TRUE(read) << read.error().reason;
    const auto applied = replica.apply(**read);
    ASSERT_TRUE(applied) << applied.error().reason;
    prediction.reconcile(replica, 0);
  }
  void turn_until(base::Tick tick) {
    while (prediction.tick() < tick) {
      prediction.want({.heading = static_cast<std::uint8_t>(1 + prediction.tick() % 64), .attack = false, .target = {}});
      prediction.advance_to(prediction.tick() + 1);
    }
  }
  [[nodiscard]] std::vector<std::uint32_t> unsent() {
    std::vector<std::uint32_t> sequences;
    for (const PredictedAct& act : prediction.unsent()) sequences.push_back(act.sequence);
    return sequences;
  }

  PlayMaps maps;
  std::shared_ptr<const PlayMap> map = maps.get(baked_content(), k_arena_side);
  Prediction prediction{baked_content(), map->tiles, 20, 0};
  replication::Replica replica;
  protocol::FrameReader reader;
};

std::vector<std::uint32_t> from_to(std::uint32_t first, std::uint32_t last) {
  std::vector<std::uint32_t> result;
  for (std::uint32_t i = first; i <= last; ++i) result.push_back(i);
  return result;
}

TEST(Acknowledged, an_act_that_was_sent_is_done_with) {
  Player player;
  player.turn_until(k_first_tick + 5);
  EXPECT_EQ(player.unsent(), from_to(1, 5));
  player.prediction.mark_sent();
  EXPECT_TRUE(player.unsent().empty());
  player.told(k_first_tick + 3, 3);
  player.turn_until(k_first_tick + 8);
  EXPECT_EQ(player.unsent(), from_to(6, 8));
}

TEST(Acknowledged, an_act_that_was_never_sent_is_kept) {
  for (const std::uint32_t claimed : {4U, 5U, 1000U, 0xFFFFFFFFU}) {
    SCOPED_TRACE(claimed);
    Player player;
    player.turn_until(k_first_tick + 3);
    ASSERT_EQ(player.unsent(), from_to(1, 3));
    player.prediction.mark_sent();
    player.turn_until(k_first_tick + 8);
    player.told(k_first_tick + 2, claimed);
    EXPECT_EQ(player.unsent(), from_to(4, 8));
  }
}

TEST(Acknowledged, a_backlog_that_was_never_sent_still_becomes_one_message) {
  for (const std::uint32_t claimed : {0U, 10U, 1000U, 0xFFFFFFFFU}) {
    SCOPED_TRACE(claimed);
    Player player;
    for (base::Tick tick = k_first_tick + 10; tick <= k_first_tick + 60; tick += 10) {
      player.turn_until(tick);
      player.told(tick - 5, claimed);
    }
    EXPECT_EQ(player.unsent(), from_to(1, protocol::k_acts_per_message_max));
    EXPECT_EQ(player.prediction.unsent().back().intent.heading, 1 + (k_first_tick + 59) % 64);
  }
}

}  // namespace
}  // namespace cudgel::core
