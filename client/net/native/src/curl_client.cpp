#include "curl_client.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "curl_exchange.h"
#include "curl_library.h"
#include "steady_clock.h"

namespace cudgel::net {

namespace {
/// A last word that is not answered within this is given up.
constexpr long k_forgotten_timeout_ms = 3000;
/// Last words under way at once; beyond, they are not said, and the other side finds out by our silence.
constexpr std::size_t k_forgotten_max = 8192;
/// Sockets looked after in one turn; the others have theirs in the next.
constexpr std::size_t k_events_per_turn = 1024;
}  // namespace

CurlClient::CurlClient(std::size_t connections_max) : epoll_(epoll_create1(EPOLL_CLOEXEC)) {
  if (initialise_curl()) multi_ = curl_multi_init();
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, static_cast<long>(connections_max));
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
}

CurlClient::~CurlClient() {
  forgotten_.clear();
  curl_multi_cleanup(multi_);
  if (epoll_ >= 0) close(epoll_);
}

std::unique_ptr<HttpExchange> CurlClient::post(PostRequest request) { return begin(std::move(request), 0); }

void CurlClient::post_and_forget(PostRequest request) {
  if (forgotten_.size() < k_forgotten_max) forgotten_.push_back(begin(std::move(request), k_forgotten_timeout_ms));
}

std::unique_ptr<CurlExchange> CurlClient::begin(PostRequest request, long timeout_ms) {
  auto exchange = std::make_unique<CurlExchange>(multi_, std::move(request), timeout_ms);
  // Writes at once when a connection is at hand.
  act(CURL_SOCKET_TIMEOUT, 0);
  return exchange;
}

void CurlClient::act(curl_socket_t socket, int what) {
  int running = 0;
  curl_multi_socket_action(multi_, socket, what, &running);
}

void CurlClient::service() {
  std::array<epoll_event, k_events_per_turn> events;
  const int count = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), 0);
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    int what = 0;
    if ((event.events & (EPOLLIN | EPOLLHUP)) != 0) what |= CURL_CSELECT_IN;
    if ((event.events & EPOLLOUT) != 0) what |= CURL_CSELECT_OUT;
    if ((event.events & EPOLLERR) != 0) what |= CURL_CSELECT_ERR;
    act(event.data.fd, what);
  }
  if (timer_ms_ && steady_ms() >= *timer_ms_) {
    timer_ms_.reset();
    act(CURL_SOCKET_TIMEOUT, 0);
  }
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    CurlExchange* exchange = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &exchange);
    exchange->finish(message->data.result);
  }
  std::erase_if(forgotten_, [](const auto& exchange) { return exchange->finished(); });
}

int CurlClient::on_socket(CURL* /*easy*/, curl_socket_t socket, int what, void* user, void* known) {
  auto& self = *static_cast<CurlClient*>(user);
  if (what == CURL_POLL_REMOVE) {
    epoll_ctl(self.epoll_, EPOLL_CTL_DEL, socket, nullptr);
    return 0;
  }
  epoll_event event{};
  event.data.fd = socket;
  if ((what & CURL_POLL_IN) != 0) event.events |= EPOLLIN;
  if ((what & CURL_POLL_OUT) != 0) event.events |= EPOLLOUT;
  epoll_ctl(self.epoll_, known == nullptr ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, socket, &event);
  curl_multi_assign(self.multi_, socket, &self);  // any pointer that is not null: the socket is known
  return 0;
}

int CurlClient::on_timer(CURLM* /*multi*/, long timeout_ms, void* user) {
  auto& self = *static_cast<CurlClient*>(user);
  self.timer_ms_ = timeout_ms < 0 ? std::nullopt : std::optional(steady_ms() + static_cast<double>(timeout_ms));
  return 0;
}

}  // namespace cudgel::net
