// Goal: the simulated network delays, jitters, stalls and cuts as its spec says, and else behaves like a reliable stream; a wrong
// spec is named with what would be right. Method: in front of the memory network, on a clock the test moves, with seeds.

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "net_memory/memory_network.h"
#include "net_simulated/net_spec.h"
#include "net_simulated/simulated_transport.h"

namespace cudgel::net {
namespace {

using core::SendResult;
using core::TransportEvent;

std::vector<std::uint8_t> number(int value) { return {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)}; }
int value_of(std::span<const std::uint8_t> bytes) { return bytes[0] << 8 | bytes[1]; }

NetSpec spec_of(const std::string& text) {
  const auto spec = parse_net_spec(text);
  EXPECT_TRUE(spec) << text << ": " << spec.error();
  return spec ? *spec : NetSpec();
}

/// Both ends send a numbered message every 10 ms; who got which, when.
struct Road {
  struct Arrival {
    int number = 0;
    double sent_ms = 0;
    double at_ms = 0;
  };
  Road(const std::string& spec, std::uint64_t seed)
      : network(seed), transport(network.make_transport(), spec_of(spec), seed, [this] { return network.now_ms(); }) {
    transport.open("memory");
    server = network.accept();
  }

  void run(int ms) {
    for (const int end = now + ms; now < end; ++now) {
      network.set_time(now);
      if (now % 10 == 0 && server) {
        if (transport.send(number(sent)) != SendResult::closed) ++sent;
        server->send(number(sent_back++));
      }
      TransportEvent event;
      while (transport.poll(event)) {
        if (event.type == TransportEvent::Type::message) {
          const int value = value_of(event.message);
          to_client.push_back({value, value * 10.0, static_cast<double>(now)});
        } else if (event.type == TransportEvent::Type::closed) {
          closed_code = event.close_code;
        } else {
          opened = true;
        }
      }
      while (server && server->poll(event)) {
        if (event.type == TransportEvent::Type::closed) {
          server.reset();
          break;
        }
        const int value = value_of(event.message);
        to_server.push_back({value, value * 10.0, static_cast<double>(now)});
      }
    }
  }

  MemoryNetwork network;
  SimulatedTransport transport;
  std::optional<MemoryServerEnd> server;
  int now = 0;
  int sent = 0;
  int sent_back = 0;
  bool opened = false;
  int closed_code = 0;
  std::vector<Arrival> to_server;
  std::vector<Arrival> to_client;
};

void expect_in_order(const std::vector<Road::Arrival>& arrivals) {
  for (std::size_t i = 0; i < arrivals.size(); ++i) ASSERT_EQ(arrivals[i].number, static_cast<int>(i));
}

TEST(SimulatedTransport, a_perfect_network_changes_nothing) {
  Road road("", 1);
  road.run(1000);
  EXPECT_TRUE(road.opened);
  EXPECT_EQ(road.to_server.size(), 100U);
  EXPECT_EQ(road.to_client.size(), 100U);
  for (const Road::Arrival& arrival : road.to_client) EXPECT_EQ(arrival.at_ms, arrival.sent_ms);
  EXPECT_STREQ(road.transport.name(), "memory");
}

TEST(SimulatedTransport, delay_and_jitter_spread_both_directions_and_keep_the_order) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    Road road("delay=100,jitter=80", seed);
    road.run(20000);
    for (const auto* arrivals : {&road.to_server, &road.to_client}) {
      ASSERT_GT(arrivals->size(), 1900U);
      expect_in_order(*arrivals);
      double least = 1e9;
      double most = 0;
      for (const Road::Arrival& arrival : *arrivals) {
        least = std::min(least, arrival.at_ms - arrival.sent_ms);
        most = std::max(most, arrival.at_ms - arrival.sent_ms);
      }
      EXPECT_GE(least, 20);
      EXPECT_LE(most, 181);
      EXPECT_GT(most - least, 60);
    }
  }
}

TEST(SimulatedTransport, one_seed_gives_one_network) {
  Road first("delay=50,jitter=50,stall=300/2s,cut=5s", 7);
  Road again("delay=50,jitter=50,stall=300/2s,cut=5s", 7);
  Road other("delay=50,jitter=50,stall=300/2s,cut=5s", 8);
  for (Road* road : {&first, &again, &other}) road->run(8000);
  const auto times = [](const Road& road) {
    std::vector<double> result;
    for (const Road::Arrival& arrival : road.to_client) result.push_back(arrival.at_ms);
    return result;
  };
  EXPECT_EQ(times(first), times(again));
  EXPECT_NE(times(first), times(other));
}

TEST(SimulatedTransport, in_a_stall_nothing_arrives_and_afterwards_everything_at_once) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    SCOPED_TRACE(seed);
    Road road("delay=20,stall=2s/10s", seed);
    road.run(30000);
    for (const auto* arrivals : {&road.to_server, &road.to_client}) {
      expect_in_order(*arrivals);
      int stalls = 0;
      for (std::size_t i = 1; i < arrivals->size(); ++i) {
        const double pause = (*arrivals)[i].at_ms - (*arrivals)[i - 1].at_ms;
        if (pause < 100) continue;
        ++stalls;
        EXPECT_NEAR(pause, 2000, 15);
        const auto together = std::count_if(arrivals->begin(), arrivals->end(),
                                            [&](const Road::Arrival& other) { return other.at_ms == (*arrivals)[i].at_ms; });
        EXPECT_NEAR(static_cast<double>(together), 200, 2);
      }
      EXPECT_GE(stalls, 2);
      EXPECT_LE(stalls, 3);
    }
    EXPECT_EQ(road.closed_code, 0);
  }
}

TEST(SimulatedTransport, a_cut_ends_the_connection_for_both_and_the_next_one_begins_afresh) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    SCOPED_TRACE(seed);
    Road road("delay=30,cut=4s", seed);
    road.run(1900);
    EXPECT_EQ(road.closed_code, 0);
    road.run(4300);
    EXPECT_EQ(road.closed_code, 1006);
    EXPECT_FALSE(road.server.has_value());
    EXPECT_EQ(road.transport.send(number(1)), SendResult::closed);
    EXPECT_EQ(road.transport.cuts(), 1U);
    road.transport.open("memory");
    road.closed_code = 0;
    road.server = road.network.accept();
    ASSERT_TRUE(road.server.has_value());
    road.to_server.clear();
    road.run(1900);
    EXPECT_EQ(road.closed_code, 0);
    EXPECT_GT(road.to_server.size(), 150U);
  }
}

TEST(SimulatedTransport, a_close_takes_along_what_was_sent_before) {
  Road road("delay=100", 1);
  road.run(500);
  EXPECT_EQ(road.transport.send(number(999)), SendResult::sent);
  EXPECT_GT(road.transport.buffered_bytes(), 0U);
  road.transport.close(1000, "left");
  road.run(5);
  ASSERT_FALSE(road.to_server.empty());
  EXPECT_EQ(road.to_server.back().number, 999);
  EXPECT_FALSE(road.server.has_value());
  TransportEvent event;
  EXPECT_FALSE(road.transport.poll(event));
}

TEST(SimulatedTransport, takes_no_more_than_a_socket_would) {
  Road road("delay=5s", 1);
  const std::vector<std::uint8_t> message(1024);
  int taken = 0;
  while (taken < 1000 && road.transport.send(message) == SendResult::sent) ++taken;
  EXPECT_EQ(taken, 64);
  EXPECT_EQ(road.transport.send(message), SendResult::backpressure);
}

TEST(NetSpec, is_read_as_people_write_it) {
  const NetSpec full = spec_of("delay=100,jitter=80ms,stall=2s/45s,cut=1.5s");
  EXPECT_EQ(full.delay_ms, 100);
  EXPECT_EQ(full.jitter_ms, 80);
  EXPECT_EQ(full.stall_ms, 2000);
  EXPECT_EQ(full.stall_every_ms, 45000);
  EXPECT_EQ(full.cut_every_ms, 1500);
  EXPECT_EQ(spec_of("stall=2s").stall_every_ms, 30000);
  EXPECT_EQ(spec_of("").delay_ms, 0);
  EXPECT_EQ(spec_of("cut=60s,delay=0").cut_every_ms, 60000);
}

TEST(NetSpec, what_is_wrong_is_named_with_what_would_be_right) {
  const struct {
    const char* text;
    const char* error;
  } cases[] = {
      {"lag=100", "there is no key 'lag'; there are delay=100, jitter=80, stall=2s/30s, cut=60s"},
      {"delay", "delay: needs a value, as in delay=100"},
      {"delay=", "delay: must be a duration like 100, 100ms or 2s, is ''"},
      {"delay=fast", "delay: must be a duration like 100, 100ms or 2s, is 'fast'"},
      {"delay=-5", "delay: must be a duration like 100, 100ms or 2s, is '-5'"},
      {"delay=5m", "delay: must be a duration like 100, 100ms or 2s, is '5m'"},
      {"delay=nan", "delay: must be a duration like 100, 100ms or 2s, is 'nan'"},
      {"delay=inf", "delay: must be a duration like 100, 100ms or 2s, is 'inf'"},
      {"delay=1e3", "delay: must be a duration like 100, 100ms or 2s, is '1e3'"},
      {"delay=6s", "delay: must be at most 5s"},
      {"delay=50,jitter=80", "jitter: must be at most the delay, for nothing arrives before it was sent"},
      {"delay=1,delay=2", "delay: given twice"},
      {"delay=1,", "nothing stands behind the last comma"},
      {",delay=1", "there is no key ''; there are delay=100, jitter=80, stall=2s/30s, cut=60s"},
      {"stall=2s/", "stall: must be a duration like 100, 100ms or 2s, is ''"},
      {"stall=2s/1s", "stall: LENGTH/EVERY, EVERY longer than LENGTH and at most 3600s, as in stall=2s/30s"},
      {"stall=70s/90s", "stall: must be at most 60s long"},
      {"cut=10", "cut: must be 1s to 3600s"},
  };
  for (const auto& each : cases) {
    const auto spec = parse_net_spec(each.text);
    ASSERT_FALSE(spec) << each.text;
    EXPECT_EQ(spec.error(), each.error) << each.text;
  }
}

}  // namespace
}  // namespace cudgel::net
