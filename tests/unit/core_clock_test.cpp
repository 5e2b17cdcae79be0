// Goal: whatever the network does, the client's idea of the server's tick settles on the truth and never jumps.
// Method: frames of a server with an exact clock arrive with delay and jitter from a seed at a client whose clock drifts.

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "base/random.h"
#include "core/lead.h"
#include "core/server_clock.h"

namespace cudgel::core {
namespace {

struct Network {
  double delay_ms = 50;
  double jitter_ms = 80;
  double drift = 0;  ///< share by which the client's clock runs fast
};

/// Frames every 50 ms from a server that starts at tick 1000; the client looks 60 times a second.
class Simulation {
 public:
  Simulation(const Network& network, std::uint64_t seed) : network_(network), random_(seed) {}

  template <class Visit>
  void run(double seconds, Visit&& visit) {
    const double end = true_ms_ + seconds * 1000;
    for (; true_ms_ < end; true_ms_ += 1) {
      if (std::fmod(true_ms_, 50) == 0) send();
      if (std::fmod(true_ms_, 17) != 0) continue;
      const double now = client_ms();
      for (; next_ < arrivals_.size() && arrivals_[next_].first <= true_ms_; ++next_) {
        clock.on_frame(arrivals_[next_].second, now);
      }
      clock.update(now);
      if (clock.started()) visit(now);
    }
  }
  [[nodiscard]] double client_ms() const { return 12345 + true_ms_ * (1 + network_.drift); }
  /// The tick whose frame would arrive now with the least delay.
  [[nodiscard]] double truth() const { return 1000 + (true_ms_ - std::max(0.0, network_.delay_ms - network_.jitter_ms)) / 50; }

  ServerClock clock{20};

 private:
  void send() {
    const double share = random_.between(-1000, 1000) / 1000.0;
    const double travel = std::max(0.0, network_.delay_ms + network_.jitter_ms * share);
    const double due = std::max(arrivals_.empty() ? 0 : arrivals_.back().first, true_ms_ + travel);
    arrivals_.push_back({due, 1000 + static_cast<base::Tick>(true_ms_ / 50)});
  }

  Network network_;
  base::Random random_;
  double true_ms_ = 0;
  std::vector<std::pair<double, base::Tick>> arrivals_;
  std::size_t next_ = 0;
};

TEST(ServerClock, settles_within_half_a_tick_under_jitter_and_drift) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    const double drift = (static_cast<double>(seed % 5) - 2) * 200e-6;
    Simulation simulation({50, 80, drift}, seed);
    simulation.run(5, [](double) {});
    double worst = 0;
    simulation.run(60,
                   [&](double now) { worst = std::max(worst, std::abs(simulation.clock.tick_at(now) - simulation.truth())); });
    // A display frame of 17 ms is a third of a tick: that much is not the clock's fault.
    EXPECT_LT(worst, 0.34 + 0.25);
  }
}

TEST(ServerClock, is_exact_to_a_display_frame_without_jitter) {
  Simulation simulation({30, 0, 0}, 1);
  simulation.run(3, [](double) {});
  simulation.run(10, [&](double now) { EXPECT_NEAR(simulation.clock.tick_at(now), simulation.truth(), 0.35); });
}

TEST(ServerClock, never_runs_backwards_and_never_jumps_once_settled) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    Simulation simulation({50, 80, 300e-6}, seed);
    simulation.run(3, [](double) {});
    double last_tick = 0;
    double last_ms = 0;
    simulation.run(60, [&](double now) {
      const double tick = simulation.clock.tick_at(now);
      if (last_ms > 0) {
        const double expected = (now - last_ms) / 50;
        EXPECT_GE(tick - last_tick, expected * 0.9);
        EXPECT_LE(tick - last_tick, expected * 1.2);
      }
      last_tick = tick;
      last_ms = now;
    });
  }
}

TEST(ServerClock, knows_how_late_frames_come) {
  Simulation calm({50, 2, 0}, 3);
  calm.run(10, [](double) {});
  EXPECT_LT(calm.clock.lateness_ms(), 25);
  Simulation rough({100, 80, 0}, 3);
  rough.run(10, [](double) {});
  EXPECT_GT(rough.clock.lateness_ms(), 80);
  EXPECT_LT(rough.clock.lateness_ms(), 200);
}

TEST(ServerClock, a_single_stall_is_no_jitter_and_sets_no_clock) {
  ServerClock clock(20);
  double now = 0;
  const auto pass = [&](base::Tick from, base::Tick to) {
    for (base::Tick tick = from; tick <= to; ++tick) {
      now = tick * 50.0;
      clock.on_frame(tick, now);
      clock.update(now);
    }
  };
  pass(1, 200);
  now = 240 * 50;  // two seconds of silence, then everything at once
  for (base::Tick tick = 201; tick <= 240; ++tick) clock.on_frame(tick, now);
  clock.update(now);
  EXPECT_NEAR(clock.tick_at(now), 240, 0.1);
  EXPECT_LT(clock.lateness_ms(), 1);
  pass(241, 400);
  EXPECT_NEAR(clock.tick_at(now), 400, 0.1);
  EXPECT_LT(clock.lateness_ms(), 1);
}

TEST(ServerClock, lateness_is_forgotten_when_the_jitter_is_over) {
  ServerClock clock(20);
  base::Random random(5);
  const auto pass = [&](base::Tick from, base::Tick to, std::int32_t jitter_ms) {
    for (base::Tick tick = from; tick <= to; ++tick) clock.on_frame(tick, tick * 50.0 + random.between(0, jitter_ms));
  };
  pass(1, 200, 0);
  EXPECT_LT(clock.lateness_ms(), 1);
  pass(201, 260, 45);
  EXPECT_GT(clock.lateness_ms(), 35);
  pass(261, 361, 0);
  EXPECT_LT(clock.lateness_ms(), 1);
}

TEST(Lead, provides_for_the_worst_recent_round_trip) {
  Lead lead;
  double now = 1000;
  double server_tick = 500;
  for (int i = 0; i < 40; ++i) {
    const std::uint32_t stamp = lead.stamp(now, server_tick);
    // Three ticks there, every fourth time five.
    const double ticks = i % 4 == 0 ? 5 : 3;
    now += ticks * 50;
    server_tick += ticks;
    EXPECT_TRUE(lead.on_echo(stamp, static_cast<base::Tick>(server_tick), now));
    lead.update(now);
  }
  EXPECT_NEAR(lead.ticks(), 5.25, 0.01);
  EXPECT_GT(lead.round_trip_ms(), 140);
  EXPECT_LT(lead.round_trip_ms(), 260);
}

TEST(Lead, a_stall_raises_it_little_and_a_longer_road_soon) {
  Lead lead;
  double now = 1000;
  double server_tick = 500;
  const auto round_trip = [&](double ticks) {
    const std::uint32_t stamp = lead.stamp(now, server_tick);
    now += ticks * 50;
    server_tick += ticks;
    lead.on_echo(stamp, static_cast<base::Tick>(server_tick), now);
    lead.update(now);
  };
  for (int i = 0; i < 20; ++i) round_trip(3);
  for (const double stalled : {40.0, 20.0}) {
    round_trip(stalled);
    lead.on_slack(static_cast<std::int8_t>(-stalled));
    lead.update(now);
    EXPECT_LE(lead.ticks(), 3.25 + 2);
    EXPECT_LE(lead.needed(), 3.25 + 4);
  }
  round_trip(3);
  EXPECT_NEAR(lead.needed(), 3.25, 0.01);
  for (int i = 0; i < 3; ++i) round_trip(12);
  EXPECT_NEAR(lead.needed(), 12.25, 0.01);
}

TEST(Lead, ignores_echoes_of_nobody_and_repeats) {
  Lead lead;
  const std::uint32_t stamp = lead.stamp(100, 1);
  EXPECT_FALSE(lead.on_echo(0, 5, 200));
  EXPECT_FALSE(lead.on_echo(stamp + 1, 5, 200));
  EXPECT_TRUE(lead.on_echo(stamp, 3, 200));
  EXPECT_FALSE(lead.on_echo(stamp, 9, 400));
  EXPECT_DOUBLE_EQ(lead.round_trip_ms(), 100);
}

TEST(Lead, stamps_differ_within_a_millisecond_and_are_never_zero) {
  Lead lead;
  const std::uint32_t a = lead.stamp(0, 1);
  const std::uint32_t b = lead.stamp(0, 1);
  EXPECT_NE(a, 0U);
  EXPECT_NE(a, b);
}

TEST(Lead, grows_at_once_when_an_act_was_late_and_hurries_only_so_far) {
  Lead lead;
  lead.update(0);
  const double before = lead.needed();
  lead.on_slack(-4);
  EXPECT_GT(lead.needed(), before + 1);
  Lead other;
  EXPECT_TRUE(other.hurry(0.9));
  EXPECT_FALSE(other.hurry(0.9));
}

}  // namespace
}  // namespace cudgel::core
