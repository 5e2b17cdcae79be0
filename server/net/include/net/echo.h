#pragma once
// The connection test: WebSockets that send everything back. It shows a conformance suite, or a person with a bad proxy, what the
// port does with frames of every kind. No session, no game; exists with --diagnostics only. One hub per network thread, with a
// context of its own, so that its large buffers cost the players nothing.

#include <memory>
#include <string>

#include "base/result.h"
#include "net/address.h"
#include "net/upgrade.h"
#include "ops/metrics.h"

namespace cudgel::net {

/// Largest message, in bytes; what conformance suites send at most. A message is never held whole: it goes back piece by piece.
inline constexpr std::size_t k_echo_message_bytes_max = std::size_t{16} * 1024 * 1024;
/// While more than this waits for the reader, nothing more is read from it.
inline constexpr std::size_t k_echo_backlog_bytes_max = std::size_t{256} * 1024;
/// A reader that takes nothing for this long is cut.
inline constexpr ops::Nanoseconds k_echo_stalled_ns = 15 * ops::k_ns_per_s;

class EchoHub {
 public:
  static base::Result<std::unique_ptr<EchoHub>, std::string> create(ops::Metrics& metrics);
  ~EchoHub();
  EchoHub(const EchoHub&) = delete;
  EchoHub& operator=(const EchoHub&) = delete;

  /// Takes the socket over and answers the handshake. `leftover`: what came behind the request.
  void adopt(int socket, const Upgrade& upgrade, const std::string& leftover, Seat seat);
  /// Reads and writes what is possible, up to a few milliseconds' worth; ends who has stalled. Never waits.
  void service(ops::Nanoseconds now_ns);
  /// True when service() stopped before everything was done.
  [[nodiscard]] bool busy() const;
  /// An epoll descriptor, readable when a socket has something new; service() empties it.
  [[nodiscard]] int wake() const;
  /// Tells everybody `reason` (1001).
  void go_away(const std::string& reason);
  [[nodiscard]] std::size_t connections() const;

  struct Impl;  ///< the library's side, in echo.cpp

 private:
  explicit EchoHub(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace cudgel::net
