#include "moments.h"

#include <algorithm>
#include <utility>

namespace cudgel::core {

void Moments::add(const replication::Replica& replica, const Interpolation& bodies, std::uint8_t own_class) {
  const base::EntityId self = replica.own().id;
  for (const replication::ReplicaHappening& happening : replica.happenings()) {
    Moment moment;
    moment.type = happening.type;
    moment.tick = happening.tick;
    moment.source = happening.source;
    moment.target = happening.target;
    moment.amount = happening.amount;
    moment.x = static_cast<double>(happening.position.x) / base::k_units_per_tile;
    moment.y = static_cast<double>(happening.position.y) / base::k_units_per_tile;
    moment.on_self = happening.target == self;
    if (happening.source == self) {
      moment.source_kind = sim::Kind::player;
      moment.source_archetype = own_class;
    } else if (const replication::Sight* source = bodies.last_seen(happening.source)) {
      moment.source_kind = source->kind;
      moment.source_archetype = source->archetype;
    }
    if (happening.source == self || is_due(moment, bodies)) {
      make_ready(moment);
      continue;
    }
    if (waiting_.size() == k_waiting_max) waiting_.erase(waiting_.begin());
    const auto later = std::upper_bound(waiting_.begin(), waiting_.end(), moment,
                                        [](const Moment& a, const Moment& b) { return a.tick < b.tick; });
    waiting_.insert(later, moment);
  }
}

void Moments::make_ready(const Moment& moment) {
  if (ready_.size() == k_ready_max) ready_.erase(ready_.begin());
  ready_.push_back(moment);
}

void Moments::release(const Interpolation& bodies) {
  for (const Moment& moment : waiting_) {
    if (is_due(moment, bodies)) make_ready(moment);
  }
  std::erase_if(waiting_, [&](const Moment& moment) { return is_due(moment, bodies); });
}

/// Whoever hits us stands near and is drawn at the nearer clock: what it does to us shows with its blow.
bool Moments::is_due(const Moment& moment, const Interpolation& bodies) {
  return moment.tick <= (moment.on_self ? bodies.near_tick() : bodies.render_tick());
}

std::vector<Moment> Moments::take() { return std::exchange(ready_, {}); }

void Moments::clear() {
  waiting_.clear();
  ready_.clear();
}

}  // namespace cudgel::core
