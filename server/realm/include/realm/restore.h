#pragma once
// Brings the newest usable saved world back at the start. Nothing stored is ever lost: what cannot be used is set aside in the
// store and named in the log.

#include "realm/realm.h"
#include "store/world_store.h"

namespace cudgel::realm {

/// True when a world was restored, false when the realm starts fresh. Errors are the store's.
base::Result<bool, store::StoreError> restore_newest(Realm& realm, store::WorldStore& store);

}  // namespace cudgel::realm
