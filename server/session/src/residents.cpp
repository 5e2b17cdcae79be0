#include "session/residents.h"

#include <cstring>

#include "token.h"

namespace cudgel::session {

std::size_t Residents::Prefix::operator()(const TokenHash& hash) const {
  std::size_t value = 0;
  std::memcpy(&value, hash.data(), sizeof value);
  return value;
}

/// The newest token becomes the one before; the one before that is void.
protocol::Token Residents::renew(Keys& keys) {
  const protocol::Token token = new_token();
  if (keys.before) by_token_.erase(*keys.before);
  keys.before = keys.newest;
  keys.newest = hash_of(token);
  by_token_[keys.newest] = keys.resident.get();
  return token;
}

void Residents::erase(Keys& keys) {
  by_token_.erase(keys.newest);
  if (keys.before) by_token_.erase(*keys.before);
  residents_.erase(keys.resident.get());
}

Residents::Entry Residents::admit(std::shared_ptr<realm::PlayerLink> link, const base::PlayerName& name, std::uint8_t class_index,
                                  Speaker speaker) {
  auto resident = std::make_shared<Resident>();
  link->speaker.store(speaker, std::memory_order_relaxed);
  resident->link = std::move(link);
  resident->name = name;
  resident->class_index = class_index;
  const std::lock_guard lock(mutex_);
  Keys& keys = residents_[resident.get()];
  keys.resident = resident;
  const protocol::Token token = renew(keys);
  keys.before.reset();
  return {std::move(resident), token};
}

std::optional<Residents::Entry> Residents::claim(const protocol::Token& token, const base::PlayerName& name,
                                                 std::uint8_t class_index, Speaker speaker) {
  const std::lock_guard lock(mutex_);
  const TokenHash hash = hash_of(token);
  const auto found = by_token_.find(hash);
  if (found == by_token_.end()) return std::nullopt;
  Keys& keys = residents_.at(found->second);
  Resident& resident = *keys.resident;
  if (resident.name != name || resident.class_index != class_index) return std::nullopt;
  if (resident.link->gone.load(std::memory_order_acquire) || resident.link->expired.load(std::memory_order_acquire)) {
    return std::nullopt;
  }
  // Whoever comes with the token before has not seen the newest: that one is void, not this.
  if (keys.before && *keys.before == hash) std::swap(keys.newest, *keys.before);
  resident.link->speaker.store(speaker, std::memory_order_release);
  return Entry{keys.resident, renew(keys)};
}

void Residents::confirm(const Resident& resident) {
  const std::lock_guard lock(mutex_);
  const auto found = residents_.find(&resident);
  if (found == residents_.end() || !found->second.before) return;
  by_token_.erase(*found->second.before);
  found->second.before.reset();
}

void Residents::remove(const Resident& resident) {
  const std::lock_guard lock(mutex_);
  const auto found = residents_.find(&resident);
  if (found != residents_.end()) erase(found->second);
}

void Residents::sweep() {
  const std::lock_guard lock(mutex_);
  for (auto it = residents_.begin(); it != residents_.end();) {
    Keys& keys = (it++)->second;
    const realm::PlayerLink& link = *keys.resident->link;
    if (link.expired.load(std::memory_order_relaxed) || link.gone.load(std::memory_order_relaxed)) erase(keys);
  }
}

void Residents::cry(const std::string& words) {
  std::vector<std::shared_ptr<Resident>> everybody;
  {
    const std::lock_guard lock(mutex_);
    everybody.reserve(residents_.size());
    for (const auto& [resident, keys] : residents_) everybody.push_back(keys.resident);
  }
  for (const std::shared_ptr<Resident>& resident : everybody) {
    const std::lock_guard lock(resident->outbox_mutex);
    if (resident->outbox.push(words)) resident->link->news.store(true, std::memory_order_relaxed);
  }
}

std::vector<base::EntityId> Residents::away() const {
  std::vector<base::EntityId> away;
  const std::lock_guard lock(mutex_);
  for (const auto& [resident, keys] : residents_) {
    const realm::PlayerLink& link = *resident->link;
    if (!link.away.load(std::memory_order_relaxed)) continue;
    if (link.verdict.load(std::memory_order_acquire) != realm::PlayerLink::Verdict::joined) continue;
    away.push_back(base::EntityId::unpack(link.entity.load(std::memory_order_relaxed)));
  }
  return away;
}

std::size_t Residents::size() const {
  const std::lock_guard lock(mutex_);
  return residents_.size();
}

}  // namespace cudgel::session
