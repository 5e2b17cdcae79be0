#pragma once
// One HTTP road: a session's connection that is made of requests. Keeps the numbers of both directions, the request that waits for something
// new, the stream, and the one answer that may have to be given again. Knows no socket, only peers.
//
//   open --close()------------------------------------------> ended: told to every request --5 s--> gone
//   open --/road/close, silence, the stream breaks or does not come--> gone
//
// Memory: one frame (64 KiB) at most is kept, the last answer until the client has it. A stream keeps none; what a socket did not take of an
// event waits with its peer.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "net/address.h"
#include "net/road_hub.h"
#include "net/road_peer.h"
#include "net/road_request.h"
#include "road_answers.h"
#include "session/connection.h"

namespace cudgel::net {

/// What all roads of one network thread share.
struct RoadContext {
  ops::Metrics& metrics;
  std::function<ops::Nanoseconds()> clock;
  std::string event;  ///< scratch: one message as text
};

ops::Transport transport_of(RoadKind kind);

class RoadConnection final : public session::Connection {
 public:
  RoadConnection(RoadKind kind, Seat seat, RoadContext& context);
  ~RoadConnection() override;
  RoadConnection(const RoadConnection&) = delete;
  RoadConnection& operator=(const RoadConnection&) = delete;

  /// The session, once it is made: before anything else is called.
  void attach(session::ConnectionEvents& events) { events_ = &events; }
  /// Answers, or holds the peer until there is something to answer.
  void ask(const RoadRequest& request, RoadPeer& peer);
  /// The socket of the request that waits, or of the stream, is gone.
  void abandon(RoadPeer& peer);
  /// Answers what has waited long enough, sends a comment down a silent stream, notices what is over.
  void service(ops::Nanoseconds now_ns);
  /// The road is not there any more; a request that waits is answered so.
  void leave();

  [[nodiscard]] bool gone() const { return gone_; }
  /// How it ended, when it has.
  [[nodiscard]] const std::optional<RoadEnd>& end() const { return end_; }
  /// The end was asked for, and told.
  [[nodiscard]] bool told() const { return told_; }
  [[nodiscard]] ops::TransportMetrics& meter() const { return meter_; }

  [[nodiscard]] bool ready() const override;
  session::SendResult send(std::span<const std::uint8_t> message) override;
  void close(protocol::CloseCode code, std::string_view reason) override;
  [[nodiscard]] bool asks() const override { return kind_ != RoadKind::sse; }
  [[nodiscard]] const std::string& address() const override { return seat_.address(); }

 private:
  void take(const RoadRequest& request, RoadPeer& peer);
  void stream_to(RoadPeer& peer);
  void receive(const RoadRequest& request, RoadPeer& peer);
  /// False when the numbers do not fit: then the peer is refused already.
  bool number_fits(const RoadRequest& request, RoadPeer& peer);
  /// Reads the request's batch, unless it is known.
  void read_batch(const RoadRequest& request);
  void answer(RoadPeer& peer, HttpResponse response);
  RoadPeer& release_question();
  /// Tells the session that its connection is gone, and frees the place.
  void end_stay();
  [[nodiscard]] bool silent(ops::Nanoseconds now_ns) const;

  const RoadKind kind_;
  Seat seat_;
  RoadContext& context_;
  ops::TransportMetrics& meter_;
  session::ConnectionEvents* events_ = nullptr;
  const ops::Nanoseconds opened_ns_;
  ops::Nanoseconds alive_ns_;  ///< when a request was last taken or answered

  std::uint32_t up_ = 0;                                   ///< number of the last batch read
  std::uint32_t down_ = 0;                                 ///< number of the last answer
  std::shared_ptr<const std::vector<std::uint8_t>> kept_;  ///< it, until the client has it
  RoadPeer* question_ = nullptr;                           ///< waits for something new
  ops::Nanoseconds asked_ns_ = 0;
  RoadPeer* stream_ = nullptr;
  bool streamed_ = false;             ///< it has had its stream
  ops::Nanoseconds streamed_ns_ = 0;  ///< when something last went down it

  std::optional<RoadEnd> end_;
  ops::Nanoseconds ended_ns_ = 0;
  bool told_ = false;
  bool gone_ = false;
};

}  // namespace cudgel::net
