#include "net_http/road_close.h"

#include <charconv>

#include "base/utf8.h"

namespace cudgel::net {

namespace {
constexpr std::uint64_t k_close_code_min = 1000;
constexpr std::uint64_t k_close_code_max = 4999;
}  // namespace

std::optional<std::uint64_t> read_number(std::string_view text, std::uint64_t max) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value > max) return std::nullopt;
  if (text.size() > 1 && text.front() == '0') return std::nullopt;
  return value;
}

std::optional<RoadClose> read_close(std::string_view code, std::string_view reason) {
  const auto value = read_number(code, k_close_code_max);
  if (!value || *value < k_close_code_min) return std::nullopt;
  if (reason.size() > k_close_reason_bytes_max || !base::utf8_length(reason)) return std::nullopt;
  return RoadClose{static_cast<std::uint16_t>(*value), std::string(reason)};
}

}  // namespace cudgel::net
