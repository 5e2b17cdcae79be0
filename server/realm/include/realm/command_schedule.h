#pragma once
// One player's acts on their way into the step: each waits for the tick the client predicted it for, late ones go next, order
// by sequence is kept, and a short tap on the attack key is never lost. Bounded; knows no socket and no world.

#include <array>
#include <cstdint>
#include <optional>

#include "base/ids.h"
#include "protocol/client_message.h"

namespace cudgel::realm {

/// Acts a player may have waiting. One per tick for more than a second: full means a client that sends far too many.
inline constexpr std::size_t k_schedule_max = 32;

class CommandSchedule {
 public:
  enum class Accepted : std::uint8_t { yes, old, replaced_newest };

  /// `next_tick` is the tick the coming step makes. An act for a tick further ahead than `ahead_max` ticks is brought forward to that.
  /// Sequences not above the newest are old and ignored. When full the newest waiting act is replaced, so that the last word counts.
  Accepted add(const protocol::Act& act, base::Tick next_tick, base::Tick ahead_max);

  /// The act for the step that makes `tick`, if one is due. Of several the newest wins; but when a skipped one used a
  /// skill, or pressed the attack that the newest lets go of, that goes first and the newest follows at the next step.
  std::optional<protocol::Act> take_due(base::Tick tick);

  [[nodiscard]] std::size_t size() const { return size_; }

 private:
  [[nodiscard]] protocol::Act& at(std::size_t position) { return ring_[(first_ + position) % k_schedule_max]; }
  void drop_front(std::size_t count);

  std::array<protocol::Act, k_schedule_max> ring_{};
  std::size_t first_ = 0;
  std::size_t size_ = 0;
  std::uint32_t newest_sequence_ = 0;
};

/// How many ticks early an act for `due` came, when the next step makes `next_tick`; negative: late. Fits the wire's byte.
std::int8_t slack_of(base::Tick due, base::Tick next_tick);

/// How old the view was that the act was made from, at the tick that carries it out: what the client says of the tick it meant, and the
/// ticks by which the act is late. 1/16 ticks, cut to a byte; the step believes no more than 200 ms of it.
std::uint8_t view_age_at(const protocol::Act& act, base::Tick carried_out);

}  // namespace cudgel::realm
