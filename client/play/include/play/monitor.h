#pragma once
// Watches how the game runs, for F3: fed by every update and every display frame, it keeps the last minute (Timeline), judges
// (Diagnosis), and tells both as JSON. Costs a few stores per frame while nobody asks. Knows no clock and no window.

#include <string>

#include "core/update_report.h"
#include "play/diagnosis.h"
#include "play/timeline.h"

namespace cudgel::game {

class Monitor {
 public:
  /// After each GameClient::update(). `hidden` as in Diagnosis; `road` is the transport's name.
  void on_update(const core::UpdateReport& report, const char* road, bool hidden);
  /// After each display frame.
  void on_page_frame(double now_ms, double interval_ms, double work_ms);

  /// For the page, in the language of `words`: {"now", "verdict": {cause, words, age_ms, well}, "recent": [{cause, words, began,
  /// ended}...], and what happened after `since_ms`: "frames": [[at, interval, snapshot age]...], "arrivals": [[at, gap, server late,
  /// round trip]...], "corrections": [[at, tiles]...]}. Times in ms of the page's clock; `since_ms` before the last k_graph_ms counts as that.
  [[nodiscard]] std::string graph_json(double since_ms, double now_ms, const Words& words) const;
  /// The last minute as Chrome trace events, in English for whoever looks into it: docs/TRACING.md says which. Opens in Perfetto and
  /// chrome://tracing.
  [[nodiscard]] std::string trace_json(double now_ms) const;

  [[nodiscard]] const Diagnosis& diagnosis() const { return diagnosis_; }
  [[nodiscard]] const Timeline& timeline() const { return timeline_; }

  static constexpr double k_graph_ms = 10000;

 private:
  void note_road(const core::UpdateReport& report, const char* road);

  Timeline timeline_;
  Diagnosis diagnosis_;
  double arrived_ms_ = -1;
  RoadChange road_;
};

}  // namespace cudgel::game
