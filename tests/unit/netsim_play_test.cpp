// Goal: on a bad network the own character never visibly snaps and everybody else moves without jumps; a stall is got over, a cut
// connection found again. Method: real clients and a real realm in one process (in_process.h), each client behind a simulated
// network with its own seed; what is drawn is compared from one display frame to the next. Every failure names spec and seed.

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "bad_game.h"
#include "base/random.h"
#include "common/baked_content.h"

namespace cudgel::test {
namespace {

constexpr const char* k_bad_network = "delay=100,jitter=80";
/// What the eye may be asked to follow beyond a walk's step in one display frame, in tiles.
constexpr double k_own_leap_tiles = 0.05;
constexpr double k_others_leap_tiles = 0.1;

/// The longest way a class walks between two display frames, in tiles.
double stride_tiles(std::uint8_t class_index = 0) {
  return baked_content().classes()[class_index].body.speed / 256.0 * InProcess::k_frame_ms / 1000;
}

/// Chooses a new heading every half to two seconds, like a player who looks around.
class Wanderer {
 public:
  Wanderer(core::GameClient& client, std::uint64_t seed) : client_(client), random_(seed) {}
  void act(double now_ms) {
    if (client_.phase() != core::Phase::playing || now_ms < next_ms_) return;
    next_ms_ = now_ms + random_.between(500, 2000);
    sim::Intent intent;
    if (random_.below(5) != 0) intent.heading = static_cast<std::uint8_t>(1 + random_.below(base::k_headings));
    client_.want(intent);
  }

 private:
  core::GameClient& client_;
  base::Random random_;
  double next_ms_ = 0;
};

/// A bad game in which everybody wanders.
class Walk : public BadGame {
 public:
  Walk(const std::string& spec, std::uint64_t seed, std::uint16_t arena_side, int players)
      : BadGame({.seed = seed, .arena_side = arena_side}) {
    for (int i = 0; i < players; ++i) wanderers_.emplace_back(add_player(spec), seed * 100 + static_cast<std::uint64_t>(i));
  }
  /// Everybody wanders for so long; `look` is called after each display frame.
  void wander(double ms, const std::function<void()>& look = {}) {
    game.run(ms, [&] {
      for (Wanderer& wanderer : wanderers_) wanderer.act(game.now_ms());
      if (look) look();
    });
  }

 private:
  std::deque<Wanderer> wanderers_;
};

/// What a player sees, from one display frame to the next.
class Eye {
 public:
  explicit Eye(core::GameClient& client) : client_(client) {}

  void look() {
    if (client_.stats().frames_received != frames_) {
      frames_ = client_.stats().frames_received;
      corrections_.push_back(client_.stats().correction_last_tiles);
    }
    const auto self = client_.self_view();
    if (self && self_) {
      const double step = std::hypot(self->x - self_->x, self->y - self_->y);
      own_longest = std::max(own_longest, step);
      walked += step;
    }
    self_ = self;
    std::map<std::uint32_t, std::pair<double, double>> places;
    for (const core::BodyView& view : client_.others()) {
      places.emplace(view.id.packed(), std::pair(view.x, view.y));
      const auto before = others_.find(view.id.packed());
      if (before == others_.end()) continue;
      others_longest = std::max(others_longest, std::hypot(view.x - before->second.first, view.y - before->second.second));
    }
    others_ = std::move(places);
    delay_longest_ms = std::max(delay_longest_ms, client_.stats().interpolation_delay_ms);
  }
  [[nodiscard]] double correction(double share) {
    std::sort(corrections_.begin(), corrections_.end());
    return corrections_.at(static_cast<std::size_t>(share * static_cast<double>(corrections_.size() - 1)));
  }

  double own_longest = 0;  ///< tiles in one display frame
  double others_longest = 0;
  double walked = 0;
  double delay_longest_ms = 0;

 private:
  core::GameClient& client_;
  std::uint64_t frames_ = 0;
  std::vector<double> corrections_;
  std::optional<core::BodyView> self_;
  std::map<std::uint32_t, std::pair<double, double>> others_;
};

constexpr double k_settle_ms = 6000;

TEST(BadNetwork, the_own_character_walks_freely_without_snapping) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(testing::Message() << k_bad_network << ", seed " << seed);
    Walk bad(k_bad_network, seed, 128, 1);
    bad.wander(k_settle_ms);
    Eye eye(bad.client());
    bad.wander(180000, [&] { eye.look(); });
    EXPECT_GT(eye.walked, 200);
    EXPECT_LT(eye.correction(0.99), 0.1);
    EXPECT_LT(eye.own_longest, stride_tiles() + k_own_leap_tiles);
  }
}

TEST(BadNetwork, others_move_without_jumps) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    SCOPED_TRACE(testing::Message() << k_bad_network << ", seed " << seed);
    Walk bad(k_bad_network, seed, 24, 6);
    bad.wander(k_settle_ms);
    Eye eye(bad.client());
    bad.wander(120000, [&] { eye.look(); });
    EXPECT_GT(eye.others_longest, 0.02);
    EXPECT_LT(eye.others_longest, stride_tiles() + k_others_leap_tiles);
    EXPECT_LT(eye.delay_longest_ms, 350);
  }
}

TEST(BadNetwork, the_interpolation_delay_grows_with_jitter_and_shrinks_again) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Walk bad("delay=50", seed, 32, 2);
    bad.wander(10000);
    const double calm_ms = bad.client().stats().interpolation_delay_ms;
    bad.set_spec(k_bad_network);
    bad.wander(10000);
    const double rough_ms = bad.client().stats().interpolation_delay_ms;
    bad.set_spec("delay=50");
    bad.wander(15000);
    const double calm_again_ms = bad.client().stats().interpolation_delay_ms;
    EXPECT_LT(calm_ms, 125);
    EXPECT_GT(rough_ms, calm_ms + 50);
    EXPECT_LT(rough_ms, 300);
    EXPECT_LT(calm_again_ms, calm_ms + 25);
  }
}

TEST(BadNetwork, a_stall_of_two_seconds_is_got_over_without_a_leap) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(testing::Message() << "stall=2s/15s over " << k_bad_network << ", seed " << seed);
    Walk bad(k_bad_network, seed, 32, 4);
    bad.wander(k_settle_ms);
    bad.set_spec(std::string(k_bad_network) + ",stall=2s/15s");
    Eye eye(bad.client());
    bad.wander(90000, [&] { eye.look(); });
    EXPECT_LT(eye.own_longest, 2);
    EXPECT_LT(eye.others_longest, 2);
    for (core::GameClient& client : bad.game.clients) {
      EXPECT_EQ(client.stats().disconnects, 0U);
      EXPECT_EQ(client.phase(), core::Phase::playing);
    }
  }
}

TEST(BadNetwork, a_cut_connection_is_found_again) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(testing::Message() << "cut=20s over " << k_bad_network << ", seed " << seed);
    Walk bad(std::string(k_bad_network) + ",cut=20s", seed, 32, 4);
    bad.wander(k_settle_ms);
    Eye eye(bad.client());
    bad.wander(84000, [&] { eye.look(); });
    bad.set_spec(k_bad_network);
    bad.wander(5000);
    EXPECT_LT(eye.own_longest, 2);
    EXPECT_LT(eye.others_longest, 2);
    for (std::size_t i = 0; i < 4; ++i) {
      EXPECT_GE(bad.road(i).cuts(), 2U);
      EXPECT_EQ(bad.client(i).stats().disconnects, bad.road(i).cuts());
      EXPECT_EQ(bad.client(i).stats().resumed, bad.road(i).cuts());
      EXPECT_EQ(bad.client(i).phase(), core::Phase::playing);
      EXPECT_TRUE(bad.client(i).self_view().has_value());
    }
  }
}

}  // namespace
}  // namespace cudgel::test
