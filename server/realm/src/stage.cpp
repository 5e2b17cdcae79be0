#include "realm/stage.h"

#include <sys/eventfd.h>

namespace cudgel::realm {

void Stage::show(std::shared_ptr<const replication::Picture> picture, ops::Nanoseconds next_tick_ns) {
  std::shared_ptr<const replication::Picture> replaced;
  {
    const std::lock_guard lock(mutex_);
    replaced = std::move(showing_.picture);
    showing_.picture = std::move(picture);
    showing_.next_tick_ns = next_tick_ns;
  }
  for (const int bell : bells_) eventfd_write(bell, 1);
}

Showing Stage::newest() const {
  const std::lock_guard lock(mutex_);
  return showing_;
}

}  // namespace cudgel::realm
