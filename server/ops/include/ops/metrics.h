#pragma once
// What the server counts: one struct of counters and histograms that any thread may bump and the metrics page reads.
// Numbers only; nothing here decides anything.

#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include "ops/clock.h"

namespace cudgel::ops {

/// Only grows.
class Counter {
 public:
  void add(std::uint64_t amount = 1) { value_.fetch_add(amount, std::memory_order_relaxed); }
  [[nodiscard]] std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// Goes up and down.
class Gauge {
 public:
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  void add(std::int64_t amount) { value_.fetch_add(amount, std::memory_order_relaxed); }
  [[nodiscard]] std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

/// Durations in fixed buckets, upper bounds in microseconds; the last bucket has no bound.
class Histogram {
 public:
  static constexpr std::array<std::int64_t, 20> k_bounds_us{50,    100,   200,   500,    1000,   2000,   5000,
                                                            10000, 20000, 40000, 45000,  48000,  50000,  52000,
                                                            55000, 60000, 80000, 100000, 250000, 1000000};
  void record(Nanoseconds duration_ns);
  void render(std::string& text, const char* name, const char* help, const char* labels = "") const;

 private:
  std::array<std::atomic<std::uint64_t>, k_bounds_us.size() + 1> buckets_{};
  std::atomic<std::uint64_t> sum_us_{0};
};

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
  Gauge recording;  ///< 1 while every tick is written down
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
  Counter sessions_opened;
  Counter sessions_resumed;   ///< came back to their character
  Counter sessions_replaced;  ///< gave way to a newer connection
  Counter connections_lost;   ///< ended without a goodbye: vanished, fell silent, or sent what is no WebSocket frame
  Counter messages_received;
  Counter bytes_received;
  Counter messages_dropped;  ///< by the rate limit
  Counter frames_sent;
  Counter frames_skipped;  ///< the reader was not ready; it gets the newest state later
  Counter bytes_sent;      ///< in frames
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
