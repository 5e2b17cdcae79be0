#pragma once
// What has arrived on a road and waits for Transport::poll(): events in order, with a limit on the bytes they hold. For every
// transport whose network calls back while the client core polls. Memory is used again: what arrives is written behind what waits, while
// what was given out stays where it is, and when all of that is fetched the two change places.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/transport.h"

namespace cudgel::core {

class IncomingQueue {
 public:
  /// `bytes_max` of messages that may wait.
  explicit IncomingQueue(std::size_t bytes_max) : bytes_max_(bytes_max) {}

  void opened() { add(TransportEvent::Type::opened, 0, {}); }
  void closed(std::uint16_t code, std::string_view reason) {
    add(TransportEvent::Type::closed, code, {reinterpret_cast<const std::uint8_t*>(reason.data()), reason.size()});
  }
  /// False when so many more bytes would be too much: nobody fetches them.
  [[nodiscard]] bool has_room(std::size_t more) const { return waiting_bytes_ + more <= bytes_max_; }
  /// Only while has_room().
  void message(std::span<const std::uint8_t> bytes) { add(TransportEvent::Type::message, 0, bytes); }

  /// The next event; its message stays valid until the next call. False when there is none.
  bool take(TransportEvent& event) {
    if (taken_ == given_.items.size() && !turn_over()) return false;
    const Item& item = given_.items[taken_++];
    const std::span<const std::uint8_t> bytes = std::span(given_.bytes).subspan(item.begin, item.size);
    waiting_bytes_ -= item.size;
    event.type = item.type;
    event.close_code = item.close_code;
    event.message = {};
    event.close_reason.clear();
    if (item.type == TransportEvent::Type::message) event.message = bytes;
    if (item.type == TransportEvent::Type::closed) event.close_reason.assign(bytes.begin(), bytes.end());
    return true;
  }
  [[nodiscard]] bool empty() const { return taken_ == given_.items.size() && arriving_.items.empty(); }
  void clear() {
    arriving_.clear();
    given_.clear();
    taken_ = 0;
    waiting_bytes_ = 0;
  }

 private:
  struct Item {
    TransportEvent::Type type = TransportEvent::Type::none;
    std::uint16_t close_code = 0;
    std::size_t begin = 0;  ///< of the message, or of the reason in words
    std::size_t size = 0;
  };
  struct Batch {
    /// What one pile of messages needed is not kept for ever.
    static constexpr std::size_t k_kept_bytes_max = 65536;
    void clear() {
      items.clear();
      bytes.clear();
      if (bytes.capacity() > k_kept_bytes_max) bytes.shrink_to_fit();
    }
    std::vector<Item> items;
    std::vector<std::uint8_t> bytes;
  };

  void add(TransportEvent::Type type, std::uint16_t close_code, std::span<const std::uint8_t> bytes) {
    arriving_.items.push_back({type, close_code, arriving_.bytes.size(), bytes.size()});
    arriving_.bytes.insert(arriving_.bytes.end(), bytes.begin(), bytes.end());
    waiting_bytes_ += bytes.size();
  }
  /// False when nothing has arrived.
  bool turn_over() {
    given_.clear();
    taken_ = 0;
    std::swap(given_, arriving_);
    return !given_.items.empty();
  }

  std::size_t bytes_max_;
  std::size_t waiting_bytes_ = 0;
  Batch arriving_;
  Batch given_;
  std::size_t taken_ = 0;  ///< items of given_
};

}  // namespace cudgel::core
