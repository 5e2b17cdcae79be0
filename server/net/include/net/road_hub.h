#pragma once
// The three HTTP roads of one network thread (docs/TRANSPORTS.md): finds the road that a request names, opens new ones, forgets those that are
// over. Not one socket in it: it answers peers, at once or when there is something to say.

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "net/address.h"
#include "net/road_peer.h"
#include "net/road_request.h"
#include "ops/metrics.h"
#include "session/connection.h"

namespace cudgel::net {

/// A question of `longpoll` waits this long for something new. Proxies give up after 30 to 60 s.
inline constexpr ops::Nanoseconds k_long_poll_ns = 10 * ops::k_ns_per_s;
/// A road without a request for this long is gone, as a WebSocket that answers no ping.
inline constexpr ops::Nanoseconds k_road_silent_ns = 12 * ops::k_ns_per_s;
/// From /road/open to the stream of `sse`.
inline constexpr ops::Nanoseconds k_stream_awaited_ns = 5 * ops::k_ns_per_s;
/// A stream with nothing to say gets a comment this often: shorter than what proxies and routers call idle.
inline constexpr ops::Nanoseconds k_stream_silent_ns = 5 * ops::k_ns_per_s;
/// How long the reason of an end can still be heard.
inline constexpr ops::Nanoseconds k_road_end_told_ns = 5 * ops::k_ns_per_s;

struct RoadContext;

class RoadHub {
 public:
  /// `host` makes the sessions; `thread` is this network thread's number, below 256. All must outlive the hub.
  RoadHub(session::ConnectionHost& host, Admission& admission, ops::Metrics& metrics, std::size_t thread,
          std::function<ops::Nanoseconds()> clock = ops::monotonic_ns);
  ~RoadHub();
  RoadHub(const RoadHub&) = delete;
  RoadHub& operator=(const RoadHub&) = delete;

  /// Answers the peer, or holds it until there is something to answer: then it must not go away without abandon(). The road is one of this
  /// thread, or none.
  void ask(const RoadRequest& request, RoadPeer& peer);
  /// The socket of a peer that is held is gone.
  void abandon(RoadPeer& peer);
  /// Ends what has taken too long. Call a few times a second; not while a session is in a call.
  void service();
  /// No road is opened any more.
  void stop_opening() { opens_ = false; }
  /// Roads that have not heard yet that they have ended, and can.
  [[nodiscard]] std::size_t untold() const;

 private:
  void open(const RoadRequest& request, RoadPeer& peer);
  [[nodiscard]] std::string new_id() const;

  session::ConnectionHost& host_;
  Admission& admission_;
  std::unique_ptr<RoadContext> context_;
  const std::size_t thread_;
  bool opens_ = true;
  std::unordered_map<std::string, std::unique_ptr<RoadConnection>> roads_;
};

}  // namespace cudgel::net
