// Monitor::trace_json: the last minute in the Trace Event Format of Chrome (JSON object form), times in microseconds.

#include <string>

#include "play/json.h"
#include "play/monitor.h"
#include "protocol/limits.h"

namespace cudgel::game {

namespace {

/// Rows of the picture.
enum class Row : std::uint8_t { verdicts = 1, page, from_server, to_server, prediction, road };
struct Named {
  Row row;
  const char* name;
};
constexpr Named k_rows[] = {{Row::verdicts, "verdicts"},           {Row::page, "page frames"},
                            {Row::from_server, "from the server"}, {Row::to_server, "to the server"},
                            {Row::prediction, "prediction"},       {Row::road, "road"}};

class TraceWriter {
 public:
  TraceWriter() {
    json_.open('{').field("displayTimeUnit", "ms").key("traceEvents").open('[');
    name("process_name", 0, "Cudgel");
    for (const Named& row : k_rows) name("thread_name", static_cast<int>(row.row), row.name);
  }

  void add(double at_ms, const PageFrame& frame) {
    begin("frame", "X", Row::page, at_ms - frame.interval_ms, frame.interval_ms);
    json_.field("work_ms", static_cast<double>(frame.work_ms))
        .field("snapshot_age_ms", static_cast<double>(frame.snapshot_age_ms));
    end();
  }
  void add(double at_ms, const Arrival& arrival) {
    begin("frame " + std::to_string(arrival.tick), "i", Row::from_server, at_ms);
    json_.field("tick", std::uint32_t{arrival.tick})
        .field("bytes", arrival.bytes)
        .field("gap_ms", static_cast<double>(arrival.gap_ms));
    json_.field("server_late_ms", std::uint32_t{arrival.server_late_ms});
    if (arrival.slack_ticks != -128) json_.field("slack_ticks", std::int32_t{arrival.slack_ticks});
    end();
    count("gap_ms", at_ms, arrival.gap_ms);
    count("server_late_ms", at_ms, arrival.server_late_ms);
    if (arrival.round_trip_ms <= 0) return;
    count("round_trip_ms", at_ms, arrival.round_trip_ms);
    // Several may be under way at once: each has an id of its own.
    ++round_trips_;
    for (const char* phase : {"b", "e"}) {
      begin("round trip", phase, Row::to_server, *phase == 'b' ? at_ms - arrival.round_trip_ms : at_ms);
      end();
    }
  }
  void add(double at_ms, const Sent& sent) {
    begin("acts", "i", Row::to_server, at_ms);
    json_.field("bytes", sent.bytes).field("acts", sent.acts).field("buffered_bytes", sent.buffered_bytes);
    end();
    count("buffered_bytes", at_ms, sent.buffered_bytes);
  }
  void add(double at_ms, const Correction& correction) {
    begin("correction", "i", Row::prediction, at_ms);
    json_.field("tiles", static_cast<double>(correction.tiles));
    end();
  }
  void add(double at_ms, const RoadChange& change) {
    begin(std::string(core::phase_key(change.phase)) + " over " + change.road.data(), "i", Row::road, at_ms);
    end();
  }
  void add(const Disturbance& disturbance) {
    begin(words_of(disturbance, Words{}), "X", Row::verdicts, disturbance.began_ms, disturbance.ended_ms - disturbance.began_ms);
    json_.field("cause", cause_key(cause_of(disturbance.trouble))).field("worst_ms", disturbance.worst_ms);
    json_.field("times", std::int32_t{disturbance.times});
    end();
  }
  std::string take(const Verdict& verdict, double now_ms) {
    json_.close(']').key("otherData").open('{').field("game", "Cudgel");
    json_.field("protocol", std::uint32_t{protocol::k_version}).field("verdict", std::string_view(verdict.words));
    json_.field("saved_at_us", now_ms * 1000).close('}').close('}');
    return json_.take();
  }

 private:
  void begin(const std::string& words, const char* phase, Row row, double at_ms, double lasted_ms = -1) {
    json_.open('{').field("name", std::string_view(words)).field("ph", phase).field("pid", 1);
    json_.field("tid", static_cast<std::int32_t>(row)).field("ts", at_ms * 1000);
    if (lasted_ms >= 0) json_.field("dur", lasted_ms * 1000);
    if (*phase == 'i') json_.field("s", "t");
    if (*phase == 'b' || *phase == 'e') json_.field("cat", "network").field("id", round_trips_);
    json_.key("args").open('{');
  }
  void end() { json_.close('}').close('}'); }
  void count(const char* what, double at_ms, double value) {
    begin(what, "C", Row::page, at_ms);
    json_.field("value", value);
    end();
  }
  void name(const char* what, int row, const char* words) {
    json_.open('{').field("name", what).field("ph", "M").field("pid", 1).field("tid", row);
    json_.key("args").open('{').field("name", words).close('}').close('}');
  }

  Json json_;
  std::uint32_t round_trips_ = 0;
};

}  // namespace

std::string Monitor::trace_json(double now_ms) const {
  TraceWriter writer;
  for (const Entry& entry : timeline_.entries()) {
    std::visit([&](const auto& what) { writer.add(entry.at_ms, what); }, entry.what);
  }
  for (const Disturbance& disturbance : diagnosis_.recent()) writer.add(disturbance);
  return writer.take(diagnosis_.verdict(now_ms, Words{}), now_ms);
}

}  // namespace cudgel::game
