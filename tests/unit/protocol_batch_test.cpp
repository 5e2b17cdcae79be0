// Goal: what was put into a batch comes out again, and a batch that is not sound is refused before a message of it is seen.
// Method: batches written by the encoder, and bytes made wrong by hand.

#include <gtest/gtest.h>

#include <string>

#include "protocol/batch.h"

namespace cudgel::protocol {
namespace {

using Bytes = std::vector<std::uint8_t>;

Bytes batch_of(const std::vector<Bytes>& messages) {
  Bytes batch;
  for (const Bytes& message : messages) append_to_batch(batch, message);
  return batch;
}

TEST(Batch, messages_come_out_as_they_went_in) {
  const std::vector<Bytes> messages{{1, 2, 3}, {}, Bytes(300, 7), {9}};
  const Bytes batch = batch_of(messages);
  auto reader = BatchReader::open(batch, messages.size());
  ASSERT_TRUE(reader);
  for (const Bytes& message : messages) {
    const auto next = reader->next();
    ASSERT_TRUE(next);
    EXPECT_EQ(Bytes(next->begin(), next->end()), message);
  }
  EXPECT_FALSE(reader->next());
}

TEST(Batch, the_length_stands_in_front_in_little_endian) {
  const Bytes batch = batch_of({Bytes(258, 5)});
  EXPECT_EQ(Bytes(batch.begin(), batch.begin() + 5), (Bytes{2, 1, 0, 0, 5}));
  EXPECT_EQ(batch.size(), 262U);
}

TEST(Batch, nothing_is_a_batch_of_no_messages) {
  auto reader = BatchReader::open({}, 1);
  ASSERT_TRUE(reader);
  EXPECT_FALSE(reader->next());
}

TEST(Batch, one_that_is_cut_short_is_refused_at_every_length_between_messages) {
  const Bytes batch = batch_of({{1, 2, 3}, {4, 5}});
  for (std::size_t size = 1; size < batch.size(); ++size) {
    const Bytes cut(batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(BatchReader::open(cut, 8).has_value(), size == 7) << size;
  }
}

TEST(Batch, a_length_beyond_the_bytes_is_refused) {
  for (const Bytes& batch : {Bytes{0xFF, 0xFF, 0xFF, 0xFF, 1}, Bytes{0, 0, 0, 0x80}, Bytes{2, 0, 0, 0, 1}}) {
    const auto reader = BatchReader::open(batch, 8);
    ASSERT_FALSE(reader);
    EXPECT_STREQ(reader.error().reason, "the batch ends within a message");
  }
}

TEST(Batch, too_many_messages_are_refused) {
  const Bytes batch = batch_of(std::vector<Bytes>(33));
  EXPECT_TRUE(BatchReader::open(batch, 33));
  EXPECT_FALSE(BatchReader::open(batch, 32));
}

}  // namespace
}  // namespace cudgel::protocol
