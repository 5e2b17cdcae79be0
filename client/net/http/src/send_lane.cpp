#include "send_lane.h"

#include <string>
#include <utility>

namespace cudgel::net {

std::optional<RoadClose> SendLane::pump(HttpClient& client, const RoadRequests& requests, UpBatch& waiting, double now_ms) {
  switch (post_.pump(now_ms)) {
    case RepeatedPost::Outcome::given_up:
      return RoadClose{k_lost_code, post_.fault()};
    case RepeatedPost::Outcome::answered:
      if (post_.head().status != k_status_nothing) return end_told_by(post_.head(), post_.body());
      break;
    case RepeatedPost::Outcome::none:
      break;
  }
  if (post_.busy() || waiting.empty()) return std::nullopt;
  PostRequest request = requests.on_road("send");
  request.headers.push_back({"Cudgel-Number", std::to_string(++number_)});
  request.body = waiting.take();
  post_.start(client, std::move(request), {}, now_ms);
  return std::nullopt;
}

}  // namespace cudgel::net
