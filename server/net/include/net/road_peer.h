#pragma once
// The socket that a road's request came on, as the road sees it. A request is answered or refused once, now or later; an endless answer is a
// stream until one side ends it. HttpConnection implements it. Nothing here calls back into the road.

#include <string>
#include <string_view>

#include "net/http_request.h"
#include "net/http_response.h"
#include "ops/metrics.h"

namespace cudgel::net {

class RoadConnection;

class RoadPeer {
 public:
  virtual ~RoadPeer() = default;
  /// Without port.
  [[nodiscard]] virtual const std::string& address() const = 0;
  /// What is written for it is counted in `meter`.
  virtual void answer(HttpResponse response, ops::TransportMetrics& meter) = 0;
  /// Counted and logged; the socket ends with the answer.
  virtual void refuse(const HttpRefusal& refusal, ops::Refusal reason) = 0;
  /// True when the endless answer has left so far.
  [[nodiscard]] virtual bool stream_ready() const = 0;
  /// Some more of it, after stream_ready() said yes.
  virtual void stream(std::string_view bytes) = 0;
  /// The last of it, behind whatever has not left yet; a peer that does not take it is cut off within a few seconds.
  virtual void end_stream(std::string_view bytes) = 0;

  RoadConnection* road = nullptr;  ///< the one that holds this peer's request, or streams to it; the road's business
};

}  // namespace cudgel::net
