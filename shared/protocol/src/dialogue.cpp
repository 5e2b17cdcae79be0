#include "protocol/dialogue.h"

#include <algorithm>

namespace cudgel::protocol {

namespace {
constexpr auto is_unsent = [](const auto& asked) { return asked.request.id == 0; };

auto disconnected() { return base::fail(RequestFailure{RequestFailure::Kind::disconnected, {}, "the connection was lost"}); }
}  // namespace

const char* words_for(DialogueFault fault) {
  switch (fault) {
    case DialogueFault::out_of_order:
      return "Request.id: must be 1, 2, 3 ... without gaps";
    case DialogueFault::too_many:
      return "more than 8 requests are under way";
    case DialogueFault::never_asked:
      return "Answer.id: was never asked";
    case DialogueFault::mistyped:
      return "Answer.body: does not belong to what was asked";
  }
  return "";
}

void Dialogue::begin() {
  end();
  connected_ = true;
  last_sent_ = last_heard_ = 0;
}

void Dialogue::end() {
  connected_ = false;
  owed_.clear();
  // Moved out first: who looks at a ticket may ask anew.
  for (Asked& asked : std::exchange(asked_, {})) {
    if (asked.fate) asked.fate->emplace(disconnected());
  }
}

std::shared_ptr<const Fate> Dialogue::add(RequestBody body, Milliseconds deadline) {
  auto fate = std::make_shared<Fate>();
  if (!connected_) {
    fate->emplace(disconnected());
  } else if (asked_.size() == k_requests_under_way_max) {
    fate->emplace(base::fail(
        RequestFailure{RequestFailure::Kind::refused, RefusalCode::busy, "too many requests are under way: wait for an answer"}));
  } else {
    asked_.push_back({{0, body}, deadline, fate});
  }
  return fate;
}

void Dialogue::expire(Milliseconds now) {
  for (Asked& asked : asked_) {
    if (asked.fate == nullptr || now < asked.deadline) continue;
    asked.fate->emplace(base::fail(RequestFailure{RequestFailure::Kind::timeout, {}, "no answer came in time"}));
    asked.fate.reset();
  }
  std::erase_if(asked_, [](const Asked& asked) { return is_unsent(asked) && asked.fate == nullptr; });
}

std::vector<Dialogue::Asked>::iterator Dialogue::first_unsent() { return std::find_if(asked_.begin(), asked_.end(), is_unsent); }

std::optional<Request> Dialogue::unsent() const {
  const auto found = std::find_if(asked_.begin(), asked_.end(), is_unsent);
  if (found == asked_.end()) return std::nullopt;
  return Request{last_sent_ + 1, found->request.body};
}

void Dialogue::mark_request_sent() { first_unsent()->request.id = ++last_sent_; }

base::Result<void, DialogueFault> Dialogue::hear(Answer answer) {
  if (answer.id > last_sent_) return base::fail(DialogueFault::never_asked);
  const auto found =
      std::find_if(asked_.begin(), asked_.end(), [&](const Asked& asked) { return asked.request.id == answer.id; });
  if (found == asked_.end()) {
    ++late_answers_;
    return {};
  }
  if (!belongs_to(answer.body, found->request.body)) return base::fail(DialogueFault::mistyped);
  const std::shared_ptr<Fate> fate = std::move(found->fate);
  asked_.erase(found);
  if (fate == nullptr) {
    ++late_answers_;
  } else if (auto* failure = std::get_if<Failure>(&answer.body)) {
    fate->emplace(base::fail(RequestFailure{RequestFailure::Kind::refused, failure->code, std::move(failure->words)}));
  } else {
    fate->emplace(std::move(answer.body));
  }
  return {};
}

base::Result<void, DialogueFault> Dialogue::hear(const Request& request) {
  if (request.id != last_heard_ + 1) return base::fail(DialogueFault::out_of_order);
  if (owed_.size() == k_requests_under_way_max) return base::fail(DialogueFault::too_many);
  last_heard_ = request.id;
  owed_.push_back(request);
  return {};
}

}  // namespace cudgel::protocol
