#pragma once
// What one session asks its client, and what it answers to what it is asked. Every half a minute or so it asks how the game runs at
// the player's side, and counts what it hears. Lives as long as the connection; what is under way when that ends has failed.

#include <functional>
#include <memory>
#include <optional>

#include "base/random.h"
#include "ops/metrics.h"
#include "protocol/dialogue.h"
#include "replication/viewer.h"
#include "session/rate_limit.h"

namespace cudgel::session {

struct Resident;
struct SessionContext;

/// The first question comes once a client has had time to measure, the others about every half minute, spread so that a crowd that
/// came in one instant is not asked in one.
inline constexpr std::int32_t k_first_question_ms_min = 3000;
inline constexpr std::int32_t k_first_question_ms_max = 5000;
inline constexpr std::int32_t k_question_ms_min = 25000;
inline constexpr std::int32_t k_question_ms_max = 35000;
/// Who answers later than this is counted as silent; nothing else follows from it.
inline constexpr ops::Nanoseconds k_answer_within_ns = 10 * ops::k_ns_per_s;
/// A list of players is up to 9 kB: so often in the long run, and so many at once.
inline constexpr std::int64_t k_who_is_here_per_s = 1;
inline constexpr std::int64_t k_who_is_here_burst = 4;

class Requests {
 public:
  /// Gives the answer to the deed of the request with that id, or nothing yet.
  using DeedAnswerer = std::function<std::optional<protocol::AnswerBody>(std::uint32_t id, const protocol::Deed& deed)>;

  /// `seed` spreads the questions over time.
  Requests(SessionContext& context, std::uint64_t seed) : context_(context), random_(seed) {}
  Requests(const Requests&) = delete;
  Requests& operator=(const Requests&) = delete;
  ~Requests() { end(); }

  /// The client has had its Welcome: from now on both sides may ask.
  void begin(ops::Nanoseconds now_ns);
  void end();

  /// Asks the client; see protocol::Dialogue::ask.
  template <protocol::AskedByServer Body>
  protocol::Ticket<Body> ask(const Body& body, ops::Nanoseconds timeout_ns, ops::Nanoseconds now_ns) {
    return dialogue_.ask(body, timeout_ns / ops::k_ns_per_ms, now_ns / ops::k_ns_per_ms);
  }
  base::Result<void, protocol::DialogueFault> hear(const protocol::Request& request) { return dialogue_.hear(request); }
  base::Result<void, protocol::DialogueFault> hear(const protocol::Answer& answer);

  /// Once per tick: asks what is due, counts what has been answered or has not.
  void tend(ops::Nanoseconds now_ns);
  /// What the frame at hand is to carry: a question, an answer made from this picture. mark_sent() after it went out.
  /// A request is carried out here, once, however often its answer has to be sent. The asker's outbox must not be locked. Deeds are answered
  /// by `answer_deed`, when their time has come: until then nothing else is.
  void add_to(replication::FrameExtras& extras, const std::shared_ptr<Resident>& asker, const replication::Picture& picture,
              ops::Nanoseconds now_ns, const DeedAnswerer& answer_deed);
  void mark_sent(const replication::FrameExtras& extras);

 private:
  [[nodiscard]] protocol::AnswerBody answer_to(const protocol::RequestBody& request, const std::shared_ptr<Resident>& asker,
                                               const replication::Picture& picture, ops::Nanoseconds now_ns);
  void count(const protocol::Ticket<protocol::HowIsIt>& ticket);
  [[nodiscard]] ops::Nanoseconds between_ns(std::int32_t ms_min, std::int32_t ms_max);

  SessionContext& context_;
  base::Random random_;
  protocol::Dialogue dialogue_;
  protocol::Ticket<protocol::HowIsIt> question_;
  std::unique_ptr<protocol::AnswerBody> made_;  ///< to the oldest request owed, until it was sent
  ops::Nanoseconds question_due_ns_ = 0;
  RateLimit who_is_here_{k_who_is_here_per_s, k_who_is_here_burst};
};

}  // namespace cudgel::session
