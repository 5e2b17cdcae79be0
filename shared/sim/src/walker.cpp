#include "sim/walker.h"

#include <algorithm>

#include "casting.h"

namespace cudgel::sim {
namespace {

enum class Axis : std::uint8_t { x, y };

/// Is any tile of the line across `axis` at tile `line` blocked, as far as a body centred at `across` reaches?
bool wall_at(const TileMap& map, Axis axis, std::int32_t line, std::int32_t across, std::int32_t radius) {
  for (std::int32_t tile = tile_of(across - radius); tile <= tile_of(across + radius - 1); ++tile) {
    if (axis == Axis::x ? map.blocked(line, tile) : map.blocked(tile, line)) return true;
  }
  return false;
}

/// How much of `distance` along one axis a body can go before it touches a wall. Every tile line on the way is looked at,
/// so no speed tunnels.
std::int32_t sweep(const TileMap& map, Axis axis, Vec2 position, std::int32_t radius, std::int32_t distance) {
  const std::int32_t at = axis == Axis::x ? position.x : position.y;
  const std::int32_t across = axis == Axis::x ? position.y : position.x;
  if (distance > 0) {
    const std::int32_t last = tile_of(at + distance + radius - 1);
    for (std::int32_t line = tile_of(at + radius - 1) + 1; line <= last; ++line) {
      if (wall_at(map, axis, line, across, radius)) return std::max(0, line * base::k_units_per_tile - radius - at);
    }
  } else if (distance < 0) {
    const std::int32_t last = tile_of(at + distance - radius);
    for (std::int32_t line = tile_of(at - radius) - 1; line >= last; --line) {
      if (wall_at(map, axis, line, across, radius)) return std::min(0, (line + 1) * base::k_units_per_tile + radius - at);
    }
  }
  return distance;
}

/// First along x, then along y: what a wall takes away along one axis leaves the other, so bodies slide.
Vec2 sweep_both(const TileMap& map, Vec2 position, std::int32_t radius, Vec2 move) {
  Vec2 done;
  done.x = sweep(map, Axis::x, position, radius, move.x);
  done.y = sweep(map, Axis::y, {position.x + done.x, position.y}, radius, move.y);
  return done;
}

/// A body that walks along `axis` against the corner of a wall which its centre would pass slips around it:
/// the signed distance across the axis that frees it, or 0.
std::int32_t corner_slip(const TileMap& map, Axis axis, Vec2 position, std::int32_t radius, bool forward) {
  const std::int32_t at = axis == Axis::x ? position.x : position.y;
  const std::int32_t across = axis == Axis::x ? position.y : position.x;
  const std::int32_t line = forward ? tile_of(at + radius - 1) + 1 : tile_of(at - radius) - 1;
  const std::int32_t low = tile_of(across - radius);
  const std::int32_t high = tile_of(across + radius - 1);
  if (high != low + 1) return 0;
  const bool low_blocked = axis == Axis::x ? map.blocked(line, low) : map.blocked(low, line);
  const bool high_blocked = axis == Axis::x ? map.blocked(line, high) : map.blocked(high, line);
  if (low_blocked == high_blocked) return 0;
  const std::int32_t edge = high * base::k_units_per_tile;
  const std::int32_t slip = low_blocked ? edge + radius - across : edge - radius - across;
  return std::abs(slip) <= radius ? slip : 0;
}

/// The way that legs which want to go `legs` really carry a body: sliding along walls, slipping around corners.
Vec2 carry(const TileMap& map, Vec2 position, std::int32_t radius, Vec2 legs) {
  Vec2 done = sweep_both(map, position, radius, legs);
  if (done == legs) return done;
  const bool mostly_x = std::abs(legs.x) >= 2 * std::abs(legs.y);
  const bool mostly_y = std::abs(legs.y) >= 2 * std::abs(legs.x);
  if (mostly_x && done.x == 0) {
    const std::int32_t slip = corner_slip(map, Axis::x, position, radius, legs.x > 0);
    const std::int32_t stride = std::abs(legs.x);
    if (slip * legs.y >= 0 && slip != 0) done.y = sweep(map, Axis::y, position, radius, std::clamp(slip, -stride, stride));
  } else if (mostly_y && done.y == 0) {
    const std::int32_t slip = corner_slip(map, Axis::y, position, radius, legs.y > 0);
    const std::int32_t stride = std::abs(legs.y);
    if (slip * legs.x >= 0 && slip != 0) done.x = sweep(map, Axis::x, position, radius, std::clamp(slip, -stride, stride));
  }
  return done;
}

/// Half of every overlap, away from the neighbour (who moves the other half), summed and capped.
Vec2 push_of(Vec2 position, const WalkerSpec& spec, std::span<const Neighbour> neighbours) {
  Vec2 sum;
  for (const Neighbour& neighbour : neighbours) {
    const std::int32_t reach = spec.radius + neighbour.radius;
    const Vec2 away = position - neighbour.position;
    if (base::chebyshev(away) >= reach) continue;
    const std::int32_t distance = base::length(away);
    const std::int32_t overlap = reach - distance;
    if (overlap <= 0) continue;
    if (distance == 0) {
      sum.x += overlap / 2;  // no direction is better than another; callers who know an order move one of the two by a unit
    } else {
      sum = sum + Vec2{away.x * overlap / (2 * distance), away.y * overlap / (2 * distance)};
    }
  }
  const std::int32_t size = base::length(sum);
  if (size > spec.push_max) sum = {sum.x * spec.push_max / size, sum.y * spec.push_max / size};
  return sum;
}

void set_action(Walker& walker, Action action, Tick now) {
  if (walker.action == action) return;
  walker.action = action;
  walker.action_since = now;
}

void begin_attack(Walker& walker, const WalkerSpec& spec, const Surroundings& surroundings, Tick now) {
  walker.action = Action::attack;
  walker.action_since = now;
  walker.skill = 0;
  walker.attack_ready = now + spec.cooldown_ticks;
  int heading = walker.intent.heading == 0 ? walker.facing * (base::k_headings / base::k_facings) : walker.intent.heading - 1;
  const Vec2 to_aim = surroundings.aim - walker.position;
  if (surroundings.aim_valid && to_aim != Vec2{}) heading = base::heading_of(to_aim);
  walker.facing = static_cast<std::uint8_t>(base::facing_of_heading(heading));
}

Tick ticks_of(std::int32_t ms, std::int32_t tick_hz) {
  return static_cast<Tick>((static_cast<std::int64_t>(ms) * tick_hz + 999) / 1000);
}

}  // namespace

WalkerSpec make_walker_spec(const content::ClassSpec& source, std::int32_t tick_hz) {
  WalkerSpec spec = make_walker_spec(source.body, tick_hz);
  spec.mana_per_s = source.mana_per_s;
  for (const content::SkillSpec& skill : source.skills) {
    SkillTimes& times = spec.skills[spec.skills_size++];
    times.kind = skill.kind;
    times.level = skill.level;
    times.mana = skill.mana;
    times.reach = skill.reach;
    times.windup_ticks = ticks_of(skill.windup_ms, tick_hz);
    times.recovery_ticks = ticks_of(skill.recovery_ms, tick_hz);
    if (skill.kind == content::SkillKind::dash) {
      times.speed = std::max(1, skill.speed / tick_hz);
      times.dash_ticks = static_cast<Tick>((skill.reach + times.speed - 1) / times.speed);
    }
    const auto& more_at = skill.summon.more_at;
    for (std::size_t i = 0; i < std::min(more_at.size(), times.more_at.size()); ++i)
      times.more_at[i] = static_cast<std::uint8_t>(more_at[i]);
    const Tick busy = times.windup_ticks + times.dash_ticks + times.recovery_ticks;
    times.cooldown_ticks = std::max({ticks_of(skill.cooldown_ms, tick_hz), busy, Tick{1}});
  }
  return spec;
}

WalkerSpec make_walker_spec(const content::BodySpec& body, std::int32_t tick_hz) {
  WalkerSpec spec;
  spec.second_ticks = static_cast<Tick>(tick_hz);
  spec.radius = body.radius;
  spec.speed = std::max(1, (body.speed + tick_hz / 2) / tick_hz);
  // A third of its own stride: slow enough to be pressed through a crowd, fast enough that nobody stays stacked for long.
  spec.push_max = std::max(2, spec.speed / 3);
  spec.windup_ticks = ticks_of(body.attack.windup_ms, tick_hz);
  spec.recovery_ticks = ticks_of(body.attack.recovery_ms, tick_hz);
  spec.cooldown_ticks = std::max({ticks_of(body.attack.cooldown_ms, tick_hz), spec.windup_ticks + spec.recovery_ticks, Tick{1}});
  return spec;
}

Tick blow_ticks(const Walker& walker, const WalkerSpec& spec) {
  if (walker.skill == 0) return spec.windup_ticks;
  const SkillTimes& skill = spec.skills[walker.skill - 1U];
  return skill.windup_ticks + skill.dash_ticks;
}

Tick busy_ticks(const Walker& walker, const WalkerSpec& spec) {
  return blow_ticks(walker, spec) + (walker.skill == 0 ? spec.recovery_ticks : spec.skills[walker.skill - 1U].recovery_ticks);
}

Vec2 walk_straight(const TileMap& map, Vec2 position, std::int32_t radius, Vec2 move) {
  return sweep_both(map, position, radius, move);
}

Refusal advance_walker(Walker& walker, const WalkerSpec& spec, const Surroundings& surroundings, Tick now) {
  walker.velocity = {};
  if (walker.action == Action::dead) {
    const bool wished = walker.wish != 0;
    wish_skill(walker, 0, {});  // or it would begin when the body wakes
    return wished ? Refusal::dead : Refusal::none;
  }
  Refusal refusal = Refusal::none;
  if (now % spec.second_ticks == 0) walker.mana = std::min(walker.mana_max, walker.mana + spec.mana_per_s);

  if (walker.action == Action::attack && (now - walker.action_since >= busy_ticks(walker, spec) ||
                                          surroundings.condition.stunned || surroundings.condition.harmless)) {
    set_action(walker, Action::idle, now);
  }
  if (walker.action != Action::attack) {
    if (walker.wish != 0) refusal = begin_wished_skill(walker, spec, surroundings, now);
    const bool may_strike =
        walker.action != Action::attack && !surroundings.condition.stunned && !surroundings.condition.harmless;
    if (may_strike && walker.intent.attack && now >= walker.attack_ready) begin_attack(walker, spec, surroundings, now);
  }

  if (walker.action == Action::attack) {
    if (walker.skill != 0) carry_on_skill(walker, spec, surroundings, now);
  } else {
    const bool held = surroundings.condition.stunned || surroundings.condition.rooted;
    if (walker.intent.heading != 0 && !held) {
      const int heading = walker.intent.heading - 1;
      const std::int32_t speed = std::max(1, spec.speed * surroundings.condition.speed_percent / 100);
      walker.facing = static_cast<std::uint8_t>(base::facing_of_heading(heading));
      walker.velocity = carry(surroundings.map, walker.position, spec.radius, base::along(heading, speed));
      walker.position = walker.position + walker.velocity;
    }
    set_action(walker, walker.velocity == Vec2{} ? Action::idle : Action::walk, now);
  }

  if (!surroundings.neighbours.empty()) {
    const Vec2 push = push_of(walker.position, spec, surroundings.neighbours);
    walker.position = walker.position + sweep_both(surroundings.map, walker.position, spec.radius, push);
  }
  return refusal;
}

}  // namespace cudgel::sim
