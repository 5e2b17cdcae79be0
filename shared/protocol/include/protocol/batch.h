#pragma once
// Several messages in one body of an HTTP road (docs/TRANSPORTS.md): each with its length in front, one behind the other. Knows nothing of what
// the messages say, and holds none of them.
//
//   0        4                  4+n
//   +--------+------------------+--------+-- - -
//   | n (LE) | message, n bytes | n (LE) | ...
//   +--------+------------------+--------+-- - -

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "protocol/client_message.h"

namespace cudgel::protocol {

/// In front of each message.
inline constexpr std::size_t k_batch_length_bytes = 4;
/// Client to server, one request's body.
inline constexpr std::size_t k_batch_up_bytes_max = std::size_t{16} * 1024;
inline constexpr std::size_t k_batch_up_messages_max = 32;
/// Server to client, one answer's body: one frame.
inline constexpr std::size_t k_batch_down_bytes_max = k_batch_length_bytes + k_server_frame_bytes_max;

/// Puts one message behind what `batch` holds. Bounds are the caller's business.
void append_to_batch(std::vector<std::uint8_t>& batch, std::span<const std::uint8_t> message);

/// Walks over a batch whose frame is sound: every length lies within the bytes, nothing is left behind the last message. Reads the
/// caller's bytes, which must stay.
///
///   auto batch = BatchReader::open(bytes, k_batch_up_messages_max);
///   if (!batch) ... batch.error().reason
///   while (auto message = batch->next()) ...
class BatchReader {
 public:
  /// Checks all lengths before the first message is given out, so that a batch is taken whole or not at all. An empty batch holds no
  /// message and is fine; single messages may be empty. Refused: a length that does not fit, more than `messages_max` messages.
  static base::Result<BatchReader, DecodeError> open(std::span<const std::uint8_t> bytes, std::size_t messages_max);

  /// The next message; nothing behind the last.
  std::optional<std::span<const std::uint8_t>> next();

 private:
  explicit BatchReader(std::span<const std::uint8_t> bytes) : rest_(bytes) {}
  std::span<const std::uint8_t> rest_;
};

}  // namespace cudgel::protocol
