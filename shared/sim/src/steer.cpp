#include "steer.h"

#include <algorithm>

#include "mind.h"

namespace cudgel::sim {
namespace {

constexpr std::int32_t k_straight_tiles_max = 24;  ///< beyond, the straight way is not even tried: it costs and is rarely free
constexpr std::int32_t k_stop_units = 40;          ///< nearer than this one is there
constexpr std::int32_t k_corner_units = 64;        ///< a tile of the path counts as passed this near to its centre
constexpr int k_pull_tiles_per_thought = 4;        ///< how many tiles further the string is pulled in one thought
constexpr std::int32_t k_path_retry_ms = 500;      ///< a path may be searched again after this; a moving target needs it
constexpr std::int32_t k_path_failed_retry_ms = 2000;  ///< after a search that found no complete way

std::size_t slot(int tile) { return static_cast<std::size_t>(tile) * 2; }

Vec2 path_point(const Mind& mind, int tile) { return base::tile_centre(mind.path[slot(tile)], mind.path[slot(tile) + 1]); }

/// Every change of heading costs bytes on the wire for everybody who sees it: a heading that is at most so far off is kept.
enum class Aim : std::uint8_t {
  loose,  ///< 17 degrees: nothing is in between, and what is missed by is seen and corrected on the way
  close,  ///< 6 degrees, near the point none: a corner is rounded here
};
constexpr int k_loose_headings = 3;
constexpr int k_close_headings = 1;

void head_for(const World& world, Entity& monster, Vec2 point, Aim aim) {
  const Vec2 way = point - monster.walker.position;
  Intent& intent = monster.walker.intent;
  if (base::chebyshev(way) < k_stop_units) {
    intent.heading = 0;
    return;
  }
  const int wanted = base::heading_of(way);
  const int off = (wanted - (intent.heading - 1)) & (base::k_headings - 1);
  const int off_max = aim == Aim::loose                                   ? k_loose_headings
                      : base::chebyshev(way) > 2 * base::k_units_per_tile ? k_close_headings
                                                                          : 0;
  const bool nearly = intent.heading != 0 && (off <= off_max || off >= base::k_headings - off_max);
  // Who runs against something aims anew.
  if (nearly && monster.walker.velocity == base::along(intent.heading - 1, world.spec_of(monster).speed)) return;
  intent.heading = static_cast<std::uint8_t>(1 + wanted);
}

/// Walks along the remembered path; false when there is none or it cannot be seen from here any more.
bool follow_path(const World& world, Entity& monster) {
  Mind& mind = monster.mind;
  const Vec2 at = monster.walker.position;
  const std::int32_t radius = world.spec_of(monster).radius;
  if (mind.path_next < mind.path_size && base::chebyshev(path_point(mind, mind.path_next) - at) < k_corner_units)
    ++mind.path_next;
  for (int i = 0; i < k_pull_tiles_per_thought && mind.path_next + 1 < mind.path_size; ++i) {
    if (!world.map().straight_walk(at, path_point(mind, mind.path_next + 1), radius)) break;
    ++mind.path_next;
  }
  if (mind.path_next >= mind.path_size || !world.map().straight_walk(at, path_point(mind, mind.path_next), radius)) {
    mind.path_size = mind.path_next = 0;
    return false;
  }
  head_for(world, monster, path_point(mind, mind.path_next), Aim::close);
  return true;
}

/// A path is good as long as it ends about where the goal is: nearer goals need truer paths.
bool path_leads_to(const Mind& mind, Vec2 at, Vec2 goal) {
  if (mind.path_next >= mind.path_size) return false;
  const std::int32_t off = base::chebyshev(goal - path_point(mind, mind.path_size - 1));
  return off <= 2 * base::k_units_per_tile + base::chebyshev(goal - at) / 4;
}

}  // namespace

void remember_path(Mind& mind, const std::vector<Tile>& way) {
  const std::size_t size = std::min(way.size(), k_path_tiles_max);
  for (std::size_t i = 0; i < size; ++i) {
    mind.path[2 * i] = static_cast<std::uint16_t>(way[i].x);
    mind.path[2 * i + 1] = static_cast<std::uint16_t>(way[i].y);
  }
  mind.path_size = static_cast<std::uint8_t>(size);
  mind.path_next = 0;
}

void steer_to(World& world, Entity& monster, Vec2 goal, bool may_search, Tick now) {
  Mind& mind = monster.mind;
  const Vec2 at = monster.walker.position;
  const bool near = base::chebyshev(goal - at) <= k_straight_tiles_max * base::k_units_per_tile;
  if (near && world.map().straight_walk(at, goal, world.spec_of(monster).radius)) {
    mind.path_size = mind.path_next = 0;
    head_for(world, monster, goal, Aim::loose);
    return;
  }
  if (!may_search) {
    monster.walker.intent.heading = 0;
    return;
  }
  mind.goal = goal;
  if (now >= mind.next_path && !path_leads_to(mind, at, goal)) world.scratch.wanting_path.push_back(monster.id.index);
  if (!follow_path(world, monster)) head_for(world, monster, goal, Aim::close);
}

void find_wanted_paths(World& world, Tick now) {
  Scratch& scratch = world.scratch;
  std::sort(scratch.wanting_path.begin(), scratch.wanting_path.end(), [&](std::uint16_t a, std::uint16_t b) {
    const Tick since_a = world.entities()[a].mind.next_path;
    const Tick since_b = world.entities()[b].mind.next_path;
    return since_a != since_b ? since_a < since_b : a < b;
  });
  for (const std::uint16_t index : scratch.wanting_path) {
    if (scratch.path_tiles_left <= 0) break;
    Entity& monster = world.entities()[index];
    Mind& mind = monster.mind;
    const std::int32_t tiles_max = std::min(scratch.path_tiles_left, k_path_tiles_per_search);
    const PathFinder::Found found =
        scratch.path_finder.find(world.map(), tile_at(monster.walker.position), tile_at(mind.goal), tiles_max);
    scratch.path_tiles_left -= found.tiles_looked_at;
    mind.next_path = now + static_cast<Tick>(world.ticks_of_ms(found.complete ? k_path_retry_ms : k_path_failed_retry_ms));
    if (!found.any) continue;
    remember_path(mind, scratch.path_finder.way());
    if (!follow_path(world, monster)) head_for(world, monster, mind.goal, Aim::close);
  }
}

}  // namespace cudgel::sim
