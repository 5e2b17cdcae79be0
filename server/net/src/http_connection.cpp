#include "net/http_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/assert.h"
#include "net/road_request.h"

namespace cudgel::net {
namespace {

/// A client that sends request behind request gets its turns like everybody else: two steps are one request.
constexpr int k_steps_per_turn = 16;
/// Read at once. A head is usually below 1 kB.
constexpr std::size_t k_read_bytes = 4096;
/// Thrown away at most while lingering; more is an upload nobody asked for.
constexpr std::size_t k_linger_bytes_max = 1024 * 1024;
/// What may follow a request before its answer: a WebSocket's first message or two, or the next request.
constexpr std::size_t k_leftover_bytes_max = 8192;

ops::Refusal reason_of(int status) {
  switch (status) {
    case 403:
      return ops::Refusal::origin;
    case 404:
      return ops::Refusal::http_not_found;
    case 405:
      return ops::Refusal::http_method;
    case 411:
      return ops::Refusal::http_length;
    case 413:
      return ops::Refusal::http_too_big;
    case 417:
      return ops::Refusal::http_expect;
    default:
      return ops::Refusal::http_malformed;
  }
}

}  // namespace

HttpConnection::HttpConnection(int socket, Seat seat, HttpContext& context, ops::Nanoseconds now_ns, std::string received)
    : socket_(socket),
      seat_(std::move(seat)),
      context_(context),
      deadline_ns_(now_ns + k_request_deadline_ns),
      received_(std::move(received)) {
  context_.metrics.connections.add(1);
}

HttpConnection::~HttpConnection() {
  if (road != nullptr) context_.roads.abandon(*this);
  if (socket_ < 0) return;
  close(socket_);
  context_.metrics.connections.add(-1);
}

int HttpConnection::take_socket() {
  const int socket = socket_;
  socket_ = -1;
  state_ = State::gone;
  return socket;
}

HttpConnection::Outcome HttpConnection::gone() {
  state_ = State::gone;
  return Outcome::gone;
}

HttpConnection::Outcome HttpConnection::advance(ops::Nanoseconds now_ns) {
  for (int step = 0; step < k_steps_per_turn; ++step) {
    Outcome outcome = Outcome::gone;
    switch (state_) {
      case State::gone:
        return Outcome::gone;
      case State::lingering:
        return linger(now_ns);
      case State::reading:
        outcome = read(now_ns);
        if (state_ != State::writing) return outcome;
        break;
      case State::waiting:
        return read_ahead();
      case State::writing:
        outcome = write(now_ns);
        if (state_ == State::writing || state_ == State::gone) return outcome;
        break;
      case State::streaming:
        outcome = write_stream(now_ns);
        if (state_ != State::lingering) return outcome;
        break;
    }
  }
  // There may be whole requests left in memory, for which no event comes: a writable socket brings the next turn at once.
  return Outcome::wait_writable;
}

HttpConnection::Outcome HttpConnection::read(ops::Nanoseconds now_ns) {
  std::array<char, k_read_bytes> buffer;
  for (;;) {
    if (parse(now_ns)) {
      if (upgrade_) return Outcome::upgrade;
      if (other_thread_) return Outcome::other_thread;
      return state_ == State::waiting ? Outcome::wait_readable : Outcome::wait_writable;
    }
    const ssize_t count = recv(socket_, buffer.data(), buffer.size(), 0);
    if (count > 0) {
      if (received_.empty()) deadline_ns_ = now_ns + k_request_deadline_ns;
      received_.append(buffer.data(), static_cast<std::size_t>(count));
      continue;
    }
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return Outcome::wait_readable;
    return gone();
  }
}

HttpConnection::Outcome HttpConnection::read_ahead() {
  std::array<char, k_read_bytes> buffer;
  for (;;) {
    const ssize_t count = recv(socket_, buffer.data(), buffer.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return Outcome::wait_readable;
    if (count <= 0) return gone();
    received_.append(buffer.data(), static_cast<std::size_t>(count));
    if (received_.size() <= k_leftover_bytes_max) continue;
    context_.metrics.refuse(ops::Refusal::http_malformed);
    return gone();
  }
}

bool HttpConnection::parse(ops::Nanoseconds now_ns) {
  if (received_.empty() || received_.size() < needed_bytes_) return false;
  const ParsedRequest parsed = parse_request(received_);
  if (parsed.state == ParseState::incomplete) return false;
  if (parsed.state == ParseState::refused) {
    refuse(parsed.refusal, reason_of(parsed.refusal.status), now_ns);
    return true;
  }
  const HttpRequest& request = parsed.request;
  if (is_road_request(request)) return parse_road(parsed, now_ns);
  if (!asks_for_websocket(request, context_.diagnostics)) {
    HttpResponse response = context_.site.answer(request, now_ns);
    received_.erase(0, parsed.head_bytes);
    respond(std::move(response), now_ns);
    return true;
  }
  auto upgrade = check_upgrade(request, context_.allow_origins, context_.diagnostics);
  if (!upgrade) {
    const bool subprotocol = upgrade.error().status == 400 && upgrade.error().sentence.starts_with("sec-websocket-protocol");
    refuse(upgrade.error(), subprotocol ? ops::Refusal::subprotocol : reason_of(upgrade.error().status), now_ns);
    return true;
  }
  received_.erase(0, parsed.head_bytes);
  if (received_.size() > k_leftover_bytes_max) {
    refuse({400, "too much came behind the upgrade request"}, ops::Refusal::http_malformed, now_ns);
    return true;
  }
  upgrade_ = std::move(*upgrade);
  return true;
}

bool HttpConnection::parse_road(const ParsedRequest& parsed, ops::Nanoseconds now_ns) {
  const HttpRequest& request = parsed.request;
  const std::size_t whole_bytes = parsed.head_bytes + request.body_bytes;
  if (received_.size() < whole_bytes) {
    needed_bytes_ = whole_bytes;
    deadline_ns_ = now_ns + k_body_deadline_ns;
    return false;
  }
  needed_bytes_ = 0;
  const std::string_view body = std::string_view(received_).substr(parsed.head_bytes, request.body_bytes);
  auto road_request = read_road_request(request, body, context_.allow_origins);
  if (!road_request) {
    refuse(road_request.error(), reason_of(road_request.error().status), now_ns);
    return true;
  }
  if (road_request->action != RoadAction::open) {
    const std::size_t thread = road_thread(road_request->id);
    if (thread != context_.thread && thread < context_.threads) {
      other_thread_ = thread;
      return true;
    }
  }
  road_request->wire_bytes = whole_bytes;
  keep_alive_ = request.keep_alive;
  received_.erase(0, whole_bytes);
  context_.metrics.http_requests.add();
  context_.roads.ask(*road_request, *this);
  if (state_ == State::reading) state_ = State::waiting;
  return true;
}

void HttpConnection::wake() {
  if (state_ != State::reading) context_.woken.push_back(socket_);
}

void HttpConnection::answer(HttpResponse response, ops::TransportMetrics& meter) {
  wake();
  meter_ = &meter;
  response.close = response.close || !keep_alive_;
  respond(std::move(response), ops::monotonic_ns());
}

void HttpConnection::refuse(const HttpRefusal& refusal, ops::Refusal reason) {
  wake();
  refuse(refusal, reason, ops::monotonic_ns());
}

void HttpConnection::refuse(const HttpRefusal& refusal, ops::Refusal reason, ops::Nanoseconds now_ns) {
  context_.metrics.refuse(reason);
  context_.refusal_log.warn("{} is answered {}: {}", seat_.address(), refusal.status, refusal.sentence);
  HttpResponse response = sentence_response(refusal.status, refusal.sentence);
  response.close = true;
  if (refusal.status == 405) response.headers.emplace_back("Allow", refusal.allow);
  if (refusal.status == 426) {
    response.headers.emplace_back("Upgrade", "websocket");
    response.headers.emplace_back("Sec-WebSocket-Version", "13");
  }
  received_.clear();
  needed_bytes_ = 0;
  respond(std::move(response), now_ns);
}

void HttpConnection::respond(HttpResponse response, ops::Nanoseconds now_ns) {
  response_ = std::move(response);
  head_ = response_.render_head();
  written_ = 0;
  state_ = State::writing;
  deadline_ns_ = now_ns + k_write_stalled_ns;
}

HttpConnection::Outcome HttpConnection::write(ops::Nanoseconds now_ns) {
  const std::string_view body = response_.head_only ? std::string_view() : response_.body();
  const std::size_t total = head_.size() + body.size();
  while (written_ < total) {
    std::array<iovec, 2> parts{};
    std::size_t count = 0;
    if (written_ < head_.size()) parts[count++] = {head_.data() + written_, head_.size() - written_};
    const std::size_t of_body = written_ > head_.size() ? written_ - head_.size() : 0;
    if (of_body < body.size()) parts[count++] = {const_cast<char*>(body.data() + of_body), body.size() - of_body};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = count;
    const ssize_t sent = sendmsg(socket_, &message, MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno == EINTR) continue;
      return errno == EAGAIN || errno == EWOULDBLOCK ? Outcome::wait_writable : gone();
    }
    written_ += static_cast<std::size_t>(sent);
    count_sent(sent);
    deadline_ns_ = now_ns + k_write_stalled_ns;
  }
  answered_before_ = true;
  const bool endless = response_.endless;
  const bool close = response_.close;
  response_ = {};
  if (endless) {
    setsockopt(socket_, SOL_SOCKET, SO_SNDBUF, &k_stream_send_buffer_bytes, sizeof k_stream_send_buffer_bytes);
    setsockopt(socket_, IPPROTO_TCP, TCP_USER_TIMEOUT, &k_stream_unconfirmed_ms, sizeof k_stream_unconfirmed_ms);
    state_ = State::streaming;
    return Outcome::wait_readable;
  }
  meter_ = nullptr;
  if (close) return begin_lingering(now_ns);
  state_ = State::reading;
  deadline_ns_ = now_ns + k_keep_alive_ns;
  return Outcome::wait_readable;
}

void HttpConnection::count_sent(ssize_t bytes) {
  const auto count = static_cast<std::uint64_t>(bytes);
  context_.metrics.http_bytes_sent.add(count);
  if (meter_ != nullptr) meter_->wire_bytes_sent.add(count);
}

void HttpConnection::stream(std::string_view bytes) {
  CUDGEL_ASSERT(stream_ready());
  const ssize_t sent = send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  if (sent > 0) count_sent(sent);
  const std::size_t taken = sent > 0 ? static_cast<std::size_t>(sent) : 0;
  if (taken == bytes.size()) return;
  // What kind of failure it is shows when the rest is written.
  outgoing_ = bytes.substr(taken);
  wake();
}

void HttpConnection::end_stream(std::string_view bytes) {
  wake();
  if (state_ == State::writing) {
    // The head has not left yet.
    response_.own_body = std::string(response_.body()).append(bytes);
    response_.endless = false;
    return;
  }
  outgoing_ += bytes;
  last_word_ = true;
  deadline_ns_ = ops::monotonic_ns() + k_stream_end_ns;
}

HttpConnection::Outcome HttpConnection::write_stream(ops::Nanoseconds now_ns) {
  while (!outgoing_.empty()) {
    const ssize_t sent = send(socket_, outgoing_.data(), outgoing_.size(), MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno == EINTR) continue;
      return errno == EAGAIN || errno == EWOULDBLOCK ? Outcome::wait_writable : gone();
    }
    count_sent(sent);
    outgoing_.erase(0, static_cast<std::size_t>(sent));
  }
  outgoing_ = {};  // its memory, too: a stream that flows keeps nothing
  return last_word_ ? begin_lingering(now_ns) : read_ahead();
}

HttpConnection::Outcome HttpConnection::begin_lingering(ops::Nanoseconds now_ns) {
  shutdown(socket_, SHUT_WR);
  state_ = State::lingering;
  deadline_ns_ = now_ns + k_linger_ns;
  return Outcome::wait_readable;
}

HttpConnection::Outcome HttpConnection::linger(ops::Nanoseconds) {
  std::array<char, k_read_bytes> buffer;
  std::size_t thrown_away = 0;
  while (thrown_away < k_linger_bytes_max) {
    const ssize_t count = recv(socket_, buffer.data(), buffer.size(), 0);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR)) return Outcome::wait_readable;
    if (count <= 0) return gone();
    thrown_away += static_cast<std::size_t>(count);
  }
  return gone();
}

std::optional<HttpConnection::Outcome> HttpConnection::check_deadline(ops::Nanoseconds now_ns) {
  // While it waits, or streams, the road looks at the clock.
  if (state_ == State::waiting || (state_ == State::streaming && !last_word_)) return std::nullopt;
  if (now_ns < deadline_ns_) return std::nullopt;
  // Between requests silence is no mistake: the connection simply ends.
  const bool silent_pause = received_.empty() && answered_before_;
  if (state_ != State::reading || silent_pause) return gone();
  refuse({408, "the request did not come in time"}, ops::Refusal::http_timeout, now_ns);
  return advance(now_ns);
}

HttpConnection::Outcome HttpConnection::turn_away(int status, const std::string& sentence, ops::Nanoseconds now_ns) {
  HttpResponse response = sentence_response(status, sentence);
  response.close = true;
  respond(std::move(response), now_ns);
  return advance(now_ns);
}

}  // namespace cudgel::net
