#pragma once
// The thread that waits for the disk so that the realm never does. Its mailbox holds one snapshot: a newer one replaces an
// older one that was not begun, because only the newest world matters.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "ops/metrics.h"
#include "store/world_store.h"

namespace cudgel::store {

class StoreThread {
 public:
  StoreThread(std::unique_ptr<WorldStore> store, ops::Metrics& metrics);
  /// Writes what still waits, then ends.
  ~StoreThread();
  StoreThread(const StoreThread&) = delete;
  StoreThread& operator=(const StoreThread&) = delete;

  /// Never waits for the disk.
  void save(Snapshot snapshot);
  /// Returns when everything handed over so far is on disk; false when the last save failed.
  bool flush();

 private:
  void run();

  std::unique_ptr<WorldStore> store_;
  ops::Metrics& metrics_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable idle_;
  std::optional<Snapshot> waiting_;
  bool busy_ = false;
  bool stop_ = false;
  bool last_failed_ = false;
  std::thread thread_;
};

}  // namespace cudgel::store
