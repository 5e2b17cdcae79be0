#pragma once
// What has arrived on a road and waits for Transport::poll(): events in order, with a limit on the bytes they hold. For every
// transport whose network calls back while the client core polls.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "core/transport.h"

namespace cudgel::core {

class IncomingQueue {
 public:
  /// `bytes_max` of messages that may wait.
  explicit IncomingQueue(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  void opened() { items_.push_back({TransportEvent::Type::opened, {}, 0, {}}); }
  void closed(std::uint16_t code, std::string reason) {
    items_.push_back({TransportEvent::Type::closed, {}, code, std::move(reason)});
  }
  /// False when so many more bytes would be too much: nobody fetches them.
  [[nodiscard]] bool has_room(std::size_t more) const { return bytes_ + more <= bytes_max_; }
  /// Only while has_room().
  void message(std::vector<std::uint8_t> bytes) {
    bytes_ += bytes.size();
    items_.push_back({TransportEvent::Type::message, std::move(bytes), 0, {}});
  }

  /// The next event; its message stays valid until the next call. False when there is none.
  bool take(TransportEvent& event) {
    if (items_.empty()) return false;
    Item item = std::move(items_.front());
    items_.pop_front();
    bytes_ -= item.bytes.size();
    given_ = std::move(item.bytes);
    event.type = item.type;
    event.message = given_;
    event.close_code = item.close_code;
    event.close_reason = std::move(item.close_reason);
    return true;
  }
  [[nodiscard]] bool empty() const { return items_.empty(); }
  void clear() {
    items_.clear();
    bytes_ = 0;
  }

 private:
  struct Item {
    TransportEvent::Type type = TransportEvent::Type::none;
    std::vector<std::uint8_t> bytes;
    std::uint16_t close_code = 0;
    std::string close_reason;
  };
  std::size_t bytes_max_;
  std::size_t bytes_ = 0;
  std::deque<Item> items_;
  std::vector<std::uint8_t> given_;
};

}  // namespace cudgel::core
