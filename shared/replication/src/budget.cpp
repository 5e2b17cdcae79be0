// Earliest deadline first at the lowest rate that meets every deadline: of those who have waited for `a` ticks or longer an equal
// share goes into each frame that is left to them. Told so, the rate never has to rise but for new ones, and 500 who all change
// in every tick make 25 a frame instead of nothing for 19 frames and then everything.

#include "replication/budget.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cudgel::replication {
namespace {

using Place = std::vector<Pending>::iterator;

constexpr auto by_distance = [](const Pending& a, const Pending& b) {
  return a.distance != b.distance ? a.distance < b.distance : a.place < b.place;
};
constexpr auto by_waiting = [](const Pending& a, const Pending& b) {
  return a.waited != b.waited ? a.waited > b.waited : by_distance(a, b);
};
constexpr auto by_place = [](const Pending& a, const Pending& b) { return a.place < b.place; };

/// Puts the first `count` by that order in front and returns where they end.
template <class Order>
Place take(Place begin, Place end, std::size_t count, Order order) {
  if (count >= static_cast<std::size_t>(end - begin)) return end;
  const Place told = begin + static_cast<std::ptrdiff_t>(count);
  std::nth_element(begin, told, end, order);
  return told;
}

/// How many have to be told in this frame so that all can be in time.
std::size_t due(Place begin, Place end, base::Tick gap) {
  constexpr base::Tick k_last = k_told_within_ticks - 1;
  std::array<std::size_t, k_told_within_ticks> by_wait{};
  for (Place one = begin; one != end; ++one) ++by_wait[std::min<base::Tick>(one->waited, k_last)];
  std::size_t count = 0;
  std::size_t share = 0;
  for (base::Tick left = 0; left <= k_last; ++left) {
    const std::size_t frames = left / gap + 1;
    count += by_wait[k_last - left];
    share = std::max(share, (count + frames - 1) / frames);
  }
  return share;
}

}  // namespace

void choose(std::vector<Pending>& pending, const Allowance& allowance) {
  if (pending.size() <= std::min(allowance.usual, allowance.most)) return;
  const Place begin = pending.begin();
  const auto room = [&](Place told) { return allowance.most - static_cast<std::size_t>(told - begin); };
  const Place fights = std::partition(begin, pending.end(), [](const Pending& one) { return one.fight; });
  Place told = take(begin, fights, std::min(k_fights_max, room(begin)), by_distance);
  told = take(told, pending.end(), std::min(due(told, pending.end(), allowance.gap), room(told)), by_waiting);
  const auto so_far = static_cast<std::size_t>(told - begin);
  const std::size_t nearest = std::max(k_nearest_min, allowance.usual - std::min(allowance.usual, so_far));
  told = take(told, pending.end(), std::min(nearest, room(told)), by_distance);
  pending.erase(told, pending.end());
  std::sort(begin, told, by_place);
}

}  // namespace cudgel::replication
