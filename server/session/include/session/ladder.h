#pragma once
// The ten strongest, for everybody who asks: read from the store at most every few seconds, however many ask; of a server without a store,
// from those who are in the world. One for each network thread.

#include <optional>

#include "content/content.h"
#include "protocol/requests.h"
#include "replication/publisher.h"
#include "session/residents.h"

namespace cudgel::session {

/// So long an answer is good for.
inline constexpr ops::Nanoseconds k_ladder_kept_ns = 5 * ops::k_ns_per_s;

class Ladder {
 public:
  /// Nothing while the store is still at it: ask again at the next tick.
  std::optional<protocol::AnswerBody> of(const content::Content& content, const replication::Picture& picture,
                                         Residents& residents, ops::Nanoseconds now_ns);

 private:
  store::Ticket asked_;
  std::optional<protocol::Strongest> strongest_;
  ops::Nanoseconds made_ns_ = 0;
};

}  // namespace cudgel::session
