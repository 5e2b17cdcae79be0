#include "adventure/land.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/random.h"

namespace cudgel::bots {

namespace {
constexpr std::uint8_t k_no_way = 255;
/// The eight steps: straight ones first. A road is preferred as people do: off it a step counts a third more.
struct Step {
  int dx, dy, road_cost, field_cost;
};
constexpr std::array<Step, 8> k_steps{{{1, 0, 9, 12},
                                       {0, 1, 9, 12},
                                       {-1, 0, 9, 12},
                                       {0, -1, 9, 12},
                                       {1, 1, 13, 17},
                                       {-1, 1, 13, 17},
                                       {-1, -1, 13, 17},
                                       {1, -1, 13, 17}}};
constexpr std::size_t k_cost_max = 17;
/// Spots of one zone keep this far from each other, and there are no more than so many.
constexpr std::int32_t k_spots_apart_tiles = 36;
constexpr std::size_t k_spots_of_zone_max = 10;
constexpr int k_spot_tries = 3000;
/// Nobody hunts in one zone only as long as there is a second one.
constexpr std::size_t k_zones_min = 2;
/// How far ahead along the way a walker looks for the farthest point that it can go straight to.
constexpr int k_look_ahead_steps = 16;
}  // namespace

Land::Land(const content::MapSpec& map, const sim::TileMap& tiles, base::Vec2 home) : map_(&map), tiles_(&tiles) {
  const sim::Tile beside = free_tile_near(home);
  add_spot(-1, beside.x, beside.y);
  for (std::size_t zone = 0; zone < map.zones.size(); ++zone) {
    if (!map.zones[zone].safe && !map.zones[zone].free_fight) choose_spots(static_cast<int>(zone));
  }
}

/// The trader's own tile may be taken by his stall.
sim::Tile Land::free_tile_near(base::Vec2 place) const {
  const sim::Tile middle = sim::tile_at(place);
  for (std::int32_t ring = 1; ring <= 3; ++ring) {
    for (std::int32_t dy = -ring; dy <= ring; ++dy) {
      for (std::int32_t dx = -ring; dx <= ring; ++dx) {
        if (!tiles_->blocked(middle.x + dx, middle.y + dy)) return {middle.x + dx, middle.y + dy};
      }
    }
  }
  return middle;
}

void Land::choose_spots(int zone) {
  base::Random random(static_cast<std::uint64_t>(zone) + 1);
  const std::size_t first = spots_.size();
  for (int i = 0; i < k_spot_tries && spots_.size() - first < k_spots_of_zone_max; ++i) {
    const auto x = static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(map_->width)));
    const auto y = static_cast<std::int32_t>(random.below(static_cast<std::uint32_t>(map_->height)));
    const base::Vec2 place = base::tile_centre(x, y);
    if (map_->zone_at(place) != zone || fields_[0].way[index(x, y)] == k_no_way) continue;
    const bool near = std::any_of(spots_.begin() + static_cast<std::ptrdiff_t>(first), spots_.end(), [&](const Spot& other) {
      return base::chebyshev(other.place - place) < k_spots_apart_tiles * base::k_units_per_tile;
    });
    if (!near) add_spot(zone, x, y);
  }
}

void Land::add_spot(int zone, std::int32_t tile_x, std::int32_t tile_y) {
  spots_.push_back({zone, base::tile_centre(tile_x, tile_y)});
  fields_.push_back(ways_to(tile_x, tile_y));
}

/// Dijkstra from the goal outwards; costs are small whole numbers, so that a ring of buckets is the queue (Dial, 1969).
Land::Field Land::ways_to(std::int32_t tile_x, std::int32_t tile_y) const {
  const auto tiles = static_cast<std::size_t>(map_->width) * static_cast<std::size_t>(map_->height);
  Field field{std::vector<std::uint8_t>(tiles, k_no_way), std::vector<std::uint16_t>(tiles, 0)};
  std::vector<std::uint32_t> cost(tiles, UINT32_MAX);
  std::array<std::vector<std::uint32_t>, k_cost_max + 1> ring;
  const std::size_t goal = index(tile_x, tile_y);
  cost[goal] = 0;
  field.way[goal] = 0;
  ring[0].push_back(static_cast<std::uint32_t>(goal));
  std::size_t waiting = 1;
  for (std::uint32_t now = 0; waiting > 0; ++now) {
    std::vector<std::uint32_t> due;
    due.swap(ring[now % ring.size()]);
    waiting -= due.size();
    for (const std::uint32_t at : due) {
      if (cost[at] != now) continue;  // reached more cheaply since
      const auto x = static_cast<std::int32_t>(at % static_cast<std::uint32_t>(map_->width));
      const auto y = static_cast<std::int32_t>(at / static_cast<std::uint32_t>(map_->width));
      for (std::size_t i = 0; i < k_steps.size(); ++i) {
        // From the neighbour this step leads here, so its way is the step back.
        const std::int32_t nx = x - k_steps[i].dx, ny = y - k_steps[i].dy;
        if (tiles_->blocked(nx, ny)) continue;
        if (i >= 4 && (tiles_->blocked(nx, y) || tiles_->blocked(x, ny))) continue;  // a body is wide
        const std::size_t next = index(nx, ny);
        const bool road = map_->ground[next] == content::Ground::path || map_->ground[next] == content::Ground::cobble;
        const auto there = now + static_cast<std::uint32_t>(road ? k_steps[i].road_cost : k_steps[i].field_cost);
        if (there >= cost[next]) continue;
        cost[next] = there;
        field.way[next] = static_cast<std::uint8_t>(i);
        field.steps[next] = static_cast<std::uint16_t>(std::min<std::uint32_t>(field.steps[at] + 1U, UINT16_MAX));
        ring[there % ring.size()].push_back(static_cast<std::uint32_t>(next));
        ++waiting;
      }
    }
  }
  return field;
}

std::vector<std::size_t> Land::spots_for(int level) const {
  // Who has outgrown all zones but one goes back to those that he has outgrown least.
  std::vector<std::size_t> fitting;
  for (int outgrown = 0; outgrown <= level; ++outgrown) {
    fitting.clear();
    std::set<int> zones;
    for (std::size_t i = k_home + 1; i < spots_.size(); ++i) {
      const content::ZoneSpec& zone = map_->zones[static_cast<std::size_t>(spots_[i].zone)];
      if (level < zone.level_min || level > zone.level_max + outgrown) continue;
      fitting.push_back(i);
      zones.insert(spots_[i].zone);
    }
    if (zones.size() >= k_zones_min) break;
  }
  return fitting;
}

int Land::steps_to(std::size_t spot, base::Vec2 from) const {
  const std::int32_t x = sim::tile_of(from.x), y = sim::tile_of(from.y);
  if (x < 0 || y < 0 || x >= map_->width || y >= map_->height) return -1;
  return fields_[spot].way[index(x, y)] == k_no_way ? -1 : fields_[spot].steps[index(x, y)];
}

base::Vec2 Land::next_point(std::size_t spot, base::Vec2 from, std::int32_t radius) const {
  const Field& field = fields_[spot];
  std::int32_t x = sim::tile_of(from.x), y = sim::tile_of(from.y);
  if (steps_to(spot, from) < 0) return from;
  base::Vec2 farthest = base::tile_centre(x, y);
  for (int i = 0; i < k_look_ahead_steps && field.steps[index(x, y)] > 0; ++i) {
    const Step& step = k_steps[field.way[index(x, y)]];
    x += step.dx;
    y += step.dy;
    const base::Vec2 centre = base::tile_centre(x, y);
    // The first step is taken even when a corner is in the way: from the middle of the tile it will be free.
    if (tiles_->straight_walk(from, centre, radius)) farthest = centre;
  }
  return farthest;
}

}  // namespace cudgel::bots
