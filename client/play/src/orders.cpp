#include "play/orders.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "play/names.h"
#include "play/path.h"

namespace cudgel::game {

namespace {

using base::Vec2;

/// A tap lasts at least this long, so that it is still held when the next tick (50 ms) looks.
constexpr double k_attack_tap_ms = 120;
constexpr double k_way_renew_ms = 200;  ///< how often the way to something that moves is looked for again
constexpr double k_stuck_ms = 700;      ///< no progress for this long ends a walk
constexpr std::int32_t k_arrived_units = 24;
constexpr std::int32_t k_progress_units = 12;
constexpr double k_seek_tiles = 7;  ///< how far the attack key looks for a foe
constexpr float k_stick_dead_zone = 0.25F;
/// Share of the reach at which one stops walking: the foe may take a step before the blow falls.
constexpr double k_reach_share = 0.85;

Vec2 units_of(double x, double y) {
  return {static_cast<std::int32_t>(std::lround(x * base::k_units_per_tile)),
          static_cast<std::int32_t>(std::lround(y * base::k_units_per_tile))};
}

std::uint8_t heading_byte(Vec2 direction) { return static_cast<std::uint8_t>(1 + base::heading_of(direction)); }

/// Keys: eight directions, up on the screen is between -x and -y.
std::uint8_t heading_of_keys(float x, float y) {
  if (x == 0 && y == 0) return 0;
  return heading_byte(units_of(static_cast<double>(y + x), static_cast<double>(y - x)));
}

/// The stick: exactly where the thumb points on the screen, whose vertical is half as long.
std::uint8_t heading_of_stick(float x, float y) {
  if (std::hypot(x, y) < k_stick_dead_zone) return 0;
  return heading_byte(units_of(static_cast<double>(y * 2 + x), static_cast<double>(y * 2 - x)));
}

double distance(const core::BodyView& a, const core::BodyView& b) { return std::hypot(a.x - b.x, a.y - b.y); }

}  // namespace

const core::BodyView* Orders::find_foe(base::EntityId id, const Surroundings& around) const {
  if (!id.valid()) return nullptr;
  for (const core::BodyView& body : around.others) {
    if (body.id == id && body.is_foe() && body.action != sim::Action::dead) return &body;
  }
  return nullptr;
}

bool Orders::in_reach(const core::BodyView& foe, const Surroundings& around) const {
  const content::BodySpec* own = body_spec(*content_, around.self.kind, around.self.archetype);
  const content::BodySpec* other = body_spec(*content_, foe.kind, foe.archetype);
  if (own == nullptr || other == nullptr) return false;
  const double gap = distance(around.self, foe) * base::k_units_per_tile - own->radius - other->radius;
  return gap <= own->attack.reach * k_reach_share;
}

void Orders::choose_target(const Surroundings& around) {
  const core::BodyView* current = find_foe(target_, around);
  if (current != nullptr && (engaged_ || in_reach(*current, around))) return;
  const core::BodyView* nearest = nullptr;
  for (const core::BodyView& body : around.others) {
    if (!body.is_foe() || body.action == sim::Action::dead) continue;
    if (distance(body, around.self) > k_seek_tiles) continue;
    if (nearest == nullptr || distance(body, around.self) < distance(*nearest, around.self)) nearest = &body;
  }
  if (nearest != nullptr) target_ = nearest->id;
}

void Orders::go_to(Vec2 goal, const Surroundings& around, double now_ms) {
  const content::BodySpec* own = body_spec(*content_, around.self.kind, around.self.archetype);
  way_ = find_way(around.map, units_of(around.self.x, around.self.y), goal, own == nullptr ? 0 : own->radius);
  way_next_ = 0;
  way_made_ms_ = now_ms;
}

void Orders::approach(const core::BodyView& foe, const Surroundings& around, double now_ms) {
  if (way_.empty() || now_ms - way_made_ms_ > k_way_renew_ms) go_to(units_of(foe.x, foe.y), around, now_ms);
}

std::uint8_t Orders::follow_way(Vec2 here, double now_ms) {
  while (way_next_ < way_.size() &&
         base::length_squared(way_[way_next_] - here) < std::int64_t{k_arrived_units} * k_arrived_units)
    ++way_next_;
  if (base::length_squared(here - progress_at_) > std::int64_t{k_progress_units} * k_progress_units) {
    progress_at_ = here;
    progress_ms_ = now_ms;
  }
  if (way_next_ >= way_.size() || now_ms - std::max(progress_ms_, way_made_ms_) > k_stuck_ms) {
    if (!dragging_) way_.clear();
    return 0;
  }
  return heading_byte(way_[way_next_] - here);
}

void Orders::read_pointer(const Controls& controls, const Surroundings& around, double now_ms) {
  if (!controls.pointer_down) dragging_ = false;
  if (controls.pointer_x < 0) return;
  if (controls.clicked) {
    dragging_ = false;
    if (find_foe(around.pointed_at, around) != nullptr) {
      target_ = around.pointed_at;
      engaged_ = true;
      way_.clear();
      return;
    }
    target_ = around.pointed_at;
    engaged_ = false;
    dragging_ = true;
  }
  const bool renew = controls.clicked || (controls.pointer_down && now_ms - way_made_ms_ > k_way_renew_ms);
  if (!dragging_ || !renew) return;
  const Point tile = around.camera.to_tile(controls.pointer_x, controls.pointer_y);
  if (controls.clicked) progress_ms_ = now_ms;
  go_to(units_of(static_cast<double>(tile.x), static_cast<double>(tile.y)), around, now_ms);
}

bool Orders::attack_wanted(const Controls& controls, double now_ms) {
  if (controls.attack) attack_until_ms_ = now_ms + k_attack_tap_ms;
  return now_ms < attack_until_ms_;
}

sim::Intent Orders::decide(const Controls& controls, const Surroundings& around, double now_ms) {
  sim::Intent intent;
  if (around.self.action == sim::Action::dead) {
    forget();
    return intent;
  }
  std::uint8_t by_hand = heading_of_keys(controls.move_x, controls.move_y);
  if (by_hand == 0) by_hand = heading_of_stick(controls.stick_x, controls.stick_y);
  if (by_hand != 0) {
    way_.clear();
    engaged_ = false;
    dragging_ = false;
  }
  read_pointer(controls, around, now_ms);
  const bool attack = attack_wanted(controls, now_ms);
  if (attack && !engaged_) choose_target(around);
  const core::BodyView* foe = find_foe(target_, around);
  if (foe == nullptr) engaged_ = false;
  const Vec2 here = units_of(around.self.x, around.self.y);
  intent.heading = by_hand;

  if (foe != nullptr && (attack || engaged_)) {
    intent.target = foe->id;
    if (in_reach(*foe, around)) {
      intent.attack = true;
      way_.clear();
    } else if (by_hand == 0) {
      // Out of reach: the same key walks up to it.
      approach(*foe, around, now_ms);
      intent.heading = follow_way(here, now_ms);
    } else {
      intent.attack = attack;
    }
  } else if (attack) {
    intent.attack = true;
  } else if (by_hand == 0 && !way_.empty()) {
    intent.heading = follow_way(here, now_ms);
  }
  return intent;
}

void Orders::struck_by(base::EntityId source) {
  if (!target_.valid()) target_ = source;
}

void Orders::forget() {
  target_ = {};
  engaged_ = false;
  dragging_ = false;
  way_.clear();
  attack_until_ms_ = 0;
}

}  // namespace cudgel::game
