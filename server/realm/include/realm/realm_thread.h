#pragma once
// Ticks a realm by the real clock, on the beat of beat.h; late ticks and those given up are counted.

#include <atomic>
#include <thread>

#include "realm/realm.h"

namespace cudgel::realm {

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
