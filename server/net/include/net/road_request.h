#pragma once
// What a request below /road/ asks for, checked and owned: path, Origin, headers and body as docs/TRANSPORTS.md draws them. Whether there is such a
// road, and whether the numbers fit it, is the RoadHub's business. No socket.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "net/http_request.h"

namespace cudgel::net {

enum class RoadAction : std::uint8_t { open, send, stream, receive, close };
enum class RoadKind : std::uint8_t { sse, longpoll, poll };

/// Hex digits of a road's id: 2 name the network thread that owns it, 32 are random.
inline constexpr std::size_t k_road_id_digits = 34;
inline constexpr std::size_t k_road_thread_digits = 2;

struct RoadRequest {
  RoadAction action = RoadAction::open;
  std::string id;                      ///< k_road_id_digits in lower case; none to open
  RoadKind kind = RoadKind::longpoll;  ///< to open
  int version = 0;                     ///< to open: the protocol the client speaks, 1..9999
  std::uint32_t number = 0;            ///< of the batch, from 1; 0 without one
  std::uint32_t got = 0;               ///< to receive: number of the last answer that arrived
  std::vector<std::uint8_t> body;      ///< a batch that nobody has looked into yet
  std::size_t wire_bytes = 0;          ///< head and body as they came
};

/// The network thread that owns the road of that id.
std::size_t road_thread(std::string_view id);

/// True when the request is one for this file.
bool is_road_request(const HttpRequest& request);

/// `body`: the request.body_bytes behind the head. Refused with 404 (no such path), 403 (Origin) or 400 (what is missing, or not in its form).
base::Result<RoadRequest, HttpRefusal> read_road_request(const HttpRequest& request, std::string_view body,
                                                         const std::vector<std::string>& allow_origins);

}  // namespace cudgel::net
