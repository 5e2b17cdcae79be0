#pragma once
// How an HTTP road ends, as close code and words, and how such an end is read from what a stranger sent. The same ends as a WebSocket's.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cudgel::net {

/// The connection was lost, or the other side was not understood: no close was told.
inline constexpr std::uint16_t k_lost_code = 1006;
/// Of words with a close, in bytes of UTF-8.
inline constexpr std::size_t k_close_reason_bytes_max = 123;

struct RoadClose {
  std::uint16_t code = k_lost_code;
  std::string reason;
};

/// Digits without leading zeros; nothing when it is anything else or above `max`.
std::optional<std::uint64_t> read_number(std::string_view text, std::uint64_t max);
/// A code that may be sent (1000..4999) and fit words; nothing when either is not.
std::optional<RoadClose> read_close(std::string_view code, std::string_view reason);

}  // namespace cudgel::net
