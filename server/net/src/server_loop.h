#pragma once
// The event loop that a libwebsockets context of ours runs on: epoll, asked once per turn. The library's own loop asks the kernel about every
// socket with poll(), and that, for thousands of connections, costs more than reading the few that have something. This is the library's
// own interface for loops that it does not know (lws_plugin_evlib): it says itself for which socket it waits to read or to write.
// Never blocks. Linux only; one thread.

#include <libwebsockets.h>
#include <sys/epoll.h>

#include <cstdint>
#include <vector>

namespace cudgel::net {

class ServerLoop {
 public:
  ServerLoop();
  ~ServerLoop();
  ServerLoop(const ServerLoop&) = delete;
  ServerLoop& operator=(const ServerLoop&) = delete;

  /// False when the system has no file descriptors left.
  [[nodiscard]] bool usable() const { return epoll_ >= 0; }
  /// Puts this loop under a context that is about to be created with `info`. It must outlive the context.
  void serve(lws_context_creation_info& info);
  /// The library has something to write to this socket, or waits until that may be asked: then nobody else may write to it.
  [[nodiscard]] bool library_writes(int socket) const { return (wanted_[static_cast<std::size_t>(socket)] & EPOLLOUT) != 0; }
  /// What the clock asks of the library, then every socket that has something, once each.
  void turn(lws_context* context);

  // For the library only.
  bool add(int socket);
  void remove(int socket);
  void want(int socket, unsigned flags);

 private:
  [[nodiscard]] std::uint32_t& events_of(int socket);

  int epoll_;
  void* self_ = this;                   ///< what the library is given: it asks for an array of loops, one a thread
  std::size_t sockets_ = 0;             ///< that epoll knows
  std::vector<std::uint32_t> wanted_;   ///< by socket: what epoll was told, 0: it does not know it
  std::vector<epoll_event> announced_;  ///< of one question to epoll; each socket has a place
};

}  // namespace cudgel::net
