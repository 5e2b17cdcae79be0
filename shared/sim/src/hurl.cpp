#include "hurl.h"

#include <algorithm>

#include "casting.h"
#include "combat.h"
#include "sim/foes.h"

namespace cudgel::sim {
namespace {

/// From edge to edge, how near one must stand to be picked up.
constexpr std::int32_t k_arm_units = 3 * base::k_units_per_tile / 4;
constexpr std::int32_t k_contact_units = 16;  ///< edges this near have met

const content::SkillSpec* hurl_of(const World& world, const Entity* thrower) {
  if (thrower == nullptr || thrower->kind != Kind::player) return nullptr;
  for (const content::SkillSpec& skill : world.content().classes()[thrower->archetype].skills) {
    if (skill.kind == content::SkillKind::hurl) return &skill;
  }
  return nullptr;
}

bool can_be_lifted(const World& world, const Entity& foe, const content::SkillSpec& skill) {
  return foe.kind == Kind::monster && foe.mind.mood != Mood::thrown && world.body_of(foe).radius <= skill.radius &&
         !world.content().monsters()[foe.archetype].steadfast;
}

/// The nearest for whom `wanted(entity)` holds within `gap` of the body's edge; the lower slot where two are equally near.
template <class Wanted>
Entity* nearest(World& world, const Entity& body, std::int32_t gap, Wanted&& wanted) {
  const Vec2 centre = body.walker.position;
  const std::int32_t radius = world.body_of(body).radius;
  Entity* best = nullptr;
  std::int64_t best_distance = 0;
  world.grid.for_each_within(centre, gap + radius + world.radius_max() + k_grid_slack_units, [&](const SpatialGrid::Item& item) {
    Entity& other = world.entities()[item.index];
    if (other.id == body.id || other.health <= 0 || !wanted(other)) return;
    const std::int64_t reach = gap + radius + world.body_of(other).radius;
    const std::int64_t distance = base::length_squared(other.walker.position - centre);
    if (distance > reach * reach) return;
    if (best != nullptr && (distance > best_distance || (distance == best_distance && other.id.index > best->id.index))) return;
    best = &other;
    best_distance = distance;
  });
  return best;
}

/// It is on its feet again, and knows who did it.
void land(Entity& flier, Tick now) {
  flier.mind.mood = Mood::chase;
  flier.mind.noticed_at = flier.walker.position;
  flier.walker.velocity = {};
  flier.walker.action = Action::idle;
  flier.walker.action_since = now;
}

/// True when the flight has ended in this tick; `hit` is then whom it met, or nobody.
bool fly(World& world, Entity& flier, const Entity& thrower, std::int32_t speed, Tick now, Entity*& hit) {
  Walker& walker = flier.walker;
  const Vec2 way = flier.mind.goal - walker.position;
  const std::int32_t left = base::length(way);
  const std::int32_t stride = std::min(speed, left);
  Vec2 move;
  if (left > 0) {
    move = {static_cast<std::int32_t>(std::int64_t{way.x} * stride / left),
            static_cast<std::int32_t>(std::int64_t{way.y} * stride / left)};
  }
  walker.velocity = walk_straight(world.map(), walker.position, world.body_of(flier).radius, move);
  walker.position = walker.position + walker.velocity;
  hit = nearest(world, flier, k_contact_units, [&](const Entity& other) {
    const Vec2 to = other.walker.position - walker.position;
    const bool ahead = std::int64_t{to.x} * way.x + std::int64_t{to.y} * way.y >= 0;
    return ahead && other.kind == Kind::monster && is_foe(world, thrower, other);
  });
  return hit != nullptr || walker.velocity != move || stride < speed || now >= flier.mind.until;
}

}  // namespace

bool hurl(World& world, const Entity& caster, const content::SkillSpec& skill, Tick now) {
  Entity* lifted = nearest(world, caster, k_arm_units, [&](const Entity& other) {
    return is_foe(world, caster, other) && can_be_lifted(world, other, skill) &&
           in_front(caster.walker, other.walker.position - caster.walker.position) && now >= other.guarded_until;
  });
  if (lifted == nullptr) return false;
  Vec2 way = caster.walker.point - caster.walker.position;
  if (way == Vec2{}) way = base::along(caster.walker.facing * (base::k_headings / base::k_facings), base::k_units_per_tile);
  const std::int32_t length = std::max(1, base::length(way));
  const std::int32_t speed = std::max(1, skill.speed / world.options().tick_hz);
  Mind& mind = lifted->mind;
  mind.mood = Mood::thrown;
  mind.target = caster.id;
  // Always as far as the arm can: nobody throws a goblin a little.
  mind.goal = lifted->walker.position + Vec2{static_cast<std::int32_t>(std::int64_t{way.x} * skill.reach / length),
                                             static_cast<std::int32_t>(std::int64_t{way.y} * skill.reach / length)};
  mind.until = now + static_cast<Tick>(skill.reach / speed + 1);
  mind.path_size = mind.path_next = 0;
  lifted->expires = 0;
  lifted->walker.intent = {};
  lifted->walker.action = Action::walk;
  lifted->walker.action_since = now;
  return true;
}

void fly_thrown(World& world, Tick now, Events& events) {
  for (const std::uint16_t slot : world.scratch.monsters) {
    Entity& flier = world.entities()[slot];
    if (flier.mind.mood != Mood::thrown || flier.health <= 0) continue;
    const Entity* thrower = world.find(flier.mind.target);
    const content::SkillSpec* skill = hurl_of(world, thrower);
    if (skill == nullptr) {
      land(flier, now);
      continue;
    }
    Entity* hit = nullptr;
    if (!fly(world, flier, *thrower, std::max(1, skill->speed / world.options().tick_hz), now, hit)) continue;
    const EntityId by = thrower->id;
    land(flier, now);
    for (Entity* hurt : {&flier, hit}) {
      if (hurt != nullptr)
        harm(world, by, *hurt, roll_damage(world, *world.find(by), skill->damage_min, skill->damage_max), now, events);
    }
  }
}

}  // namespace cudgel::sim
