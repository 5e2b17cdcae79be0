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

void Inbox::hand_over() {
  if (gathering_.joins.empty() && gathering_.acts.empty()) return;
  const std::lock_guard lock(mutex_);
  if (ready_.joins.empty() && ready_.acts.empty()) {
    std::swap(ready_, gathering_);
    return;
  }
  // The realm has not come by since the last time: what fits is added, the rest waits in `gathering_`, whose own limits hold.
  const std::size_t room = k_acts_per_batch_max - std::min(k_acts_per_batch_max, ready_.acts.size());
  const auto acts = static_cast<std::ptrdiff_t>(std::min(room, gathering_.acts.size()));
  ready_.acts.insert(ready_.acts.end(), gathering_.acts.begin(), gathering_.acts.begin() + acts);
  gathering_.acts.erase(gathering_.acts.begin(), gathering_.acts.begin() + acts);
  const std::size_t seats = k_joins_per_batch_max - std::min(k_joins_per_batch_max, ready_.joins.size());
  const auto joins = static_cast<std::ptrdiff_t>(std::min(seats, gathering_.joins.size()));
  std::move(gathering_.joins.begin(), gathering_.joins.begin() + joins, std::back_inserter(ready_.joins));
  gathering_.joins.erase(gathering_.joins.begin(), gathering_.joins.begin() + joins);
}

void Inbox::take(InputBatch& batch) {
  const std::lock_guard lock(mutex_);
  if (batch.joins.empty() && batch.acts.empty()) {
    std::swap(batch, ready_);
    return;
  }
  batch.acts.insert(batch.acts.end(), ready_.acts.begin(), ready_.acts.end());
  std::move(ready_.joins.begin(), ready_.joins.end(), std::back_inserter(batch.joins));
  ready_.clear();
}

}  // namespace cudgel::realm
