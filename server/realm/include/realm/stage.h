#pragma once
// Where the realm puts the newest picture of the world and every network thread finds it. Holds one picture: a thread that was
// slow simply finds a newer one. Rings an eventfd per network thread; nobody waits for anybody.

#include <memory>
#include <mutex>
#include <vector>

#include "ops/clock.h"
#include "replication/publisher.h"

namespace cudgel::realm {

struct Showing {
  std::shared_ptr<const replication::Picture> picture;  ///< null before the first tick
  ops::Nanoseconds next_tick_ns = 0;                    ///< when the realm takes the inputs for the following tick
};

class Stage {
 public:
  /// `event_fd` is written to at each picture. Call before the realm starts.
  void add_bell(int event_fd) { bells_.push_back(event_fd); }
  void show(std::shared_ptr<const replication::Picture> picture, ops::Nanoseconds next_tick_ns);
  [[nodiscard]] Showing newest() const;

 private:
  mutable std::mutex mutex_;
  Showing showing_;
  std::vector<int> bells_;
};

}  // namespace cudgel::realm
