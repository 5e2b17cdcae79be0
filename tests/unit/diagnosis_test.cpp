// Goal: what disturbs the game is put down to the network, the server or the page, in words and with the right number, and a quiet game is
// called well. Method: a made-up game of 60 display frames and 20 server frames a second whose network, server and page can each be
// held up; every test also says which of the three must not be blamed.

#include "play/diagnosis.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace cudgel::game {
namespace {

constexpr double k_tick_ms = 50;
constexpr double k_frame_ms = 1000.0 / 60;

/// The game as its page sees it. Everything is told at the display frame that follows.
class DiagnosisTest : public ::testing::Test {
 protected:
  DiagnosisTest() { play(5000); }

  void play(double ms, bool hidden = false) {
    for (const double end_ms = now_ms_ + ms; now_ms_ < end_ms;) look(now_ms_ + k_frame_ms, hidden);
  }
  /// The page runs again at that time.
  void look(double at_ms, bool hidden = false) {
    now_ms_ = at_ms;
    core::UpdateReport report;
    report.at_ms = at_ms;
    report.phase = phase_;
    report.buffered_bytes = buffered_bytes_;
    report.usual_lateness_ms = usual_lateness_ms_;
    for (; due_ms_ + server_late_ms_ + k_road_ms <= at_ms && at_ms >= road_shut_until_ms_; due_ms_ += k_tick_ms) {
      core::FrameArrival arrival;
      arrival.tick = ++tick_;
      arrival.server_late_ms = static_cast<std::uint16_t>(server_late_ms_);
      arrival.slack_ticks = slack_ticks_;
      arrival.round_trip_ms = round_trip_ms_;
      slack_ticks_ = -128;
      server_late_ms_ = std::max(0.0, server_late_ms_ - k_tick_ms);  // it catches up
      report.arrivals.push_back(arrival);
    }
    diagnosis_.on_update(report, hidden);
  }
  void stall_network(double ms) {
    road_shut_until_ms_ = now_ms_ + ms;
    play(ms + 100);
  }
  void stall_server(double ms) {
    server_late_ms_ = ms;
    play(ms + 200);
  }
  void block_page(double ms) {
    look(now_ms_ + ms);
    play(200);
  }
  [[nodiscard]] Verdict verdict() const { return diagnosis_.verdict(now_ms_, Words{}); }
  [[nodiscard]] std::vector<Cause> causes() const {
    std::vector<Cause> causes;
    for (const Disturbance& one : diagnosis_.recent()) causes.push_back(cause_of(one.trouble));
    return causes;
  }
  /// The worst of the only disturbance there is.
  [[nodiscard]] double worst_ms() const { return diagnosis_.recent().size() == 1 ? diagnosis_.recent().front().worst_ms : -1; }

  static constexpr double k_road_ms = 30;
  Diagnosis diagnosis_;
  core::Phase phase_ = core::Phase::playing;
  base::Tick tick_ = 100;
  double now_ms_ = 1000;
  double due_ms_ = 1000;
  double road_shut_until_ms_ = 0;
  double server_late_ms_ = 0;
  double usual_lateness_ms_ = 10;
  double round_trip_ms_ = 60;
  std::int8_t slack_ticks_ = -128;
  std::size_t buffered_bytes_ = 0;
};

using Causes = std::vector<Cause>;

TEST_F(DiagnosisTest, a_quiet_game_is_well) {
  play(30000);
  EXPECT_EQ(verdict().words, "All is well");
  EXPECT_EQ(verdict().cause, Cause::none);
  EXPECT_TRUE(diagnosis_.recent().empty());
}

TEST_F(DiagnosisTest, bytes_that_stop_are_the_networks_fault) {
  stall_network(430);
  EXPECT_EQ(causes(), Causes{Cause::network});
  EXPECT_NEAR(worst_ms(), 405, 35);
  EXPECT_EQ(verdict().cause, Cause::network);
  EXPECT_EQ(verdict().words.rfind("Your network stalled for ", 0), 0U) << verdict().words;
  EXPECT_NEAR(verdict().age_ms, 100, 40);
}

TEST_F(DiagnosisTest, a_late_tick_is_the_servers_fault) {
  stall_server(400);
  EXPECT_EQ(causes(), Causes{Cause::server});
  EXPECT_DOUBLE_EQ(worst_ms(), 400);
  EXPECT_EQ(verdict().words, "A server tick was 400 ms late");
  stall_server(120);
  EXPECT_EQ(causes(), Causes{Cause::server});
  EXPECT_EQ(verdict().words, "Server ticks were up to 400 ms late");
}

TEST_F(DiagnosisTest, a_page_that_stands_still_is_its_own_fault) {
  block_page(400);
  EXPECT_EQ(causes(), Causes{Cause::page});
  EXPECT_DOUBLE_EQ(worst_ms(), 400);
  EXPECT_EQ(verdict().words, "This page was slow: it stood still for 400 ms");
}

TEST_F(DiagnosisTest, of_a_stall_the_part_in_which_the_page_stood_still_is_not_the_networks) {
  road_shut_until_ms_ = now_ms_ + 1000;
  play(300);
  block_page(400);
  play(600);
  EXPECT_EQ(causes(), (Causes{Cause::page, Cause::network}));
  EXPECT_NEAR(diagnosis_.recent().back().worst_ms, 1000 - 400 - k_tick_ms / 2, 45);
}

TEST_F(DiagnosisTest, a_hidden_page_is_nobodys_fault) {
  for (int i = 0; i < 60; ++i) look(now_ms_ + 1000, true);
  play(1000);
  EXPECT_TRUE(diagnosis_.recent().empty()) << verdict().words;
  EXPECT_EQ(verdict().words, "All is well");
}

TEST_F(DiagnosisTest, while_nothing_comes_nobody_is_blamed_yet) {
  road_shut_until_ms_ = now_ms_ + 3000;
  play(1000);
  EXPECT_EQ(verdict().cause, Cause::none);
  EXPECT_EQ(verdict().words.rfind("No news from the server for ", 0), 0U) << verdict().words;
  EXPECT_LT(verdict().age_ms, 0);
}

TEST_F(DiagnosisTest, jitter_that_is_usual_is_no_stall) {
  usual_lateness_ms_ = 110;
  for (int i = 0; i < 50; ++i) {
    road_shut_until_ms_ = now_ms_ + 150;
    play(200);
  }
  EXPECT_TRUE(diagnosis_.recent().empty()) << verdict().words;
}

TEST_F(DiagnosisTest, an_uneven_a_slow_and_a_stuck_network_are_told_as_they_are) {
  usual_lateness_ms_ = 180;
  play(1000);
  EXPECT_EQ(verdict().words, "Your network is uneven: news come up to 180 ms late");
  usual_lateness_ms_ = 10;
  round_trip_ms_ = 400;
  play(5000);
  EXPECT_EQ(verdict().words, "Your network is slow: 400 ms there and back");
  buffered_bytes_ = 600;
  play(600);
  EXPECT_EQ(verdict().words, "Your network does not take what you do");
  EXPECT_EQ(verdict().cause, Cause::network);
  EXPECT_TRUE(diagnosis_.recent().empty());
}

TEST_F(DiagnosisTest, a_page_that_draws_seldom_is_slow_without_one_pause) {
  for (int i = 0; i < 200; ++i) look(now_ms_ + 100);
  EXPECT_EQ(verdict().cause, Cause::page);
  EXPECT_EQ(verdict().words, "This page is slow: 10 pictures a second");
  EXPECT_TRUE(diagnosis_.recent().empty());
}

TEST_F(DiagnosisTest, a_page_whose_every_picture_takes_long_is_slow_and_not_paused_again_and_again) {
  for (int i = 0; i < 100; ++i) look(now_ms_ + 200);
  EXPECT_EQ(verdict().words, "This page is slow: 5 pictures a second");
  ASSERT_EQ(diagnosis_.recent().size(), 1U);
  EXPECT_LE(diagnosis_.recent().front().times, 10);
  look(now_ms_ + 900);
  EXPECT_EQ(verdict().words, "This page was slow: it stood still for 900 ms");
}

TEST_F(DiagnosisTest, a_tick_that_is_a_little_late_is_nobodys_fault) {
  for (int i = 0; i < 10; ++i) stall_server(80);
  EXPECT_TRUE(diagnosis_.recent().empty()) << verdict().words;
}

TEST_F(DiagnosisTest, acts_that_come_late_in_a_quiet_game_were_held_back) {
  slack_ticks_ = -1;
  play(200);
  EXPECT_TRUE(diagnosis_.recent().empty());
  slack_ticks_ = -3;
  play(200);
  EXPECT_EQ(verdict().words, "Your network held back what you did for 150 ms");
}

TEST_F(DiagnosisTest, acts_that_a_stall_made_late_are_not_told_twice) {
  slack_ticks_ = -6;
  stall_network(400);
  EXPECT_EQ(causes(), Causes{Cause::network});
}

TEST_F(DiagnosisTest, stalls_soon_after_each_other_are_one_disturbance) {
  stall_network(300);
  stall_network(500);
  stall_network(250);
  ASSERT_EQ(diagnosis_.recent().size(), 1U);
  EXPECT_EQ(diagnosis_.recent().front().times, 3);
  EXPECT_EQ(verdict().words.rfind("Your network stalled 3 times, for up to ", 0), 0U) << verdict().words;
  play(3000);
  stall_network(300);
  EXPECT_EQ(diagnosis_.recent().size(), 2U);
}

TEST_F(DiagnosisTest, what_is_over_is_spoken_of_for_a_while_and_remembered_for_a_minute) {
  block_page(400);
  play(5000);
  EXPECT_EQ(verdict().cause, Cause::page);
  EXPECT_NEAR(verdict().age_ms, 5200, 50);
  play(2000);
  EXPECT_EQ(verdict().words, "All is well");
  EXPECT_EQ(diagnosis_.recent().size(), 1U);
  play(60000);
  EXPECT_TRUE(diagnosis_.recent().empty());
}

TEST_F(DiagnosisTest, a_lost_connection_is_told_while_it_lasts_and_after) {
  phase_ = core::Phase::switching;
  play(200);
  EXPECT_EQ(verdict().words.rfind("The connection is lost since ", 0), 0U) << verdict().words;
  phase_ = core::Phase::waiting;
  play(1800);
  EXPECT_EQ(verdict().cause, Cause::network);
  EXPECT_EQ(verdict().words.rfind("The connection is lost since ", 0), 0U) << verdict().words;
  phase_ = core::Phase::greeting;
  play(100);
  phase_ = core::Phase::playing;
  play(100);
  EXPECT_EQ(verdict().words.rfind("The connection was lost for 2", 0), 0U) << verdict().words;
  phase_ = core::Phase::idle;
  play(10000);
  EXPECT_EQ(verdict().words, "Not in the world");
}

TEST_F(DiagnosisTest, the_first_moments_in_the_world_say_nothing) {
  Diagnosis fresh;
  diagnosis_ = fresh;
  block_page(600);
  stall_network(600);
  EXPECT_TRUE(diagnosis_.recent().empty());
}

TEST_F(DiagnosisTest, only_so_many_are_remembered) {
  for (int i = 0; i < 30; ++i) {
    block_page(200);
    play(1100);
  }
  EXPECT_EQ(diagnosis_.recent().size(), Diagnosis::k_recent_max);
}

}  // namespace
}  // namespace cudgel::game
