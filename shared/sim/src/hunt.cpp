#include "hunt.h"

#include <algorithm>
#include <array>

#include "steer.h"

namespace cudgel::sim {
namespace {

constexpr std::int32_t k_stop_margin_units =
    24;  ///< it stops this far inside its reach, so that a small step does not save the victim
constexpr std::int32_t k_shot_margin_share = 8;  ///< of a flight's length an eighth: who walks away from a shot is still met
constexpr std::int32_t k_step_away_units = 3 * base::k_units_per_tile / 2;  ///< so much must be free where it runs to
/// Away from the danger first, then more and more to either side; headings of 64.
constexpr std::array k_ways_out{0, 8, -8, 16, -16, 22, -22};

/// How far the monster's edge is from the target's.
std::int32_t gap_to(const World& world, const Entity& monster, const Entity& target) {
  return base::length(target.walker.position - monster.walker.position) - world.body_of(monster).radius -
         world.body_of(target).radius;
}

/// From how far it attacks.
std::int32_t attack_gap(const content::AttackSpec& attack) {
  if (content::flies(attack.kind)) return attack.reach - attack.reach / k_shot_margin_share;
  return std::max(attack.reach - k_stop_margin_units, attack.reach / 2);
}

/// Can its attack get there? A blow needs no way but reach.
bool way_is_free(const World& world, const Entity& monster, const Entity& target) {
  const Vec2 from = monster.walker.position;
  const Vec2 to = target.walker.position;
  const content::AttackKind kind = world.attack_of(monster).kind;
  if (kind == content::AttackKind::charge) return world.map().straight_walk(from, to, world.body_of(monster).radius);
  return !content::flies(kind) || !world.map().stops_flight(from, to);
}

void attack(const World& world, Entity& monster, const Entity& target, Tick now) {
  monster.mind.path_size = monster.mind.path_next = 0;
  Intent intent{0, true, target.id};
  const bool charges = world.attack_of(monster).kind == content::AttackKind::charge;
  // The heading is where it will run; until it is ready it stands.
  if (charges && now >= monster.walker.attack_ready) {
    intent.heading = static_cast<std::uint8_t>(1 + base::heading_of(target.walker.position - monster.walker.position));
  }
  monster.walker.intent = intent;
}

}  // namespace

void hunt(World& world, Entity& monster, const Entity& target, Tick now) {
  const content::AttackSpec& spec = world.attack_of(monster);
  // Who charges runs where it looked when the wind-up began.
  if (spec.kind == content::AttackKind::charge && monster.walker.action == Action::attack) return;
  const std::int32_t gap = gap_to(world, monster, target);
  const std::int32_t keep = world.content().monsters()[monster.archetype].traits.keep_distance;
  if (gap < keep && now < monster.walker.attack_ready) {
    monster.walker.intent.attack = false;
    monster.walker.intent.target = target.id;
    if (run_away(world, monster, target.walker.position)) return;
  }
  if (gap <= attack_gap(spec) && way_is_free(world, monster, target)) return attack(world, monster, target, now);
  monster.walker.intent.attack = false;
  monster.walker.intent.target = target.id;
  steer_to(world, monster, target.walker.position, true, now);
}

bool run_away(World& world, Entity& monster, Vec2 danger) {
  const Vec2 at = monster.walker.position;
  const int away = base::heading_of(at - danger);
  for (const int turn : k_ways_out) {
    const int heading = (away + turn) & (base::k_headings - 1);
    if (!world.map().straight_walk(at, at + base::along(heading, k_step_away_units), world.body_of(monster).radius)) continue;
    monster.walker.intent.heading = static_cast<std::uint8_t>(1 + heading);
    return true;
  }
  monster.walker.intent.heading = 0;
  return false;
}

}  // namespace cudgel::sim
