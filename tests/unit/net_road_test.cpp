// Goal: the simulated network behaves like a WebSocket (ordered, reliable until it breaks, bounded), so that what holds on it
// holds outside; and addresses are read as people write them.

#include <algorithm>
#include <ctime>
#include <string>

#include <gtest/gtest.h>

#include "net_memory/memory_network.h"
#include "net_native/native_network.h"
#include "net_native/url.h"

namespace cudgel::net {
namespace {

using core::SendResult;
using core::TransportEvent;

std::vector<std::uint8_t> number(int value) { return {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)}; }
int value_of(std::span<const std::uint8_t> bytes) { return bytes[0] << 8 | bytes[1]; }

TEST(MemoryNetwork, keeps_order_and_loses_nothing_under_jitter) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    MemoryNetwork network(seed);
    network.conditions().delay_ms = 60;
    network.conditions().jitter_ms = 60;
    const auto transport = network.make_transport();
    transport->open("memory");
    network.set_time(200);
    auto server = network.accept();
    ASSERT_TRUE(server.has_value());
    TransportEvent event;
    ASSERT_TRUE(transport->poll(event));
    EXPECT_EQ(event.type, TransportEvent::Type::opened);
    int sent = 0;
    int received = 0;
    double latest = 0;
    for (int ms = 200; ms < 3000; ++ms) {
      network.set_time(ms);
      if (ms < 2700 && ms % 7 == 0) {
        EXPECT_EQ(transport->send(number(sent)), SendResult::sent);
        ++sent;
      }
      while (server->poll(event)) {
        EXPECT_EQ(value_of(event.message), received);
        latest = std::max(latest, ms - (203.0 + received * 7));
        ++received;
      }
    }
    EXPECT_EQ(received, sent);
    EXPECT_EQ(transport->buffered_bytes(), 0U);
    EXPECT_GT(latest, 80);
    EXPECT_LE(latest, 122);
  }
}

TEST(MemoryNetwork, takes_no_more_than_fits_on_the_road) {
  MemoryNetwork network(1);
  network.conditions().delay_ms = 10;
  network.conditions().buffer_bytes_max = 5;
  const auto transport = network.make_transport();
  EXPECT_EQ(transport->send(number(1)), SendResult::closed);
  transport->open("memory");
  EXPECT_EQ(transport->send(number(1)), SendResult::sent);
  EXPECT_EQ(transport->send(number(2)), SendResult::sent);
  EXPECT_EQ(transport->send(number(3)), SendResult::backpressure);
  network.set_time(100);
  auto server = network.accept();
  TransportEvent event;
  ASSERT_TRUE(server->poll(event));
  EXPECT_EQ(transport->send(number(3)), SendResult::sent);
}

TEST(MemoryNetwork, a_close_arrives_after_what_was_sent_before_it) {
  MemoryNetwork network(1);
  network.conditions().delay_ms = 10;
  const auto transport = network.make_transport();
  transport->open("memory");
  network.set_time(20);
  auto server = network.accept();
  server->send(number(7));
  server->close(4002, "why");
  EXPECT_EQ(server->send(number(8)), SendResult::closed);
  network.set_time(40);
  TransportEvent event;
  ASSERT_TRUE(transport->poll(event));
  EXPECT_EQ(event.type, TransportEvent::Type::opened);
  ASSERT_TRUE(transport->poll(event));
  EXPECT_EQ(value_of(event.message), 7);
  ASSERT_TRUE(transport->poll(event));
  EXPECT_EQ(event.type, TransportEvent::Type::closed);
  EXPECT_EQ(event.close_code, 4002);
  EXPECT_EQ(event.close_reason, "why");
  EXPECT_FALSE(transport->poll(event));
}

TEST(MemoryNetwork, a_cut_is_heard_at_both_ends_and_silence_at_none) {
  for (const bool cut : {true, false}) {
    MemoryNetwork network(1);
    const auto transport = network.make_transport();
    transport->open("memory");
    auto server = network.accept();
    TransportEvent event;
    ASSERT_TRUE(transport->poll(event));
    cut ? network.cut_all() : network.silence_all();
    transport->send(number(1));
    EXPECT_EQ(transport->poll(event), cut);
    EXPECT_EQ(server->poll(event), cut);
    if (cut) {
      EXPECT_EQ(event.close_code, 1006);
    }
  }
}

TEST(Url, is_read_as_people_write_it) {
  const auto plain = parse_ws_url("ws://127.0.0.1:8080/ws");
  ASSERT_TRUE(plain.has_value());
  EXPECT_EQ(plain->host, "127.0.0.1");
  EXPECT_EQ(plain->port, 8080);
  EXPECT_EQ(plain->path, "/ws");
  const auto bare = parse_ws_url("ws://example.org");
  ASSERT_TRUE(bare.has_value());
  EXPECT_EQ(bare->port, 80);
  EXPECT_EQ(bare->path, "/");
  const auto six = parse_ws_url("ws://[::1]:99/a?b");
  ASSERT_TRUE(six.has_value());
  EXPECT_EQ(six->host, "::1");
  EXPECT_EQ(six->port, 99);
  EXPECT_EQ(six->path, "/a?b");
  for (const char* wrong :
       {"", "http://a", "ws://", "ws://:80", "ws://a:", "ws://a:0", "ws://a:70000", "ws://a:8x", "ws://[::1", "ws://[::1]9"}) {
    EXPECT_FALSE(parse_ws_url(wrong).has_value()) << wrong;
  }
}

TEST(NativeTransport, says_in_words_that_nobody_listens) {
  NativeNetwork network({});
  bool stirred = false;
  const auto transport = network.make_transport(&stirred);
  transport->open("ws://127.0.0.1:1/ws");
  double now_ms = 0;
  for (; !stirred && now_ms < 5000; now_ms += 5) {
    network.service(now_ms);
    const timespec pause{0, 5'000'000};
    nanosleep(&pause, nullptr);
  }
  TransportEvent event;
  ASSERT_TRUE(transport->poll(event));
  EXPECT_EQ(event.type, TransportEvent::Type::closed);
  EXPECT_EQ(event.close_code, 1006);
  EXPECT_FALSE(event.close_reason.empty());
  EXPECT_EQ(transport->send(number(1)), SendResult::closed);
  EXPECT_EQ(network.connecting(), 0U);
}

TEST(NativeTransport, refuses_an_address_it_cannot_read) {
  NativeNetwork network({});
  const auto transport = network.make_transport();
  transport->open("wss://127.0.0.1:1/ws");
  TransportEvent event;
  ASSERT_TRUE(transport->poll(event));
  EXPECT_EQ(event.type, TransportEvent::Type::closed);
  EXPECT_NE(event.close_reason.find("ws://HOST:PORT"), std::string::npos);
}

}  // namespace
}  // namespace cudgel::net
