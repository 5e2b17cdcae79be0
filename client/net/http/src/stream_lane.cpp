#include "stream_lane.h"

#include <algorithm>
#include <utility>

#include "receive.h"

namespace cudgel::net {

namespace {
/// From the request to the first comment. A slow network needs about one second for it; a proxy that buffers needs for ever.
constexpr double k_flow_ms = 3000;
constexpr std::size_t k_refusal_bytes_max = 1024;
}  // namespace

void StreamLane::start(HttpClient& client, const RoadRequests& requests, double now_ms) {
  asked_ms_ = now_ms;
  exchange_ = client.post(requests.on_road("stream"));
}

std::optional<RoadClose> StreamLane::pump(core::IncomingQueue& incoming, double now_ms) {
  ExchangeEvent event;
  while (exchange_->poll(event)) {
    switch (event.type) {
      case ExchangeEvent::Type::head:
        head_ = std::move(event.head);
        break;
      case ExchangeEvent::Type::data:
        if (auto end = read(event.data, incoming)) return end;
        break;
      case ExchangeEvent::Type::done:
        if (head_.status != k_status_ok) return end_told_by(head_, refusal_);
        return RoadClose{k_lost_code, "the stream ended without a close"};
      case ExchangeEvent::Type::failed:
        return RoadClose{k_lost_code, std::move(event.reason)};
      case ExchangeEvent::Type::none:
        break;
    }
  }
  if (!flows_ && now_ms - asked_ms_ >= k_flow_ms) {
    return RoadClose{k_lost_code, "the stream does not flow: something on the way holds it back"};
  }
  return std::nullopt;
}

std::optional<RoadClose> StreamLane::read(std::span<const std::uint8_t> bytes, core::IncomingQueue& incoming) {
  if (head_.status != k_status_ok) {
    const std::size_t room = k_refusal_bytes_max - refusal_.size();
    bytes = bytes.first(std::min(room, bytes.size()));
    refusal_.insert(refusal_.end(), bytes.begin(), bytes.end());
    return std::nullopt;
  }
  for (;;) {
    switch (reader_.next(bytes)) {
      case EventStreamReader::Found::nothing:
        return std::nullopt;
      case EventStreamReader::Found::comment:
        if (!flows_) incoming.opened();
        flows_ = true;
        break;
      case EventStreamReader::Found::message:
        if (!flows_) return RoadClose{k_lost_code, "the stream does not begin with a comment"};
        if (auto end = receive(incoming, reader_.take_message())) return end;
        break;
      case EventStreamReader::Found::close:
        return RoadClose{reader_.close_code(), reader_.close_reason()};
      case EventStreamReader::Found::malformed:
        return RoadClose{k_lost_code, reader_.fault()};
    }
  }
}

}  // namespace cudgel::net
