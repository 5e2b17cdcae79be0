#pragma once
// Where saved worlds are kept. One interface, several implementations that pass the same contract tests
// (tests/server/store_contract_test.cpp). A store keeps bytes; it knows nothing of what is in them and never throws one away
// that could not be used.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/store_error.h"

namespace cudgel::store {

/// Which world a snapshot belongs to: another content, map or tick rate is another world, kept beside the others.
struct WorldKey {
  std::uint64_t content_hash = 0;
  std::uint16_t arena_side = 0;  ///< tiles; 0: the content's own map
  std::int32_t tick_hz = 20;
  friend bool operator==(const WorldKey&, const WorldKey&) = default;
};

struct Snapshot {
  WorldKey key;
  std::uint32_t tick = 0;
  std::vector<std::uint8_t> bytes;  ///< sim::save()
};

struct StoredSnapshot {
  std::int64_t id = 0;   ///< the store's name for it
  std::string saved_at;  ///< for people, UTC
  Snapshot snapshot;
};

/// Snapshots kept per world; older ones make room, except those set aside.
inline constexpr int k_snapshots_kept = 3;

class WorldStore {
 public:
  virtual ~WorldStore() = default;
  virtual base::Result<void, StoreError> save(const Snapshot& snapshot) = 0;
  /// The newest snapshot of that world that was not set aside; nothing when there is none.
  virtual base::Result<std::optional<StoredSnapshot>, StoreError> load(const WorldKey& key) = 0;
  /// Marks a snapshot that could not be restored: it is never loaded nor deleted again by us.
  virtual base::Result<void, StoreError> set_aside(std::int64_t id, const std::string& reason) = 0;
  /// How many snapshots are held for other worlds than `key`, for the log.
  virtual base::Result<std::int64_t, StoreError> count_others(const WorldKey& key) = 0;
};

}  // namespace cudgel::store
