#pragma once
// What a bot wants next, from what it sees. Decides; never sends.

#include <cstdint>
#include <optional>

#include "base/random.h"
#include "company.h"
#include "content/content.h"
#include "core/game_client.h"
#include "options.h"

namespace cudgel::bots {

class Mind {
 public:
  Mind(Behaviour behaviour, double inputs_hz, std::uint64_t seed)
      : behaviour_(behaviour), pause_ms_(1000 / inputs_hz), random_(seed), company_(seed + 1) {}

  /// True when it is time to decide(): at most inputs_hz times a second.
  [[nodiscard]] bool due(double now_ms) const { return now_ms >= next_ms_; }
  /// Tells the client what it wants from now on.
  void decide(core::GameClient& client, const content::Content& content, std::uint8_t class_index, double now_ms);

 private:
  [[nodiscard]] sim::Intent wander(double now_ms);
  [[nodiscard]] sim::Intent fight(const core::GameClient& client, const content::Content& content, std::uint8_t class_index,
                                  double now_ms);

  /// While it fights: a skill that is ready, at the foe it goes for. Not all of them can: one of foes is of no use to who has none near.
  void use_skill(core::GameClient& client, const content::Content& content, std::uint8_t class_index);
  /// Drinks a potion when it goes badly.
  void drink(core::GameClient& client, const content::Content& content, double now_ms);
  /// Walks to what lies near; nothing when there is nothing, or it is not to be had.
  [[nodiscard]] std::optional<sim::Intent> gather(const core::GameClient& client, base::Vec2 self, double now_ms);

  Behaviour behaviour_;
  double pause_ms_;
  base::Random random_;
  double next_ms_ = 0;
  sim::Intent intent_;
  double stroll_until_ms_ = 0;  ///< keeps its heading until then
  base::Vec2 chased_from_;      ///< where the chase was when it was last looked at
  double chase_checked_ms_ = 0;
  base::EntityId wanted_;  ///< the thing on the ground that it walks to
  double wanted_since_ms_ = 0;
  double drink_again_ms_ = 0;
  Company company_;
};

}  // namespace cudgel::bots
