#pragma once
// Who is in the world, for everybody who asks: made from the picture and the residents at most once a second, however many ask.
// One for each network thread. The same picture gives the same list.

#include <optional>

#include "protocol/requests.h"
#include "replication/publisher.h"
#include "session/residents.h"

namespace cudgel::session {

class Census {
 public:
  /// Highest level first, among equals by the entity's slot; at most protocol::k_people_max are listed. Valid until the next call.
  const protocol::Here& of(const replication::Picture& picture, const Residents& residents, std::uint8_t tick_hz);

 private:
  void take(const replication::Picture& picture, const Residents& residents);

  std::optional<base::Tick> taken_;  ///< tick of the picture it was made from
  protocol::Here here_;
};

}  // namespace cudgel::session
