#pragma once
// The bounded mailbox between one network thread and the realm. The network thread gathers a batch without locks and hands it
// over shortly before the tick; the realm takes it at the tick. Full: acts are dropped (the next act replaces them anyway),
// joins are refused, and both are counted.

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/fixed_text.h"
#include "base/ids.h"
#include "protocol/client_message.h"
#include "realm/player_link.h"
#include "sim/world.h"

namespace cudgel::realm {

struct JoinRequest {
  std::shared_ptr<PlayerLink> link;
  base::PlayerName name;
  std::uint8_t class_index = 0;
  std::optional<sim::Returning> returning = {};  ///< what it had when it was here last
};

struct PlayerAct {
  base::EntityId who;
  protocol::Act act;
};

struct InputBatch {
  std::vector<JoinRequest> joins;
  std::vector<PlayerAct> acts;
  void clear() {
    joins.clear();
    acts.clear();
  }
};

/// Per network thread and tick. 2,000 players at twice the usual rate fit; more is a flood.
inline constexpr std::size_t k_acts_per_batch_max = 16384;
inline constexpr std::size_t k_joins_per_batch_max = 1024;

class Inbox {
 public:
  // Network thread.
  /// False when the batch is full.
  bool add(JoinRequest join);
  bool add(const PlayerAct& act);
  /// Makes what was gathered visible to the realm. What the realm has not taken yet stays in front of it.
  void hand_over();

  // Realm thread.
  /// Appends everything handed over to `batch`.
  void take(InputBatch& batch);

 private:
  InputBatch gathering_;  ///< network thread only
  std::mutex mutex_;
  InputBatch ready_;  ///< under mutex_
};

}  // namespace cudgel::realm
