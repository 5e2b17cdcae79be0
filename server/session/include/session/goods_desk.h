#pragma once
// What one session tells its client of what it owns, and the deeds that the client asks for: one after the other, each answered when what
// came of it is safely kept and told. Lives as long as the connection.
//
//   asked --to the realm--> under way --settled, kept and told--> answered
//     `--the realm's inbox is full--> answered: not now

#include <cstdint>
#include <memory>
#include <optional>

#include "base/ids.h"
#include "protocol/requests.h"
#include "realm/inbox.h"
#include "realm/ledger.h"

namespace cudgel::session {

class GoodsDesk {
 public:
  /// `name`: of the session among all of the process; tickets of two never meet.
  explicit GoodsDesk(std::uint64_t name) : name_(name) {}

  /// What is to be told now: the newest that is kept and was not told; null when there is nothing.
  std::shared_ptr<const sim::Belongings> untold(const realm::Ledger& ledger);
  /// It goes out with the frame at hand, and so does what depends on it.
  void mark_told(const sim::Belongings& own) { told_ = own.revision + 1U; }

  /// The answer to the request with that id, or nothing yet. `telling` goes out in the same frame, or null.
  std::optional<protocol::AnswerBody> answer_to(std::uint32_t id, const protocol::Deed& deed, base::EntityId self,
                                                const realm::Ledger& ledger, realm::Inbox& inbox, const sim::Belongings* telling);

 private:
  [[nodiscard]] std::uint64_t ticket_of(std::uint32_t id) const { return name_ << 32U | id; }

  std::uint64_t name_;
  std::shared_ptr<const sim::Belongings> waiting_;  ///< will be told once it is kept
  std::uint32_t told_ = 0;                          ///< 1 + the revision told last, 0 before the first
  std::uint32_t under_way_ = 0;                     ///< id of the request that the realm has, 0 none
};

}  // namespace cudgel::session
