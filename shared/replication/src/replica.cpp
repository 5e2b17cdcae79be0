#include "replication/replica.h"

#include <algorithm>

#include "protocol/limits.h"

namespace cudgel::replication {
namespace {

base::EntityId id_of(const protocol::Motion& motion) { return {motion.index(), motion.generation()}; }

void set_motion(Sight& sight, const protocol::Motion& motion, base::Tick now) {
  sight.id = id_of(motion);
  sight.facing = motion.pose() & 7U;
  sight.action = static_cast<sim::Action>(motion.pose() >> 3U & 3U);
  sight.looks = static_cast<std::uint8_t>(motion.pose() >> 6U | (motion.pose() >> 5U & 1U) << 2U);
  sight.health = motion.health();
  sight.action_since = now - motion.action_age();
  sight.track = {now - motion.age(), motion.x(), motion.y(), motion.velocity_x(), motion.velocity_y()};
}

void set_arrival(ReplicaEntity& entity, const protocol::Arrival& arrival, base::Tick now) {
  entity.told = now;
  entity.sight.kind = static_cast<sim::Kind>(arrival.kind());
  entity.sight.archetype = arrival.archetype();
  entity.sight.level = arrival.level();
  const bool mastered = has_master(entity.sight.kind);
  entity.sight.weapon = mastered ? std::uint8_t{0} : arrival.weapon();
  entity.sight.coat = mastered ? std::uint8_t{0} : arrival.coat();
  entity.sight.helmet = arrival.helmet();
  entity.sight.master = mastered ? static_cast<std::uint16_t>(arrival.weapon() | arrival.coat() << 8U) : std::uint16_t{0};
  entity.sight.health_max = arrival.health_max();
  set_motion(entity.sight, arrival.motion(), now);
}

base::Vec2 moved_on(base::Vec2 position, base::Vec2 velocity, base::Tick ticks) {
  // 64 bits and back, because neither the velocity nor the number of ticks is trusted.
  return {static_cast<std::int32_t>(position.x + std::int64_t{velocity.x} * ticks),
          static_cast<std::int32_t>(position.y + std::int64_t{velocity.y} * ticks)};
}

OwnState own_of(const protocol::Own& own) {
  OwnState state;
  state.id = base::EntityId::unpack(own.id());
  state.walker.position = {own.x(), own.y()};
  state.walker.velocity = {own.velocity_x(), own.velocity_y()};
  state.walker.facing = own.facing();
  state.walker.action = static_cast<sim::Action>(own.action());
  state.walker.action_since = own.action_since();
  state.walker.attack_ready = own.attack_ready();
  state.walker.intent = {own.heading(), own.attack() != 0, base::EntityId::unpack(own.target())};
  state.health = own.health();
  state.health_max = own.health_max();
  state.level = own.level();
  return state;
}

OwnMeans means_of(const protocol::Means& means) {
  OwnMeans out;
  out.experience = static_cast<std::int32_t>(means.experience());
  out.mana = means.mana();
  out.mana_max = means.mana_max();
  for (std::size_t i = 0; i < out.skill_ready.size(); ++i) {
    out.skill_ready[i] = means.skill_ready()->Get(static_cast<flatbuffers::uoffset_t>(i));
  }
  out.point = {means.point_x(), means.point_y()};
  out.wish_point = {means.wish_x(), means.wish_y()};
  out.skill = means.skill();
  out.wish = means.wish();
  out.summoned = means.summoned();
  out.order = static_cast<sim::Order>(means.order());
  return out;
}

sim::Effect effect_of(const protocol::Lasting& lasting) {
  sim::Effect effect;
  effect.kind = static_cast<content::EffectKind>(lasting.kind());
  effect.magnitude = static_cast<std::int16_t>(lasting.magnitude());
  effect.until = lasting.until();
  return effect;
}

bool leaves(const protocol::Frame& frame, base::EntityId id) {
  const auto* left = frame.left();
  if (left == nullptr) return false;
  // Ascending by index; the reader has checked it.
  const auto found = std::lower_bound(left->begin(), left->end(), id.index, [](std::uint32_t packed, std::uint16_t index) {
    return base::EntityId::unpack(packed).index < index;
  });
  return found != left->end() && *found == id.packed();
}

bool arrives(const protocol::Frame& frame, base::EntityId id) {
  const auto* arrived = frame.arrived();
  if (arrived == nullptr) return false;
  std::size_t low = 0;
  for (std::size_t high = arrived->size(); low < high;) {
    const std::size_t middle = (low + high) / 2;
    if (arrived->Get(static_cast<flatbuffers::uoffset_t>(middle))->motion().index() < id.index) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < arrived->size() && id_of(arrived->Get(static_cast<flatbuffers::uoffset_t>(low))->motion()) == id;
}

}  // namespace

sim::Belongings owned_by(const protocol::Owned& owned) {
  sim::Belongings own;
  own.gold = static_cast<std::int32_t>(owned.gold());
  own.bank_gold = static_cast<std::int32_t>(owned.bank_gold());
  own.revision = owned.revision();
  if (owned.cells() == nullptr) return own;
  for (const protocol::Cell* cell : *owned.cells()) own.cells[cell->place()] = {cell->item(), cell->count()};
  return own;
}

/// The reason why this frame does not follow from what the replica holds, or nullptr.
const char* Replica::fault_of(const protocol::Frame& frame) const {
  if (started_ && frame.head()->tick() <= tick_) return "head.tick: must ascend";
  std::size_t leaving = 0;
  if (const auto* left = frame.left()) {
    leaving = left->size();
    for (const std::uint32_t packed : *left) {
      if (!entities_.contains(packed)) return "left: unknown entity";
    }
  }
  if (const auto* arrived = frame.arrived()) {
    if (entities_.size() + arrived->size() - leaving > protocol::k_known_max) return "arrived: more than a client can hold";
    for (const protocol::Arrival* arrival : *arrived) {
      if (leaves(frame, id_of(arrival->motion()))) return "arrived: leaves in the same frame";
    }
  }
  if (const auto* moved = frame.moved()) {
    for (const protocol::Motion* motion : *moved) {
      const base::EntityId id = id_of(*motion);
      if (!entities_.contains(id.packed())) return "moved: unknown entity";
      if (leaves(frame, id)) return "moved: leaves in the same frame";
      if (arrives(frame, id)) return "moved: arrives in the same frame";
    }
  }
  if (const auto* names = frame.names()) {
    for (const protocol::Name* name : *names) {
      if (!arrives(frame, base::EntityId::unpack(name->entity()))) return "names: of nobody who arrives";
    }
  }
  return nullptr;
}

void Replica::apply_own(const protocol::Frame& frame) {
  acknowledged_ = frame.head()->acknowledged();
  const base::EntityId before = own_.id;
  if (frame.own() != nullptr) {
    own_ = own_of(*frame.own());
  } else if (has_own()) {
    own_.walker.position = moved_on(own_.walker.position, own_.walker.velocity, frame.head()->tick() - tick_);
  }
  if (own_.id != before) effects_.clear(), duel_ = {};
  if (frame.means() != nullptr) means_ = means_of(*frame.means());
  means_.put_into(own_.walker);
  if (frame.effects() != nullptr) {
    effects_.clear();
    for (const protocol::Lasting* effect : *frame.effects()) effects_.push_back(effect_of(*effect));
  }
}

void Replica::apply_bout(const protocol::Frame& frame) {
  if (frame.bout() == nullptr) return;
  const protocol::Bout& bout = *frame.bout();
  duel_.stage = static_cast<sim::DuelStage>(bout.stage());
  duel_.rival = base::EntityId::unpack(bout.rival());
  duel_.until = bout.until();
  duel_.ring = {bout.x(), bout.y()};
}

void Replica::apply_bodies(const protocol::Frame& frame) {
  const base::Tick now = frame.head()->tick();
  if (frame.left() != nullptr) {
    entities_.remove_if([&frame](std::uint32_t packed) { return leaves(frame, base::EntityId::unpack(packed)); });
  }
  if (const auto* arrived = frame.arrived()) {
    for (const protocol::Arrival* arrival : *arrived) {
      const std::uint32_t packed = id_of(arrival->motion()).packed();
      if (const auto known = entities_.find(packed); known != entities_.end()) {
        set_arrival(known->second, *arrival, now);
      } else {
        set_arrival(newcomers_.emplace_back(packed, ReplicaEntity{}).second, *arrival, now);
        newcomers_.back().second.arrived = now;
      }
    }
    entities_.merge(newcomers_);
  }
  if (const auto* moved = frame.moved()) {
    for (const protocol::Motion* motion : *moved) {
      ReplicaEntity& entity = entities_.find(id_of(*motion).packed())->second;
      entity.told = now;
      set_motion(entity.sight, *motion, now);
    }
  }
  if (const auto* names = frame.names()) {
    for (const protocol::Name* name : *names) entities_.find(name->entity())->second.name = name->name()->str();
  }
}

void Replica::apply_happenings(const protocol::Frame& frame) {
  happenings_.clear();
  const auto* happened = frame.happened();
  if (happened == nullptr) return;
  for (const protocol::Happening* happening : *happened) {
    happenings_.push_back({frame.head()->tick() - happening->age(),
                           static_cast<sim::EventType>(happening->type()),
                           base::EntityId::unpack(happening->source()),
                           base::EntityId::unpack(happening->target()),
                           happening->amount(),
                           {happening->x() * k_units_per_wire_step, happening->y() * k_units_per_wire_step}});
  }
}

base::Result<void, ApplyError> Replica::apply(const protocol::Frame& frame) {
  if (const char* fault = fault_of(frame)) return base::fail(ApplyError{fault});
  apply_own(frame);
  apply_bout(frame);
  watched_by_ = frame.watched_by();
  apply_bodies(frame);
  apply_happenings(frame);
  tick_ = frame.head()->tick();
  started_ = true;
  return {};
}

}  // namespace cudgel::replication
