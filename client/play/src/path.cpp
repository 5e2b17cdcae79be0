#include "play/path.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <limits>
#include <queue>

namespace cudgel::game {

namespace {

using base::Vec2;

/// Side of the searched window in tiles, centred on the walker: a little more than one can see and click.
constexpr int k_window = 48;
constexpr int k_straight_cost = 10;
constexpr int k_diagonal_cost = 14;

struct Step {
  int dx, dy, cost;
};
constexpr std::array<Step, 8> k_steps{{{1, 0, k_straight_cost},
                                       {0, 1, k_straight_cost},
                                       {-1, 0, k_straight_cost},
                                       {0, -1, k_straight_cost},
                                       {1, 1, k_diagonal_cost},
                                       {-1, 1, k_diagonal_cost},
                                       {-1, -1, k_diagonal_cost},
                                       {1, -1, k_diagonal_cost}}};

int tile_of(std::int32_t units) { return units >= 0 ? units / base::k_units_per_tile : -1; }

class Search {
 public:
  Search(const sim::TileMap& map, Vec2 from, Vec2 to)
      : map_(map),
        left_(tile_of(from.x) - k_window / 2),
        top_(tile_of(from.y) - k_window / 2),
        goal_x_(std::clamp(tile_of(to.x), left_, left_ + k_window - 1)),
        goal_y_(std::clamp(tile_of(to.y), top_, top_ + k_window - 1)) {
    cost_.fill(std::numeric_limits<int>::max());
    from_.fill(-1);
  }

  /// Tile centres from the first step to the reachable tile nearest to the goal.
  std::vector<Vec2> run(int start_x, int start_y) {
    int best = index(start_x, start_y);
    cost_[static_cast<std::size_t>(best)] = 0;
    open_.push({estimate(start_x, start_y), best});
    while (!open_.empty()) {
      const int here = open_.top().second;
      open_.pop();
      if (estimate_of(here) < estimate_of(best)) best = here;
      if (estimate_of(here) == 0) break;
      expand(here);
    }
    std::vector<Vec2> way;
    for (int at = best; at >= 0; at = from_[static_cast<std::size_t>(at)]) way.push_back(base::tile_centre(x_of(at), y_of(at)));
    std::reverse(way.begin(), way.end());
    return way;
  }
  [[nodiscard]] bool reached_goal() const {
    return cost_[static_cast<std::size_t>(index(goal_x_, goal_y_))] != std::numeric_limits<int>::max();
  }

 private:
  [[nodiscard]] int index(int x, int y) const { return (y - top_) * k_window + (x - left_); }
  [[nodiscard]] int x_of(int at) const { return left_ + at % k_window; }
  [[nodiscard]] int y_of(int at) const { return top_ + at / k_window; }
  [[nodiscard]] int estimate(int x, int y) const {
    const int dx = std::abs(x - goal_x_), dy = std::abs(y - goal_y_);
    return k_straight_cost * std::max(dx, dy) + (k_diagonal_cost - k_straight_cost) * std::min(dx, dy);
  }
  [[nodiscard]] int estimate_of(int at) const { return estimate(x_of(at), y_of(at)); }

  void expand(int here) {
    const int x = x_of(here), y = y_of(here);
    for (const Step& step : k_steps) {
      const int nx = x + step.dx, ny = y + step.dy;
      if (nx < left_ || ny < top_ || nx >= left_ + k_window || ny >= top_ + k_window || map_.blocked(nx, ny)) continue;
      // No cutting of corners: a body is wide.
      if (step.dx != 0 && step.dy != 0 && (map_.blocked(nx, y) || map_.blocked(x, ny))) continue;
      const int cost = cost_[static_cast<std::size_t>(here)] + step.cost;
      const int next = index(nx, ny);
      if (cost >= cost_[static_cast<std::size_t>(next)]) continue;
      cost_[static_cast<std::size_t>(next)] = cost;
      from_[static_cast<std::size_t>(next)] = here;
      open_.push({cost + estimate(nx, ny), next});
    }
  }

  const sim::TileMap& map_;
  int left_, top_, goal_x_, goal_y_;
  std::array<int, static_cast<std::size_t>(k_window) * k_window> cost_{};
  std::array<int, static_cast<std::size_t>(k_window) * k_window> from_{};
  using Open = std::pair<int, int>;
  std::priority_queue<Open, std::vector<Open>, std::greater<>> open_;
};

}  // namespace

std::vector<Vec2> find_way(const sim::TileMap& map, Vec2 from, Vec2 to, std::int32_t radius) {
  if (map.straight_walk(from, to, radius)) return {to};
  Search search(map, from, to);
  std::vector<Vec2> tiles = search.run(tile_of(from.x), tile_of(from.y));
  if (search.reached_goal() && map.fits(to, radius)) tiles.push_back(to);
  // Pull the string tight: leave out every point that can be walked past in a straight line.
  std::vector<Vec2> way;
  Vec2 at = from;
  std::size_t next = 0;
  while (next < tiles.size()) {
    std::size_t far = next;
    for (std::size_t i = next; i < tiles.size(); ++i) {
      if (map.straight_walk(at, tiles[i], radius)) far = i;
    }
    way.push_back(tiles[far]);
    at = tiles[far];
    next = far + 1;
  }
  if (way.empty()) way.push_back(from);
  return way;
}

}  // namespace cudgel::game
