#pragma once
// One HTTP road as a core::Transport: opens it, drives its lanes, tells its end.
//
//   idle --open()--> opening --the road's id--> open                     (longpoll, poll)
//                    opening --the road's id--> entering --it flows--> open   (sse)
//   open --close()--> leaving --nothing is left to send, or 2 s--> idle; /road/close goes behind it
//   any --the road's end--> idle; closed is told, unless leaving

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/incoming_queue.h"
#include "net_http/http_road.h"
#include "receive_lane.h"
#include "repeated_post.h"
#include "road_requests.h"
#include "send_lane.h"
#include "stream_lane.h"
#include "up_batch.h"

namespace cudgel::net {

class RoadTransport final : public PumpedTransport {
 public:
  RoadTransport(HttpRoad road, HttpClient& client, std::function<double()> now_ms);
  ~RoadTransport() override { abandon(); }
  RoadTransport(const RoadTransport&) = delete;
  RoadTransport& operator=(const RoadTransport&) = delete;

  void open(const std::string& url) override;
  core::SendResult send(std::span<const std::uint8_t> message) override;
  void close(std::uint16_t code, const std::string& reason) override;
  bool poll(core::TransportEvent& event) override;
  [[nodiscard]] std::size_t buffered_bytes() const override;
  [[nodiscard]] const char* name() const override { return name_of(road_); }
  bool pump() override;

 private:
  enum class State : std::uint8_t { idle, opening, entering, open, leaving };
  /// Begins empty with every road.
  struct Lanes {
    explicit Lanes(HttpRoad road) : receive(road) {}
    RepeatedPost opening;
    SendLane send;        ///< sse, longpoll
    StreamLane stream;    ///< sse
    ReceiveLane receive;  ///< longpoll, poll
    UpBatch waiting;
  };

  std::optional<RoadClose> advance(double now_ms);
  std::optional<RoadClose> read_opening(double now_ms);
  std::optional<RoadClose> pump_stream(double now_ms);
  std::optional<RoadClose> pump_receive(double now_ms);
  std::optional<RoadClose> pump_up(double now_ms);
  void end(const RoadClose& end);
  void abandon();

  HttpRoad road_;
  HttpClient& client_;
  std::function<double()> now_ms_;
  State state_ = State::idle;
  RoadRequests requests_;
  std::optional<Lanes> lanes_;  ///< while not idle
  core::IncomingQueue incoming_;
  double leaving_since_ms_ = 0;
};

}  // namespace cudgel::net
