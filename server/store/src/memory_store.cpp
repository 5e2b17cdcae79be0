#include "store/memory_store.h"

#include <algorithm>

namespace cudgel::store {

base::Result<void, StoreError> MemoryStore::save(const Snapshot& snapshot) {
  rows_.push_back({{next_id_++, "this run", snapshot}, false});
  int kept = 0;
  for (std::size_t i = rows_.size(); i-- > 0;) {
    const Row& row = rows_[i];
    if (row.aside || row.stored.snapshot.key != snapshot.key) continue;
    if (++kept > k_snapshots_kept) rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return {};
}

base::Result<std::optional<StoredSnapshot>, StoreError> MemoryStore::load(const WorldKey& key) {
  const auto found =
      std::find_if(rows_.rbegin(), rows_.rend(), [&](const Row& row) { return !row.aside && row.stored.snapshot.key == key; });
  if (found == rows_.rend()) return std::optional<StoredSnapshot>();
  return std::optional<StoredSnapshot>(found->stored);
}

base::Result<void, StoreError> MemoryStore::set_aside(std::int64_t id, const std::string&) {
  for (Row& row : rows_) {
    if (row.stored.id == id) {
      row.aside = true;
      return {};
    }
  }
  return base::fail(StoreError{"there is no snapshot " + std::to_string(id)});
}

base::Result<std::int64_t, StoreError> MemoryStore::count_others(const WorldKey& key) {
  return std::count_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.stored.snapshot.key != key; });
}

MemoryStore::Kept* MemoryStore::of(std::uint64_t id) {
  const auto found =
      std::find_if(characters_.begin(), characters_.end(), [&](const Kept& kept) { return kept.character.id == id; });
  return found == characters_.end() ? nullptr : &*found;
}

MemoryStore::Kept* MemoryStore::of(const TokenHash& key) {
  const auto found = std::find_if(characters_.begin(), characters_.end(),
                                  [&](const Kept& kept) { return kept.keys.newest == key || kept.keys.before == key; });
  return found == characters_.end() ? nullptr : &*found;
}

base::Result<void, StoreError> MemoryStore::create(const Character& character, const TokenKeys& keys) {
  if (of(character.id) != nullptr || of(keys.newest) != nullptr) return base::fail(StoreError{"this character is there already"});
  characters_.push_back({character, keys});
  return {};
}

base::Result<void, StoreError> MemoryStore::rotate(std::uint64_t id, const TokenKeys& keys) {
  Kept* const kept = of(id);
  if (kept == nullptr) return base::fail(StoreError{"there is no character " + std::to_string(id)});
  kept->keys = keys;
  return {};
}

base::Result<std::optional<Character>, StoreError> MemoryStore::find(const TokenHash& key) {
  const Kept* const kept = of(key);
  return kept == nullptr ? std::optional<Character>() : std::optional<Character>(kept->character);
}

base::Result<void, StoreError> MemoryStore::keep(std::span<const Character> characters) {
  for (const Character& character : characters) {
    if (Kept* const kept = of(character.id)) kept->character = character;
  }
  return {};
}

base::Result<std::vector<Rank>, StoreError> MemoryStore::strongest(std::size_t count) {
  std::vector<const Character*> order;
  for (const Kept& kept : characters_) order.push_back(&kept.character);
  std::sort(order.begin(), order.end(), [](const Character* a, const Character* b) {
    if (a->level != b->level) return a->level > b->level;
    return a->experience != b->experience ? a->experience > b->experience : a->id < b->id;
  });
  std::vector<Rank> ranks;
  for (std::size_t i = 0; i < std::min(count, order.size()); ++i) {
    const Character& one = *order[i];
    ranks.push_back({one.name, one.class_name, one.level, one.experience, one.duel_wins});
  }
  return ranks;
}

}  // namespace cudgel::store
