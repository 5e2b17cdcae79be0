#pragma once
// Reads the head of an HTTP/1.x request from a stranger's bytes, strictly: what is not exactly right is refused with a status
// and a sentence; only GET and HEAD without a body are taken, and below /road/ only POST with the length of its body. Views point
// into the caller's bytes; the body is the caller's business. No socket, no clock.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/batch.h"

namespace cudgel::net {

inline constexpr std::size_t k_request_head_bytes_max = 8192;
inline constexpr std::size_t k_request_target_bytes_max = 2048;
inline constexpr std::size_t k_request_headers_max = 64;
inline constexpr std::size_t k_request_body_bytes_max = protocol::k_batch_up_bytes_max;
/// Where the HTTP roads begin, see road_request.h.
inline constexpr std::string_view k_road_prefix = "/road/";

struct HttpHeader {
  std::string_view name;
  std::string_view value;  ///< without surrounding spaces
};

struct HttpRequest {
  std::string_view method;
  std::string_view path;   ///< begins with '/', not decoded
  std::string_view query;  ///< after '?', may be empty
  bool keep_alive = false;
  std::size_t body_bytes = 0;  ///< that follow the head; at most k_request_body_bytes_max
  std::array<HttpHeader, k_request_headers_max> headers;
  std::size_t header_count = 0;

  /// Value of the first header of that name (any case), or empty.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
  /// True when the comma-separated list in that header holds `token` (any case).
  [[nodiscard]] bool lists(std::string_view name, std::string_view token) const;
};

/// Why a request is not answered as it wished.
struct HttpRefusal {
  int status = 400;
  std::string sentence;
  const char* allow = "GET, HEAD";  ///< methods, with 405
};

enum class ParseState : std::uint8_t { incomplete, complete, refused };

struct ParsedRequest {
  ParseState state = ParseState::incomplete;
  HttpRequest request;         ///< when complete
  std::size_t head_bytes = 0;  ///< when complete: bytes consumed
  HttpRefusal refusal;         ///< when refused
};

ParsedRequest parse_request(std::string_view bytes);

/// ASCII only, any case.
bool equal_ignoring_case(std::string_view a, std::string_view b);
/// Calls visit(token) for each non-empty token of a comma-separated list, without surrounding spaces.
template <class Visit>
void for_each_token(std::string_view list, Visit&& visit) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view token = list.substr(0, comma);
    while (!token.empty() && (token.front() == ' ' || token.front() == '\t')) token.remove_prefix(1);
    while (!token.empty() && (token.back() == ' ' || token.back() == '\t')) token.remove_suffix(1);
    if (!token.empty()) visit(token);
    if (comma == std::string_view::npos) return;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace cudgel::net
