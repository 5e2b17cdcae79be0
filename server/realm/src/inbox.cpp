#include "realm/inbox.h"

#include <algorithm>
#include <iterator>

namespace cudgel::realm {

bool Inbox::add(JoinRequest join) {
  if (gathering_.joins.size() >= k_joins_per_batch_max) return false;
  gathering_.joins.push_back(std::move(join));
  return true;
}

bool Inbox::add(const PlayerAct& act) {
  if (gathering_.acts.size() >= k_acts_per_batch_max) return false;
  gathering_.acts.push_back(act);
  return true;
}

bool Inbox::add(const PlayerDeed& deed) {
  if (gathering_.deeds.size() >= k_deeds_per_batch_max) return false;
  gathering_.deeds.push_back(deed);
  return true;
}

namespace {
/// Moves as many to the end of `to` as may stand there; the rest stays.
template <class T>
void hand_on(std::vector<T>& from, std::vector<T>& to, std::size_t most) {
  const std::size_t room = most - std::min(most, to.size());
  const auto end = from.begin() + static_cast<std::ptrdiff_t>(std::min(room, from.size()));
  std::move(from.begin(), end, std::back_inserter(to));
  from.erase(from.begin(), end);
}
}  // namespace

void Inbox::hand_over() {
  if (gathering_.empty()) return;
  const std::lock_guard lock(mutex_);
  if (ready_.empty()) {
    std::swap(ready_, gathering_);
    return;
  }
  // The realm has not come by since the last time: what fits is added, the rest waits in `gathering_`, whose own limits hold.
  hand_on(gathering_.acts, ready_.acts, k_acts_per_batch_max);
  hand_on(gathering_.joins, ready_.joins, k_joins_per_batch_max);
  hand_on(gathering_.deeds, ready_.deeds, k_deeds_per_batch_max);
}

void Inbox::take(InputBatch& batch) {
  const std::lock_guard lock(mutex_);
  if (batch.empty()) {
    std::swap(batch, ready_);
    return;
  }
  batch.acts.insert(batch.acts.end(), ready_.acts.begin(), ready_.acts.end());
  batch.deeds.insert(batch.deeds.end(), ready_.deeds.begin(), ready_.deeds.end());
  std::move(ready_.joins.begin(), ready_.joins.end(), std::back_inserter(batch.joins));
  ready_.clear();
}

}  // namespace cudgel::realm
