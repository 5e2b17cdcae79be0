#include "play/aiming.h"

#include <algorithm>
#include <cmath>

namespace cudgel::game {
namespace {

using base::Vec2;
using content::SkillKind;

/// A point that nothing hides is looked for in so many steps back.
constexpr int k_steps_back = 16;
constexpr std::int32_t k_order_units = 12 * base::k_units_per_tile;  ///< how far away an order to attack looks for a foe

Vec2 units_of(double x, double y) {
  return {static_cast<std::int32_t>(std::lround(x * base::k_units_per_tile)),
          static_cast<std::int32_t>(std::lround(y * base::k_units_per_tile))};
}

const core::BodyView* living_foe(const Surroundings& around, base::EntityId id) {
  const auto found = std::find_if(around.others.begin(), around.others.end(), [id](const core::BodyView& body) {
    return body.id == id && body.is_foe() && body.action != sim::Action::dead;
  });
  return found == around.others.end() ? nullptr : &*found;
}

/// The nearest within reach; the first of those equally near.
const core::BodyView* nearest_foe(const Surroundings& around, std::int32_t reach) {
  const core::BodyView* best = nullptr;
  double best_tiles = static_cast<double>(reach) / base::k_units_per_tile;
  for (const core::BodyView& body : around.others) {
    const double tiles = std::hypot(body.x - around.self.x, body.y - around.self.y);
    if (!body.is_foe() || body.action == sim::Action::dead || tiles > best_tiles) continue;
    if (best != nullptr && tiles == best_tiles) continue;
    best = &body;
    best_tiles = tiles;
  }
  return best;
}

Vec2 wanted_point(const content::SkillSpec& skill, const Controls& controls, const Surroundings& around, base::EntityId target,
                  Vec2 here) {
  const core::BodyView* foe = skill.kind == SkillKind::blink ? nullptr : living_foe(around, target);
  if (foe != nullptr) return units_of(foe->x, foe->y);
  const bool steered = controls.move_x != 0 || controls.move_y != 0 || controls.stick_x != 0 || controls.stick_y != 0;
  if (controls.pointer_x >= 0 && !controls.pointer_is_finger && !steered) {
    const Point tile = around.camera.to_tile(controls.pointer_x, controls.pointer_y);
    return units_of(static_cast<double>(tile.x), static_cast<double>(tile.y));
  }
  const core::BodyView* near = skill.kind == SkillKind::blink ? nullptr : nearest_foe(around, skill.reach);
  if (near != nullptr) return units_of(near->x, near->y);
  const std::int32_t ahead = std::max(skill.reach, base::k_units_per_tile);
  return here + base::along(around.self.facing * (base::k_headings / base::k_facings), ahead);
}

}  // namespace

base::EntityId foe_for(const Surroundings& around, base::EntityId target) {
  for (const base::EntityId wanted : {target, around.pointed_at}) {
    if (const core::BodyView* foe = living_foe(around, wanted); foe != nullptr) return foe->id;
  }
  const core::BodyView* near = nearest_foe(around, k_order_units);
  return near == nullptr ? base::EntityId{} : near->id;
}

Vec2 aim_of_skill(const content::SkillSpec& skill, const Controls& controls, const Surroundings& around, base::EntityId target) {
  const Vec2 here = units_of(around.self.x, around.self.y);
  if (skill.kind == SkillKind::burst || skill.kind == SkillKind::aid || skill.kind == SkillKind::summon) return here;
  Vec2 way = wanted_point(skill, controls, around, target, here) - here;
  const std::int32_t length = base::length(way);
  if (length > skill.reach) {
    way = {static_cast<std::int32_t>(std::int64_t{way.x} * skill.reach / length),
           static_cast<std::int32_t>(std::int64_t{way.y} * skill.reach / length)};
  }
  const bool needs_sight = skill.kind == SkillKind::area || skill.kind == SkillKind::blink;
  for (int i = k_steps_back; needs_sight && i > 0; --i) {
    const Vec2 point = here + Vec2{way.x * i / k_steps_back, way.y * i / k_steps_back};
    if (!around.map.stops_flight(here, point)) return point;
  }
  return needs_sight ? here : here + way;
}

}  // namespace cudgel::game
