#include "protocol/batch.h"

#include "base/assert.h"
#include "fail.h"

namespace cudgel::protocol {
namespace {

std::size_t read_length(std::span<const std::uint8_t> bytes) {
  return static_cast<std::size_t>(bytes[0]) | static_cast<std::size_t>(bytes[1]) << 8U |
         static_cast<std::size_t>(bytes[2]) << 16U | static_cast<std::size_t>(bytes[3]) << 24U;
}

}  // namespace

void append_to_batch(std::vector<std::uint8_t>& batch, std::span<const std::uint8_t> message) {
  CUDGEL_ASSERT(message.size() <= k_server_frame_bytes_max);
  const auto size = static_cast<std::uint32_t>(message.size());
  for (const unsigned shift : {0U, 8U, 16U, 24U}) batch.push_back(static_cast<std::uint8_t>(size >> shift & 0xFFU));
  batch.insert(batch.end(), message.begin(), message.end());
}

base::Result<BatchReader, DecodeError> BatchReader::open(std::span<const std::uint8_t> bytes, std::size_t messages_max) {
  std::size_t count = 0;
  for (auto rest = bytes; !rest.empty(); ++count) {
    if (count == messages_max) return refuse(DecodeErrorCode::too_big, "the batch holds too many messages");
    if (rest.size() < k_batch_length_bytes) return refuse(DecodeErrorCode::malformed, "the batch ends within a length");
    const std::size_t size = read_length(rest);
    rest = rest.subspan(k_batch_length_bytes);
    if (size > rest.size()) return refuse(DecodeErrorCode::malformed, "the batch ends within a message");
    rest = rest.subspan(size);
  }
  return BatchReader(bytes);
}

std::optional<std::span<const std::uint8_t>> BatchReader::next() {
  if (rest_.empty()) return std::nullopt;
  const std::size_t size = read_length(rest_);
  const auto message = rest_.subspan(k_batch_length_bytes, size);
  rest_ = rest_.subspan(k_batch_length_bytes + size);
  return message;
}

}  // namespace cudgel::protocol
