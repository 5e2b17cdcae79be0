#include "road_transport.h"

#include <utility>

namespace cudgel::net {

using core::SendResult;

namespace {
/// What may wait for poll(): a page that sleeps longer than this lasts is disconnected and joins again when it wakes.
constexpr std::size_t k_incoming_bytes_max = std::size_t{4} << 20U;
/// Asked once: whoever opens roads decides what to try next.
constexpr PostPatience k_open_patience = {5000, 0};
/// For what was sent before close().
constexpr double k_leave_ms = 2000;
}  // namespace

RoadTransport::RoadTransport(HttpRoad road, HttpClient& client, std::function<double()> now_ms)
    : road_(road), client_(client), now_ms_(std::move(now_ms)), incoming_(k_incoming_bytes_max) {}

const char* name_of(HttpRoad road) {
  switch (road) {
    case HttpRoad::sse:
      return "sse";
    case HttpRoad::longpoll:
      return "longpoll";
    case HttpRoad::poll:
      return "poll";
  }
  return "";
}

std::unique_ptr<PumpedTransport> make_http_road(HttpRoad road, HttpClient& client, std::function<double()> now_ms) {
  return std::make_unique<RoadTransport>(road, client, std::move(now_ms));
}

void RoadTransport::open(const std::string& url) {
  abandon();
  incoming_.clear();
  auto requests = RoadRequests::from_ws_url(url);
  if (!requests) return incoming_.closed(k_lost_code, "not an address of the form ws://HOST:PORT/PATH: " + url);
  requests_ = std::move(*requests);
  state_ = State::opening;
  lanes_.emplace(road_);
  lanes_->opening.start(client_, requests_.open(road_), k_open_patience, now_ms_());
}

SendResult RoadTransport::send(std::span<const std::uint8_t> message) {
  if (state_ != State::open) return SendResult::closed;
  if (!lanes_->waiting.add(message)) return SendResult::backpressure;
  const auto ended = pump_up(now_ms_());
  if (!ended) return SendResult::sent;
  end(*ended);
  return SendResult::closed;
}

void RoadTransport::close(std::uint16_t code, const std::string& reason) {
  // /road/close says neither: the server does not ask a client why.
  static_cast<void>(code);
  static_cast<void>(reason);
  incoming_.clear();
  if (state_ != State::open) return abandon();
  state_ = State::leaving;
  leaving_since_ms_ = now_ms_();
  pump();
}

bool RoadTransport::poll(core::TransportEvent& event) {
  pump();
  return incoming_.take(event);
}

std::size_t RoadTransport::buffered_bytes() const {
  return lanes_ ? lanes_->waiting.bytes() + lanes_->send.bytes_under_way() + lanes_->receive.bytes_under_way() : 0;
}

bool RoadTransport::pump() {
  if (state_ != State::idle) {
    const double now_ms = now_ms_();
    if (const auto ended = advance(now_ms)) end(*ended);
    if (state_ == State::leaving) {
      incoming_.clear();  // nobody asks for it any more
      if (buffered_bytes() == 0 || now_ms - leaving_since_ms_ >= k_leave_ms) abandon();
    }
  }
  return !incoming_.empty();
}

std::optional<RoadClose> RoadTransport::advance(double now_ms) {
  switch (state_) {
    case State::opening:
      return read_opening(now_ms);
    case State::entering:
      return pump_stream(now_ms);
    case State::leaving:
      return pump_up(now_ms);
    case State::open: {
      // For poll up and down are one.
      auto ended = road_ == HttpRoad::longpoll ? pump_receive(now_ms) : std::nullopt;
      if (road_ == HttpRoad::sse) ended = pump_stream(now_ms);
      return ended ? ended : pump_up(now_ms);
    }
    case State::idle:
      break;
  }
  return std::nullopt;
}

std::optional<RoadClose> RoadTransport::read_opening(double now_ms) {
  RepeatedPost& opening = lanes_->opening;
  switch (opening.pump(now_ms)) {
    case RepeatedPost::Outcome::none:
      return std::nullopt;
    case RepeatedPost::Outcome::given_up:
      return RoadClose{k_lost_code, opening.fault()};
    case RepeatedPost::Outcome::answered:
      break;
  }
  if (opening.head().status != k_status_ok) return end_told_by(opening.head(), opening.body());
  if (!requests_.set_id(opening.head().road)) return RoadClose{k_lost_code, "what answers there is no server of this game"};
  if (road_ == HttpRoad::sse) {
    lanes_->stream.start(client_, requests_, now_ms);
    state_ = State::entering;
  } else {
    incoming_.opened();
    state_ = State::open;
  }
  return std::nullopt;
}

std::optional<RoadClose> RoadTransport::pump_stream(double now_ms) {
  auto ended = lanes_->stream.pump(incoming_, now_ms);
  if (lanes_->stream.flows()) state_ = State::open;
  return ended;
}

std::optional<RoadClose> RoadTransport::pump_receive(double now_ms) {
  return lanes_->receive.pump(client_, requests_, lanes_->waiting, incoming_, now_ms);
}

std::optional<RoadClose> RoadTransport::pump_up(double now_ms) {
  if (road_ == HttpRoad::poll) return pump_receive(now_ms);
  return lanes_->send.pump(client_, requests_, lanes_->waiting, now_ms);
}

void RoadTransport::end(const RoadClose& end) {
  const bool told = state_ != State::leaving;
  // A server that has told the end itself needs not be told.
  if (end.code != k_lost_code) requests_ = {};
  abandon();
  if (told) incoming_.closed(end.code, end.reason);
}

/// Lets go of everything at once; a road that the server may still hold is closed.
void RoadTransport::abandon() {
  lanes_.reset();
  if (requests_.has_id()) client_.post_and_forget(requests_.on_road("close"));
  requests_ = {};
  state_ = State::idle;
}

}  // namespace cudgel::net
