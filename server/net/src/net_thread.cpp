#include "net/net_thread.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include <fmt/format.h>

namespace cudgel::net {
namespace {

/// The sockets are read this long before the tick, or earlier when reading takes longer. Earlier: older inputs; later: a tick's delay.
constexpr ops::Nanoseconds k_read_lead_min_ns = 2 * ops::k_ns_per_ms;
constexpr ops::Nanoseconds k_read_lead_max_ns = 20 * ops::k_ns_per_ms;
/// Longest sleep; the world may not tick yet, or be stuck.
constexpr ops::Nanoseconds k_idle_ns = 50 * ops::k_ns_per_ms;
constexpr ops::Nanoseconds k_deadline_check_ns = 100 * ops::k_ns_per_ms;
/// Accepted per turn, so that a flood of connections does not keep the players waiting.
constexpr int k_accepts_per_turn = 64;
/// Connections above the limit that are still told so in words; beyond them the socket is just closed.
constexpr std::size_t k_turned_away_max = 64;

session::SessionContext session_context(const NetThreadOptions& options) {
  session::SessionContext context{options.content,   options.tick_hz, options.arena_side, options.inbox,
                                  options.residents, options.metrics, options.refusal_log};
  context.free_fights = options.free_fights;
  return context;
}

}  // namespace

NetThread::NetThread(int listen_socket, NetThreadOptions options)
    : options_(options),
      sessions_(session_context(options)),
      roads_(sessions_, options.admission, options.metrics, options.thread),
      http_context_{options.site,
                    options.allow_origins,
                    options.metrics,
                    options.refusal_log,
                    roads_,
                    options.thread,
                    options.hand_over.threads(),
                    options.diagnostics,
                    {}},
      listen_socket_(listen_socket) {}

base::Result<std::unique_ptr<NetThread>, std::string> NetThread::create(int listen_socket, NetThreadOptions options) {
  std::unique_ptr<NetThread> thread(new NetThread(listen_socket, options));
  thread->epoll_ = epoll_create1(EPOLL_CLOEXEC);
  thread->bell_ = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  if (thread->epoll_ < 0 || thread->bell_ < 0) return base::fail(std::string("no file descriptors are left: raise ulimit -n"));
  for (const int socket : {listen_socket, thread->bell_}) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = socket;
    epoll_ctl(thread->epoll_, EPOLL_CTL_ADD, socket, &event);
  }
  options.hand_over.set_bell(options.thread, thread->bell_);
  auto hub = WebSocketHub::create(thread->sessions_, options.metrics);
  if (!hub) return base::fail(hub.error());
  thread->hub_ = std::move(*hub);
  if (options.diagnostics) {
    auto echo = EchoHub::create(options.metrics);
    if (!echo) return base::fail(echo.error());
    thread->echo_ = std::move(*echo);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = thread->echo_->wake();
    epoll_ctl(thread->epoll_, EPOLL_CTL_ADD, event.data.fd, &event);
  }
  return thread;
}

NetThread::~NetThread() {
  if (thread_.joinable()) {
    begin_farewell("the server ends");
    join();
  }
  hub_.reset();
  echo_.reset();
  http_.clear();
  for (const int socket : {listen_socket_, bell_, epoll_}) {
    if (socket >= 0) close(socket);
  }
}

void NetThread::start() {
  thread_ = std::thread([this] { run(); });
}

void NetThread::begin_farewell(const std::string& reason) {
  farewell_reason_ = reason;
  farewell_.store(true, std::memory_order_release);
  eventfd_write(bell_, 1);
}

void NetThread::join() {
  if (thread_.joinable()) thread_.join();
}

void NetThread::run() {
  pthread_setname_np(pthread_self(), "net");  // what top -H and debuggers show
  while (!farewell_.load(std::memory_order_acquire)) {
    wait(timeout_ms(ops::monotonic_ns()));
    const ops::Nanoseconds now_ns = ops::monotonic_ns();
    if (rang_) show_picture(now_ns);
    // Sleeps end on whole milliseconds: what is left of one is not worth another turn.
    if (ops::real_sleep_ms(read_at_ns_ - ops::monotonic_ns()) < 1) read_sockets();
    if (now_ns >= next_deadline_check_ns_) {
      check_http_deadlines(now_ns);
      roads_.service();
      settle_woken(now_ns);
      if (echo_) serve_echo();
    }
    if (echo_ && echo_->busy()) serve_echo();
  }
  farewell();
}

/// Sleeps until the bell rings, HTTP has something to do or the time is over, and does what HTTP has to do.
void NetThread::wait(int timeout_ms) {
  std::array<epoll_event, 64> events;
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), timeout_ms);
  const ops::Nanoseconds now_ns = ops::monotonic_ns();
  for (int i = 0; i < count; ++i) {
    const int socket = events[static_cast<std::size_t>(i)].data.fd;
    if (socket == bell_) {
      eventfd_t rings = 0;
      eventfd_read(bell_, &rings);
      rang_ = true;
      take_handed_over(now_ns);
    } else if (socket == listen_socket_) {
      accept_all(now_ns);
    } else if (echo_ && socket == echo_->wake()) {
      serve_echo();
    } else {
      advance_http(socket, now_ns);
    }
  }
  settle_woken(now_ns);
}

/// Rounded down: waking a little early costs one more turn, waking late costs the players a tick.
int NetThread::timeout_ms(ops::Nanoseconds now_ns) const {
  if (echo_ && echo_->busy()) return 0;
  return static_cast<int>(ops::real_sleep_ms(std::max<ops::Nanoseconds>(0, std::min(read_at_ns_ - now_ns, k_idle_ns))));
}

void NetThread::accept_all(ops::Nanoseconds now_ns) {
  for (int i = 0; i < k_accepts_per_turn; ++i) {
    sockaddr_storage peer{};
    socklen_t length = sizeof peer;
    const int socket = accept4(listen_socket_, reinterpret_cast<sockaddr*>(&peer), &length, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket < 0) {
      if (errno == EMFILE || errno == ENFILE) {
        options_.metrics.refuse(ops::Refusal::connections_max);
        options_.refusal_log.warn("no file descriptors are left: raise ulimit -n or lower --connections-max");
        // The waiting connection would wake us again at once, for ever.
        usleep(1000);
      }
      return;
    }
    const int one = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    accept_one(socket, address_text(reinterpret_cast<sockaddr*>(&peer), length), now_ns);
  }
}

void NetThread::accept_one(int socket, const std::string& address, ops::Nanoseconds now_ns) {
  options_.metrics.connections_accepted.add();
  std::optional<Seat> seat;
  const Admission::Verdict verdict = options_.admission.admit(address, seat);
  const bool admitted = verdict == Admission::Verdict::admitted;
  if (!admitted) {
    const bool full = verdict == Admission::Verdict::too_many;
    options_.metrics.refuse(full ? ops::Refusal::connections_max : ops::Refusal::connections_per_address);
    options_.refusal_log.warn("{} is turned away: {}", address, full ? "the server is full" : "too many connections from there");
    if (http_.size() > k_turned_away_max + static_cast<std::size_t>(options_.admission.connections_max())) {
      close(socket);
      return;
    }
  }
  auto connection =
      std::make_unique<HttpConnection>(socket, admitted ? std::move(*seat) : Seat(nullptr, address), http_context_, now_ns);
  HttpConnection& added = *connection;
  add_http(socket, std::move(connection));
  HttpConnection::Outcome outcome = HttpConnection::Outcome::gone;
  if (admitted) {
    outcome = added.advance(now_ns);
  } else if (verdict == Admission::Verdict::too_many) {
    outcome = added.turn_away(503, "the server is full: try again later", now_ns);
  } else {
    outcome = added.turn_away(
        429, fmt::format("too many connections from your address: at most {} at once", options_.admission.per_address()), now_ns);
  }
  settle(socket, outcome);
}

void NetThread::add_http(int socket, std::unique_ptr<HttpConnection> connection) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = socket;
  epoll_ctl(epoll_, EPOLL_CTL_ADD, socket, &event);
  http_[socket] = {std::move(connection), false};
}

void NetThread::advance_http(int socket, ops::Nanoseconds now_ns) {
  const auto found = http_.find(socket);
  if (found != http_.end()) settle(socket, found->second.connection->advance(now_ns));
}

/// What roads have answered, to sockets that waited. Their next requests may make others move.
void NetThread::settle_woken(ops::Nanoseconds now_ns) {
  for (std::size_t i = 0; i < http_context_.woken.size(); ++i) advance_http(http_context_.woken[i], now_ns);
  http_context_.woken.clear();
}

void NetThread::take_handed_over(ops::Nanoseconds now_ns) {
  for (HandedOver& taken : options_.hand_over.take(options_.thread)) {
    add_http(taken.socket, std::make_unique<HttpConnection>(taken.socket, std::move(taken.seat), http_context_, now_ns,
                                                            std::move(taken.received)));
    advance_http(taken.socket, now_ns);
  }
}

void NetThread::settle(int socket, HttpConnection::Outcome outcome) {
  const auto found = http_.find(socket);
  HttpEntry& entry = found->second;
  if (outcome == HttpConnection::Outcome::gone) {
    epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);
    http_.erase(found);
    return;
  }
  if (outcome == HttpConnection::Outcome::upgrade) {
    epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);
    options_.metrics.connections.add(-1);
    HttpConnection& connection = *entry.connection;
    connection.take_socket();
    if (connection.upgrade().endpoint == Endpoint::echo) {
      echo_->adopt(socket, connection.upgrade(), connection.leftover(), connection.take_seat());
      serve_echo();
    } else {
      hub_->adopt(socket, connection.upgrade(), connection.leftover(), connection.take_seat());
    }
    http_.erase(found);
    return;
  }
  if (outcome == HttpConnection::Outcome::other_thread) {
    epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, nullptr);
    options_.metrics.connections.add(-1);
    HttpConnection& connection = *entry.connection;
    connection.take_socket();
    options_.hand_over.give(connection.other_thread(), {socket, connection.take_seat(), connection.leftover()});
    http_.erase(found);
    return;
  }
  const bool waits_writable = outcome == HttpConnection::Outcome::wait_writable;
  if (waits_writable == entry.waits_writable) return;
  entry.waits_writable = waits_writable;
  epoll_event event{};
  event.events = waits_writable ? EPOLLOUT : EPOLLIN;
  event.data.fd = socket;
  epoll_ctl(epoll_, EPOLL_CTL_MOD, socket, &event);
}

void NetThread::check_http_deadlines(ops::Nanoseconds now_ns) {
  next_deadline_check_ns_ = now_ns + k_deadline_check_ns;
  http_due_.clear();
  for (const auto& [socket, entry] : http_) http_due_.push_back(socket);
  for (const int socket : http_due_) {
    if (const auto outcome = http_.find(socket)->second.connection->check_deadline(now_ns)) settle(socket, *outcome);
  }
}

/// The realm has ticked: every session gets its frame.
void NetThread::show_picture(ops::Nanoseconds now_ns) {
  rang_ = false;
  const realm::Showing showing = options_.stage.newest();
  if (!showing.picture || (shown_any_ && showing.picture->tick == shown_tick_)) return;
  shown_any_ = true;
  shown_tick_ = showing.picture->tick;
  sessions_.show(showing.picture, now_ns);
  settle_woken(now_ns);
  const ops::Nanoseconds lead = std::clamp(2 * service_cost_ns_ + ops::k_ns_per_ms, k_read_lead_min_ns, k_read_lead_max_ns);
  read_at_ns_ = showing.next_tick_ns - lead;
}

/// The next tick is near: everything that has come is read, decoded and handed to the realm.
void NetThread::read_sockets() {
  const ops::Nanoseconds began_ns = ops::monotonic_ns();
  hub_->service();
  options_.inbox.hand_over();
  sessions_.sweep();
  const ops::Nanoseconds ended_ns = ops::monotonic_ns();
  service_cost_ns_ = (service_cost_ns_ * 7 + (ended_ns - began_ns)) / 8;
  // Until the next picture says better; also the beat of a world that does not tick yet.
  read_at_ns_ = ended_ns + k_idle_ns;
}

void NetThread::serve_echo() { echo_->service(ops::monotonic_ns()); }

void NetThread::farewell() {
  close(listen_socket_);
  listen_socket_ = -1;
  roads_.stop_opening();
  sessions_.go_away(farewell_reason_);
  settle_woken(ops::monotonic_ns());
  if (echo_) echo_->go_away(farewell_reason_);
  const ops::Nanoseconds until_ns = ops::monotonic_ns() + k_farewell_ns;
  // Roads hear it when they ask next: so HTTP is still served, on the sockets that are there.
  while ((hub_->connections() > 0 || roads_.untold() > 0 || (echo_ && echo_->connections() > 0)) &&
         ops::monotonic_ns() < until_ns) {
    hub_->service();
    roads_.service();
    sessions_.sweep();
    if (echo_) serve_echo();
    wait(5);
  }
  http_.clear();
}

}  // namespace cudgel::net
