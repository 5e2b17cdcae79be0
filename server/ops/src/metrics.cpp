#include "ops/metrics.h"

#include <fmt/format.h>

#include <iterator>

#include "metrics_text.h"

namespace cudgel::ops {
namespace {

void render(std::string& text, const char* name, const char* help, const Counter& counter) {
  head(text, name, help, "counter");
  fmt::format_to(std::back_inserter(text), "{} {}\n", name, counter.value());
}

void render(std::string& text, const char* name, const char* help, std::int64_t gauge) {
  head(text, name, help, "gauge");
  fmt::format_to(std::back_inserter(text), "{} {}\n", name, gauge);
}

template <class Transports, class Read>
void render_transports(std::string& text, const char* name, const char* help, const char* type, const Transports& transports,
                       Read&& read) {
  head(text, name, help, type);
  for (std::size_t i = 0; i < transports.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "{}{{transport=\"{}\"}} {}\n", name, transport_name(static_cast<Transport>(i)),
                   read(transports[i]));
  }
}

void render(std::string& text, const char* name, const char* help, const Histogram& histogram) {
  head(text, name, help, "histogram");
  histogram.render(text, name);
}

}  // namespace

const char* refusal_name(Refusal refusal) {
  switch (refusal) {
    case Refusal::text_message:
      return "text_message";
    case Refusal::too_big:
      return "too_big";
    case Refusal::malformed:
      return "malformed";
    case Refusal::too_early:
      return "too_early";
    case Refusal::too_often:
      return "too_often";
    case Refusal::hello_timeout:
      return "hello_timeout";
    case Refusal::wrong_version:
      return "wrong_version";
    case Refusal::wrong_content:
      return "wrong_content";
    case Refusal::wrong_class:
      return "wrong_class";
    case Refusal::realm_full:
      return "realm_full";
    case Refusal::store:
      return "store";
    case Refusal::unresponsive:
      return "unresponsive";
    case Refusal::http_malformed:
      return "http_malformed";
    case Refusal::http_timeout:
      return "http_timeout";
    case Refusal::http_method:
      return "http_method";
    case Refusal::http_not_found:
      return "http_not_found";
    case Refusal::http_length:
      return "http_length";
    case Refusal::http_too_big:
      return "http_too_big";
    case Refusal::http_expect:
      return "http_expect";
    case Refusal::origin:
      return "origin";
    case Refusal::subprotocol:
      return "subprotocol";
    case Refusal::connections_max:
      return "connections_max";
    case Refusal::connections_per_address:
      return "connections_per_address";
    case Refusal::road_unknown:
      return "road_unknown";
    case Refusal::road_kind:
      return "road_kind";
    case Refusal::road_gap:
      return "road_gap";
    case Refusal::road_repeated:
      return "road_repeated";
    case Refusal::road_got:
      return "road_got";
    case Refusal::road_superseded:
      return "road_superseded";
    case Refusal::road_second_stream:
      return "road_second_stream";
    case Refusal::road_batch:
      return "road_batch";
    case Refusal::road_silent:
      return "road_silent";
    case Refusal::unwatchable:
      return "unwatchable";
    case Refusal::only_watching:
      return "only_watching";
    case Refusal::count:
      break;
  }
  return "unknown";
}

const char* transport_name(Transport transport) {
  switch (transport) {
    case Transport::ws:
      return "ws";
    case Transport::sse:
      return "sse";
    case Transport::longpoll:
      return "longpoll";
    case Transport::poll:
      return "poll";
    case Transport::count:
      break;
  }
  return "unknown";
}

std::string Metrics::render() const {
  std::string text;
  text.reserve(32768);
  ops::render(text, "cudgel_tick_duration_seconds", "Work of one tick", tick_duration);
  ops::render(text, "cudgel_tick_interval_seconds", "Begin of a tick to begin of the next", tick_interval);
  ops::render(text, "cudgel_step_duration_seconds", "The game rules' part of a tick", step_duration);
  ops::render(text, "cudgel_publish_duration_seconds", "Making the picture that viewers' frames are cut from", publish_duration);
  ops::render(text, "cudgel_ticks_total", "Steps of the world since the start", ticks);
  ops::render(text, "cudgel_late_ticks_total", "Ticks that began more than half a tick late", late_ticks);
  ops::render(text, "cudgel_skipped_ticks_total", "Ticks given up after a stall", skipped_ticks);
  ops::render(text, "cudgel_inputs_dropped_total", "Players' inputs dropped by a full queue to the realm", inputs_dropped);
  ops::render(text, "cudgel_acts_late_total", "Players' acts that arrived after their tick", acts_late);
  ops::render(text, "cudgel_saves_total", "Saves of the world that succeeded", saves);
  ops::render(text, "cudgel_save_failures_total", "Saves of the world that failed", save_failures);
  ops::render(text, "cudgel_characters_kept_total", "States of characters that were written down", characters_kept);
  ops::render(text, "cudgel_character_errands_failed_total", "What the disk refused about characters; states are tried again",
              errands_failed);
  ops::render(text, "cudgel_character_errands_refused_total", "Too many at once wanted something of the store", errands_refused);
  ops::render(text, "cudgel_content_exchanges_total", "Contents taken over by SIGHUP", content_exchanges);
  ops::render(text, "cudgel_content_refusals_total", "Contents refused at SIGHUP; the old one stays", content_refusals);
  ops::render(text, "cudgel_recording", "1 while every tick is written to the file of --record", recording.value());
  ops::render(text, "cudgel_recorded_bytes_total", "Bytes written to the file of --record", recorded_bytes);
  ops::render(text, "cudgel_recording_failures_total", "Recordings broken off because the disk failed or fell behind",
              recording_failures);
  ops::render(text, "cudgel_tick", "Newest tick of the world", static_cast<std::int64_t>(tick.load(std::memory_order_relaxed)));
  ops::render(text, "cudgel_players", "Players in the world", players.value());
  ops::render(text, "cudgel_players_away", "Players whose connection is lost and awaited", players_away.value());
  ops::render(text, "cudgel_entities", "Everything alive in the world", entities.value());
  ops::render(text, "cudgel_connections", "Open connections", connections.value());
  ops::render(text, "cudgel_sessions", "Open sessions", sessions.value());
  ops::render(text, "cudgel_watchers", "Sessions that look on without playing", watchers.value());
  ops::render(text, "cudgel_watchers_let_in_total", "Sessions that were let look on", watchers_let_in);
  ops::render(text, "cudgel_frames_watched_total", "Frames made for those who look on", frames_watched);
  ops::render(text, "cudgel_connections_accepted_total", "Connections accepted", connections_accepted);
  ops::render(text, "cudgel_sessions_opened_total", "Sessions opened", sessions_opened);
  ops::render(text, "cudgel_sessions_resumed_total", "Sessions that came back to their character", sessions_resumed);
  ops::render(text, "cudgel_sessions_replaced_total", "Sessions that gave way to a newer one of the same character",
              sessions_replaced);
  ops::render(text, "cudgel_connections_lost_total", "Sessions whose connection ended without a goodbye or by broken frames",
              connections_lost);
  ops::render(text, "cudgel_messages_received_total", "Messages received", messages_received);
  ops::render(text, "cudgel_bytes_received_total", "Bytes in messages received", bytes_received);
  ops::render(text, "cudgel_messages_dropped_total", "Messages dropped by the rate limit", messages_dropped);
  ops::render(text, "cudgel_frames_sent_total", "Frames sent to players", frames_sent);
  ops::render(text, "cudgel_frames_skipped_total", "Frames not sent because the reader was not ready", frames_skipped);
  ops::render(text, "cudgel_bytes_sent_total", "Bytes in frames sent to players", bytes_sent);
  ops::render(text, "cudgel_requests_answered_total", "Requests of players' clients that were answered", requests_answered);
  ops::render(text, "cudgel_requests_refused_total", "Requests of players' clients that were refused", requests_refused);
  ops::render(text, "cudgel_answers_late_total", "Answers of players' clients that came late or twice", answers_late);
  ops::render(text, "cudgel_http_requests_total", "HTTP requests answered", http_requests);
  ops::render(text, "cudgel_http_bytes_sent_total", "Bytes of HTTP answers", http_bytes_sent);
  render_transports(text, "cudgel_transport_sessions", "Open sessions by transport", "gauge", transports,
                    [](const TransportMetrics& of) { return of.sessions.value(); });
  render_transports(text, "cudgel_transport_requests_total", "Requests of the HTTP roads", "counter", transports,
                    [](const TransportMetrics& of) { return of.requests.value(); });
  render_transports(text, "cudgel_transport_frames_sent_total", "Frames sent to players by transport", "counter", transports,
                    [](const TransportMetrics& of) { return of.frames_sent.value(); });
  render_transports(text, "cudgel_transport_wire_bytes_received_total", "Bytes read from the sockets by transport", "counter",
                    transports, [](const TransportMetrics& of) { return of.wire_bytes_received.value(); });
  render_transports(text, "cudgel_transport_wire_bytes_sent_total", "Bytes written to the sockets by transport", "counter",
                    transports, [](const TransportMetrics& of) { return of.wire_bytes_sent.value(); });
  head(text, "cudgel_refusals_total", "Requests, messages and sessions turned away, by reason", "counter");
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    fmt::format_to(std::back_inserter(text), "cudgel_refusals_total{{reason=\"{}\"}} {}\n", refusal_name(static_cast<Refusal>(i)),
                   refusals[i].value());
  }
  player.render(text);
  return text;
}

}  // namespace cudgel::ops
