#pragma once
// The bounded mailbox between one network thread and the realm. The network thread gathers a batch without locks and hands it
// over shortly before the tick; the realm takes it at the tick. Full: acts are dropped (the next act replaces them anyway),
// joins and deeds are refused, and both are counted.

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

/// Something with what a player owns; what becomes of it is told to its ledger, by the ticket.
struct PlayerDeed {
  base::EntityId who;
  std::uint64_t ticket = 0;
  sim::Deed deed;
};

struct InputBatch {
  std::vector<JoinRequest> joins;
  std::vector<PlayerAct> acts;
  std::vector<PlayerDeed> deeds;
  [[nodiscard]] bool empty() const { return joins.empty() && acts.empty() && deeds.empty(); }
  void clear() {
    joins.clear();
    acts.clear();
    deeds.clear();
  }
};

/// Per network thread and tick. 2,000 players at twice the usual rate fit; more is a flood.
inline constexpr std::size_t k_acts_per_batch_max = 16384;
inline constexpr std::size_t k_joins_per_batch_max = 1024;
/// A session has one under way: one of each of 4,000 players.
inline constexpr std::size_t k_deeds_per_batch_max = 4096;

class Inbox {
 public:
  // Network thread.
  /// False when the batch is full.
  bool add(JoinRequest join);
  bool add(const PlayerAct& act);
  bool add(const PlayerDeed& deed);
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
