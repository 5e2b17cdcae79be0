#include "report.h"

#include <cmath>
#include <cstdio>

#include <nlohmann/json.hpp>

namespace cudgel::bots {

namespace {
double rounded(double value) { return std::round(value * 1000) / 1000; }
double per_client_second(const Report& report, double value) {
  const double client_seconds = report.players_connected * report.seconds;
  return client_seconds > 0 ? value / client_seconds : 0;
}
nlohmann::ordered_json quantiles(const Histogram& histogram) {
  return {
      {"p50", rounded(histogram.quantile(0.50))}, {"p99", rounded(histogram.quantile(0.99))}, {"max", rounded(histogram.max())}};
}
}  // namespace

std::string to_json(const Report& report) {
  nlohmann::ordered_json json;
  const double frames = static_cast<double>(report.frames_received);
  json["transport"] = report.transport;
  json["players"] = report.players;
  json["players_connected"] = report.players_connected;
  json["stayed_connected"] = report.stayed_connected;
  json["seconds"] = rounded(report.seconds);
  json["connect_seconds"] = rounded(report.connect_seconds);
  json["frames_received"] = report.frames_received;
  json["bytes_received"] = report.bytes_received;
  json["bytes_sent"] = report.bytes_sent;
  json["frame_interval_ms"] = quantiles(report.frame_interval);
  json["latency_ms"] = quantiles(report.latency);
  json["entities_visible_mean"] = frames > 0 ? rounded(static_cast<double>(report.entities_seen) / frames) : 0;
  json["corrections"] = report.corrections;
  json["correction_tiles"] = quantiles(report.correction);
  json["correction_free_tiles"] = quantiles(report.correction_free);
  json["disconnects"] = report.disconnects;
  json["joins"] = report.joins;
  json["resumed"] = report.resumed;
  json["closes"] = nlohmann::ordered_json::object();
  for (const auto& [code, count] : report.closes) json["closes"][std::to_string(code)] = count;
  json["hits_given"] = report.hits_given;
  json["hits_taken"] = report.hits_taken;
  json["bytes_per_client_second"] = rounded(per_client_second(report, static_cast<double>(report.bytes_received)));
  json["bytes_sent_per_client_second"] = rounded(per_client_second(report, static_cast<double>(report.bytes_sent)));
  json["cpu_ms_per_client_second"] = rounded(per_client_second(report, report.cpu_ms));
  json["errors"] = nlohmann::ordered_json::array();
  for (const auto& [reason, count] : report.errors) json["errors"].push_back({{"reason", reason}, {"count", count}});
  if (!report.diaries.empty()) {
    json["diaries"] = nlohmann::ordered_json::array();
    for (const Diary& diary : report.diaries) json["diaries"].push_back(to_json(diary));
  }
  // A reason is a stranger's text: what is not UTF-8 in it must not stop the report.
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::string to_line(const Report& report) {
  char text[320];
  std::snprintf(text, sizeof text,
                "%d of %d players, %.1f s, %llu frames, %.0f bytes per player and second, frame interval p99 %.1f ms, "
                "latency p50 %.1f ms, correction p99 %.3f tiles (%.3f in free ground), %llu joins, %llu disconnects",
                report.players_connected, report.players, report.seconds, static_cast<unsigned long long>(report.frames_received),
                per_client_second(report, static_cast<double>(report.bytes_received)), report.frame_interval.quantile(0.99),
                report.latency.quantile(0.50), report.correction.quantile(0.99), report.correction_free.quantile(0.99),
                static_cast<unsigned long long>(report.joins), static_cast<unsigned long long>(report.disconnects));
  std::string line = text;
  for (const auto& [code, count] : report.closes) line += ", " + std::to_string(count) + " closed with " + std::to_string(code);
  return line;
}

}  // namespace cudgel::bots
