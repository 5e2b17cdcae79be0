#pragma once
// Messages that wait for the next request up, as the batch it will carry. Bounded: what does not fit is not taken.

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "protocol/batch.h"

namespace cudgel::net {

class UpBatch {
 public:
  /// False when the batch is full: nothing was taken.
  bool add(std::span<const std::uint8_t> message) {
    const std::size_t size = protocol::k_batch_length_bytes + message.size();
    if (messages_ == protocol::k_batch_up_messages_max || bytes_.size() + size > protocol::k_batch_up_bytes_max) return false;
    protocol::append_to_batch(bytes_, message);
    ++messages_;
    return true;
  }
  [[nodiscard]] bool empty() const { return messages_ == 0; }
  /// With the lengths in front.
  [[nodiscard]] std::size_t bytes() const { return bytes_.size(); }
  /// The whole batch; the next one begins empty.
  std::vector<std::uint8_t> take() {
    messages_ = 0;
    return std::exchange(bytes_, {});
  }

 private:
  std::vector<std::uint8_t> bytes_;
  std::size_t messages_ = 0;
};

}  // namespace cudgel::net
