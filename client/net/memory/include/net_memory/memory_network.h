#pragma once
// A network inside one process, on a clock the test moves: roads between clients and a server with delay, jitter, limited
// buffers, refused and broken connections, all from one seed. Reliable and ordered like a WebSocket: nothing is lost or
// reordered unless the connection is. No thread, no socket, no clock of its own.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "core/transport.h"

namespace cudgel::net {

/// How the roads are now; changes apply to what is sent from then on.
struct RoadConditions {
  double delay_ms = 0;                   ///< one way
  double jitter_ms = 0;                  ///< each message takes delay +- this much, evenly spread; order is kept
  std::size_t buffer_bytes_max = 65536;  ///< under way in one direction; beyond, send() answers backpressure
  bool accepting = true;                 ///< false: connections are refused as if nobody listened
};

struct MemoryRoad;

/// The server's end of one connection. Same manners as a client's Transport, but it is accepted, not opened.
class MemoryServerEnd {
 public:
  explicit MemoryServerEnd(std::shared_ptr<MemoryRoad> road) : road_(std::move(road)) {}
  core::SendResult send(std::span<const std::uint8_t> message);
  void close(std::uint16_t code, const std::string& reason);
  /// True when so many bytes more would still be taken.
  [[nodiscard]] bool has_room(std::size_t bytes) const;
  /// Messages and at last `closed`; never `opened`.
  bool poll(core::TransportEvent& event);

 private:
  std::shared_ptr<MemoryRoad> road_;
};

class MemoryNetwork {
 public:
  explicit MemoryNetwork(std::uint64_t seed) : random_(seed) {}

  /// The clock, in ms; never backwards.
  void set_time(double now_ms) { now_ms_ = now_ms; }
  [[nodiscard]] double now_ms() const { return now_ms_; }
  [[nodiscard]] RoadConditions& conditions() { return conditions_; }

  /// The network must outlive its transports.
  std::unique_ptr<core::Transport> make_transport();
  /// The next connection that has arrived at the server, oldest first.
  std::optional<MemoryServerEnd> accept();
  /// Every connection is gone without a word: both ends hear of it after the delay with code 1006.
  void cut_all();
  /// Every connection goes silent: nothing sent from now on arrives and nobody is told. New connections are not affected.
  void silence_all();
  /// Connection attempts so far, refused ones too.
  [[nodiscard]] std::uint64_t attempts() const { return attempts_; }

 private:
  friend class MemoryTransport;
  friend class MemoryServerEnd;
  friend struct MemoryRoad;
  double travel_ms();

  base::Random random_;
  double now_ms_ = 0;
  RoadConditions conditions_;
  std::uint64_t attempts_ = 0;
  std::deque<std::shared_ptr<MemoryRoad>> arriving_;
  std::vector<std::weak_ptr<MemoryRoad>> roads_;
};

}  // namespace cudgel::net
