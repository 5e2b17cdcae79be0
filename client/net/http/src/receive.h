#pragma once
// A message that has come down a road, on its way to poll().

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "core/incoming_queue.h"
#include "net_http/road_close.h"

namespace cudgel::net {

/// The road's end when nobody fetches what comes.
inline std::optional<RoadClose> receive(core::IncomingQueue& incoming, std::vector<std::uint8_t> message) {
  if (!incoming.has_room(message.size())) return RoadClose{k_lost_code, "messages were not fetched for too long"};
  incoming.message(std::move(message));
  return std::nullopt;
}

}  // namespace cudgel::net
