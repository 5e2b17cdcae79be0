#include "repeated_post.h"

#include <utility>

#include "protocol/batch.h"

namespace cudgel::net {

namespace {
/// Before the first repetition, doubled before each further one. A burst of loss is over by then; a server is not hammered.
constexpr double k_pause_ms = 100;
/// An answer lost this long after the first lost one is the last. Above, a road that is dead would be found later than by its silence.
constexpr double k_repeat_ms_max = 4000;

/// Said by something on the way, or by a server that is overwhelmed: the request may or may not have been read.
bool is_lost(int status) { return status == 502 || status == 503 || status == 504; }
}  // namespace

void RepeatedPost::start(HttpClient& client, PostRequest request, PostPatience patience, double now_ms) {
  client_ = &client;
  request_ = std::move(request);
  patience_ = patience;
  repeats_ = 0;
  ask(now_ms);
}

void RepeatedPost::cancel() {
  exchange_.reset();
  client_ = nullptr;
}

void RepeatedPost::ask(double now_ms) {
  asked_ms_ = now_ms;
  head_ = {};
  body_.clear();
  exchange_ = client_->post(request_);
}

RepeatedPost::Outcome RepeatedPost::pump(double now_ms) {
  if (!busy()) return Outcome::none;
  if (exchange_ == nullptr) {
    if (now_ms < again_ms_) return Outcome::none;
    ask(now_ms);
  }
  // What has arrived counts, even if we come late to look at it.
  const Outcome outcome = read(now_ms);
  if (outcome != Outcome::none || exchange_ == nullptr || now_ms - asked_ms_ < patience_.answer_ms) return outcome;
  return lose("no answer from the server", now_ms);
}

RepeatedPost::Outcome RepeatedPost::read(double now_ms) {
  ExchangeEvent event;
  while (exchange_->poll(event)) {
    switch (event.type) {
      case ExchangeEvent::Type::head:
        head_ = std::move(event.head);
        break;
      case ExchangeEvent::Type::data:
        if (body_.size() + event.data.size() > protocol::k_batch_down_bytes_max) {
          cancel();
          fault_ = "the server's answer is larger than an answer may be";
          return Outcome::given_up;
        }
        body_.insert(body_.end(), event.data.begin(), event.data.end());
        break;
      case ExchangeEvent::Type::done:
        if (is_lost(head_.status) && patience_.repeats_max > 0) {
          return lose("the server answers " + std::to_string(head_.status), now_ms);
        }
        cancel();
        return Outcome::answered;
      case ExchangeEvent::Type::failed:
        return lose(std::move(event.reason), now_ms);
      case ExchangeEvent::Type::none:
        break;
    }
  }
  return Outcome::none;
}

RepeatedPost::Outcome RepeatedPost::lose(std::string why, double now_ms) {
  exchange_.reset();
  if (repeats_ == 0) first_lost_ms_ = now_ms;
  if (repeats_ == patience_.repeats_max || now_ms - first_lost_ms_ > k_repeat_ms_max) {
    cancel();
    fault_ = std::move(why);
    return Outcome::given_up;
  }
  again_ms_ = now_ms + k_pause_ms * (1U << static_cast<unsigned>(repeats_));
  ++repeats_;
  return Outcome::none;
}

}  // namespace cudgel::net
