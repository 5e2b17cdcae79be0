#pragma once
// Client side: the world as this client has been told, after each frame exactly what it may see or, in a crowd, what it might have
// seen within the last second (budget.h). No prediction, no drawing, no clock: client/core builds those on top.

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "protocol/schema/server_generated.h"
#include "replication/body_table.h"
#include "replication/track.h"
#include "sim/belongings.h"
#include "sim/entity.h"
#include "sim/events.h"
#include "sim/walker.h"

namespace cudgel::replication {

struct ReplicaEntity {
  Sight sight;
  std::string name;        ///< players only
  base::Tick arrived = 0;  ///< frame tick at which it came into view
  base::Tick told = 0;     ///< frame tick at which its sight last changed
};

/// The client's own character as the server last told it.
struct OwnState {
  base::EntityId id;
  sim::Walker walker;
  std::int32_t health = 0;
  std::int32_t health_max = 0;
  std::uint16_t level = 1;
};

/// What the client's own character has beside its body.
struct OwnMeans {
  std::int32_t experience = 0;  ///< points since the level was reached
  std::int32_t mana = 0;
  std::int32_t mana_max = 0;
  std::array<base::Tick, content::k_skills_max> skill_ready{};
  base::Vec2 point;
  base::Vec2 wish_point;
  std::uint8_t skill = 0;
  std::uint8_t wish = 0;
  std::uint8_t summoned = 0;  ///< how many it has summoned that live
  sim::Order order = sim::Order::come;

  void put_into(sim::Walker& walker) const {
    walker.mana = mana;
    walker.mana_max = mana_max;
    walker.skill_ready = skill_ready;
    walker.point = point;
    walker.wish_point = wish_point;
    walker.skill = skill;
    walker.wish = wish;
  }
};

struct ReplicaHappening {
  base::Tick tick = 0;
  sim::EventType type = sim::EventType::hit;
  base::EntityId source;
  base::EntityId target;
  std::int32_t amount = 0;
  base::Vec2 position;  ///< units, rounded to the wire
};

/// What a note says that the client's character owns. It has been let through by protocol::FrameReader; items are not checked, because the
/// content is not known here.
sim::Belongings owned_by(const protocol::Owned& owned);

struct ApplyError {
  const char* reason = "";  ///< static text: what the frame did that cannot be ("moved: unknown entity")
};

class Replica {
 public:
  /// Applies a frame that protocol::FrameReader has let through whole, or refuses it whole. Ticks must ascend.
  /// Archetypes are not checked here, because the content is not known here: look before you index a table.
  base::Result<void, ApplyError> apply(const protocol::Frame& frame);

  [[nodiscard]] base::Tick tick() const { return tick_; }
  [[nodiscard]] bool has_own() const { return own_.id.valid(); }
  [[nodiscard]] const OwnState& own() const { return own_; }
  [[nodiscard]] const OwnMeans& means() const { return means_; }
  /// What lies on the client's own character.
  [[nodiscard]] std::span<const sim::Effect> effects() const { return effects_; }
  /// The client's own duel, or what is about to be one.
  [[nodiscard]] const sim::Duel& duel() const { return duel_; }
  /// So many watch the client's own character.
  [[nodiscard]] std::uint16_t watched_by() const { return watched_by_; }
  [[nodiscard]] std::uint32_t acknowledged() const { return acknowledged_; }
  /// Everybody else in view, by packed id, ascending by slot.
  [[nodiscard]] const BodyTable<ReplicaEntity>& entities() const { return entities_; }
  /// What happened, from the last applied frame only.
  [[nodiscard]] std::span<const ReplicaHappening> happenings() const { return happenings_; }

 private:
  [[nodiscard]] const char* fault_of(const protocol::Frame& frame) const;
  void apply_own(const protocol::Frame& frame);
  void apply_bout(const protocol::Frame& frame);
  void apply_bodies(const protocol::Frame& frame);
  void apply_happenings(const protocol::Frame& frame);

  bool started_ = false;
  base::Tick tick_ = 0;
  std::uint32_t acknowledged_ = 0;
  OwnState own_;
  OwnMeans means_;
  std::vector<sim::Effect> effects_;
  sim::Duel duel_;
  std::uint16_t watched_by_ = 0;
  BodyTable<ReplicaEntity> entities_;
  std::vector<BodyTable<ReplicaEntity>::Row> newcomers_;  ///< scratch of apply_bodies
  std::vector<ReplicaHappening> happenings_;
};

}  // namespace cudgel::replication
