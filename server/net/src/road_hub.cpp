#include "net/road_hub.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "base/assert.h"
#include "protocol/limits.h"
#include "road_answers.h"
#include "road_connection.h"

namespace cudgel::net {

using ops::Refusal;

RoadHub::RoadHub(session::ConnectionHost& host, Admission& admission, ops::Metrics& metrics, std::size_t thread,
                 std::function<ops::Nanoseconds()> clock)
    : host_(host), admission_(admission), context_(new RoadContext{metrics, std::move(clock), {}}), thread_(thread) {
  CUDGEL_ASSERT(thread < 256 && sodium_init() >= 0);
}

RoadHub::~RoadHub() {
  for (const auto& [id, road] : roads_) road->leave();
}

void RoadHub::ask(const RoadRequest& request, RoadPeer& peer) {
  if (request.action == RoadAction::open) return open(request, peer);
  const auto found = roads_.find(request.id);
  if (found == roads_.end() || found->second->gone()) {
    return peer.refuse({404, "there is no such road: it was never there, or fell silent, or has ended"}, Refusal::road_unknown);
  }
  RoadConnection& road = *found->second;
  road.meter().requests.add();
  road.meter().wire_bytes_received.add(request.wire_bytes);
  if (request.action != RoadAction::close) return road.ask(request, peer);
  road.leave();
  peer.answer(nothing_answer(), road.meter());
  roads_.erase(found);
}

void RoadHub::open(const RoadRequest& request, RoadPeer& peer) {
  if (!opens_) return peer.refuse({503, "the server is about to end: try again later"}, Refusal::connections_max);
  std::optional<Seat> seat;
  switch (admission_.admit(peer.address(), seat)) {
    case Admission::Verdict::too_many:
      return peer.refuse({503, "the server is full: try again later"}, Refusal::connections_max);
    case Admission::Verdict::too_many_from_address:
      return peer.refuse(
          {429, fmt::format("too many connections from your address: at most {} at once", admission_.per_address())},
          Refusal::connections_per_address);
    case Admission::Verdict::admitted:
      break;
  }
  auto road = std::make_unique<RoadConnection>(request.kind, std::move(*seat), *context_);
  road->meter().requests.add();
  road->meter().wire_bytes_received.add(request.wire_bytes);
  session::Offer offer;
  offer.our_version = request.version == protocol::k_version;
  offer.their_version = request.version;
  road->attach(host_.opened(*road, offer));
  if (road->end()) {
    peer.answer(ended_answer(*road->end()), road->meter());
    return road->leave();
  }
  const std::string id = new_id();
  peer.answer(opened_answer(id), road->meter());
  roads_[id] = std::move(road);
}

std::string RoadHub::new_id() const {
  std::array<std::uint8_t, (k_road_id_digits - k_road_thread_digits) / 2> random;
  randombytes_buf(random.data(), random.size());
  std::string id = fmt::format("{:02x}", thread_);
  for (const std::uint8_t byte : random) id += fmt::format("{:02x}", byte);
  return id;
}

void RoadHub::abandon(RoadPeer& peer) { peer.road->abandon(peer); }

void RoadHub::service() {
  const ops::Nanoseconds now_ns = context_->clock();
  for (auto it = roads_.begin(); it != roads_.end();) {
    RoadConnection& road = *it->second;
    if (!road.gone()) road.service(now_ns);
    it = road.gone() ? roads_.erase(it) : std::next(it);
  }
}

std::size_t RoadHub::untold() const {
  std::size_t count = 0;
  for (const auto& [id, road] : roads_) count += road->end() && !road->told() && !road->gone() ? 1U : 0U;
  return count;
}

}  // namespace cudgel::net
