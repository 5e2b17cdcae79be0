#include "server_loop.h"

#include <unistd.h>

namespace cudgel::net {
namespace {

/// Told to epoll of every socket: it is announced anyway, and marks a socket that epoll knows.
constexpr std::uint32_t k_known = EPOLLERR;
/// Sockets that one question can name at first; it grows with the sockets there are.
constexpr std::size_t k_announced_first = 64;

/// What the library keeps for us, one a context thread.
struct Kept {
  ServerLoop* loop;
};

ServerLoop& loop_of(lws* wsi) { return *static_cast<Kept*>(lws_evlib_wsi_to_evlib_pt(wsi))->loop; }

int init_thread(lws_context* context, void* loop, int thread) {
  static_cast<Kept*>(lws_evlib_tsi_to_evlib_pt(context, thread))->loop = static_cast<ServerLoop*>(loop);
  return 0;
}

int accepted(lws* wsi) { return loop_of(wsi).add(lws_get_socket_fd(wsi)) ? 0 : 1; }

void want(lws* wsi, unsigned flags) { loop_of(wsi).want(lws_get_socket_fd(wsi), flags); }

int closing(lws* wsi) {
  loop_of(wsi).remove(lws_get_socket_fd(wsi));
  return 0;
}

const lws_event_loop_ops& operations() {
  static const lws_event_loop_ops made = [] {
    lws_event_loop_ops ops{};
    ops.name = "cudgel";
    ops.init_pt = init_thread;
    ops.init_vhost_listen_wsi = accepted;
    ops.sock_accept = accepted;
    ops.io = want;
    ops.wsi_logical_close = closing;
    // A close waits until the peer has closed, too, as with the library's own loop.
    ops.flags = LELOF_ISPOLL;
    ops.evlib_size_pt = sizeof(Kept);
    return ops;
  }();
  return made;
}

const lws_plugin_evlib_t& plugin() {
  static const lws_plugin_evlib_t made{{"cudgel", "lws_evlib_plugin", LWS_BUILD_HASH, LWS_PLUGIN_API_MAGIC}, &operations()};
  return made;
}

}  // namespace

ServerLoop::ServerLoop() : epoll_(epoll_create1(EPOLL_CLOEXEC)), announced_(k_announced_first) {}

ServerLoop::~ServerLoop() {
  if (epoll_ >= 0) close(epoll_);
}

void ServerLoop::serve(lws_context_creation_info& info) {
  info.event_lib_custom = &plugin();
  info.foreign_loops = &self_;
}

std::uint32_t& ServerLoop::events_of(int socket) {
  const auto index = static_cast<std::size_t>(socket);
  if (index >= wanted_.size()) wanted_.resize(index + 1);
  return wanted_[index];
}

bool ServerLoop::add(int socket) {
  epoll_event event{};
  event.events = EPOLLIN | k_known;
  event.data.fd = socket;
  if (epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event) != 0) return false;
  events_of(socket) = event.events;
  if (++sockets_ > announced_.size()) announced_.resize(announced_.size() * 2);
  return true;
}

void ServerLoop::remove(int socket) {
  if (socket < 0 || events_of(socket) == 0) return;
  epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);
  events_of(socket) = 0;
  --sockets_;
}

void ServerLoop::want(int socket, unsigned flags) {
  // The library takes interests back of sockets that it has closed already.
  if (socket < 0 || events_of(socket) == 0) return;
  std::uint32_t changed = 0;
  if ((flags & LWS_EV_READ) != 0) changed |= EPOLLIN;
  if ((flags & LWS_EV_WRITE) != 0) changed |= EPOLLOUT;
  std::uint32_t& wanted = events_of(socket);
  const std::uint32_t next = (flags & LWS_EV_START) != 0 ? wanted | changed : wanted & ~changed;
  if (next == wanted) return;
  wanted = next;
  epoll_event event{};
  event.events = wanted;
  event.data.fd = socket;
  epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event);
}

void ServerLoop::turn(lws_context* context) {
  // Runs what is due. 0: bytes that came together with a handshake wait inside the library, where epoll cannot see them.
  if (lws_service_adjust_timeout(context, 1, 0) == 0) lws_service(context, -1);
  const int count = epoll_wait(epoll_, announced_.data(), static_cast<int>(announced_.size()), 0);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = announced_[static_cast<std::size_t>(i)];
    // The same bits in both interfaces. A socket that was closed meanwhile is unknown to the library, which then does nothing.
    lws_pollfd ready{event.data.fd, static_cast<short>(events_of(event.data.fd)),
                     static_cast<short>(event.events & (EPOLLIN | EPOLLOUT | EPOLLHUP | EPOLLERR))};
    lws_service_fd(context, &ready);
  }
}

}  // namespace cudgel::net
