// The floor under every server of this kind: plain epoll, equal bytes to equal connections on the same beat, and no game at all. bench/load.sh
// runs it after the real server and tells the ratio. One program with two roles, so that both ends cost as little as they can:
//
//   cudgel-floor serve HZ FRAME_BYTES                                      prints "listening on http://127.0.0.1:PORT"
//   cudgel-floor visit PORT CONNECTIONS SECONDS MESSAGES_PER_S MESSAGE_BYTES   prints the bytes received
//
// It knows no WebSocket; a connection's bytes are as many as a frame's with its header. Linux only; ends on SIGTERM.

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

namespace {

constexpr std::int64_t k_ns_per_s = 1'000'000'000;
/// How often the visitors look, as the bots do.
constexpr std::int64_t k_look_ns = 5'000'000;
constexpr std::size_t k_header_bytes_max = 4;

[[noreturn]] void die(const char* what) {
  std::perror(what);
  std::exit(1);
}

int numbered(const char* text, int least) {
  const int number = std::atoi(text);
  if (number < least) {
    std::fprintf(stderr, "cudgel-floor: must be a number of at least %d, is %s\n", least, text);
    std::exit(2);
  }
  return number;
}

std::int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * k_ns_per_s + now.tv_nsec;
}

void sleep_until(std::int64_t deadline_ns) {
  const timespec deadline{deadline_ns / k_ns_per_s, deadline_ns % k_ns_per_s};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, nullptr) == EINTR) {}
}

void watch(int epoll, int socket) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = socket;
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event) != 0) die("epoll_ctl");
}

void send_at_once(int socket) {
  const int one = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
}

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

/// Reads once from every socket that has something; calls taken(socket, count), count <= 0 at the end of a connection.
template <class Taken>
void read_all(int epoll, int listener, Taken&& taken) {
  std::array<epoll_event, 1024> events;
  std::array<char, 65536> buffer;
  int count = 0;
  do {
    count = epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 0);
    for (int i = 0; i < count; ++i) {
      const int socket = events[static_cast<std::size_t>(i)].data.fd;
      if (socket == listener) {
        taken(socket, 1);
      } else {
        taken(socket, recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT));
      }
    }
  } while (count == static_cast<int>(events.size()));
}

int serve(int hz, int frame_bytes) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  if (listener < 0 || bind(listener, reinterpret_cast<sockaddr*>(&address), length) != 0 || listen(listener, 4096) != 0)
    die("listen");
  getsockname(listener, reinterpret_cast<sockaddr*>(&address), &length);
  std::printf("listening on http://127.0.0.1:%d\n", ntohs(address.sin_port));
  std::fflush(stdout);
  const int epoll = epoll_create1(0);
  watch(epoll, listener);
  const std::vector<char> frame(static_cast<std::size_t>(frame_bytes) + (frame_bytes < 126 ? 2 : k_header_bytes_max), 'f');
  std::vector<int> visitors;
  std::int64_t deadline_ns = now_ns();
  for (;;) {
    deadline_ns += k_ns_per_s / hz;
    sleep_until(deadline_ns);
    read_all(epoll, listener, [&](int socket, ssize_t count) {
      if (socket == listener) {
        for (int visitor = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK); visitor >= 0;
             visitor = accept4(listener, nullptr, nullptr, SOCK_NONBLOCK)) {
          send_at_once(visitor);
          watch(epoll, visitor);
          visitors.push_back(visitor);
        }
      } else if (count == 0 || (count < 0 && errno != EAGAIN)) {
        std::erase(visitors, socket);
        close(socket);
      }
    });
    for (const int visitor : visitors) send(visitor, frame.data(), frame.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  }
}

int visit(int port, int connections, int seconds, double messages_per_s, int message_bytes) {
  const int epoll = epoll_create1(0);
  std::vector<int> sockets;
  const sockaddr_in address = loopback(port);
  for (int i = 0; i < connections; ++i) {
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    if (socket < 0 || connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) die("connect");
    send_at_once(socket);
    watch(epoll, socket);
    sockets.push_back(socket);
  }
  std::printf("connected\n");
  std::fflush(stdout);
  const std::vector<char> message(static_cast<std::size_t>(message_bytes), 'm');
  std::uint64_t received = 0;
  double owed = 0;
  std::size_t next = 0;
  const std::int64_t began_ns = now_ns();
  for (std::int64_t turn_ns = began_ns; turn_ns - began_ns < seconds * k_ns_per_s;) {
    turn_ns += k_look_ns;
    sleep_until(turn_ns);
    read_all(epoll, -1, [&](int, ssize_t count) {
      if (count == 0) die("the server went away");
      if (count > 0) received += static_cast<std::uint64_t>(count);
    });
    // Spread over the visitors and the time.
    owed += messages_per_s * connections * static_cast<double>(k_look_ns) / static_cast<double>(k_ns_per_s);
    for (; owed >= 1; owed -= 1, next = (next + 1) % sockets.size()) {
      send(sockets[next], message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    }
  }
  std::printf("%llu bytes received\n", static_cast<unsigned long long>(received));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  if (argc == 4 && std::strcmp(argv[1], "serve") == 0) return serve(numbered(argv[2], 1), numbered(argv[3], 1));
  if (argc == 7 && std::strcmp(argv[1], "visit") == 0) {
    return visit(numbered(argv[2], 1), numbered(argv[3], 1), numbered(argv[4], 1), std::atof(argv[5]), numbered(argv[6], 1));
  }
  std::fprintf(stderr, "cudgel-floor serve HZ FRAME_BYTES | visit PORT CONNECTIONS SECONDS MESSAGES_PER_S MESSAGE_BYTES\n");
  return 2;
}
