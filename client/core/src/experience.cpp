#include "core/experience.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

namespace cudgel::core {

namespace {
constexpr std::array<std::string_view, 5> k_road_names{"", "ws", "sse", "longpoll", "poll"};
static_assert(k_road_names.size() == protocol::k_roads, "the names follow protocol::Road");

protocol::Road road_of(std::string_view name) {
  const auto found = std::find(k_road_names.begin(), k_road_names.end(), name);
  return found == k_road_names.end() ? protocol::Road::other : static_cast<protocol::Road>(found - k_road_names.begin());
}

/// Not a number becomes 0.
std::uint16_t within(double value, int max) {
  return value > 0 ? static_cast<std::uint16_t>(std::lround(std::min(value, static_cast<double>(max)))) : std::uint16_t{0};
}
}  // namespace

void Experience::begin(double now_ms) {
  heard_ms_ = now_ms;
  told(now_ms);
}

void Experience::told(double now_ms) {
  since_ms_ = now_ms;
  shown_ = stalls_ = 0;
}

void Experience::on_frames(double now_ms, bool slept) {
  if (!slept && now_ms - heard_ms_ > k_stall_ms) ++stalls_;
  heard_ms_ = now_ms;
}

protocol::AnswerBody Experience::tell(const ClientStats& stats, const char* road, double now_ms) const {
  if (stats.round_trips == 0) return protocol::Failure{protocol::RefusalCode::not_now, "nothing has been measured yet"};
  protocol::HowItIs how;
  how.round_trip_ms = within(stats.round_trip_ms, protocol::k_round_trip_ms_max);
  how.interpolation_delay_ms = within(stats.interpolation_delay_ms, protocol::k_interpolation_delay_ms_max);
  how.frames_per_s = within(shown_ * 1000.0 / std::max(1.0, now_ms - since_ms_), protocol::k_frames_per_s_max);
  how.stalls = within(stalls_, std::numeric_limits<std::uint16_t>::max());
  how.road = road_of(road);
  return how;
}

}  // namespace cudgel::core
