#pragma once
// What one GameClient::update() saw of the network and did to the prediction, as plain facts: for whoever watches how things go
// (the F3 overlay, a trace). It judges nothing.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/ids.h"
#include "core/game_client.h"

namespace cudgel::core {

/// One frame of the server that was fetched by this update.
struct FrameArrival {
  base::Tick tick = 0;
  std::uint32_t bytes = 0;
  std::uint16_t server_late_ms = 0;  ///< Head.late_ms: the server's own lateness
  std::int8_t slack_ticks = -128;    ///< Head.slack_ticks: negative when an act of ours came late; -128: none came
  double round_trip_ms = 0;          ///< of the stamp that came back; 0: none did
};

struct UpdateReport {
  double at_ms = 0;
  Phase phase = Phase::idle;           ///< after the update
  std::vector<FrameArrival> arrivals;  ///< oldest first
  double corrected_tiles = 0;          ///< by how much the server's word moved the prediction
  std::uint32_t sent_bytes = 0;        ///< of the message that went out; 0: none did
  std::uint32_t sent_acts = 0;         ///< in it
  std::size_t buffered_bytes = 0;      ///< accepted by the road, not gone yet
  double tick_ms = 50;
  double usual_lateness_ms = 0;  ///< how late frames come behind the least delayed one (ServerClock::lateness_ms)
};

}  // namespace cudgel::core
