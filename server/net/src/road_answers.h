#pragma once
// What a road answers, as docs/TRANSPORTS.md draws it. For road_connection.cpp and road_hub.cpp.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_response.h"
#include "protocol/limits.h"

namespace cudgel::net {

/// How a road ended: every request of it is told so for a few seconds.
struct RoadEnd {
  protocol::CloseCode code = protocol::CloseCode::normal;
  std::string reason;
};

HttpResponse opened_answer(const std::string& id);
/// 204: read, or nothing new.
HttpResponse nothing_answer();
HttpResponse batch_answer(std::uint32_t number, std::shared_ptr<const std::vector<std::uint8_t>> batch);
HttpResponse ended_answer(const RoadEnd& end);
/// The head of a stream and its first comment.
HttpResponse stream_answer();

inline constexpr std::string_view k_event_comment = ":\n\n";
/// One message as an event. Writes over `text`.
void write_event(std::string& text, std::span<const std::uint8_t> message);
std::string end_event(const RoadEnd& end);

}  // namespace cudgel::net
