#pragma once
// What happened in the last minute, one entry for each display frame, arrival, message, correction and change of the road: what the F3
// graph draws and a trace file holds. Remembers times, sizes and ticks only; nothing that anybody said, and no secret.

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <variant>

#include "base/ids.h"
#include "core/game_client.h"

namespace cudgel::game {

struct PageFrame {
  float interval_ms = 0;      ///< since the one before
  float work_ms = 0;          ///< what the game itself took
  float snapshot_age_ms = 0;  ///< since the last news from the server
};
struct Arrival {
  base::Tick tick = 0;
  std::uint32_t bytes = 0;
  float gap_ms = 0;         ///< since the arrival before, 0 for those that came together
  float round_trip_ms = 0;  ///< 0: no stamp came back with it
  std::uint16_t server_late_ms = 0;
  std::int8_t slack_ticks = -128;
};
struct Sent {
  std::uint32_t bytes = 0;
  std::uint32_t acts = 0;
  std::uint32_t buffered_bytes = 0;  ///< waiting in the browser right after it
};
struct Correction {
  float tiles = 0;
};
struct RoadChange {
  core::Phase phase = core::Phase::idle;
  std::array<char, 12> road{};  ///< "ws"; ends with 0
};

struct Entry {
  double at_ms = 0;
  std::variant<PageFrame, Arrival, Sent, Correction, RoadChange> what;
};

class Timeline {
 public:
  /// Times ascend. What is older than k_kept_ms, and beyond k_entries_max the oldest, is forgotten.
  void add(Entry entry) {
    entries_.push_back(entry);
    while (entries_.size() > k_entries_max || entries_.back().at_ms - entries_.front().at_ms > k_kept_ms) entries_.pop_front();
  }
  [[nodiscard]] const std::deque<Entry>& entries() const { return entries_; }

  static constexpr double k_kept_ms = 60000;
  /// A minute at 144 display frames a second, and a server of 20 ticks; about half a megabyte.
  static constexpr std::size_t k_entries_max = 12288;

 private:
  std::deque<Entry> entries_;
};

}  // namespace cudgel::game
