#include "session/ladder.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"

namespace cudgel::session {
namespace {

constexpr std::int32_t k_level_max = 65535;  // the wire's

/// Of classes that the content still has, and of names that can be told.
protocol::Strongest told(const content::Content& content, const std::vector<store::Rank>& ranks) {
  protocol::Strongest strongest;
  for (const store::Rank& rank : ranks) {
    const int class_index = content.find_class(rank.class_name);
    if (class_index < 0 || !base::is_displayable_name(rank.name.view(), base::k_name_characters_max)) continue;
    strongest.ranks.push_back(
        {rank.name, static_cast<std::uint8_t>(class_index), static_cast<std::uint16_t>(std::clamp(rank.level, 1, k_level_max)),
         static_cast<std::uint32_t>(std::clamp(rank.experience, 0, static_cast<std::int32_t>(protocol::k_wire_experience_max))),
         rank.duel_wins});
  }
  return strongest;
}

protocol::Strongest of_those_here(const replication::Picture& picture, const Residents& residents) {
  std::vector<const replication::PublishedPlayer*> players;
  for (const replication::PublishedPlayer& player : picture.players) players.push_back(&player);
  const std::size_t listed = std::min(players.size(), protocol::k_ranks_max);
  std::partial_sort(players.begin(), players.begin() + static_cast<std::ptrdiff_t>(listed), players.end(),
                    [](const replication::PublishedPlayer* a, const replication::PublishedPlayer* b) {
                      if (a->level != b->level) return a->level > b->level;
                      return a->means.experience() != b->means.experience() ? a->means.experience() > b->means.experience()
                                                                            : a->id.index < b->id.index;
                    });
  players.resize(listed);
  protocol::Strongest strongest;
  for (const replication::PublishedPlayer* player : players) {
    const base::EntityId id = player->id;
    const auto resident = residents.at(std::span(&id, 1));
    const std::uint32_t wins = resident.empty() ? 0 : resident[0]->link->duel_wins.load(std::memory_order_relaxed);
    strongest.ranks.push_back({player->name, player->archetype, player->level, player->means.experience(), wins});
  }
  return strongest;
}

}  // namespace

std::optional<protocol::AnswerBody> Ladder::of(const content::Content& content, const replication::Picture& picture,
                                               Residents& residents, ops::Nanoseconds now_ns) {
  if (!asked_) {
    if (strongest_ && now_ns - made_ns_ < k_ladder_kept_ns) return *strongest_;
    asked_ = residents.strongest();
    if (!asked_) {
      strongest_ = of_those_here(picture, residents);
      made_ns_ = now_ns;
      return *strongest_;
    }
  }
  const auto state = asked_->state.load(std::memory_order_acquire);
  if (state == store::Answer::State::pending) return std::nullopt;
  const store::Ticket answer = std::exchange(asked_, nullptr);
  if (state == store::Answer::State::failed) {
    return protocol::Failure{protocol::RefusalCode::not_now, "that cannot be looked up just now: try again in a moment"};
  }
  strongest_ = told(content, answer->ranks);
  made_ns_ = now_ns;
  return *strongest_;
}

}  // namespace cudgel::session
