#include "library_loop.h"

#include <libwebsockets.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace cudgel::net {

namespace {
/// The library's own loop runs at least this often: its timeouts are whole seconds, and a server waits as long for a pong.
constexpr std::int64_t k_own_turn_every_ms = 250;
/// Sockets served in one turn at first; doubled whenever all of that is used, and the rest is served in the next turn.
constexpr std::size_t k_events_first = 64;
}  // namespace

LibraryLoop::LibraryLoop() : epoll_(epoll_create1(EPOLL_CLOEXEC)), events_(k_events_first) {}

LibraryLoop::~LibraryLoop() {
  if (epoll_ >= 0) close(epoll_);
}

void LibraryLoop::watch(int socket) {
  if (epoll_ < 0) return;
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = socket;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) == 0) return;
  close(epoll_);
  epoll_ = -1;
}

void LibraryLoop::turn(lws_context* context, std::int64_t now_ms) {
  // What came together with a handshake waits inside the library, where epoll cannot see it: then it says 0.
  const bool has_more_inside = lws_service_adjust_timeout(context, 1, 0) == 0;
  if (expected_ || has_more_inside || now_ms - own_turn_ms_ >= k_own_turn_every_ms || epoll_ < 0) {
    expected_ = false;
    own_turn_ms_ = now_ms;
    lws_service(context, -1);
    return;
  }
  const int count = epoll_wait(epoll_, events_.data(), static_cast<int>(events_.size()), 0);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events_[static_cast<std::size_t>(i)];
    // The same bits in both interfaces.
    lws_pollfd ready{event.data.fd, POLLIN, static_cast<short>(event.events & (EPOLLIN | EPOLLHUP | EPOLLERR))};
    lws_service_fd(context, &ready);
  }
  if (count == static_cast<int>(events_.size())) events_.resize(events_.size() * 2);
}

}  // namespace cudgel::net
