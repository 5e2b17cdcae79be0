#pragma once
// A store that forgets everything at the end: for tests and for hosts that keep nothing.

#include "store/store.h"

namespace cudgel::store {

class MemoryStore : public Store {
 public:
  base::Result<void, StoreError> save(const Snapshot& snapshot) override;
  base::Result<std::optional<StoredSnapshot>, StoreError> load(const WorldKey& key) override;
  base::Result<void, StoreError> set_aside(std::int64_t id, const std::string& reason) override;
  base::Result<std::int64_t, StoreError> count_others(const WorldKey& key) override;

  base::Result<void, StoreError> create(const Character& character, const TokenKeys& keys) override;
  base::Result<void, StoreError> rotate(std::uint64_t id, const TokenKeys& keys) override;
  base::Result<std::optional<Character>, StoreError> find(const TokenHash& key) override;
  base::Result<void, StoreError> keep(std::span<const Character> characters) override;
  base::Result<std::vector<Rank>, StoreError> strongest(std::size_t count) override;

 private:
  struct Kept {
    Character character;
    TokenKeys keys;
  };
  /// By id; nullptr when there is none.
  Kept* of(std::uint64_t id);
  /// By either key; nullptr when there is none.
  Kept* of(const TokenHash& key);

  struct Row {
    StoredSnapshot stored;
    bool aside = false;
  };
  std::vector<Kept> characters_;
  std::vector<Row> rows_;  ///< ascending id
  std::int64_t next_id_ = 1;
};

}  // namespace cudgel::store
