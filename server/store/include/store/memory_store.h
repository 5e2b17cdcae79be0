#pragma once
// A store that forgets everything at the end: for tests and for hosts that keep nothing.

#include "store/world_store.h"

namespace cudgel::store {

class MemoryWorldStore final : public WorldStore {
 public:
  base::Result<void, StoreError> save(const Snapshot& snapshot) override;
  base::Result<std::optional<StoredSnapshot>, StoreError> load(const WorldKey& key) override;
  base::Result<void, StoreError> set_aside(std::int64_t id, const std::string& reason) override;
  base::Result<std::int64_t, StoreError> count_others(const WorldKey& key) override;

 private:
  struct Row {
    StoredSnapshot stored;
    bool aside = false;
  };
  std::vector<Row> rows_;  ///< ascending id
  std::int64_t next_id_ = 1;
};

}  // namespace cudgel::store
