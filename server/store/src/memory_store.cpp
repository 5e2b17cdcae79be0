#include "store/memory_store.h"

#include <algorithm>

namespace cudgel::store {

base::Result<void, StoreError> MemoryWorldStore::save(const Snapshot& snapshot) {
  rows_.push_back({{next_id_++, "this run", snapshot}, false});
  int kept = 0;
  for (std::size_t i = rows_.size(); i-- > 0;) {
    const Row& row = rows_[i];
    if (row.aside || row.stored.snapshot.key != snapshot.key) continue;
    if (++kept > k_snapshots_kept) rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return {};
}

base::Result<std::optional<StoredSnapshot>, StoreError> MemoryWorldStore::load(const WorldKey& key) {
  const auto found =
      std::find_if(rows_.rbegin(), rows_.rend(), [&](const Row& row) { return !row.aside && row.stored.snapshot.key == key; });
  if (found == rows_.rend()) return std::optional<StoredSnapshot>();
  return std::optional<StoredSnapshot>(found->stored);
}

base::Result<void, StoreError> MemoryWorldStore::set_aside(std::int64_t id, const std::string&) {
  for (Row& row : rows_) {
    if (row.stored.id == id) {
      row.aside = true;
      return {};
    }
  }
  return base::fail(StoreError{"there is no snapshot " + std::to_string(id)});
}

base::Result<std::int64_t, StoreError> MemoryWorldStore::count_others(const WorldKey& key) {
  return std::count_if(rows_.begin(), rows_.end(), [&](const Row& row) { return row.stored.snapshot.key != key; });
}

}  // namespace cudgel::store
