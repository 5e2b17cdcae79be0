#include "core/server_clock.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace cudgel::core {

namespace {
/// While so few frames are known each better one is believed at once: nothing has been drawn for long yet.
constexpr std::size_t k_settling_frames = 20;
/// Of wall time: how fast the clock may be set forward (a frame came earlier than was thought possible) and back (drift).
constexpr double k_forward_rate = 0.10;
constexpr double k_back_rate = 0.02;
/// An error above this is no drift but another road or a sleep of the machine: jump.
constexpr double k_jump_ms = 500;
/// Arrivals of the last hundred that may be later than lateness_ms(): more makes the picture fresher, fewer smoother.
constexpr std::size_t k_later_arrivals = 2;
/// While so few are known the latest counts.
constexpr std::size_t k_arrivals_first = 20;
constexpr double k_lateness_max_ms = 500;
}  // namespace

ServerClock::ServerClock(std::int32_t tick_hz) : tick_ms_(1000.0 / tick_hz) {}

double ServerClock::least_offset() const {
  const std::size_t known = std::min(count_, k_window);
  return *std::min_element(samples_.begin(), samples_.begin() + static_cast<std::ptrdiff_t>(known));
}

void ServerClock::on_frame(base::Tick tick, double now_ms) {
  const double sample = now_ms - tick * tick_ms_;
  double& oldest = samples_[count_ % k_window];
  const bool least_goes = count_ >= k_window && oldest == target_ms_;
  oldest = sample;
  ++count_;
  // Only when the least of them goes do all have to be looked at.
  if (least_goes) {
    target_ms_ = least_offset();
  } else if (count_ == 1 || sample < target_ms_) {
    target_ms_ = sample;
  }
  if (count_ <= k_settling_frames) offset_ms_ = target_ms_;
  if (count_ == 1) updated_ms_ = now_ms;
  note_lateness(std::min(sample - target_ms_, k_lateness_max_ms), now_ms);
}

void ServerClock::note_lateness(double late_ms, double now_ms) {
  bool changes = late_ms > lateness_ms_;
  if (arrivals_ > 0 && now_ms == arrived_ms_) {
    double& together = late_ms_[(arrivals_ - 1) % k_arrivals];
    together = std::max(together, late_ms);
  } else {
    double& oldest = late_ms_[arrivals_ % k_arrivals];
    // One of the latest goes, or more of them may be left out than before.
    changes = changes || arrivals_ < k_arrivals_first || (arrivals_ >= k_arrivals && oldest >= lateness_ms_);
    oldest = late_ms;
    ++arrivals_;
    arrived_ms_ = now_ms;
  }
  if (changes) lateness_ms_ = later_than_most();
}

double ServerClock::later_than_most() const {
  std::array<double, k_arrivals> latest = late_ms_;
  const std::size_t known = std::min(arrivals_, k_arrivals);
  const auto wanted = latest.begin() + (known < k_arrivals_first ? 0 : k_later_arrivals);
  std::nth_element(latest.begin(), wanted, latest.begin() + static_cast<std::ptrdiff_t>(known), std::greater<>());
  return *wanted;
}

void ServerClock::update(double now_ms) {
  if (!started()) return;
  const double elapsed = std::max(0.0, now_ms - updated_ms_);
  updated_ms_ = now_ms;
  // Only now, when all frames that came together are known: after a stall the first of them says nothing.
  if (std::abs(target_ms_ - offset_ms_) > k_jump_ms) offset_ms_ = target_ms_;
  offset_ms_ += std::clamp(target_ms_ - offset_ms_, -k_forward_rate * elapsed, k_back_rate * elapsed);
}

}  // namespace cudgel::core
