#pragma once
// Sockets that one network thread leaves for another: a connection is accepted by any thread, the road it asks for lives on one. One box per
// thread, each under a mutex held for a push or a swap. What is in a box has a seat, so the limit on connections bounds it.

#include <mutex>
#include <string>
#include <vector>

#include "net/address.h"

namespace cudgel::net {

struct HandedOver {
  int socket = -1;
  Seat seat;
  std::string received;  ///< what was read from it and not answered yet
};

class HandOver {
 public:
  explicit HandOver(std::size_t threads) : boxes_(threads) {}
  /// Closes what nobody has taken.
  ~HandOver();
  HandOver(const HandOver&) = delete;
  HandOver& operator=(const HandOver&) = delete;

  [[nodiscard]] std::size_t threads() const { return boxes_.size(); }
  /// `event_fd` is written to when there is something for `thread`. Call before any thread runs.
  void set_bell(std::size_t thread, int event_fd) { boxes_[thread].bell = event_fd; }
  /// The socket is the other thread's from now on.
  void give(std::size_t thread, HandedOver socket);
  /// Everything that was left for `thread`; its sockets are the caller's.
  std::vector<HandedOver> take(std::size_t thread);

 private:
  struct Box {
    int bell = -1;
    std::mutex mutex;
    std::vector<HandedOver> sockets;  ///< under mutex
  };
  std::vector<Box> boxes_;
};

}  // namespace cudgel::net
