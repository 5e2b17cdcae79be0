#include "play/monitor.h"

#include <algorithm>
#include <string_view>

#include "play/json.h"

namespace cudgel::game {

namespace {
/// Corrections below this are the wire's rounding.
constexpr double k_correction_tiles = 1.0 / 256;

void row(Json& json, std::initializer_list<double> values) {
  json.open('[');
  for (const double value : values) json.value(value);
  json.close(']');
}

/// One list of the graph: `write` for every entry of that kind.
template <class What, class Write>
void list(Json& json, std::string_view name, const std::deque<Entry>& entries, double since_ms, Write write) {
  json.key(name).open('[');
  const auto first = std::upper_bound(entries.begin(), entries.end(), since_ms,
                                      [](double at_ms, const Entry& entry) { return at_ms < entry.at_ms; });
  for (auto entry = first; entry != entries.end(); ++entry) {
    if (const auto* what = std::get_if<What>(&entry->what)) write(entry->at_ms, *what);
  }
  json.close(']');
}
}  // namespace

void Monitor::note_road(const core::UpdateReport& report, const char* road) {
  RoadChange now{report.phase, {}};
  const std::string_view name(road);
  std::copy_n(name.begin(), std::min(name.size(), now.road.size() - 1), now.road.begin());
  if (now.phase == road_.phase && now.road == road_.road) return;
  road_ = now;
  timeline_.add({report.at_ms, now});
}

void Monitor::on_update(const core::UpdateReport& report, const char* road, bool hidden) {
  diagnosis_.on_update(report, hidden);
  note_road(report, road);
  for (const core::FrameArrival& arrival : report.arrivals) {
    const double gap_ms = arrived_ms_ < 0 ? 0 : report.at_ms - arrived_ms_;
    arrived_ms_ = report.at_ms;
    timeline_.add(
        {report.at_ms, Arrival{arrival.tick, arrival.bytes, static_cast<float>(gap_ms), static_cast<float>(arrival.round_trip_ms),
                               arrival.server_late_ms, arrival.slack_ticks}});
  }
  if (report.corrected_tiles > k_correction_tiles) {
    timeline_.add({report.at_ms, Correction{static_cast<float>(report.corrected_tiles)}});
  }
  if (report.sent_bytes > 0) {
    timeline_.add({report.at_ms, Sent{report.sent_bytes, report.sent_acts, static_cast<std::uint32_t>(report.buffered_bytes)}});
  }
  if (report.phase != core::Phase::playing) arrived_ms_ = -1;
}

void Monitor::on_page_frame(double now_ms, double interval_ms, double work_ms) {
  const double age_ms = arrived_ms_ < 0 ? 0 : now_ms - arrived_ms_;
  timeline_.add({now_ms, PageFrame{static_cast<float>(interval_ms), static_cast<float>(work_ms), static_cast<float>(age_ms)}});
}

std::string Monitor::graph_json(double since_ms, double now_ms, const Words& words) const {
  Json json;
  const Verdict verdict = diagnosis_.verdict(now_ms, words);
  json.open('{').field("now", now_ms).key("verdict").open('{').field("cause", cause_key(verdict.cause));
  json.field("words", std::string_view(verdict.words))
      .field("age_ms", verdict.age_ms)
      .field("well", verdict.well)
      .close('}')
      .key("recent")
      .open('[');
  for (const Disturbance& one : diagnosis_.recent()) {
    json.open('{').field("cause", cause_key(cause_of(one.trouble))).field("words", std::string_view(words_of(one, words)));
    json.field("began", one.began_ms).field("ended", one.ended_ms).close('}');
  }
  json.close(']');
  const auto& entries = timeline_.entries();
  const double since = std::max(since_ms, now_ms - k_graph_ms);
  list<PageFrame>(json, "frames", entries, since, [&](double at, const PageFrame& one) {
    row(json, {at, one.interval_ms, one.snapshot_age_ms});
  });
  list<Arrival>(json, "arrivals", entries, since, [&](double at, const Arrival& one) {
    row(json, {at, one.gap_ms, static_cast<double>(one.server_late_ms), one.round_trip_ms});
  });
  list<Correction>(json, "corrections", entries, since, [&](double at, const Correction& one) { row(json, {at, one.tiles}); });
  json.close('}');
  return json.take();
}

}  // namespace cudgel::game
