#pragma once
// How the game runs at this player's side, measured for the server, which asks for it now and then (HowIsIt). Only counts.

#include <cstdint>

#include "core/game_client.h"
#include "protocol/requests.h"

namespace cudgel::core {

/// Frames that stop for longer than this have stalled: five ticks, after which bodies stand (see Interpolation).
inline constexpr double k_stall_ms = 250;

class Experience {
 public:
  /// A connection begins to play.
  void begin(double now_ms);
  /// Frames of the server have arrived. `slept`: nobody fetched them for a while, so that their gap tells nothing.
  void on_frames(double now_ms, bool slept);
  /// A display frame was shown.
  void on_shown() { ++shown_; }

  /// What is said when the server asks now: since begin() or the last told(). `road` is the transport's name. Every value is
  /// clamped to what the protocol takes; before the first round trip it is a Failure.
  [[nodiscard]] protocol::AnswerBody tell(const ClientStats& stats, const char* road, double now_ms) const;
  /// It was sent: counts anew.
  void told(double now_ms);

 private:
  double since_ms_ = 0;
  double heard_ms_ = 0;
  std::uint32_t shown_ = 0;
  std::uint32_t stalls_ = 0;
};

}  // namespace cudgel::core
