#pragma once
// When to ask a peer whether it is still there, and when to give it up. Arithmetic only: reads no clock and sends nothing.
//
// Why not the library's own: it keeps these two times of every connection in one sorted list and walks that from its beginning for each
// new one, so that pinging N players costs N * N.

#include <cstdint>

#include "ops/clock.h"

namespace cudgel::net {

class Heartbeat {
 public:
  enum class Due : std::uint8_t { nothing, ping, hang_up };

  /// `after_ns` of silence a ping is due; `hang_up_ns` after the peer was last heard it is gone, if it was asked meanwhile.
  Heartbeat(ops::Nanoseconds after_ns, ops::Nanoseconds hang_up_ns) : after_ns_(after_ns), hang_up_ns_(hang_up_ns) {}

  /// The connection is open, or a pong came.
  void heard(ops::Nanoseconds now_ns) {
    heard_ns_ = now_ns;
    asked_ = false;
  }
  /// The ping that was due went out.
  void asked() { asked_ = true; }
  [[nodiscard]] Due due(ops::Nanoseconds now_ns) const {
    const ops::Nanoseconds silence_ns = now_ns - heard_ns_;
    if (asked_) return silence_ns >= hang_up_ns_ ? Due::hang_up : Due::nothing;
    return silence_ns >= after_ns_ ? Due::ping : Due::nothing;
  }

 private:
  ops::Nanoseconds after_ns_;
  ops::Nanoseconds hang_up_ns_;
  ops::Nanoseconds heard_ns_ = 0;
  bool asked_ = false;
};

}  // namespace cudgel::net
