#pragma once
// A libwebsockets context's turn, with epoll in front. The library's own loop asks the kernel about every socket with poll(), and that for
// thousands of connections, each turn, costs more than reading the few that have something. Here epoll names those, and the library
// serves just them (lws_service_fd()); its own loop, which also writes, connects and looks at the clock, runs when somebody
// says that it is needed, and four times a second: a pong waits for that. Never blocks. Linux only, single thread.

#include <cstdint>
#include <vector>

struct epoll_event;
struct lws_context;

namespace cudgel::net {

class LibraryLoop {
 public:
  LibraryLoop();
  ~LibraryLoop();
  LibraryLoop(const LibraryLoop&) = delete;
  LibraryLoop& operator=(const LibraryLoop&) = delete;

  /// This socket's reading is announced by epoll from now on, until it is closed. For connections that are established.
  void watch(int socket);
  /// There is more to do than to read: something waits to be written, a handshake or a close is under way. The next turn is the library's own.
  void expect() { expected_ = true; }
  /// Reads everything that has come, once from each socket. `now_ms` of any steady clock.
  void turn(lws_context* context, std::int64_t now_ms);

 private:
  int epoll_;  ///< -1 when the system has no more to give: then every turn is the library's own
  bool expected_ = true;
  std::int64_t own_turn_ms_ = 0;  ///< when the library's own loop ran last
  std::vector<epoll_event> events_;
};

}  // namespace cudgel::net
