#include "session/requests.h"

#include "base/assert.h"
#include "session/chat.h"
#include "session/session.h"

namespace cudgel::session {

using protocol::RequestFailure;

static_assert(ops::PlayerMetrics::k_roads.size() == protocol::k_roads, "the names follow protocol::Road");

ops::Nanoseconds Requests::between_ns(std::int32_t ms_min, std::int32_t ms_max) {
  return random_.between(ms_min, ms_max) * ops::k_ns_per_ms;
}

void Requests::begin(ops::Nanoseconds now_ns) {
  dialogue_.begin();
  question_due_ns_ = now_ns + between_ns(k_first_question_ms_min, k_first_question_ms_max);
}

void Requests::end() {
  dialogue_.end();
  made_.reset();
  if (!question_.empty()) count(std::exchange(question_, {}));
}

base::Result<void, protocol::DialogueFault> Requests::hear(const protocol::Answer& answer) {
  const std::uint64_t late = dialogue_.late_answers();
  const auto heard = dialogue_.hear(answer);
  context_.metrics.answers_late.add(dialogue_.late_answers() - late);
  return heard;
}

void Requests::tend(ops::Nanoseconds now_ns) {
  dialogue_.expire(now_ns / ops::k_ns_per_ms);
  if (!question_.empty()) {
    if (question_.over()) count(std::exchange(question_, {}));
  } else if (now_ns >= question_due_ns_) {
    question_due_ns_ = now_ns + between_ns(k_question_ms_min, k_question_ms_max);
    question_ = ask(protocol::HowIsIt{}, k_answer_within_ns, now_ns);
  }
}

void Requests::count(const protocol::Ticket<protocol::HowIsIt>& ticket) {
  ops::PlayerMetrics& metrics = context_.metrics.player;
  if (const protocol::HowItIs* how = ticket.answer(); how != nullptr) {
    const auto road = static_cast<std::size_t>(how->road);
    metrics.outcome(ops::PlayerMetrics::Outcome::answered).add();
    metrics.round_trip[road].record(how->round_trip_ms * ops::k_ns_per_ms);
    metrics.stalls[road].add(how->stalls);
    metrics.interpolation_delay.record(how->interpolation_delay_ms * ops::k_ns_per_ms);
    if (how->frames_per_s > 0) metrics.frames_per_s.count(how->frames_per_s);
    return;
  }
  switch (ticket.failure()->kind) {
    case RequestFailure::Kind::timeout:
      return metrics.outcome(ops::PlayerMetrics::Outcome::timeout).add();
    case RequestFailure::Kind::disconnected:
      return metrics.outcome(ops::PlayerMetrics::Outcome::disconnected).add();
    case RequestFailure::Kind::refused:
      // `busy` is our own word: it has left eight without any answer.
      return metrics
          .outcome(ticket.failure()->code == protocol::RefusalCode::busy ? ops::PlayerMetrics::Outcome::timeout
                                                                         : ops::PlayerMetrics::Outcome::refused)
          .add();
  }
}

protocol::AnswerBody Requests::answer_to(const protocol::RequestBody& request, const std::shared_ptr<Resident>& asker,
                                         const replication::Picture& picture, ops::Nanoseconds now_ns) {
  if (const auto* spoken = std::get_if<protocol::Speak>(&request)) {
    return speak(*spoken, asker, picture, context_, now_ns);
  }
  if (const auto* complaint = std::get_if<protocol::Report>(&request)) {
    return report(*complaint, asker, context_.residents, now_ns);
  }
  if (const auto* let = std::get_if<protocol::LetWatch>(&request)) {
    asker->may_be_watched.store(let->allowed, std::memory_order_relaxed);
    return protocol::Watchers{asker->link->watchers.load(std::memory_order_relaxed)};
  }
  // Beside deeds a client can ask nothing else; the decoder lets nothing else pass.
  CUDGEL_ASSERT(std::holds_alternative<protocol::WhoIsHere>(request));
  if (!who_is_here_.spend_if_there(1, now_ns)) {
    return protocol::Failure{protocol::RefusalCode::too_often, "asked too often: wait a few seconds"};
  }
  return context_.census.of(picture, context_.residents, context_.tick_hz);
}

void Requests::add_to(replication::FrameExtras& extras, const std::shared_ptr<Resident>& asker,
                      const replication::Picture& picture, ops::Nanoseconds now_ns, const DeedAnswerer& answer_deed) {
  extras.request = dialogue_.unsent();
  const protocol::Request* owed = dialogue_.owed();
  if (owed == nullptr) return;
  if (const auto* deed = std::get_if<protocol::Deed>(&owed->body); deed != nullptr) {
    if (auto answer = answer_deed(owed->id, *deed)) extras.answer = {owed->id, std::move(*answer)};
    return;
  }
  if (!made_ && std::holds_alternative<protocol::WhoIsStrongest>(owed->body)) {
    auto answer = context_.ladder.of(context_.content, picture, context_.residents, now_ns);
    if (!answer) return;  // the store is at it
    made_ = std::make_unique<protocol::AnswerBody>(std::move(*answer));
  }
  if (!made_) made_ = std::make_unique<protocol::AnswerBody>(answer_to(owed->body, asker, picture, now_ns));
  extras.answer = {owed->id, *made_};
}

void Requests::mark_sent(const replication::FrameExtras& extras) {
  if (extras.request) dialogue_.mark_request_sent();
  if (!extras.answer) return;
  dialogue_.mark_answered();
  made_.reset();
  const bool refused = std::holds_alternative<protocol::Failure>(extras.answer->body);
  (refused ? context_.metrics.requests_refused : context_.metrics.requests_answered).add();
}

}  // namespace cudgel::session
