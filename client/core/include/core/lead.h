#pragma once
// How far ahead of the server the own character is predicted, in ticks: just enough that an act reaches the server before
// the tick it is meant for. Learned from stamps: a stamp sent at server tick e (by our clock) that comes back first in the frame
// of tick S took part in step S, so an act sent at e could have been for tick S at the earliest. It never reads a clock.

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/ids.h"

namespace cudgel::core {

class Lead {
 public:
  /// The stamp to send with this message, different from all before and never 0.
  std::uint32_t stamp(double now_ms, double server_tick);
  /// A frame of `tick` brought this echo (0 for none). Returns true when it measured a round trip.
  bool on_echo(std::uint32_t echo, base::Tick tick, double now_ms);
  /// Head.slack_ticks of a frame: a late act raises the lead at once. -128 means there was no act.
  void on_slack(std::int8_t slack_ticks);
  /// Lets the applied lead flow towards what is needed.
  void update(double now_ms);
  /// Runs ahead by a part of a tick so that a key is answered now; false when that would lead too far.
  bool hurry(double ticks);

  [[nodiscard]] double ticks() const { return applied_; }
  [[nodiscard]] double needed() const { return needed_; }
  /// Smoothed, from sending a stamp to the frame that brings it back; 0 before the first.
  [[nodiscard]] double round_trip_ms() const { return round_trip_ms_; }
  [[nodiscard]] double round_trip_last_ms() const { return round_trip_last_ms_; }

 private:
  struct Sent {
    std::uint32_t stamp = 0;
    double at_ms = 0;
    double server_tick = 0;
  };
  static constexpr std::size_t k_sent_max = 32;  ///< stamps under way; older ones are forgotten
  static constexpr std::size_t k_samples = 16;   ///< round trips whose worst is provided for, stalls left out
  void learn(double sample);

  std::array<Sent, k_sent_max> sent_{};
  std::size_t sent_count_ = 0;
  std::uint32_t last_stamp_ = 0;
  std::uint32_t last_echo_ = 0;
  std::array<double, k_samples> samples_{};
  std::size_t sample_count_ = 0;
  double needed_ = 2;
  double applied_ = 2;
  double round_trip_ms_ = 0;
  double round_trip_last_ms_ = 0;
  double updated_ms_ = -1;
};

}  // namespace cudgel::core
