#pragma once
// Things that happened, held back until the drawn clock has reached them, so that a floating number appears with the blow that
// caused it. What the own character did shows at once: it is drawn ahead of everybody else. Bounded; draws nothing.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/game_client.h"
#include "core/interpolation.h"
#include "replication/replica.h"

namespace cudgel::core {

class Moments {
 public:
  /// Takes the happenings of the frame just applied.
  void add(const replication::Replica& replica, const Interpolation& bodies, std::uint8_t own_class);
  /// Gives free what the drawn clocks have reached.
  void release(const Interpolation& bodies);
  /// What was given free since the last call.
  std::vector<Moment> take();
  void clear();

 private:
  /// Waiting or given free but not taken: a page that sleeps loses the oldest.
  static constexpr std::size_t k_waiting_max = 512;
  static constexpr std::size_t k_ready_max = 512;
  static bool is_due(const Moment& moment, const Interpolation& bodies);
  void make_ready(const Moment& moment);

  std::vector<Moment> waiting_;  ///< ascending tick
  std::vector<Moment> ready_;
};

}  // namespace cudgel::core
