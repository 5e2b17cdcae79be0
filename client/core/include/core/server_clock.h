#pragma once
// Which tick the server is at, as a real number, estimated from when frames arrive. Frames are delayed by a changing
// amount but never arrive early, so the least delayed of the last seconds sets the clock (minimum filter); corrections are
// spread over time so that nothing drawn by this clock jumps. It counts the server's tick as "now" when its frame would
// arrive on the fastest road: the one-way delay is not known and not needed. It never reads a clock.

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/ids.h"

namespace cudgel::core {

class ServerClock {
 public:
  explicit ServerClock(std::int32_t tick_hz);

  /// A frame showing `tick` arrived. Ticks ascend.
  void on_frame(base::Tick tick, double now_ms);
  /// Lets the correction flow; call before tick_at() with the same time. Time must not go backwards.
  void update(double now_ms);

  [[nodiscard]] bool started() const { return count_ > 0; }
  [[nodiscard]] double tick_ms() const { return tick_ms_; }
  /// The server's tick at that time, fractions included. Only after the first frame.
  [[nodiscard]] double tick_at(double now_ms) const { return (now_ms - offset_ms_) / tick_ms_; }
  /// How late frames come behind the least delayed one: only two of the last hundred arrivals were later. So it follows jitter
  /// within seconds both ways, while a single stall, for which no delay could provide, does not count.
  [[nodiscard]] double lateness_ms() const { return lateness_ms_; }

 private:
  /// Frames the minimum is taken over: 3.2 s at 20 Hz. Longer withstands longer bursts of delay, shorter follows drift closer.
  static constexpr std::size_t k_window = 64;
  /// Arrivals the lateness is taken from; frames that come together are one: 5 s at 20 Hz, longer under jitter.
  static constexpr std::size_t k_arrivals = 100;

  [[nodiscard]] double least_offset() const;
  void note_lateness(double late_ms, double now_ms);
  [[nodiscard]] double later_than_most() const;

  double tick_ms_;
  std::array<double, k_window> samples_{};    ///< arrival time minus tick * tick_ms_, newest overwrites oldest
  std::size_t count_ = 0;                     ///< frames seen in all
  double target_ms_ = 0;                      ///< least sample of the window
  double offset_ms_ = 0;                      ///< what tick_at() uses: follows target_ms_
  std::array<double, k_arrivals> late_ms_{};  ///< of each arrival, newest overwrites oldest
  std::size_t arrivals_ = 0;                  ///< in all
  double arrived_ms_ = -1;                    ///< the last of them
  double lateness_ms_ = 0;
  double updated_ms_ = 0;
};

}  // namespace cudgel::core
