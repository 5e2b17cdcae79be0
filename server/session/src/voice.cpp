#include "session/voice.h"

#include <utility>

namespace cudgel::session {

bool Voice::may_speak(protocol::Channel channel, ops::Nanoseconds now_ns) {
  const bool to_zone = channel == protocol::Channel::zone;
  if (channel != protocol::Channel::everybody && !to_zone) return lines_.spend_if_there(1, now_ns);
  ops::Nanoseconds& next_ns = to_zone ? next_zone_line_ns_ : next_call_ns_;
  if (now_ns < next_ns) return false;
  next_ns = now_ns + (to_zone ? k_zone_line_every_ns : k_call_every_ns);
  return true;
}

bool Voice::may_report(ops::Nanoseconds now_ns) {
  if (now_ns < next_report_ns_) return false;
  next_report_ns_ = now_ns + k_report_every_ns;
  return true;
}

void Voice::remember(Said said) {
  if (said_.size() == k_kept) said_.erase(said_.begin());
  said_.push_back(std::move(said));
}

}  // namespace cudgel::session
