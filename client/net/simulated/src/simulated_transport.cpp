#include "net_simulated/simulated_transport.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace cudgel::net {

using core::SendResult;
using core::TransportEvent;

namespace {
/// Under way to the server; beyond, send() answers backpressure as a full socket would.
constexpr std::size_t k_outgoing_bytes_max = 65536;
/// Under way to the client; beyond, the inner road is no longer read and its own limits are felt by the server.
constexpr std::size_t k_incoming_bytes_max = std::size_t{1} << 20U;
/// What a browser says when its page goes away; a lost connection cannot say more.
constexpr std::uint16_t k_going_away_code = 1001;
constexpr std::uint16_t k_lost_code = 1006;
}  // namespace

void SimulatedTransport::Lane::clear() {
  parcels.clear();
  bytes = 0;
}

SimulatedTransport::Parcel SimulatedTransport::Lane::take() {
  Parcel parcel = std::move(parcels.front());
  parcels.pop_front();
  bytes -= parcel.bytes.size();
  return parcel;
}

SimulatedTransport::SimulatedTransport(std::unique_ptr<core::Transport> inner, const NetSpec& spec, std::uint64_t seed,
                                       Clock now_ms)
    : inner_(std::move(inner)), random_(seed), now_ms_(std::move(now_ms)) {
  set_spec(spec);
}

void SimulatedTransport::set_spec(const NetSpec& spec) {
  spec_ = spec;
  // At any moment of a period, so that a crowd does not stall in one instant.
  first_stall_ms_ = now_ms_() + spec_.stall_every_ms * random_.below(1000) / 1000;
  plan_cut();
}

void SimulatedTransport::plan_cut() { cut_at_ms_ = now_ms_() + spec_.cut_every_ms * random_.between(500, 1500) / 1000; }

double SimulatedTransport::after_stall(double due_ms) const {
  if (spec_.stall_ms <= 0 || due_ms < first_stall_ms_) return due_ms;
  const double into = std::fmod(due_ms - first_stall_ms_, spec_.stall_every_ms);
  return into < spec_.stall_ms ? due_ms - into + spec_.stall_ms : due_ms;
}

void SimulatedTransport::put(Lane& lane, Parcel parcel) {
  const double share = random_.between(-1000, 1000) / 1000.0;
  const double travel_ms = std::max(0.0, spec_.delay_ms + spec_.jitter_ms * share);
  parcel.due_ms = std::max(lane.last_due_ms, after_stall(now_ms_() + travel_ms));
  lane.last_due_ms = parcel.due_ms;
  lane.bytes += parcel.bytes.size();
  lane.parcels.push_back(std::move(parcel));
}

void SimulatedTransport::open(const std::string& url) {
  outgoing_.clear();
  incoming_.clear();
  outgoing_.last_due_ms = incoming_.last_due_ms = now_ms_();
  plan_cut();
  open_ = true;
  inner_->open(url);
}

SendResult SimulatedTransport::send(std::span<const std::uint8_t> message) {
  pump();
  if (!open_) return SendResult::closed;
  if (outgoing_.bytes + message.size() > k_outgoing_bytes_max) return SendResult::backpressure;
  put(outgoing_, {0, TransportEvent::Type::message, {message.begin(), message.end()}, 0, {}});
  return SendResult::sent;
}

void SimulatedTransport::close(std::uint16_t code, const std::string& reason) {
  push_out(std::numeric_limits<double>::infinity());
  outgoing_.clear();
  incoming_.clear();
  open_ = false;
  inner_->close(code, reason);
}

/// Both directions lose what was under way; the client hears of it at once.
void SimulatedTransport::cut() {
  ++cuts_;
  outgoing_.clear();
  incoming_.clear();
  open_ = false;
  inner_->close(k_going_away_code, "");
  incoming_.parcels.push_back({now_ms_(), TransportEvent::Type::closed, {}, k_lost_code, {}});
}

void SimulatedTransport::push_out(double until_ms) {
  while (!outgoing_.parcels.empty() && outgoing_.parcels.front().due_ms <= until_ms) {
    // Not taken, for the inner road is full: it stays, and with it the order.
    if (inner_->send(outgoing_.parcels.front().bytes) == SendResult::backpressure) return;
    outgoing_.take();
  }
}

void SimulatedTransport::fetch() {
  TransportEvent event;
  while (open_ && incoming_.bytes < k_incoming_bytes_max && inner_->poll(event)) {
    put(incoming_,
        {0, event.type, {event.message.begin(), event.message.end()}, event.close_code, std::move(event.close_reason)});
    if (event.type == TransportEvent::Type::closed) open_ = false;
  }
}

bool SimulatedTransport::pump() {
  const double now_ms = now_ms_();
  if (open_ && spec_.cut_every_ms > 0 && now_ms >= cut_at_ms_) cut();
  push_out(now_ms);
  fetch();
  return !incoming_.parcels.empty() && incoming_.parcels.front().due_ms <= now_ms;
}

bool SimulatedTransport::poll(TransportEvent& event) {
  if (!pump()) return false;
  Parcel parcel = incoming_.take();
  given_ = std::move(parcel.bytes);
  event.type = parcel.type;
  event.message = given_;
  event.close_code = parcel.close_code;
  event.close_reason = std::move(parcel.close_reason);
  return true;
}

std::size_t SimulatedTransport::buffered_bytes() const { return outgoing_.bytes + inner_->buffered_bytes(); }

}  // namespace cudgel::net
