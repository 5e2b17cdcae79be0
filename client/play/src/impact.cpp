#include "play/impact.h"

#include <algorithm>
#include <cmath>

namespace cudgel::game {

void Impact::land(double x, double y, double now_ms) {
  const double length = std::hypot(x, y);
  x_ = length > 0 ? x / length : 0;
  y_ = length > 0 ? y / length : 0;
  landed_ms_ = now_ms;
}

double Impact::shown_age_ms(double age_ms, double now_ms) const {
  const double since_ms = std::max(0.0, now_ms - landed_ms_);
  const double caught_up = std::clamp((since_ms - k_stop_ms) / k_catch_up_ms, 0.0, 1.0);
  const double behind_ms = std::min(since_ms, k_stop_ms) * (1 - caught_up);
  return std::max(0.0, age_ms - behind_ms);
}

Impact::Offset Impact::offset(double now_ms) const {
  const double left = std::clamp(1 - (now_ms - landed_ms_) / k_knock_ms, 0.0, 1.0);
  const double tiles = k_knock_tiles * left * left;
  return {x_ * tiles, y_ * tiles};
}

}  // namespace cudgel::game
