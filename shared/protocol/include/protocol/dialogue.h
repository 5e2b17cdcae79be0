#pragma once
// Requests and answers on one connection, as each of its two ends sees them: what it has asked and still waits for, and what it
// has been asked and still owes. The same for client and server. Time is an argument; knows no socket and no request's meaning.
//
//   asked      | sent          | its answer    | time is over  | the connection ends
//   -----------+---------------+---------------+---------------+----------------------
//   waiting    | -> under way  | (never asked) | -> timeout    | -> disconnected
//   under way  |               | -> answered   | -> timeout *  | -> disconnected
//   * its place stays taken until the late answer has come, so that both ends count alike what is under way

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "protocol/requests.h"

namespace cudgel::protocol {

/// Why there is no answer.
struct RequestFailure {
  enum class Kind : std::uint8_t { timeout, disconnected, refused };
  Kind kind = Kind::disconnected;
  RefusalCode code = RefusalCode::not_now;  ///< refused only
  std::string words;                        ///< for people
};

/// What became of a request; nothing while it is under way. Shared by whoever asked and the dialogue.
using Fate = std::optional<base::Result<AnswerBody, RequestFailure>>;

/// The asker's end of one request. Dropping it is fine: the answer is then thrown away. An empty one asked nothing.
template <class Body>
class Ticket {
 public:
  Ticket() = default;
  explicit Ticket(std::shared_ptr<const Fate> fate) : fate_(std::move(fate)) {}

  [[nodiscard]] bool empty() const { return fate_ == nullptr; }
  [[nodiscard]] bool over() const { return !empty() && fate_->has_value(); }
  /// Null while it is under way, and when there is none.
  [[nodiscard]] const typename Body::Answer* answer() const {
    return over() && fate_->value() ? std::get_if<typename Body::Answer>(&*fate_->value()) : nullptr;
  }
  /// Null while it is under way, and when there is an answer.
  [[nodiscard]] const RequestFailure* failure() const { return over() && !fate_->value() ? &fate_->value().error() : nullptr; }

 private:
  std::shared_ptr<const Fate> fate_;
};

/// What a peer must not do; the connection ends with it.
enum class DialogueFault : std::uint8_t { out_of_order, too_many, never_asked, mistyped };
/// Names the field and what would be right.
const char* words_for(DialogueFault fault);

class Dialogue {
 public:
  using Milliseconds = std::int64_t;  ///< of any steady origin

  /// A connection begins: ids count from 1 again. Whatever is left of another one is disconnected.
  void begin();
  /// It ends: everything under way fails, nothing is owed any more.
  void end();

  /// Fails at once with `disconnected` while there is no connection, and with `busy` while k_requests_under_way_max are under way.
  template <class Body>
  Ticket<Body> ask(const Body& body, Milliseconds timeout, Milliseconds now) {
    return Ticket<Body>(add(body, now + timeout));
  }
  /// Whose time is over fails; call now and then.
  void expire(Milliseconds now);
  /// The oldest request that has not been sent yet; mark_request_sent() after it went out.
  [[nodiscard]] std::optional<Request> unsent() const;
  void mark_request_sent();
  /// An answer has come. One that is late, or comes a second time, is counted and ignored.
  base::Result<void, DialogueFault> hear(Answer answer);
  [[nodiscard]] std::uint64_t late_answers() const { return late_answers_; }
  [[nodiscard]] std::size_t under_way() const { return asked_.size(); }

  /// A request has come.
  base::Result<void, DialogueFault> hear(const Request& request);
  /// The oldest that has not been answered, or null; mark_answered() after its answer went out.
  [[nodiscard]] const Request* owed() const { return owed_.empty() ? nullptr : &owed_.front(); }
  void mark_answered() { owed_.erase(owed_.begin()); }

 private:
  struct Asked {
    Request request;  ///< id 0: not sent yet
    Milliseconds deadline = 0;
    std::shared_ptr<Fate> fate;  ///< null once the time was over
  };
  std::shared_ptr<const Fate> add(RequestBody body, Milliseconds deadline);
  [[nodiscard]] std::vector<Asked>::iterator first_unsent();

  bool connected_ = false;
  std::vector<Asked> asked_;   ///< ascending id, then those not sent
  std::vector<Request> owed_;  ///< oldest first
  std::uint32_t last_sent_ = 0;
  std::uint32_t last_heard_ = 0;
  std::uint64_t late_answers_ = 0;
};

}  // namespace cudgel::protocol
