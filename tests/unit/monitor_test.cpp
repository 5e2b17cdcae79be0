// Goal: what F3 draws and what a trace file holds is what happened, bounded, and is JSON that others can read. Method: a made-up minute
// through the Monitor, its texts read back by another library's parser.

#include "play/monitor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>

#include <nlohmann/json.hpp>

#include "protocol/limits.h"

namespace cudgel::game {
namespace {

using Json = nlohmann::json;

class MonitorTest : public ::testing::Test {
 protected:
  /// One display frame with this report; a frame of the server with it at every third.
  void frame(core::UpdateReport report = {}) {
    now_ms_ += k_frame_ms;
    report.at_ms = now_ms_;
    report.phase = phase_;
    if (++frames_ % 3 == 0) report.arrivals.push_back({++tick_, 64, 2, -128, frames_ % 60 == 0 ? 80.0 : 0.0});
    monitor_.on_update(report, "ws", false);
    monitor_.on_page_frame(now_ms_, k_frame_ms, 3);
  }
  void play(double ms) {
    for (const double end_ms = now_ms_ + ms; now_ms_ < end_ms;) frame();
  }

  static constexpr double k_frame_ms = 16;
  Monitor monitor_;
  core::Phase phase_ = core::Phase::playing;
  base::Tick tick_ = 0;
  double now_ms_ = 2000;
  int frames_ = 0;
};

TEST_F(MonitorTest, the_graph_gets_the_last_seconds_and_then_only_what_is_new) {
  play(30000);
  const Json all = Json::parse(monitor_.graph_json(0, now_ms_, Words{}));
  EXPECT_EQ(all["verdict"]["cause"], "none");
  EXPECT_EQ(all["verdict"]["words"], "All is well");
  EXPECT_NEAR(static_cast<double>(all["frames"].size()), Monitor::k_graph_ms / k_frame_ms, 1);
  EXPECT_NEAR(static_cast<double>(all["arrivals"].size()), Monitor::k_graph_ms / k_frame_ms / 3, 1);
  const double seen_ms = all["now"];
  EXPECT_TRUE(Json::parse(monitor_.graph_json(seen_ms, now_ms_, Words{}))["frames"].empty());
  play(160);
  const Json news = Json::parse(monitor_.graph_json(seen_ms, now_ms_, Words{}));
  EXPECT_EQ(news["frames"].size(), 10U);
  for (const Json& one : news["frames"]) EXPECT_GT(one[0], seen_ms);
}

TEST_F(MonitorTest, the_graph_shows_gaps_ages_corrections_and_who_was_to_blame) {
  play(5000);
  now_ms_ += 400;  // the page stands still
  core::UpdateReport report;
  report.corrected_tiles = 0.5;
  frame(report);
  play(100);
  const Json graph = Json::parse(monitor_.graph_json(now_ms_ - 1000, now_ms_, Words{}));
  ASSERT_EQ(graph["corrections"].size(), 1U);
  EXPECT_EQ(graph["corrections"][0][1], 0.5);
  ASSERT_EQ(graph["recent"].size(), 1U);
  EXPECT_EQ(graph["recent"][0]["cause"], "page");
  EXPECT_NEAR(graph["recent"][0]["ended"].get<double>() - graph["recent"][0]["began"].get<double>(), 416, 1);
  double gap_ms = 0;
  for (const Json& one : graph["arrivals"]) gap_ms = std::max(gap_ms, one[1].get<double>());
  EXPECT_GE(gap_ms, 400);
  double age_ms = 0;
  for (const Json& one : graph["frames"]) age_ms = std::max(age_ms, one[2].get<double>());
  EXPECT_GE(age_ms, 400);
}

TEST_F(MonitorTest, a_trace_holds_every_kind_of_entry_and_the_verdicts) {
  play(3000);
  phase_ = core::Phase::waiting;
  frame();
  phase_ = core::Phase::playing;
  core::UpdateReport report;
  report.corrected_tiles = 0.25;
  report.sent_bytes = 72;
  report.sent_acts = 1;
  report.buffered_bytes = 72;
  frame(report);
  play(1000);
  const Json trace = Json::parse(monitor_.trace_json(now_ms_));
  std::map<std::string, int> counts;
  for (const Json& event : trace["traceEvents"]) {
    // What every reader of the format needs.
    ASSERT_TRUE(event["name"].is_string() && event["ph"].is_string() && event["pid"].is_number() && event["tid"].is_number())
        << event;
    ASSERT_TRUE(event["ph"] == "M" || event["ts"].is_number()) << event;
    ASSERT_TRUE(event["ph"] != "X" || event["dur"] >= 0) << event;
    std::string name = event["name"];
    if (name.rfind("frame ", 0) == 0) name = "frame N";
    if (name.rfind("The connection was lost for ", 0) == 0) name = "lost";
    EXPECT_TRUE(name != "correction" || event["args"]["tiles"] == 0.25) << event;
    EXPECT_TRUE(name != "acts" || event["args"]["buffered_bytes"] == 72) << event;
    ++counts[name];
  }
  for (const char* name :
       {"process_name", "thread_name", "frame", "frame N", "round trip", "acts", "correction", "waiting over ws", "gap_ms"}) {
    EXPECT_GT(counts[name], 0) << name;
  }
  EXPECT_EQ(counts["round trip"] % 2, 0);
  EXPECT_EQ(counts["lost"], 1);
  EXPECT_EQ(trace["otherData"]["protocol"], protocol::k_version);
}

TEST_F(MonitorTest, a_minute_is_kept_and_never_more_than_fits) {
  play(90000);
  const auto& entries = monitor_.timeline().entries();
  EXPECT_LE(entries.back().at_ms - entries.front().at_ms, Timeline::k_kept_ms);
  EXPECT_GE(entries.back().at_ms - entries.front().at_ms, Timeline::k_kept_ms - k_frame_ms);
  for (std::size_t i = 0; i < 2 * Timeline::k_entries_max; ++i) monitor_.on_page_frame(now_ms_ += 1, 1, 1);
  EXPECT_EQ(entries.size(), Timeline::k_entries_max);
}

}  // namespace
}  // namespace cudgel::game
