#include "net/http_connection.h"

#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace cudgel::net {
namespace {

/// A client that sends request behind request gets its turns like everybody else: two steps are one request.
constexpr int k_steps_per_turn = 16;
/// Read at once. A head is usually below 1 kB.
constexpr std::size_t k_read_bytes = 4096;
/// Thrown away at most while lingering; more is an upload nobody asked for.
constexpr std::size_t k_linger_bytes_max = 1024 * 1024;
/// What may follow an upgrade request before the answer: a first message or two.
constexpr std::size_t k_leftover_bytes_max = 8192;

ops::Refusal reason_of(int status) {
  switch (status) {
    case 403:
      return ops::Refusal::origin;
    case 404:
      return ops::Refusal::http_not_found;
    case 405:
      return ops::Refusal::http_method;
    default:
      return ops::Refusal::http_malformed;
  }
}

}  // namespace

HttpConnection::HttpConnection(int socket, Seat seat, HttpContext& context, ops::Nanoseconds now_ns)
    : socket_(socket), seat_(std::move(seat)), context_(context), deadline_ns_(now_ns + k_request_deadline_ns) {
  context_.metrics.connections.add(1);
}

HttpConnection::~HttpConnection() {
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
      case State::writing:
        outcome = write(now_ns);
        if (state_ == State::writing || state_ == State::gone) return outcome;
        break;
    }
  }
  // There may be whole requests left in memory, for which no event comes: a writable socket brings the next turn at once.
  return Outcome::wait_writable;
}

HttpConnection::Outcome HttpConnection::read(ops::Nanoseconds now_ns) {
  std::array<char, k_read_bytes> buffer;
  for (;;) {
    if (parse(now_ns)) return upgrade_ ? Outcome::upgrade : Outcome::wait_writable;
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

bool HttpConnection::parse(ops::Nanoseconds now_ns) {
  if (received_.empty()) return false;
  const ParsedRequest parsed = parse_request(received_);
  if (parsed.state == ParseState::incomplete) return false;
  if (parsed.state == ParseState::refused) {
    refuse(parsed.refusal, reason_of(parsed.refusal.status), now_ns);
    return true;
  }
  const HttpRequest& request = parsed.request;
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

void HttpConnection::refuse(const HttpRefusal& refusal, ops::Refusal reason, ops::Nanoseconds now_ns) {
  context_.metrics.refuse(reason);
  context_.refusal_log.warn("{} is answered {}: {}", seat_.address(), refusal.status, refusal.sentence);
  HttpResponse response = sentence_response(refusal.status, refusal.sentence);
  response.close = true;
  if (refusal.status == 405) response.headers.emplace_back("Allow", "GET, HEAD");
  if (refusal.status == 426) {
    response.headers.emplace_back("Upgrade", "websocket");
    response.headers.emplace_back("Sec-WebSocket-Version", "13");
  }
  received_.clear();
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
    context_.metrics.http_bytes_sent.add(static_cast<std::uint64_t>(sent));
    deadline_ns_ = now_ns + k_write_stalled_ns;
  }
  answered_before_ = true;
  if (response_.close) {
    shutdown(socket_, SHUT_WR);
    state_ = State::lingering;
    deadline_ns_ = now_ns + k_linger_ns;
  } else {
    state_ = State::reading;
    deadline_ns_ = now_ns + k_keep_alive_ns;
  }
  response_ = {};
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

HttpConnection::Outcome HttpConnection::check_deadline(ops::Nanoseconds now_ns) {
  if (now_ns < deadline_ns_) return state_ == State::writing ? Outcome::wait_writable : Outcome::wait_readable;
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
