#include "play/flight.h"

#include <algorithm>

namespace cudgel::game {

namespace {
constexpr double k_turn_ms = 55;
/// Up to here of the arc: who is thrown against something is in the air until then.
constexpr double k_arc_max = 0.88;
}  // namespace

void Flight::move(double tiles, double elapsed_ms, double own_tiles_per_s, double now_ms) {
  lands_ = false;
  const double speed = elapsed_ms > 0 ? tiles / elapsed_ms * 1000 : 0;
  if (tiles < k_jump_tiles && speed > std::max(k_fast_tiles_per_s, 1.5 * own_tiles_per_s)) {
    if (!flies_) began_ms_ = now_ms - elapsed_ms;
    flies_ = true;
    fast_ms_ = now_ms;
    return;
  }
  if (!flies_ || (tiles < k_jump_tiles && now_ms - fast_ms_ < k_grace_ms)) return;
  landed_lift_ = lift(now_ms);
  landed_ms_ = now_ms;
  flies_ = false;
  lands_ = true;
}

double Flight::lift(double now_ms) const {
  if (!flies_) return landed_lift_ * std::max(0.0, 1 - (now_ms - landed_ms_) / k_fall_ms);
  const double share = std::clamp((now_ms - began_ms_) / k_whole_ms, 0.0, k_arc_max);
  return k_height * 4 * share * (1 - share);
}

int Flight::turns(double now_ms) const { return flies_ ? static_cast<int>((now_ms - began_ms_) / k_turn_ms) : 0; }

}  // namespace cudgel::game
