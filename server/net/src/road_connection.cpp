#include "road_connection.h"

#include <utility>

#include "base/assert.h"
#include "protocol/batch.h"

namespace cudgel::net {

using ops::Refusal;
using protocol::CloseCode;

namespace {

/// A close's reason, as a WebSocket has it.
constexpr std::size_t k_reason_bytes_max = 123;

}  // namespace

ops::Transport transport_of(RoadKind kind) {
  switch (kind) {
    case RoadKind::sse:
      return ops::Transport::sse;
    case RoadKind::longpoll:
      return ops::Transport::longpoll;
    case RoadKind::poll:
      break;
  }
  return ops::Transport::poll;
}

RoadConnection::RoadConnection(RoadKind kind, Seat seat, RoadContext& context)
    : kind_(kind),
      seat_(std::move(seat)),
      context_(context),
      meter_(context.metrics.of(transport_of(kind))),
      opened_ns_(context.clock()),
      alive_ns_(opened_ns_) {
  meter_.sessions.add(1);
}

RoadConnection::~RoadConnection() {
  for (RoadPeer* peer : {question_, stream_}) {
    if (peer != nullptr) peer->road = nullptr;
  }
}

bool RoadConnection::ready() const {
  if (end_ || gone_) return false;
  return kind_ == RoadKind::sse ? stream_ != nullptr && stream_->stream_ready() : question_ != nullptr;
}

session::SendResult RoadConnection::send(std::span<const std::uint8_t> message) {
  if (end_ || gone_) return session::SendResult::closed;
  if (!ready()) return session::SendResult::backpressure;
  CUDGEL_ASSERT(message.size() <= protocol::k_server_frame_bytes_max);
  meter_.frames_sent.add();
  if (kind_ == RoadKind::sse) {
    write_event(context_.event, message);
    streamed_ns_ = context_.clock();
    stream_->stream(context_.event);
    return session::SendResult::sent;
  }
  auto batch = std::make_shared<std::vector<std::uint8_t>>();
  batch->reserve(protocol::k_batch_length_bytes + message.size());
  protocol::append_to_batch(*batch, message);
  kept_ = std::move(batch);
  answer(release_question(), batch_answer(++down_, kept_));
  return session::SendResult::sent;
}

void RoadConnection::close(CloseCode code, std::string_view reason) {
  if (end_) return;
  end_ = RoadEnd{code, std::string(reason.substr(0, k_reason_bytes_max))};
  ended_ns_ = context_.clock();
  kept_.reset();
  if (question_ != nullptr) {
    told_ = true;
    answer(release_question(), ended_answer(*end_));
  }
  if (stream_ != nullptr) {
    told_ = true;
    RoadPeer* const stream = std::exchange(stream_, nullptr);
    stream->road = nullptr;
    stream->end_stream(end_event(*end_));
  }
}

void RoadConnection::ask(const RoadRequest& request, RoadPeer& peer) {
  if (end_) {
    told_ = true;
    return answer(peer, ended_answer(*end_));
  }
  if (request.action == RoadAction::stream) return stream_to(peer);
  if (request.action == RoadAction::receive) return receive(request, peer);
  take(request, peer);
}

void RoadConnection::take(const RoadRequest& request, RoadPeer& peer) {
  if (!number_fits(request, peer)) return;
  read_batch(request);
  told_ = end_.has_value();
  answer(peer, end_ ? ended_answer(*end_) : nothing_answer());
}

void RoadConnection::stream_to(RoadPeer& peer) {
  if (kind_ != RoadKind::sse) return peer.refuse({409, "this road has no stream"}, Refusal::road_kind);
  if (streamed_) return peer.refuse({409, "this road has had its stream: open another"}, Refusal::road_second_stream);
  streamed_ = true;
  stream_ = &peer;
  peer.road = this;
  streamed_ns_ = context_.clock();
  answer(peer, stream_answer());
}

void RoadConnection::receive(const RoadRequest& request, RoadPeer& peer) {
  if (kind_ == RoadKind::sse) return peer.refuse({409, "this road's messages come down its stream"}, Refusal::road_kind);
  const bool again = kept_ != nullptr && request.got + 1 == down_;
  if (!again && request.got != down_)
    return peer.refuse({409, "cudgel-got is not the number of the last answer"}, Refusal::road_got);
  if (!number_fits(request, peer)) return;
  if (question_ != nullptr) release_question().refuse({409, "a newer request asks for this road"}, Refusal::road_superseded);
  read_batch(request);
  if (end_) {
    told_ = true;
    return answer(peer, ended_answer(*end_));
  }
  if (again) return answer(peer, batch_answer(down_, kept_));
  kept_.reset();
  question_ = &peer;
  peer.road = this;
  alive_ns_ = asked_ns_ = context_.clock();
  events_->pull();
  if (question_ != nullptr && kind_ == RoadKind::poll) answer(release_question(), nothing_answer());
}

bool RoadConnection::number_fits(const RoadRequest& request, RoadPeer& peer) {
  if (request.number <= up_ + 1) return true;
  peer.refuse({409, "cudgel-number leaves a gap"}, Refusal::road_gap);
  return false;
}

void RoadConnection::read_batch(const RoadRequest& request) {
  if (request.number == 0) return;
  if (request.number <= up_) return context_.metrics.refuse(Refusal::road_repeated);
  up_ = request.number;
  auto batch = protocol::BatchReader::open(request.body, protocol::k_batch_up_messages_max);
  if (!batch) {
    context_.metrics.refuse(Refusal::road_batch);
    return close(CloseCode::protocol_error, batch.error().reason);
  }
  while (const auto message = batch->next()) {
    if (end_) return;
    if (message->size() > protocol::k_client_message_bytes_max) return events_->oversized_message();
    events_->message(*message);
  }
}

void RoadConnection::answer(RoadPeer& peer, HttpResponse response) {
  alive_ns_ = context_.clock();
  peer.answer(std::move(response), meter_);
}

RoadPeer& RoadConnection::release_question() {
  RoadPeer& peer = *std::exchange(question_, nullptr);
  peer.road = nullptr;
  return peer;
}

void RoadConnection::abandon(RoadPeer& peer) {
  peer.road = nullptr;
  alive_ns_ = context_.clock();
  if (question_ == &peer) question_ = nullptr;
  if (stream_ != &peer) return;
  stream_ = nullptr;
  context_.metrics.connections_lost.add();
  leave();
}

void RoadConnection::service(ops::Nanoseconds now_ns) {
  if (end_) {
    end_stay();
    gone_ = gone_ || now_ns - ended_ns_ > k_road_end_told_ns;
    return;
  }
  if (silent(now_ns)) {
    context_.metrics.refuse(Refusal::road_silent);
    context_.metrics.connections_lost.add();
    return leave();
  }
  if (question_ != nullptr && now_ns - asked_ns_ > k_long_poll_ns) answer(release_question(), nothing_answer());
  if (stream_ != nullptr && now_ns - streamed_ns_ > k_stream_silent_ns && stream_->stream_ready()) {
    streamed_ns_ = now_ns;
    stream_->stream(k_event_comment);
  }
}

bool RoadConnection::silent(ops::Nanoseconds now_ns) const {
  if (kind_ == RoadKind::sse) return !streamed_ && now_ns - opened_ns_ > k_stream_awaited_ns;
  return question_ == nullptr && now_ns - alive_ns_ > k_road_silent_ns;
}

void RoadConnection::leave() {
  if (gone_) return;
  gone_ = true;
  if (question_ != nullptr) release_question().refuse({404, "there is no such road"}, Refusal::road_unknown);
  if (stream_ != nullptr) {
    stream_->road = nullptr;
    std::exchange(stream_, nullptr)->end_stream({});
  }
  end_stay();
}

void RoadConnection::end_stay() {
  if (events_ == nullptr) return;
  std::exchange(events_, nullptr)->closed();
  meter_.sessions.add(-1);
  seat_ = Seat(nullptr, seat_.address());
}

}  // namespace cudgel::net
