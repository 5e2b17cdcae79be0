#include "session/census.h"

#include <algorithm>

namespace cudgel::session {

const protocol::Here& Census::of(const replication::Picture& picture, const Residents& residents, std::uint8_t tick_hz) {
  if (!taken_ || picture.tick - *taken_ >= tick_hz) take(picture, residents);
  return here_;
}

void Census::take(const replication::Picture& picture, const Residents& residents) {
  taken_ = picture.tick;
  std::vector<const replication::PublishedPlayer*> players;
  players.reserve(picture.players.size());
  for (const replication::PublishedPlayer& player : picture.players) players.push_back(&player);
  const std::size_t listed = std::min(players.size(), protocol::k_people_max);
  const auto middle = players.begin() + static_cast<std::ptrdiff_t>(listed);
  std::partial_sort(players.begin(), middle, players.end(),
                    [](const replication::PublishedPlayer* a, const replication::PublishedPlayer* b) {
                      return a->level != b->level ? a->level > b->level : a->id.index < b->id.index;
                    });
  players.resize(listed);

  const std::vector<base::EntityId> away = residents.away();
  here_.players.clear();
  here_.total = static_cast<std::uint32_t>(picture.players.size());
  for (const replication::PublishedPlayer* player : players) {
    here_.players.push_back({player->name, player->archetype, player->level,
                             std::find(away.begin(), away.end(), player->id) != away.end(), player->id});
  }
}

}  // namespace cudgel::session
