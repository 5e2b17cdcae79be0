#include "receive_lane.h"

#include <limits>
#include <string>
#include <utility>

#include "protocol/batch.h"
#include "receive.h"

namespace cudgel::net {

namespace {
/// From one question to the next while there is nothing to say: two ticks of the server. Halved, it doubles the requests and saves 25 ms on
/// average; doubled, others are drawn 50 ms later on average. Also the least for a long poll that is answered "nothing" at once.
constexpr double k_poll_ms = 100;
/// A long poll is answered after 10 s at the latest.
constexpr PostPatience k_longpoll_patience = {13000, 4};
/// Our server puts one frame into an answer.
constexpr std::size_t k_answer_messages_max = 32;
}  // namespace

std::optional<RoadClose> ReceiveLane::pump(HttpClient& client, const RoadRequests& requests, UpBatch& waiting,
                                           core::IncomingQueue& incoming, double now_ms) {
  switch (post_.pump(now_ms)) {
    case RepeatedPost::Outcome::given_up:
      return RoadClose{k_lost_code, post_.fault()};
    case RepeatedPost::Outcome::answered:
      if (auto end = read_answer(incoming)) return end;
      if (road_ == HttpRoad::longpoll && post_.head().status == k_status_ok) next_ms_ = now_ms;
      break;
    case RepeatedPost::Outcome::none:
      break;
  }
  const bool something_to_say = road_ == HttpRoad::poll && !waiting.empty();
  if (!post_.busy() && (something_to_say || now_ms >= next_ms_)) ask(client, requests, waiting, now_ms);
  return std::nullopt;
}

void ReceiveLane::ask(HttpClient& client, const RoadRequests& requests, UpBatch& waiting, double now_ms) {
  PostRequest request = requests.on_road("receive");
  request.headers.push_back({"Cudgel-Got", std::to_string(got_)});
  if (road_ == HttpRoad::poll && !waiting.empty()) {
    request.headers.push_back({"Cudgel-Number", std::to_string(++sent_)});
    request.body = waiting.take();
  }
  next_ms_ = now_ms + k_poll_ms;
  post_.start(client, std::move(request), road_ == HttpRoad::longpoll ? k_longpoll_patience : PostPatience{}, now_ms);
}

std::optional<RoadClose> ReceiveLane::read_answer(core::IncomingQueue& incoming) {
  if (post_.head().status == k_status_nothing) return std::nullopt;
  if (post_.head().status != k_status_ok) return end_told_by(post_.head(), post_.body());
  const auto number = read_number(post_.head().number, std::numeric_limits<std::uint64_t>::max());
  if (number != got_ + 1) return RoadClose{k_lost_code, "the server's answer has a wrong number"};
  auto batch = protocol::BatchReader::open(post_.body(), k_answer_messages_max);
  if (!batch) return RoadClose{k_lost_code, std::string("the server's answer cannot be read: ") + batch.error().reason};
  while (const auto message = batch->next()) {
    if (auto end = receive(incoming, {message->begin(), message->end()})) return end;
  }
  ++got_;
  return std::nullopt;
}

}  // namespace cudgel::net
