#pragma once
// Down, for longpoll and poll: POST /road/receive, one at a time, asked again and again. Each question says what was got, so that a lost
// answer is asked for again and given unchanged. For poll the question also carries what waits to go up.

#include <cstddef>
#include <cstdint>
#include <optional>

#include "core/incoming_queue.h"
#include "repeated_post.h"
#include "road_requests.h"
#include "up_batch.h"

namespace cudgel::net {

class ReceiveLane {
 public:
  explicit ReceiveLane(HttpRoad road) : road_(road) {}
  /// Asks when it is time, puts messages into `incoming`; `waiting` goes up with the question (poll), or stays. The road's end, if that
  /// is how it went.
  std::optional<RoadClose> pump(HttpClient& client, const RoadRequests& requests, UpBatch& waiting, core::IncomingQueue& incoming,
                                double now_ms);
  [[nodiscard]] std::size_t bytes_under_way() const { return post_.body_bytes(); }

 private:
  void ask(HttpClient& client, const RoadRequests& requests, UpBatch& waiting, double now_ms);
  std::optional<RoadClose> read_answer(core::IncomingQueue& incoming);

  HttpRoad road_;
  RepeatedPost post_;
  std::uint64_t got_ = 0;   ///< number of the newest answer
  std::uint64_t sent_ = 0;  ///< number of the newest batch up
  double next_ms_ = 0;      ///< of the next question, unless there is a reason to ask at once
};

}  // namespace cudgel::net
