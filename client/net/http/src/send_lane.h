#pragma once
// Up, beside a lane down: numbered POST /road/send, one at a time, each repeated until answered.

#include <cstddef>
#include <cstdint>
#include <optional>

#include "repeated_post.h"
#include "road_requests.h"
#include "up_batch.h"

namespace cudgel::net {

class SendLane {
 public:
  /// Sends what waits when nothing is under way, reads answers. The road's end, if that is how it went.
  std::optional<RoadClose> pump(HttpClient& client, const RoadRequests& requests, UpBatch& waiting, double now_ms);
  [[nodiscard]] std::size_t bytes_under_way() const { return post_.body_bytes(); }

 private:
  RepeatedPost post_;
  std::uint64_t number_ = 0;  ///< of the newest request
};

}  // namespace cudgel::net
