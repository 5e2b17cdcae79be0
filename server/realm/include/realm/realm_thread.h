#pragma once
// Ticks a realm by the real clock: absolute deadlines, so that errors do not add up; after a stall a few ticks are caught up at
// once, the rest is given up and counted.

#include <atomic>
#include <thread>

#include "realm/realm.h"

namespace cudgel::realm {

/// Ticks made up for after a stall. More would make everybody jump; fewer would slow the world after each hiccup of the machine.
inline constexpr int k_catch_up_ticks_max = 4;

class RealmThread {
 public:
  /// Begins to tick at once. The realm belongs to the thread until stop() returns.
  RealmThread(Realm& realm, std::int32_t tick_hz, ops::Metrics& metrics);
  ~RealmThread();
  RealmThread(const RealmThread&) = delete;
  RealmThread& operator=(const RealmThread&) = delete;

  /// Returns after the tick under way.
  void stop();

 private:
  void run();

  Realm& realm_;
  ops::Nanoseconds period_ns_;
  ops::Metrics& metrics_;
  std::atomic<bool> stop_{false};
  std::thread thread_;
};

}  // namespace cudgel::realm
