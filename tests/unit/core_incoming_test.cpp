// What waits on a road: order, the limit, and that a message stays where it is while others arrive.

#include <gtest/gtest.h>

#include "core/incoming_queue.h"

using cudgel::core::IncomingQueue;
using cudgel::core::TransportEvent;
using Type = cudgel::core::TransportEvent::Type;

namespace {
std::vector<std::uint8_t> bytes_of(std::span<const std::uint8_t> span) { return {span.begin(), span.end()}; }
}  // namespace

TEST(IncomingQueue, events_come_out_in_the_order_they_came) {
  IncomingQueue queue(100);
  TransportEvent event;
  EXPECT_FALSE(queue.take(event));
  queue.opened();
  queue.message(std::vector<std::uint8_t>{1, 2, 3});
  queue.message({});
  queue.closed(4001, "reload");
  ASSERT_TRUE(queue.take(event));
  EXPECT_EQ(event.type, Type::opened);
  ASSERT_TRUE(queue.take(event));
  EXPECT_EQ(event.type, Type::message);
  EXPECT_EQ(bytes_of(event.message), (std::vector<std::uint8_t>{1, 2, 3}));
  ASSERT_TRUE(queue.take(event));
  EXPECT_EQ(event.type, Type::message);
  EXPECT_TRUE(event.message.empty());
  EXPECT_FALSE(queue.empty());
  ASSERT_TRUE(queue.take(event));
  EXPECT_EQ(event.type, Type::closed);
  EXPECT_EQ(event.close_code, 4001);
  EXPECT_EQ(event.close_reason, "reload");
  EXPECT_TRUE(event.message.empty());
  EXPECT_TRUE(queue.empty());
  EXPECT_FALSE(queue.take(event));
}

// Goal: nobody reads memory that was given away. Method: fetch one message, let so many others arrive that any buffer has to grow, and
// read it again; ASan watches.
TEST(IncomingQueue, a_message_stays_while_others_arrive) {
  IncomingQueue queue(1 << 20);
  TransportEvent event;
  queue.message(std::vector<std::uint8_t>(10, 7));
  queue.message(std::vector<std::uint8_t>(10, 8));
  ASSERT_TRUE(queue.take(event));
  for (int i = 0; i < 1000; ++i) queue.message(std::vector<std::uint8_t>(100, static_cast<std::uint8_t>(i)));
  EXPECT_EQ(bytes_of(event.message), std::vector<std::uint8_t>(10, 7));
  ASSERT_TRUE(queue.take(event));
  EXPECT_EQ(bytes_of(event.message), std::vector<std::uint8_t>(10, 8));
  for (int i = 0; i < 1000; ++i) {
    ASSERT_TRUE(queue.take(event));
    ASSERT_EQ(bytes_of(event.message), std::vector<std::uint8_t>(100, static_cast<std::uint8_t>(i)));
  }
  EXPECT_FALSE(queue.take(event));
}

TEST(IncomingQueue, what_waits_is_counted_until_it_is_fetched) {
  IncomingQueue queue(100);
  TransportEvent event;
  queue.message(std::vector<std::uint8_t>(60));
  EXPECT_TRUE(queue.has_room(40));
  EXPECT_FALSE(queue.has_room(41));
  queue.message(std::vector<std::uint8_t>(40));
  EXPECT_FALSE(queue.has_room(1));
  ASSERT_TRUE(queue.take(event));
  EXPECT_TRUE(queue.has_room(60));
  EXPECT_FALSE(queue.has_room(61));
  queue.clear();
  EXPECT_TRUE(queue.has_room(100));
  EXPECT_FALSE(queue.take(event));
}
