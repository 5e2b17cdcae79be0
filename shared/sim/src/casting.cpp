#include "casting.h"

#include <algorithm>
#include <cstdlib>

namespace cudgel::sim {
namespace {

/// Places a blink tries lie so far apart on the way back to where it began, units.
constexpr std::int32_t k_blink_step_units = 32;
/// A point may be told this much beyond the reach: both sides round.
constexpr std::int32_t k_reach_slack_units = 16;

bool aims_at_point(content::SkillKind kind) { return kind == content::SkillKind::area || kind == content::SkillKind::blink; }

/// How many somebody of that level may have summoned.
std::int32_t summoned_at(const SkillTimes& skill, std::int32_t level) {
  return static_cast<std::int32_t>(std::count_if(skill.more_at.begin(), skill.more_at.end(),
                                                 [level](std::uint8_t from) { return from > 0 && from <= level; }));
}

Refusal refusal_of(const Walker& walker, const WalkerSpec& spec, const Surroundings& surroundings, Tick now) {
  if (walker.wish > spec.skills_size) return Refusal::unknown;
  const SkillTimes& skill = spec.skills[walker.wish - 1U];
  if (surroundings.level < skill.level) return Refusal::level;
  if (surroundings.condition.stunned) return Refusal::stunned;
  if (now < walker.skill_ready[walker.wish - 1U]) return Refusal::cooling;
  if (walker.mana < skill.mana) return Refusal::mana;
  if (skill.kind == content::SkillKind::summon && surroundings.summoned >= summoned_at(skill, surroundings.level))
    return Refusal::enough;
  if (!aims_at_point(skill.kind)) return Refusal::none;
  const std::int64_t reach = skill.reach + k_reach_slack_units;
  if (base::length_squared(walker.wish_point - walker.position) > reach * reach) return Refusal::too_far;
  if (surroundings.map.stops_flight(walker.position, walker.wish_point)) return Refusal::out_of_sight;
  return Refusal::none;
}

/// The free place on the straight line to `point` that is nearest to it and in sight; where it stands when there is none.
Vec2 landing(const TileMap& map, Vec2 from, Vec2 point, std::int32_t radius) {
  const Vec2 way = point - from;
  const std::int32_t steps = base::length(way) / k_blink_step_units;
  for (std::int32_t i = steps; i > 0; --i) {
    const Vec2 place = from + Vec2{way.x * i / steps, way.y * i / steps};
    if (map.fits(place, radius) && !map.stops_flight(from, place)) return place;
  }
  return from;
}

/// Is there a foe ahead that the body touches?
bool meets_foe(const Walker& walker, const WalkerSpec& spec, std::span<const Neighbour> neighbours, Vec2 ahead) {
  return std::any_of(neighbours.begin(), neighbours.end(), [&](const Neighbour& neighbour) {
    const Vec2 to = neighbour.position - walker.position;
    const std::int64_t reach = spec.radius + neighbour.radius;
    const std::int64_t dot = std::int64_t{to.x} * ahead.x + std::int64_t{to.y} * ahead.y;
    return neighbour.foe && dot >= 0 && base::length_squared(to) < reach * reach;
  });
}

void run(Walker& walker, const WalkerSpec& spec, const SkillTimes& skill, const Surroundings& surroundings, Tick now) {
  const Vec2 way = walker.point - walker.position;
  const std::int32_t left = base::length(way);
  const std::int32_t stride = std::min(skill.speed, left);
  Vec2 move;
  if (left > 0)
    move = {static_cast<std::int32_t>(std::int64_t{way.x} * stride / left),
            static_cast<std::int32_t>(std::int64_t{way.y} * stride / left)};
  bool over = stride < skill.speed || meets_foe(walker, spec, surroundings.neighbours, move);
  if (!meets_foe(walker, spec, surroundings.neighbours, move)) {
    walker.velocity = walk_straight(surroundings.map, walker.position, spec.radius, move);
    walker.position = walker.position + walker.velocity;
    over = over || walker.velocity != move;
  }
  // Who has arrived strikes at once: the rest of the run is taken off.
  if (over) walker.action_since = now - std::min(now, skill.windup_ticks + skill.dash_ticks);
}

}  // namespace

Refusal begin_wished_skill(Walker& walker, const WalkerSpec& spec, const Surroundings& surroundings, Tick now) {
  const Refusal refusal = refusal_of(walker, spec, surroundings, now);
  const std::uint8_t wish = walker.wish;
  const Vec2 point = walker.wish_point;
  walker.wish = 0;
  walker.wish_point = {};
  if (refusal != Refusal::none) return refusal;
  const SkillTimes& skill = spec.skills[wish - 1U];
  walker.action = Action::attack;
  walker.action_since = now;
  walker.skill = wish;
  walker.point = point;
  walker.mana -= skill.mana;
  walker.skill_ready[wish - 1U] = now + skill.cooldown_ticks;
  const Vec2 way = point - walker.position;
  if (way != Vec2{}) walker.facing = static_cast<std::uint8_t>(base::facing_of_heading(base::heading_of(way)));
  if (skill.kind == content::SkillKind::dash) {
    const std::int32_t length = base::length(way);
    if (length > skill.reach) {
      walker.point = walker.position + Vec2{static_cast<std::int32_t>(std::int64_t{way.x} * skill.reach / length),
                                            static_cast<std::int32_t>(std::int64_t{way.y} * skill.reach / length)};
    }
  }
  return Refusal::none;
}

void carry_on_skill(Walker& walker, const WalkerSpec& spec, const Surroundings& surroundings, Tick now) {
  const SkillTimes& skill = spec.skills[walker.skill - 1U];
  const Tick age = now - walker.action_since;
  if (skill.kind == content::SkillKind::blink && age == skill.windup_ticks) {
    walker.position = landing(surroundings.map, walker.position, walker.point, spec.radius);
  }
  const bool runs = skill.kind == content::SkillKind::dash && !surroundings.condition.rooted;
  if (runs && age >= skill.windup_ticks && age < skill.windup_ticks + skill.dash_ticks) {
    run(walker, spec, skill, surroundings, now);
  }
}

}  // namespace cudgel::sim
