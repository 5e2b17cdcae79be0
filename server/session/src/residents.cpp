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
  if (keys.tokens.before) by_token_.erase(*keys.tokens.before);
  keys.tokens.before = keys.tokens.newest;
  keys.tokens.newest = hash_of(token);
  by_token_[keys.tokens.newest] = keys.resident.get();
  return token;
}

store::Ticket Residents::rewrite(const Keys& keys) {
  const std::uint64_t character = keys.resident->link->character.load(std::memory_order_relaxed);
  return store_ == nullptr || character == 0 ? nullptr : store_->rotate(character, keys.tokens);
}

void Residents::erase(Keys& keys) {
  by_token_.erase(keys.tokens.newest);
  if (keys.tokens.before) by_token_.erase(*keys.tokens.before);
  by_character_.erase(keys.resident->link->character.load(std::memory_order_relaxed));
  by_body_.erase(keys.resident->link->entity.load(std::memory_order_relaxed));
  residents_.erase(keys.resident.get());
}

std::optional<Residents::Entry> Residents::admit(std::shared_ptr<realm::PlayerLink> link, const base::PlayerName& name,
                                                 std::uint8_t class_index, Speaker speaker, const std::optional<Known>& known) {
  auto resident = std::make_shared<Resident>();
  link->speaker.store(speaker, std::memory_order_relaxed);
  resident->link = std::move(link);
  resident->name = name;
  resident->class_index = class_index;
  const std::lock_guard lock(mutex_);
  if (known && !by_character_.emplace(known->character, resident.get()).second) return std::nullopt;
  Keys& keys = residents_[resident.get()];
  keys.resident = resident;
  if (known) {
    resident->link->character.store(known->character, std::memory_order_relaxed);
    resident->link->written.store(true, std::memory_order_release);
    keys.tokens.newest = hash_of(known->token);
    by_token_[keys.tokens.newest] = resident.get();
  }
  const protocol::Token token = renew(keys);
  if (!known) keys.tokens.before.reset();
  return Entry{std::move(resident), token, rewrite(keys)};
}

Residents::Claim Residents::claim(const protocol::Token& token, const base::PlayerName& name, std::uint8_t class_index,
                                  Speaker speaker) {
  const std::lock_guard lock(mutex_);
  const TokenHash hash = hash_of(token);
  const auto found = by_token_.find(hash);
  if (found == by_token_.end()) return {};
  Keys& keys = residents_.at(found->second);
  Resident& resident = *keys.resident;
  if (resident.name != name || resident.class_index != class_index) return {};
  if (resident.link->expired.load(std::memory_order_acquire)) {
    erase(keys);
    return {};
  }
  if (resident.link->gone.load(std::memory_order_acquire)) return {Standing::leaving, {}};
  // Whoever comes with the token before has not seen the newest: that one is void, not this.
  if (keys.tokens.before && *keys.tokens.before == hash) std::swap(keys.tokens.newest, *keys.tokens.before);
  resident.link->speaker.store(speaker, std::memory_order_release);
  const protocol::Token renewed = renew(keys);
  return {Standing::taken, {keys.resident, renewed, rewrite(keys)}};
}

store::Ticket Residents::seek(const protocol::Token& token) { return store_ == nullptr ? nullptr : store_->find(hash_of(token)); }

store::Ticket Residents::strongest() { return store_ == nullptr ? nullptr : store_->strongest(protocol::k_ranks_max); }

void Residents::write_down(const Resident& resident, const std::string& class_name) {
  if (store_ == nullptr) return;
  const std::lock_guard lock(mutex_);
  const auto found = residents_.find(&resident);
  if (found == residents_.end() || resident.link->character.load(std::memory_order_relaxed) != 0) return;
  store::Character character;
  character.id = random_id();
  character.name = resident.name;
  character.class_name = class_name;
  Keys& keys = found->second;
  keys.creation = store_->create(character, keys.tokens);
  by_character_[character.id] = &resident;
  // Only now may the realm send states of it after this.
  resident.link->character.store(character.id, std::memory_order_release);
}

void Residents::look_after(const Resident& resident) {
  const std::lock_guard lock(mutex_);
  if (const auto found = residents_.find(&resident); found != residents_.end()) look_after(found->second);
}

void Residents::confirm(const Resident& resident) {
  const std::lock_guard lock(mutex_);
  const auto found = residents_.find(&resident);
  if (found == residents_.end() || !found->second.tokens.before) return;
  by_token_.erase(*found->second.tokens.before);
  found->second.tokens.before.reset();
  rewrite(found->second);
}

void Residents::remove(const Resident& resident) {
  const std::lock_guard lock(mutex_);
  const auto found = residents_.find(&resident);
  if (found != residents_.end() && resident.link->character.load(std::memory_order_relaxed) == 0) erase(found->second);
}

void Residents::look_after(Keys& keys) {
  if (!keys.creation) return;
  switch (keys.creation->state.load(std::memory_order_acquire)) {
    case store::Answer::State::pending:
      return;
    case store::Answer::State::failed:
      by_character_.erase(keys.resident->link->character.exchange(0, std::memory_order_relaxed));
      break;
    case store::Answer::State::done:
      keys.resident->link->written.store(true, std::memory_order_release);
      break;
  }
  keys.creation.reset();
}

void Residents::sweep() {
  const std::lock_guard lock(mutex_);
  for (auto it = residents_.begin(); it != residents_.end();) {
    Keys& keys = (it++)->second;
    look_after(keys);
    const realm::PlayerLink& link = *keys.resident->link;
    const bool nobody_knows_it = link.gone.load(std::memory_order_relaxed) && link.character.load(std::memory_order_relaxed) == 0;
    if (link.expired.load(std::memory_order_relaxed) || nobody_knows_it) erase(keys);
  }
}

void Residents::settle(const Resident& resident) {
  const std::lock_guard lock(mutex_);
  if (residents_.contains(&resident)) by_body_[resident.link->entity.load(std::memory_order_relaxed)] = &resident;
}

std::vector<std::shared_ptr<Resident>> Residents::at(std::span<const base::EntityId> bodies) const {
  std::vector<std::shared_ptr<Resident>> found;
  const std::lock_guard lock(mutex_);
  for (const base::EntityId body : bodies) {
    const auto place = by_body_.find(body.packed());
    if (place != by_body_.end()) found.push_back(residents_.at(place->second).resident);
  }
  return found;
}

std::vector<std::shared_ptr<Resident>> Residents::named(const base::PlayerName& name) const {
  std::vector<std::shared_ptr<Resident>> found;
  const std::lock_guard lock(mutex_);
  for (const auto& [body, resident] : by_body_) {
    if (resident->name == name) found.push_back(residents_.at(resident).resident);
  }
  return found;
}

std::vector<std::shared_ptr<Resident>> Residents::everybody() const {
  std::vector<std::shared_ptr<Resident>> everybody;
  const std::lock_guard lock(mutex_);
  everybody.reserve(residents_.size());
  for (const auto& [resident, keys] : residents_) everybody.push_back(keys.resident);
  return everybody;
}

void Residents::cry(const std::string& words) {
  for (const std::shared_ptr<Resident>& resident : everybody()) {
    const std::lock_guard lock(resident->outbox_mutex);
    if (resident->outbox.push(words)) resident->link->news.store(true, std::memory_order_relaxed);
  }
}

bool Residents::let_watcher_in(Resident& resident) {
  if (watchers_.fetch_add(1, std::memory_order_relaxed) >= watch_limits_.all) {
    watchers_.fetch_sub(1, std::memory_order_relaxed);
    return false;
  }
  if (resident.link->watchers.fetch_add(1, std::memory_order_relaxed) < watch_limits_.each) return true;
  let_watcher_out(resident);
  return false;
}

void Residents::let_watcher_out(Resident& resident) {
  resident.link->watchers.fetch_sub(1, std::memory_order_relaxed);
  watchers_.fetch_sub(1, std::memory_order_relaxed);
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
