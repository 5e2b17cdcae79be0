#include "core/server_clock.h"

#include <algorithm>
#include <cmath>

namespace cudgel::core {

namespace {
/// While so few frames are known each better one is believed at once: nothing has been drawn for long yet.
constexpr std::size_t k_settling_frames = 20;
/// Of wall time: how fast the clock may be set forward (a frame came earlier than was thought possible) and back (drift).
constexpr double k_forward_rate = 0.10;
constexpr double k_back_rate = 0.02;
/// An error above this is no drift but another road or a sleep of the machine: jump.
constexpr double k_jump_ms = 500;
/// The peak of lateness falls to 1/e in this time: longer keeps the picture smoother, shorter makes it fresher.
constexpr double k_lateness_memory_ms = 6000;
constexpr double k_lateness_max_ms = 500;
}  // namespace

ServerClock::ServerClock(std::int32_t tick_hz) : tick_ms_(1000.0 / tick_hz) {}

double ServerClock::least_offset() const {
  const std::size_t known = std::min(count_, k_window);
  return *std::min_element(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(known));
}

void ServerClock::on_frame(base::Tick tick, double now_ms) {
  const double sample = now_ms - tick * tick_ms_;
  samples_[count_ % k_window] = sample;
  ++count_;
  target_ms_ = least_offset();
  if (count_ <= k_settling_frames || std::abs(target_ms_ - offset_ms_) > k_jump_ms) offset_ms_ = target_ms_;
  if (count_ == 1) updated_ms_ = now_ms;
  const double late = std::min(sample - target_ms_, k_lateness_max_ms);
  lateness_ms_ = std::max(lateness_ms_, late);
}

void ServerClock::update(double now_ms) {
  if (!started()) return;
  const double elapsed = std::max(0.0, now_ms - updated_ms_);
  updated_ms_ = now_ms;
  offset_ms_ += std::clamp(target_ms_ - offset_ms_, -k_forward_rate * elapsed, k_back_rate * elapsed);
  lateness_ms_ *= std::exp(-elapsed / k_lateness_memory_ms);
}

}  // namespace cudgel::core
