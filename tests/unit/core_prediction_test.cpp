// Goal: the own character answers at once and the server rarely has to correct it; everybody else moves smoothly.
// Method: real clients and a real realm in one process (in_process.h) with delay and jitter from seeds; a wandering player's
// corrections are gathered frame by frame, and what is drawn is compared from one display frame to the next.

#include <algorithm>
#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "base/random.h"
#include "common/baked_content.h"
#include "in_process.h"

namespace cudgel::test {
namespace {

struct Road {
  double delay_ms;
  double jitter_ms;
};
constexpr Road k_roads[] = {{0, 0}, {50, 0}, {100, 0}, {50, 50}, {100, 80}};

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

/// How far each frame moved the prediction, in tiles.
class Corrections {
 public:
  explicit Corrections(core::GameClient& client) : client_(client) {}
  void look() {
    if (client_.stats().frames_received == frames_) return;
    frames_ = client_.stats().frames_received;
    sizes_.push_back(client_.stats().correction_last_tiles);
  }
  [[nodiscard]] double quantile(double share) {
    std::sort(sizes_.begin(), sizes_.end());
    return sizes_.at(static_cast<std::size_t>(share * static_cast<double>(sizes_.size() - 1)));
  }
  [[nodiscard]] std::size_t count() const { return sizes_.size(); }

 private:
  core::GameClient& client_;
  std::uint64_t frames_ = 0;
  std::vector<double> sizes_;
};

struct Walked {
  double p99 = 0;
  double distance = 0;  ///< tiles drawn
  std::size_t frames = 0;
};

Walked walk_for_a_minute(const Setup& setup, int standing) {
  InProcess game(setup);
  for (int i = 0; i < standing; ++i) game.add_client("post " + std::to_string(i), static_cast<std::uint8_t>(i % 3));
  core::GameClient& client = game.add_client("walker");
  Wanderer wanderer(client, setup.seed);
  Corrections corrections(client);
  game.run(3000);
  Walked walked;
  std::optional<core::BodyView> last;
  game.run(60000, [&] {
    wanderer.act(game.now_ms());
    corrections.look();
    const auto view = client.self_view();
    if (last && view) walked.distance += std::hypot(view->x - last->x, view->y - last->y);
    last = view;
  });
  walked.p99 = corrections.quantile(0.99);
  walked.frames = corrections.count();
  return walked;
}

TEST(Prediction, needs_no_corrections_in_open_ground) {
  for (const Road& road : k_roads) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", delay " << road.delay_ms << " +- " << road.jitter_ms);
      const Walked walked = walk_for_a_minute({seed, road.delay_ms, road.jitter_ms, 128}, 0);
      EXPECT_GT(walked.frames, 700U);  // display frames with news: two frames that arrive together count once
      EXPECT_GT(walked.distance, 60);
      EXPECT_LT(walked.p99, 0.1);
    }
  }
}

TEST(Prediction, needs_no_corrections_along_walls) {
  for (const Road& road : k_roads) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", delay " << road.delay_ms << " +- " << road.jitter_ms);
      const Walked walked = walk_for_a_minute({seed, road.delay_ms, road.jitter_ms, 16}, 0);
      EXPECT_GT(walked.distance, 30);
      EXPECT_LT(walked.p99, 0.1);
    }
  }
}

TEST(Prediction, stays_close_among_standing_bodies) {
  for (const Road& road : k_roads) {
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", delay " << road.delay_ms << " +- " << road.jitter_ms);
      const Walked walked = walk_for_a_minute({seed, road.delay_ms, road.jitter_ms, 16}, 12);
      EXPECT_GT(walked.distance, 30);
      EXPECT_LT(walked.p99, 0.25);
    }
  }
}

TEST(Prediction, acts_arrive_in_time_once_the_lead_has_settled) {
  for (const Road& road : k_roads) {
    SCOPED_TRACE(testing::Message() << "delay " << road.delay_ms << " +- " << road.jitter_ms);
    InProcess game({7, road.delay_ms, road.jitter_ms, 64});
    core::GameClient& client = game.add_client("walker");
    Wanderer wanderer(client, 7);
    game.run(5000, [&] { wanderer.act(game.now_ms()); });
    const std::uint64_t late_before = game.server.acts_late();
    game.run(60000, [&] { wanderer.act(game.now_ms()); });
    EXPECT_LE(game.server.acts_late() - late_before, 3U);
    EXPECT_EQ(game.server.malformed(), 0U);
  }
}

TEST(Prediction, answers_a_key_in_the_next_display_frame) {
  for (const Road& road : k_roads) {
    SCOPED_TRACE(testing::Message() << "delay " << road.delay_ms << " +- " << road.jitter_ms);
    InProcess game({5, road.delay_ms, road.jitter_ms, 64});
    core::GameClient& client = game.add_client("walker");
    game.run(4000);
    for (int press = 0; press < 20; ++press) {
      const auto before = client.self_view();
      ASSERT_TRUE(before.has_value());
      client.want({.heading = static_cast<std::uint8_t>(press % 2 == 0 ? 1 : 33), .attack = false, .target = {}});
      game.run(InProcess::k_frame_ms);
      const auto pressed = client.self_view();
      EXPECT_EQ(pressed->action, sim::Action::walk);
      EXPECT_EQ(pressed->facing, press % 2 == 0 ? 0 : 4);
      game.run(InProcess::k_frame_ms);
      EXPECT_GT(std::abs(client.self_view()->x - before->x), 0.01);
      client.want({});
      game.run(700 + press * 13);
    }
  }
}

TEST(Prediction, draws_the_own_character_without_jumps) {
  for (const Road& road : k_roads) {
    SCOPED_TRACE(testing::Message() << "delay " << road.delay_ms << " +- " << road.jitter_ms);
    InProcess game({11, road.delay_ms, road.jitter_ms, 32});
    core::GameClient& client = game.add_client("walker");
    Wanderer wanderer(client, 11);
    game.run(4000);
    std::optional<core::BodyView> last;
    double longest = 0;
    game.run(40000, [&] {
      wanderer.act(game.now_ms());
      const auto view = client.self_view();
      if (last && view) longest = std::max(longest, std::hypot(view->x - last->x, view->y - last->y));
      last = view;
    });
    const double stride = baked_content().classes()[0].body.speed / 256.0 * InProcess::k_frame_ms / 1000;
    // A hurried tick is caught up softly: at most two and a half strides in one display frame.
    EXPECT_LT(longest, 2.5 * stride);
    EXPECT_GT(longest, 0.5 * stride);
  }
}

TEST(Prediction, a_short_tap_of_attack_becomes_a_blow) {
  for (const Road& road : k_roads) {
    SCOPED_TRACE(testing::Message() << "delay " << road.delay_ms << " +- " << road.jitter_ms);
    InProcess game({13, road.delay_ms, road.jitter_ms, 32});
    core::GameClient& client = game.add_client("fighter");
    game.run(4000);
    const base::EntityId self = client.replica().own().id;
    int blows = 0;
    base::Tick last_blow = 0;
    const auto count = [&] {
      const sim::Walker& walker = game.server.world().find(self)->walker;
      if (walker.action != sim::Action::attack || walker.action_since == last_blow) return;
      last_blow = walker.action_since;
      ++blows;
    };
    constexpr int k_taps = 25;
    for (int tap = 0; tap < k_taps; ++tap) {
      // Pressed and let go between two display frames, while walking or standing.
      const auto heading = static_cast<std::uint8_t>(tap % 3 == 0 ? 1 + tap : 0);
      client.want({.heading = heading, .attack = true, .target = {}});
      client.want({.heading = heading, .attack = false, .target = {}});
      game.run(1500 + tap * 7, {}, count);
    }
    EXPECT_EQ(blows, k_taps);
  }
}

TEST(Interpolation, others_never_move_faster_than_they_could_catch_up) {
  for (const Road& road : k_roads) {
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << ", delay " << road.delay_ms << " +- " << road.jitter_ms);
      InProcess game({seed, road.delay_ms, road.jitter_ms, 16});
      core::GameClient& watcher = game.add_client("watcher");
      std::vector<Wanderer> wanderers;
      for (int i = 0; i < 6; ++i) {
        wanderers.emplace_back(game.add_client("walker " + std::to_string(i), static_cast<std::uint8_t>(i % 3)),
                               seed * 10 + static_cast<std::uint64_t>(i));
      }
      game.run(4000);
      // Legs and pushes at the render clock's fastest, and an error that fades at 6 tiles a second.
      const double speed = baked_content().classes()[0].body.speed / 256.0 * 1.34 * 1.15 + 6;
      const double longest_allowed = speed * InProcess::k_frame_ms / 1000 + 1e-6;
      std::map<std::uint32_t, core::BodyView> last;
      double longest = 0;
      game.run(40000, [&] {
        for (Wanderer& wanderer : wanderers) wanderer.act(game.now_ms());
        std::map<std::uint32_t, core::BodyView> now;
        for (const core::BodyView& view : watcher.others()) now.emplace(view.id.packed(), view);
        for (const auto& [id, view] : now) {
          const auto before = last.find(id);
          if (before == last.end()) continue;
          longest = std::max(longest, std::hypot(view.x - before->second.x, view.y - before->second.y));
        }
        last = std::move(now);
      });
      EXPECT_EQ(last.size(), 6U);
      EXPECT_LE(longest, longest_allowed);
      EXPECT_GT(longest, 0.02);
    }
  }
}

TEST(Interpolation, the_delay_follows_the_jitter) {
  InProcess calm({3, 50, 0, 32});
  core::GameClient& calm_client = calm.add_client("calm");
  calm.run(10000);
  EXPECT_LT(calm_client.stats().interpolation_delay_ms, 125);
  InProcess rough({3, 100, 80, 32});
  core::GameClient& rough_client = rough.add_client("rough");
  rough.run(10000);
  EXPECT_GT(rough_client.stats().interpolation_delay_ms, calm_client.stats().interpolation_delay_ms + 50);
  EXPECT_LT(rough_client.stats().interpolation_delay_ms, 350);
}

}  // namespace
}  // namespace cudgel::test
