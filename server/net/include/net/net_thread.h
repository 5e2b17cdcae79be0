#pragma once
// One thread that talks to people: accepts connections, answers HTTP and the HTTP roads as it comes, and serves WebSockets on the tick's beat:
// shortly before a tick all sockets are read once and the batch of inputs is handed to the realm; when the realm shows its
// picture every session's frame is encoded and sent. An input never wakes the thread by itself, for it only matters at the tick.

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <unordered_map>

#include "net/echo.h"
#include "net/hand_over.h"
#include "net/http_connection.h"
#include "net/road_hub.h"
#include "net/web_socket.h"
#include "realm/stage.h"
#include "session/sessions.h"

namespace cudgel::net {

/// How long the players are given to hear that the server ends.
inline constexpr ops::Nanoseconds k_farewell_ns = 2 * ops::k_ns_per_s;

struct NetThreadOptions {
  const content::Content& content;
  const Site& site;
  const std::vector<std::string>& allow_origins;
  Admission& admission;
  realm::Stage& stage;
  realm::Inbox& inbox;
  session::Residents& residents;
  ops::Metrics& metrics;
  ops::LimitedLog& refusal_log;
  HandOver& hand_over;
  std::size_t thread = 0;  ///< this one's number, below hand_over.threads()
  std::uint8_t tick_hz = 20;
  std::uint16_t arena_side = 0;
  bool diagnostics = false;  ///< with an echo
  bool free_fights = false;  ///< of an arena_side
};

class NetThread {
 public:
  /// Takes the listening socket over. Not running yet: bell() belongs on the stage first. Once one thread runs, none may be destroyed
  /// before all are joined: they leave each other sockets.
  static base::Result<std::unique_ptr<NetThread>, std::string> create(int listen_socket, NetThreadOptions options);
  ~NetThread();
  NetThread(const NetThread&) = delete;
  NetThread& operator=(const NetThread&) = delete;

  /// The eventfd that wakes this thread.
  [[nodiscard]] int bell() const { return bell_; }
  void start();
  /// Accepts nobody any more, tells every player `reason` (1001) and ends within k_farewell_ns. Any thread; does not wait.
  void begin_farewell(const std::string& reason);
  void join();

 private:
  NetThread(int listen_socket, NetThreadOptions options);
  void run();
  void wait(int timeout_ms);
  [[nodiscard]] int timeout_ms(ops::Nanoseconds now_ns) const;
  void accept_all(ops::Nanoseconds now_ns);
  void accept_one(int socket, const std::string& address, ops::Nanoseconds now_ns);
  void advance_http(int socket, ops::Nanoseconds now_ns);
  void add_http(int socket, std::unique_ptr<HttpConnection> connection);
  void settle(int socket, HttpConnection::Outcome outcome);
  void settle_woken(ops::Nanoseconds now_ns);
  void take_handed_over(ops::Nanoseconds now_ns);
  void check_http_deadlines(ops::Nanoseconds now_ns);
  void show_picture(ops::Nanoseconds now_ns);
  void read_sockets();
  void serve_echo();
  void farewell();

  NetThreadOptions options_;
  session::Sessions sessions_;
  RoadHub roads_;
  HttpContext http_context_;
  int listen_socket_;
  int epoll_ = -1;
  int bell_ = -1;
  std::unique_ptr<WebSocketHub> hub_;
  std::unique_ptr<EchoHub> echo_;  ///< with diagnostics only
  struct HttpEntry {
    std::unique_ptr<HttpConnection> connection;
    bool waits_writable = false;
  };
  std::unordered_map<int, HttpEntry> http_;
  std::vector<int> http_due_;  ///< scratch of check_http_deadlines

  base::Tick shown_tick_ = 0;
  bool shown_any_ = false;
  bool rang_ = false;
  ops::Nanoseconds read_at_ns_ = 0;       ///< when to read the sockets next
  ops::Nanoseconds service_cost_ns_ = 0;  ///< of the last reads, smoothed: how early to begin
  ops::Nanoseconds next_deadline_check_ns_ = 0;

  std::atomic<bool> farewell_{false};
  std::string farewell_reason_;
  std::thread thread_;
};

}  // namespace cudgel::net
