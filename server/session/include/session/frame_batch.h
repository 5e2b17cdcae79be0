#pragma once
// Frames that are encoded and not sent yet: one network thread encodes for a number of sessions and then sends to all of them. A send runs
// through the kernel and leaves nothing of the picture in the processor's caches; done in turns, each viewer would fetch it again.
// It knows neither sessions nor sockets, keeps nothing beyond a tick, and allocates nothing after it was made.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/assert.h"
#include "protocol/limits.h"

namespace cudgel::session {

class Session;

class FrameBatch {
 public:
  /// Sessions in a batch. Fewer: the picture is fetched more often; more: the first frames have left the caches when they are sent.
  static constexpr std::size_t k_frames = 128;
  /// A batch is sent when it holds this much, usually 15 kB.
  static constexpr std::size_t k_bytes = std::size_t{64} * 1024;

  struct Entry {
    Session* session = nullptr;
    std::span<const std::uint8_t> frame;
  };

  FrameBatch() : bytes_(k_bytes + protocol::k_server_frame_bytes_max) {}
  FrameBatch(const FrameBatch&) = delete;
  FrameBatch& operator=(const FrameBatch&) = delete;

  [[nodiscard]] bool full() const { return count_ == k_frames || used_ >= k_bytes; }
  /// Not when full. The bytes are copied; the session must outlive clear().
  void add(Session& session, std::span<const std::uint8_t> frame);
  /// In the order they were added; valid until clear().
  [[nodiscard]] std::span<const Entry> entries() const { return {entries_.data(), count_}; }
  void clear() { count_ = used_ = 0; }

 private:
  std::array<Entry, k_frames> entries_;
  std::size_t count_ = 0;
  std::vector<std::uint8_t> bytes_;
  std::size_t used_ = 0;
};

}  // namespace cudgel::session
