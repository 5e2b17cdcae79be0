#pragma once
// The server's log: spdlog to standard error. What strangers can cause is logged through LimitedLog, so that hostile input
// fills counters, not disks.

#include <atomic>
#include <string>

#include <spdlog/spdlog.h>

#include "ops/clock.h"

namespace cudgel::ops {

/// `level`: one of the words of --log-level. Standard output stays free for the ready line.
void start_log(const std::string& level);

/// At most one line per interval for one kind of event; the next line says how many were left out. Any thread.
class LimitedLog {
 public:
  explicit LimitedLog(Nanoseconds interval_ns = 5 * k_ns_per_s) : interval_ns_(interval_ns) {}

  template <class... Arguments>
  void warn(fmt::format_string<Arguments...> format, Arguments&&... arguments) {
    std::uint64_t left_out = 0;
    if (!admit(monotonic_ns(), left_out)) return;
    const std::string text = fmt::format(format, std::forward<Arguments>(arguments)...);
    if (left_out == 0) {
      spdlog::warn("{}", text);
    } else {
      spdlog::warn("{} (and {} more like it since the last such line)", text, left_out);
    }
  }

 private:
  bool admit(Nanoseconds now_ns, std::uint64_t& left_out);

  Nanoseconds interval_ns_;
  std::atomic<Nanoseconds> next_ns_{0};
  std::atomic<std::uint64_t> left_out_{0};
};

/// Bytes from a stranger made fit for a log line: control characters and non-ASCII as \xNN, at most 80 bytes.
std::string printable(std::string_view text);

}  // namespace cudgel::ops
