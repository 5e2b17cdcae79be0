#pragma once
// One accepted socket until it is answered, closed or turned into a WebSocket: reads request heads, writes answers, keeps to
// deadlines. Non-blocking; woken by readiness, not by the tick, so that downloads run at full speed.
//
//   reading --whole head--> writing --written--> reading (keep-alive) | lingering
//   reading --valid upgrade--> the socket is taken out (Outcome::upgrade)
//   reading --refused, too slow--> writing with close
//   lingering: our side is shut, the peer's last bytes are thrown away so that it can read our answer --end or 2 s--> gone

#include <optional>
#include <string>

#include "net/address.h"
#include "net/http_response.h"
#include "net/site.h"
#include "net/upgrade.h"
#include "ops/log.h"

namespace cudgel::net {

inline constexpr ops::Nanoseconds k_request_deadline_ns =
    5 * ops::k_ns_per_s;  ///< first byte to whole head; also accept to first byte
inline constexpr ops::Nanoseconds k_keep_alive_ns = 15 * ops::k_ns_per_s;     ///< idle between requests
inline constexpr ops::Nanoseconds k_write_stalled_ns = 15 * ops::k_ns_per_s;  ///< nothing of an answer taken
inline constexpr ops::Nanoseconds k_linger_ns = 2 * ops::k_ns_per_s;

struct HttpContext {
  const Site& site;
  const std::vector<std::string>& allow_origins;
  ops::Metrics& metrics;
  ops::LimitedLog& refusal_log;
  bool diagnostics = false;  ///< there is an echo
};

class HttpConnection {
 public:
  enum class Outcome : std::uint8_t { wait_readable, wait_writable, upgrade, gone };

  /// Takes the socket (non-blocking) over and closes it unless it is taken out by take_socket().
  HttpConnection(int socket, Seat seat, HttpContext& context, ops::Nanoseconds now_ns);
  ~HttpConnection();
  HttpConnection(const HttpConnection&) = delete;
  HttpConnection& operator=(const HttpConnection&) = delete;

  /// Does all that can be done without waiting.
  Outcome advance(ops::Nanoseconds now_ns);
  /// Ends what took too long; call now and then.
  Outcome check_deadline(ops::Nanoseconds now_ns);
  /// Turned away before a word was read: the answer is sent at once and the connection ends.
  Outcome turn_away(int status, const std::string& sentence, ops::Nanoseconds now_ns);

  // After Outcome::upgrade.
  [[nodiscard]] const Upgrade& upgrade() const { return *upgrade_; }
  /// What the client sent behind its request.
  [[nodiscard]] const std::string& leftover() const { return received_; }
  int take_socket();
  Seat take_seat() { return std::move(seat_); }

 private:
  enum class State : std::uint8_t { reading, writing, lingering, gone };

  Outcome read(ops::Nanoseconds now_ns);
  Outcome write(ops::Nanoseconds now_ns);
  Outcome linger(ops::Nanoseconds now_ns);
  /// True when a request was complete or refused and an answer or an upgrade is ready.
  bool parse(ops::Nanoseconds now_ns);
  void refuse(const HttpRefusal& refusal, ops::Refusal reason, ops::Nanoseconds now_ns);
  void respond(HttpResponse response, ops::Nanoseconds now_ns);
  [[nodiscard]] Outcome gone();

  int socket_;
  Seat seat_;
  HttpContext& context_;
  State state_ = State::reading;
  ops::Nanoseconds deadline_ns_;
  std::string received_;
  std::string head_;
  HttpResponse response_;
  std::size_t written_ = 0;  ///< of head and body together
  std::optional<Upgrade> upgrade_;
  bool answered_before_ = false;
};

}  // namespace cudgel::net
