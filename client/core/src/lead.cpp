#include "core/lead.h"

#include <algorithm>
#include <functional>

namespace cudgel::core {

namespace {
/// Ticks kept in hand beyond the worst recent round trip.
constexpr double k_margin_ticks = 0.25;
/// The server clamps acts that are more than 20 ticks ahead; stay well below.
constexpr double k_lead_max_ticks = 15;
/// Ticks that hurry() may add to what is needed.
constexpr double k_hurry_max_ticks = 1.0;
/// Ticks per second by which the lead may change: 10 % of the speed of a walk at 20 Hz, which the eye does not notice.
constexpr double k_rate_ticks_per_s = 2.0;
/// A larger gap is closed at once.
constexpr double k_jump_ticks = 4.0;
/// Up to this many round trips of the recent ones that were so much longer than all others were stalls: no lead provides for them.
constexpr std::size_t k_stalled_max = 2;
constexpr double k_stalled_ticks = 4.0;
/// What one late act may add: soon when the road became longer, harmless when it only stalled.
constexpr double k_late_max_ticks = 2.0;
constexpr double k_round_trip_smoothing = 0.2;
constexpr std::int8_t k_no_slack = -128;
}  // namespace

std::uint32_t Lead::stamp(double now_ms, double server_tick) {
  auto stamp = static_cast<std::uint32_t>(static_cast<std::uint64_t>(std::max(now_ms, 1.0)));
  // Several messages within one millisecond, or a clock that wrapped: count on.
  if (stamp - last_stamp_ == 0 || stamp - last_stamp_ > 0x7FFFFFFFU) stamp = last_stamp_ + 1;
  if (stamp == 0) stamp = 1;
  last_stamp_ = stamp;
  sent_[sent_count_ % k_sent_max] = {stamp, now_ms, server_tick};
  ++sent_count_;
  return stamp;
}

bool Lead::on_echo(std::uint32_t echo, base::Tick tick, double now_ms) {
  if (echo == 0 || echo == last_echo_) return false;
  last_echo_ = echo;
  for (const Sent& sent : sent_) {
    if (sent.stamp != echo) continue;
    const double round_trip = now_ms - sent.at_ms;
    round_trip_last_ms_ = round_trip;
    round_trip_ms_ = round_trip_ms_ == 0 ? round_trip : round_trip_ms_ + k_round_trip_smoothing * (round_trip - round_trip_ms_);
    learn(tick - sent.server_tick);
    return true;
  }
  return false;
}

void Lead::on_slack(std::int8_t slack_ticks) {
  // The echo of the same message teaches the same, but only as one sample among others; being late must not wait.
  if (slack_ticks == k_no_slack || slack_ticks >= 0) return;
  needed_ = std::clamp(std::max(needed_, applied_ + std::min(-slack_ticks * 0.5, k_late_max_ticks)), 0.0, k_lead_max_ticks);
}

void Lead::learn(double sample) {
  samples_[sample_count_ % k_samples] = sample;
  ++sample_count_;
  const std::size_t known = std::min(sample_count_, k_samples);
  std::array<double, k_samples> worst_first = samples_;
  std::sort(worst_first.begin(), worst_first.begin() + static_cast<std::ptrdiff_t>(known), std::greater<>());
  std::size_t chosen = 0;
  if (known > 2 * k_stalled_max) {
    while (chosen < k_stalled_max && worst_first[chosen] > worst_first[k_stalled_max] + k_stalled_ticks) ++chosen;
  }
  const double worst = worst_first[chosen];
  needed_ = std::clamp(worst + k_margin_ticks, 0.0, k_lead_max_ticks);
}

void Lead::update(double now_ms) {
  const double elapsed_s = updated_ms_ < 0 ? 0 : std::max(0.0, now_ms - updated_ms_) / 1000;
  updated_ms_ = now_ms;
  const double gap = needed_ - applied_;
  if (gap > k_jump_ticks || gap < -k_jump_ticks) {
    applied_ = needed_;
    return;
  }
  const double step = k_rate_ticks_per_s * elapsed_s;
  applied_ += std::clamp(gap, -step, step);
}

bool Lead::hurry(double ticks) {
  if (applied_ + ticks > needed_ + k_hurry_max_ticks) return false;
  applied_ += ticks;
  return true;
}

}  // namespace cudgel::core
