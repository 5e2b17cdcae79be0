#include "link.h"

#include <algorithm>

#include "protocol/limits.h"

namespace cudgel::core {

namespace {
using protocol::CloseCode;

/// Without a message for this long the connection counts as lost: the server sends a frame every tick.
constexpr double k_silence_ms = 5000;
/// After the page slept (a hidden tab) the server gets this long to be heard before silence is believed.
constexpr double k_wake_up_grace_ms = 2000;
constexpr double k_slept_ms = 1000;
constexpr double k_backoff_first_ms = 500;
constexpr double k_backoff_max_ms = 8000;
/// Share by which waits differ, so that a crowd does not come back in one instant.
constexpr double k_backoff_jitter = 0.3;
/// A server that announced its restart is tried after this time.
constexpr double k_restart_ms = 1000;
/// Having played this long, a lost connection begins the back-off anew.
constexpr double k_settled_ms = 5000;

constexpr const char* k_reload_words = "the game was updated: reload the page";

/// Would the same hello be refused again? Only asked before Welcome.
bool refuses_hello(std::uint16_t code) {
  switch (static_cast<CloseCode>(code)) {
    case CloseCode::malformed:
    case CloseCode::policy:
    case CloseCode::protocol_error:
    case CloseCode::unsupported_data:
    case CloseCode::invalid_payload:
    case CloseCode::too_big:
      return true;
    default:
      return false;
  }
}
}  // namespace

void Link::enter(Phase phase, double now_ms) {
  phase_ = phase;
  if (phase == Phase::connecting || phase == Phase::greeting) last_heard_ms_ = now_ms;
}

void Link::join(std::string url, double now_ms) {
  url_ = std::move(url);
  attempts_ = 0;
  message_.clear();
  last_watch_ms_ = now_ms;
  enter(Phase::connecting, now_ms);
  transport_->open(url_);
}

void Link::leave(std::span<const std::uint8_t> bye) {
  if (phase_ == Phase::playing) transport_->send(bye);
  if (phase_ != Phase::idle) transport_->close(static_cast<std::uint16_t>(CloseCode::normal), "left");
  phase_ = Phase::idle;
  message_.clear();
}

SendResult Link::send(std::span<const std::uint8_t> message) { return transport_->send(message); }

void Link::watch(double now_ms) {
  if (last_watch_ms_ >= 0 && now_ms - last_watch_ms_ > k_slept_ms) {
    last_heard_ms_ = std::max(last_heard_ms_, now_ms - k_silence_ms + k_wake_up_grace_ms);
  }
  last_watch_ms_ = now_ms;
  switch (phase_) {
    case Phase::waiting:
      if (now_ms < retry_at_ms_) return;
      enter(Phase::connecting, now_ms);
      transport_->open(url_);
      return;
    case Phase::playing:
      if (now_ms - playing_since_ms_ > k_settled_ms) attempts_ = 0;
      [[fallthrough]];
    case Phase::connecting:
    case Phase::greeting:
      if (now_ms - last_heard_ms_ <= k_silence_ms) return;
      transport_->close(static_cast<std::uint16_t>(CloseCode::unresponsive), "silence");
      lose("no answer from the server", k_backoff_first_ms, now_ms);
      return;
    case Phase::idle:
    case Phase::refused:
      return;
  }
}

bool Link::next_message(double now_ms, std::span<const std::uint8_t>& message) {
  while (transport_->poll(event_)) {
    // What still arrives on a road we have left is nobody's.
    const bool live = phase_ == Phase::connecting || phase_ == Phase::greeting || phase_ == Phase::playing;
    if (!live) continue;
    switch (event_.type) {
      case TransportEvent::Type::opened:
        enter(Phase::greeting, now_ms);
        transport_->send(hello_);
        break;
      case TransportEvent::Type::message:
        last_heard_ms_ = now_ms;
        message = event_.message;
        return true;
      case TransportEvent::Type::closed:
        on_closed(event_.close_code, event_.close_reason, now_ms);
        break;
      case TransportEvent::Type::none:
        break;
    }
  }
  return false;
}

void Link::on_closed(std::uint16_t code, const std::string& reason, double now_ms) {
  switch (static_cast<CloseCode>(code)) {
    case CloseCode::replaced:
      refuse(reason.empty() ? "you came back from elsewhere" : reason);
      return;
    case CloseCode::wrong_version:
    case CloseCode::wrong_content:
      refuse(k_reload_words);
      return;
    case CloseCode::going_away:
      lose(reason.empty() ? "the server is restarting" : reason, k_restart_ms, now_ms);
      return;
    default:
      break;
  }
  if (phase_ == Phase::greeting && refuses_hello(code)) {
    refuse(reason.empty() ? "the server refused us" : reason);
    return;
  }
  const char* words = phase_ == Phase::playing ? "the connection was lost" : "no answer from the server";
  lose(reason.empty() ? words : reason, k_backoff_first_ms, now_ms);
}

void Link::lose(std::string why, double first_delay_ms, double now_ms) {
  if (phase_ == Phase::playing) ++disconnects_;
  const double doubled = k_backoff_first_ms * static_cast<double>(1U << std::min(attempts_, 10U));
  const double base_ms = attempts_ == 0 ? first_delay_ms : std::min(doubled, k_backoff_max_ms);
  const double share = static_cast<double>(random_.between(-1000, 1000)) / 1000.0;
  retry_at_ms_ = now_ms + base_ms * (1 + k_backoff_jitter * share);
  ++attempts_;
  message_ = std::move(why);
  phase_ = Phase::waiting;
}

void Link::welcomed(double now_ms) {
  playing_since_ms_ = now_ms;
  message_.clear();
  enter(Phase::playing, now_ms);
}

void Link::broken(const std::string& why, double now_ms) {
  transport_->close(static_cast<std::uint16_t>(CloseCode::malformed), why);
  lose("the server sent something we cannot read: " + why, k_backoff_first_ms, now_ms);
}

void Link::refuse(std::string why) {
  if (phase_ == Phase::playing) ++disconnects_;
  transport_->close(static_cast<std::uint16_t>(CloseCode::normal), "");
  message_ = std::move(why);
  phase_ = Phase::refused;
}

double Link::retry_in_ms(double now_ms) const {
  return phase_ == Phase::waiting ? std::max(0.0, retry_at_ms_ - now_ms) : 0.0;
}

}  // namespace cudgel::core
