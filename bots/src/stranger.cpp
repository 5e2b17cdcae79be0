#include "stranger.h"

#include <utility>

#include "protocol/client_message.h"
#include "protocol/limits.h"

namespace cudgel::bots {

namespace {
using protocol::CloseCode;

constexpr double k_flood_per_ms = 1.0;
constexpr double k_garbage_pause_ms = 100;
constexpr std::uint32_t k_garbage_bytes_max = 512;
constexpr std::uint16_t k_lost_code = 1006;
/// Between being closed and coming again.
constexpr double k_reopen_ms = 250;
/// The server has this long to close a connection that misbehaves: twice what the rate limit's burst and debt last, and some.
constexpr double k_answer_ms = 3000;

CloseCode right_answer(Behaviour behaviour) {
  return behaviour == Behaviour::flood ? CloseCode::too_often : CloseCode::malformed;
}
}  // namespace

Stranger::Stranger(std::unique_ptr<core::Transport> transport, std::vector<std::uint8_t> hello, const Options& options,
                   int number)
    : transport_(std::move(transport)),
      hello_(std::move(hello)),
      options_(options),
      random_(options.seed * 15485863 + static_cast<std::uint64_t>(number)) {}

void Stranger::join(double now_ms) {
  wanted_ = true;
  reopen_ms_ = now_ms;
}

void Stranger::leave() {
  wanted_ = connecting_ = open_ = false;
  transport_->close(static_cast<std::uint16_t>(CloseCode::normal), "left");
}

void Stranger::tend(double now_ms, Report& report) {
  if (!wanted_) return;
  if (!connecting_ && now_ms >= reopen_ms_) {
    connecting_ = true;
    transport_->open(options_.url);
  }
  core::TransportEvent event;
  while (transport_->poll(event)) {
    if (event.type == core::TransportEvent::Type::closed) {
      on_closed(event.close_code, event.close_reason, now_ms, report);
    } else if (event.type == core::TransportEvent::Type::message) {
      ++report.frames_received;
      report.bytes_received += event.message.size();
    } else if (event.type == core::TransportEvent::Type::opened) {
      open_ = opened_ = true;
      misbehaves_since_ms_ = -1;
      sent_ = 0;
      ++connections_;
    }
  }
  if (open_) misbehave(now_ms);
}

void Stranger::on_closed(std::uint16_t code, const std::string& reason, double now_ms, Report& report) {
  // Never opened is not let in: that is no answer to what we did.
  const bool right = open_ && code == static_cast<std::uint16_t>(right_answer(options_.behaviour));
  const bool our_cut = options_.net && options_.net->cut_every_ms > 0 && code == k_lost_code;
  if (!our_cut) ++(right ? closed_rightly_ : closed_otherwise_);
  ++report.closes[code];
  if (!right && !our_cut) ++report.errors[reason.empty() ? "closed with " + std::to_string(code) : reason];
  connecting_ = open_ = false;
  reopen_ms_ = now_ms + k_reopen_ms;
}

void Stranger::misbehave(double now_ms) {
  if (misbehaves_since_ms_ < 0) {
    misbehaves_since_ms_ = now_ms;
    // Every other one begins decently.
    if (options_.behaviour == Behaviour::flood || random_.below(2) == 0) send(hello_);
  }
  if (options_.behaviour == Behaviour::flood) {
    flood(now_ms);
  } else if (now_ms - misbehaves_since_ms_ >= sent_ * k_garbage_pause_ms) {
    send_garbage();
  }
}

void Stranger::flood(double now_ms) {
  while (sent_ < (now_ms - misbehaves_since_ms_) * k_flood_per_ms) {
    protocol::Acts acts;
    acts.stamp = ++sent_;
    send(protocol::encode(acts, builder_));
  }
}

void Stranger::send_garbage() {
  std::vector<std::uint8_t> bytes(1 + random_.below(k_garbage_bytes_max));
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random_.next());
  ++sent_;
  send(bytes);
}

void Stranger::send(std::span<const std::uint8_t> bytes) {
  if (transport_->send(bytes) == core::SendResult::sent) bytes_sent_ += bytes.size();
}

void Stranger::begin_measuring(double now_ms) {
  measured_since_ms_ = now_ms;
  connections_ = open_ ? 1 : 0;
  closed_rightly_ = closed_otherwise_ = bytes_sent_ = 0;
}

void Stranger::add_totals(Report& report) const {
  report.players_connected += opened_ ? 1 : 0;
  report.joins += connections_;
  report.bytes_sent += bytes_sent_;
}

bool Stranger::answered(double now_ms) const {
  const double delay_ms = options_.net ? options_.net->delay_ms + options_.net->jitter_ms + options_.net->stall_ms : 0;
  const bool overdue = open_ && misbehaves_since_ms_ >= 0 && now_ms - misbehaves_since_ms_ > k_answer_ms + 2 * delay_ms;
  const bool had_time = now_ms - measured_since_ms_ > k_answer_ms + 2 * delay_ms;
  return closed_otherwise_ == 0 && !overdue && (closed_rightly_ > 0 || !had_time);
}

}  // namespace cudgel::bots
