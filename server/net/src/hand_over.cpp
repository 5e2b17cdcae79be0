#include "net/hand_over.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <utility>

namespace cudgel::net {

HandOver::~HandOver() {
  for (const Box& box : boxes_) {
    for (const HandedOver& left : box.sockets) close(left.socket);
  }
}

void HandOver::give(std::size_t thread, HandedOver socket) {
  Box& box = boxes_[thread];
  {
    const std::lock_guard lock(box.mutex);
    box.sockets.push_back(std::move(socket));
  }
  eventfd_write(box.bell, 1);
}

std::vector<HandedOver> HandOver::take(std::size_t thread) {
  const std::lock_guard lock(boxes_[thread].mutex);
  return std::exchange(boxes_[thread].sockets, {});
}

}  // namespace cudgel::net
