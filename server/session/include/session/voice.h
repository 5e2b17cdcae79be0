#pragma once
// What one character has said lately and how much more it may say. Belongs to the character, not to a connection: who comes back anew
// has not become quiet meanwhile. Bounded; no lock of its own.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/fixed_text.h"
#include "protocol/requests.h"
#include "session/rate_limit.h"

namespace cudgel::session {

/// Lines to whoever is near, and whispers: so many a second in the long run, and at once.
inline constexpr std::int64_t k_lines_per_s = 1;
inline constexpr std::int64_t k_lines_burst = 5;
/// Lines to everybody cost a note for each player of the realm: one each few seconds.
inline constexpr ops::Nanoseconds k_call_every_ns = 5 * ops::k_ns_per_s;
/// Lines to a zone cost one for each player in it, which may be all of them.
inline constexpr ops::Nanoseconds k_zone_line_every_ns = 3 * ops::k_ns_per_s;
inline constexpr ops::Nanoseconds k_report_every_ns = 10 * ops::k_ns_per_s;

struct Said {
  protocol::Channel channel = protocol::Channel::say;
  base::PlayerName to;  ///< of a whisper
  std::string words;
};

class Voice {
 public:
  /// Kept for a report.
  static constexpr std::size_t k_kept = 8;

  /// False when it has said too much lately; nothing is counted then.
  bool may_speak(protocol::Channel channel, ops::Nanoseconds now_ns);
  bool may_report(ops::Nanoseconds now_ns);
  void remember(Said said);
  /// Oldest first.
  [[nodiscard]] std::span<const Said> lately() const { return said_; }

 private:
  RateLimit lines_{k_lines_per_s, k_lines_burst};
  ops::Nanoseconds next_call_ns_ = 0;
  ops::Nanoseconds next_zone_line_ns_ = 0;
  ops::Nanoseconds next_report_ns_ = 0;
  std::vector<Said> said_;
};

}  // namespace cudgel::session
