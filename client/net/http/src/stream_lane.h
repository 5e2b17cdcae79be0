#pragma once
// Down, for sse: one endless answer, read event by event. It flows or it is no use: a middlebox that keeps the stream back to answer it
// whole is found by the first comment, which comes with the head or not at all.

#include <memory>
#include <optional>
#include <string>

#include "core/incoming_queue.h"
#include "net_http/event_stream.h"
#include "road_requests.h"

namespace cudgel::net {

class StreamLane {
 public:
  void start(HttpClient& client, const RoadRequests& requests, double now_ms);
  /// Puts opened, once it flows, and messages into `incoming`. The road's end, if that is how it went.
  std::optional<RoadClose> pump(core::IncomingQueue& incoming, double now_ms);
  /// The first comment has come.
  [[nodiscard]] bool flows() const { return flows_; }

 private:
  std::optional<RoadClose> read(std::span<const std::uint8_t> bytes, core::IncomingQueue& incoming);

  std::unique_ptr<HttpExchange> exchange_;
  EventStreamReader reader_;
  AnswerHead head_;
  std::vector<std::uint8_t> refusal_;  ///< body of an answer that is no stream
  double asked_ms_ = 0;
  bool flows_ = false;
};

}  // namespace cudgel::net
