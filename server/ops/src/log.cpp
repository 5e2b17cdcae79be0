#include "ops/log.h"

#include <spdlog/sinks/stdout_sinks.h>

namespace cudgel::ops {

void start_log(const std::string& level) {
  auto logger = spdlog::stderr_logger_mt("cudgel");
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  logger->set_level(spdlog::level::from_str(level));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

bool LimitedLog::admit(Nanoseconds now_ns, std::uint64_t& left_out) {
  Nanoseconds next = next_ns_.load(std::memory_order_relaxed);
  if (now_ns < next || !next_ns_.compare_exchange_strong(next, now_ns + interval_ns_, std::memory_order_relaxed)) {
    left_out_.fetch_add(1, std::memory_order_relaxed);
    return false;
  }
  left_out = left_out_.exchange(0, std::memory_order_relaxed);
  return true;
}

std::string printable(std::string_view text) {
  constexpr std::size_t k_bytes_max = 80;
  std::string result;
  for (const char c : text.substr(0, k_bytes_max)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7F && c != '\\') {
      result += c;
    } else {
      result += fmt::format("\\x{:02x}", byte);
    }
  }
  if (text.size() > k_bytes_max) result += "...";
  return result;
}

}  // namespace cudgel::ops
