#pragma once
// The game's WebSocket connections, by libwebsockets. It is given sockets whose upgrade request was checked
// already, reads and flushes all of them when told to, and turns what comes into calls of a session. One hub per network thread.

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "net/address.h"
#include "net/upgrade.h"
#include "ops/metrics.h"
#include "session/connection.h"

namespace cudgel::net {

/// A peer that answered no ping for this long is gone: pinged after 5 s of silence, dropped at 12 s. Data does not count, only pongs.
inline constexpr std::uint16_t k_ping_after_s = 5;
inline constexpr std::uint16_t k_hang_up_after_s = 12;
/// The kernel keeps at most about this much for a client that does not read; with its own copy about 160 kB.
inline constexpr int k_send_buffer_bytes = 32 * 1024;

class WebSocketHub {
 public:
  /// `host` makes the sessions and must outlive the hub.
  static base::Result<std::unique_ptr<WebSocketHub>, std::string> create(session::ConnectionHost& host, ops::Metrics& metrics);
  ~WebSocketHub();
  WebSocketHub(const WebSocketHub&) = delete;
  WebSocketHub& operator=(const WebSocketHub&) = delete;

  /// Takes the socket over, answers the handshake and opens the session. `leftover`: what came behind the request.
  void adopt(int socket, const Upgrade& upgrade, const std::string& leftover, Seat seat);
  /// Reads every socket once, flushes what waits, sends pings, ends what has to end. Never waits.
  void service();
  [[nodiscard]] std::size_t connections() const;

  struct Impl;  ///< the library's side, in web_socket.cpp

 private:
  explicit WebSocketHub(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Turns the library's own log off: it formats every line in one buffer shared by all threads, and calls each adopted socket an error.
void silence_library_log();

}  // namespace cudgel::net
