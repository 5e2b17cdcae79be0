#pragma once
// The requests of one road, and what an answer that is not the hoped-for one means for it.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "net_http/http_client.h"
#include "net_http/http_road.h"
#include "net_http/road_close.h"

namespace cudgel::net {

inline constexpr int k_status_ok = 200;
inline constexpr int k_status_nothing = 204;

class RoadRequests {
 public:
  /// Nothing when it is not ws://HOST[:PORT][/PATH] or wss://...; the road's addresses are beside PATH, so that they work behind a prefix.
  static std::optional<RoadRequests> from_ws_url(std::string_view url);

  /// /road/open.
  [[nodiscard]] PostRequest open(HttpRoad road) const;
  /// /road/`name` with the road's id and no body; only after set_id().
  [[nodiscard]] PostRequest on_road(const char* name) const;

  /// False when it cannot be a road's id.
  bool set_id(const std::string& id);
  [[nodiscard]] bool has_id() const { return !id_.empty(); }

 private:
  std::string base_;  ///< http://HOST:PORT/PREFIX/road/
  std::string id_;
};

/// For every answer that does not carry on with the road.
RoadClose end_told_by(const AnswerHead& head, std::span<const std::uint8_t> body);

}  // namespace cudgel::net
