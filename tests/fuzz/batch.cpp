// Target: protocol::BatchReader. Promise: every message lies within the bytes, and the messages put together again are the same bytes.

#include "protocol/batch.h"

#include <algorithm>

#include "entry.h"

using namespace cudgel;

CUDGEL_DECLARE_FUZZ(fuzz_batch);

int fuzz_batch(std::span<const std::uint8_t> bytes) {
  auto reader = protocol::BatchReader::open(bytes, protocol::k_batch_up_messages_max);
  if (!reader) {
    CUDGEL_ASSERT(reader.error().reason[0] != '\0');
    return 0;
  }
  std::vector<std::uint8_t> again;
  std::size_t count = 0;
  while (const auto message = reader->next()) {
    // What encode may be given; a longer one is refused by whoever asked for the batch.
    if (message->size() > protocol::k_server_frame_bytes_max) return 0;
    protocol::append_to_batch(again, *message);
    ++count;
  }
  CUDGEL_ASSERT(count <= protocol::k_batch_up_messages_max);
  CUDGEL_ASSERT(std::ranges::equal(again, bytes));
  return 0;
}
