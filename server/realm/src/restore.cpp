#include "realm/restore.h"

#include "ops/log.h"

namespace cudgel::realm {

base::Result<bool, store::StoreError> restore_newest(Realm& realm, store::WorldStore& store) {
  // Each round sets one snapshot aside or ends, so the number of snapshots bounds the loop.
  for (;;) {
    auto found = store.load(realm.key());
    if (!found) return base::fail(found.error());
    if (!*found) break;
    const store::StoredSnapshot& stored = **found;
    const auto restored = realm.restore(stored.snapshot.bytes);
    if (restored) {
      spdlog::info("the world of {} is back at tick {}", stored.saved_at, stored.snapshot.tick);
      return true;
    }
    spdlog::warn("the world saved at {} (snapshot {}, tick {}) cannot be restored and is set aside: {}", stored.saved_at,
                 stored.id, stored.snapshot.tick, restored.error().text);
    if (auto aside = store.set_aside(stored.id, restored.error().text); !aside) return base::fail(aside.error());
  }
  const auto others = store.count_others(realm.key());
  if (!others) return base::fail(others.error());
  if (*others > 0) {
    spdlog::warn(
        "the world starts fresh: {} saved world(s) belong to other content, another map or another tick rate; they are kept",
        *others);
  } else {
    spdlog::info("the world starts fresh");
  }
  return false;
}

}  // namespace cudgel::realm
