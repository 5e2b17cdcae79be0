#pragma once
// What the server counts: one struct of counters and histograms that any thread may bump and the metrics page reads.
// Numbers only; nothing here decides anything.

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include "ops/clock.h"
#include "ops/counters.h"
#include "ops/histogram.h"
#include "ops/player_metrics.h"

namespace cudgel::ops {

/// The roads to the realm (docs/TRANSPORTS.md); a label of what is counted for each.
enum class Transport : std::uint8_t { ws, sse, longpoll, poll, count };
const char* transport_name(Transport transport);

struct TransportMetrics {
  Gauge sessions;
  Counter requests;  ///< of the HTTP roads: those that named a road, or opened one
  Counter frames_sent;
  /// What was read and written on the sockets: for the HTTP roads whole requests and answers, for WebSockets the frames with their headers, from
  /// the handshake on. Below it, TCP and TLS are not counted.
  Counter wire_bytes_received;
  Counter wire_bytes_sent;
};

/// Why somebody was turned away or a connection ended; one counter each.
enum class Refusal : std::uint8_t {
  text_message,
  too_big,
  malformed,
  too_early,
  too_often,
  hello_timeout,
  wrong_version,
  wrong_content,
  wrong_class,
  realm_full,
  unresponsive,
  store,
  http_malformed,
  http_timeout,
  http_method,
  http_not_found,
  http_length,
  http_too_big,
  http_expect,
  origin,
  subprotocol,
  connections_max,
  connections_per_address,
  road_unknown,
  road_kind,
  road_gap,
  road_repeated,
  road_got,
  road_superseded,
  road_second_stream,
  road_batch,
  road_silent,
  unwatchable,
  only_watching,
  count,
};
const char* refusal_name(Refusal refusal);

struct Metrics {
  // realm
  Histogram tick_duration;  ///< all of one tick's work
  Histogram tick_interval;  ///< begin to begin
  Histogram step_duration;  ///< sim::step alone
  Histogram publish_duration;
  Counter ticks;
  Counter late_ticks;      ///< began more than half a tick late
  Counter skipped_ticks;   ///< given up after a stall
  Counter inputs_dropped;  ///< by a full queue between network and realm
  Counter acts_late;       ///< arrived after their tick
  Counter saves;
  Counter save_failures;
  Counter characters_kept;    ///< states written down
  Counter errands_failed;     ///< about characters, by the disk
  Counter errands_refused;    ///< too many at once
  Counter content_exchanges;  ///< by SIGHUP
  Counter content_refusals;   ///< files that could not take the place of what there is
  Gauge recording;            ///< 1 while every tick is written down
  Counter recorded_bytes;
  Counter recording_failures;  ///< broken off by the disk
  Gauge players;
  Gauge players_away;  ///< of them, waiting for their connection to come back
  Gauge entities;
  std::atomic<std::uint32_t> tick{0};        ///< newest
  std::atomic<Nanoseconds> ticked_at_ns{0};  ///< when it was finished, 0 before the first
  // network
  Gauge connections;
  Gauge sessions;
  Counter connections_accepted;
  Gauge watchers;  ///< of the sessions, those that only look on
  Counter watchers_let_in;
  Counter frames_watched;  ///< of the frames, those for watchers
  Counter sessions_opened;
  Counter sessions_resumed;   ///< came back to their character
  Counter sessions_replaced;  ///< gave way to a newer connection
  Counter connections_lost;   ///< ended without a goodbye: vanished, fell silent, or sent what is no WebSocket frame
  Counter messages_received;
  Counter bytes_received;
  Counter messages_dropped;  ///< by the rate limit
  Counter frames_sent;
  Counter frames_skipped;     ///< the reader was not ready; it gets the newest state later
  Counter bytes_sent;         ///< in frames
  Counter requests_answered;  ///< of clients
  Counter requests_refused;
  Counter answers_late;  ///< of clients, after the time was over or a second time
  PlayerMetrics player;
  Counter http_requests;
  Counter http_bytes_sent;
  std::array<TransportMetrics, static_cast<std::size_t>(Transport::count)> transports;
  std::array<Counter, static_cast<std::size_t>(Refusal::count)> refusals;

  TransportMetrics& of(Transport transport) { return transports[static_cast<std::size_t>(transport)]; }
  void refuse(Refusal refusal) { refusals[static_cast<std::size_t>(refusal)].add(); }
  /// Prometheus text format, version 0.0.4.
  [[nodiscard]] std::string render() const;
};

}  // namespace cudgel::ops
