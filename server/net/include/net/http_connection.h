#pragma once
// One accepted socket until it is answered, closed or turned into a WebSocket: reads requests, writes answers, keeps to
// deadlines. Non-blocking; woken by readiness, not by the tick, so that downloads run at full speed.
//
//   reading --whole request--> writing --written--> reading (keep-alive) | lingering
//   reading --valid upgrade--> the socket is taken out (Outcome::upgrade)
//   reading --of a road on another network thread--> the socket is taken out (Outcome::other_thread)
//   reading --of a road--> waiting, or writing when it answers at once
//   waiting --the road answers--> writing
//   writing --written, endless--> streaming --the road ends the stream--> lingering
//   reading --refused, too slow--> writing with close
//   lingering: our side is shut, the peer's last bytes are thrown away so that it can read our answer --end or 2 s--> gone

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

#include "net/address.h"
#include "net/http_response.h"
#include "net/road_hub.h"
#include "net/road_peer.h"
#include "net/site.h"
#include "net/upgrade.h"
#include "ops/log.h"

namespace cudgel::net {

inline constexpr ops::Nanoseconds k_request_deadline_ns =
    5 * ops::k_ns_per_s;  ///< first byte to whole head; also accept to first byte
inline constexpr ops::Nanoseconds k_body_deadline_ns = 5 * ops::k_ns_per_s;   ///< whole head to whole body
inline constexpr ops::Nanoseconds k_keep_alive_ns = 15 * ops::k_ns_per_s;     ///< idle between requests
inline constexpr ops::Nanoseconds k_write_stalled_ns = 15 * ops::k_ns_per_s;  ///< nothing of an answer taken
inline constexpr ops::Nanoseconds k_linger_ns = 2 * ops::k_ns_per_s;
inline constexpr ops::Nanoseconds k_stream_end_ns = 3 * ops::k_ns_per_s;  ///< for the last of a stream to be taken
/// What the kernel keeps for the reader of a stream at most, about; more would only be old.
inline constexpr int k_stream_send_buffer_bytes = 32 * 1024;
/// The reader of a stream whose machine confirms nothing, or has no room, for this long is gone: nobody pings it, as a WebSocket is. The kernel
/// looks (TCP_USER_TIMEOUT).
inline constexpr unsigned k_stream_unconfirmed_ms = 12'000;

struct HttpContext {
  const Site& site;
  const std::vector<std::string>& allow_origins;
  ops::Metrics& metrics;
  ops::LimitedLog& refusal_log;
  RoadHub& roads;
  std::size_t thread = 0;  ///< this network thread's number, and how many there are
  std::size_t threads = 1;
  bool diagnostics = false;  ///< there is an echo
  /// Sockets that a road has given something to write while they waited: advance() them soon.
  std::vector<int> woken;
};

class HttpConnection final : public RoadPeer {
 public:
  enum class Outcome : std::uint8_t { wait_readable, wait_writable, upgrade, other_thread, gone };

  /// Takes the socket (non-blocking) over and closes it unless it is taken out by take_socket(). `received`: what was read from it already.
  HttpConnection(int socket, Seat seat, HttpContext& context, ops::Nanoseconds now_ns, std::string received = {});
  ~HttpConnection() override;
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  /// Does all that can be done without waiting.
  Outcome advance(ops::Nanoseconds now_ns);
  /// Ends what took too long; call now and then. Nothing when nothing did: it goes on waiting for what advance() said. Only that knows, for whole
  /// requests may be left in memory, of which no reader would hear.
  std::optional<Outcome> check_deadline(ops::Nanoseconds now_ns);
  /// Turned away before a word was read: the answer is sent at once and the connection ends.
  Outcome turn_away(int status, const std::string& sentence, ops::Nanoseconds now_ns);

  // After Outcome::upgrade or Outcome::other_thread.
  [[nodiscard]] const Upgrade& upgrade() const { return *upgrade_; }
  [[nodiscard]] std::size_t other_thread() const { return *other_thread_; }
  /// What the client sent behind its upgrade request; for another thread: from its request on.
  [[nodiscard]] const std::string& leftover() const { return received_; }
  int take_socket();
  Seat take_seat() { return std::move(seat_); }

  [[nodiscard]] const std::string& address() const override { return seat_.address(); }
  void answer(HttpResponse response, ops::TransportMetrics& meter) override;
  void refuse(const HttpRefusal& refusal, ops::Refusal reason) override;
  [[nodiscard]] bool stream_ready() const override { return state_ == State::streaming && outgoing_.empty(); }
  void stream(std::string_view bytes) override;
  void end_stream(std::string_view bytes) override;

 private:
  enum class State : std::uint8_t { reading, waiting, writing, streaming, lingering, gone };

  Outcome read(ops::Nanoseconds now_ns);
  /// A request is under way: nothing is expected but the end, or the next request.
  Outcome read_ahead();
  Outcome write(ops::Nanoseconds now_ns);
  Outcome write_stream(ops::Nanoseconds now_ns);
  Outcome begin_lingering(ops::Nanoseconds now_ns);
  Outcome linger(ops::Nanoseconds now_ns);
  /// True when a request was complete or refused: something was done about it.
  bool parse(ops::Nanoseconds now_ns);
  bool parse_road(const ParsedRequest& parsed, ops::Nanoseconds now_ns);
  void count_sent(ssize_t bytes);
  /// A road has given something to write outside of advance().
  void wake();
  void refuse(const HttpRefusal& refusal, ops::Refusal reason, ops::Nanoseconds now_ns);
  void respond(HttpResponse response, ops::Nanoseconds now_ns);
  [[nodiscard]] Outcome gone();

  int socket_;
  Seat seat_;
  HttpContext& context_;
  State state_ = State::reading;
  ops::Nanoseconds deadline_ns_;
  std::string received_;
  std::size_t needed_bytes_ = 0;  ///< of received_, before a request whose head is there can be whole; 0 while unknown
  std::string head_;
  HttpResponse response_;
  std::size_t written_ = 0;  ///< of head and body together
  std::optional<Upgrade> upgrade_;
  std::optional<std::size_t> other_thread_;
  ops::TransportMetrics* meter_ = nullptr;  ///< of the road that is answered
  bool keep_alive_ = true;                  ///< as the road's request wants it
  std::string outgoing_;                    ///< of a stream: what the socket did not take, of one message at most
  bool last_word_ = false;                  ///< the stream ends behind it
  bool answered_before_ = false;
};

}  // namespace cudgel::net
