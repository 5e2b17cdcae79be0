// Goal: whoever adds messages to a ring learns what the kernel took of each, by io_uring as without. Method: socket pairs; both ways of
// sending run every case.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "net/send_ring.h"

namespace cudgel::net {
namespace {

constexpr std::size_t k_message_bytes_max = 4096;

class SendRingTest : public ::testing::TestWithParam<bool> {
 protected:
  struct Pair {
    int ours = -1;
    int theirs = -1;
  };

  void TearDown() override {
    for (const Pair& pair : pairs_) {
      if (pair.ours >= 0) close(pair.ours);
      if (pair.theirs >= 0) close(pair.theirs);
    }
  }
  Pair& connect() {
    int sockets[2];
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, sockets), 0);
    return pairs_.emplace_back(Pair{sockets[0], sockets[1]});
  }
  void add(int socket, std::uint32_t owner, const std::string& text) {
    const std::span<std::uint8_t> place = ring_.add(socket, owner, text.size());
    std::copy(text.begin(), text.end(), place.begin());
  }
  static std::string read_all(int socket) {
    std::string all(1 << 20, '\0');
    const ssize_t count = recv(socket, all.data(), all.size(), MSG_DONTWAIT);
    all.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
    return all;
  }

  std::vector<Pair> pairs_;
  SendRing ring_{k_message_bytes_max, GetParam()};
};

TEST_P(SendRingTest, every_message_arrives_whole_and_in_order_again_and_again) {
  pairs_.reserve(SendRing::k_sends);
  for (std::size_t i = 0; i < SendRing::k_sends / 2; ++i) connect();
  for (int round = 0; round < 5; ++round) {
    for (int part = 0; part < 2; ++part) {
      for (std::size_t i = 0; i < pairs_.size(); ++i) {
        ASSERT_FALSE(ring_.full());
        add(pairs_[i].ours, static_cast<std::uint32_t>(i), std::to_string(i) + (part == 0 ? " first;" : " second;"));
      }
    }
    EXPECT_TRUE(ring_.full());
    const auto sent = ring_.send_all();
    ASSERT_EQ(sent.size(), SendRing::k_sends);
    for (std::size_t i = 0; i < sent.size(); ++i) {
      EXPECT_EQ(sent[i].owner, i % pairs_.size());
      EXPECT_EQ(sent[i].result, static_cast<std::int32_t>(sent[i].bytes.size()));
    }
    EXPECT_TRUE(ring_.empty());
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      EXPECT_EQ(read_all(pairs_[i].theirs), std::to_string(i) + " first;" + std::to_string(i) + " second;");
    }
  }
}

TEST_P(SendRingTest, a_full_socket_is_told_of_and_keeps_nobody_waiting) {
  pairs_.reserve(2);
  Pair& stalled = connect();
  Pair& healthy = connect();
  const std::string long_message(k_message_bytes_max, 'x');
  std::size_t taken = 0;
  bool was_full = false;
  for (int i = 0; i < 1000 && !was_full; ++i) {
    add(stalled.ours, 7, long_message);
    add(healthy.ours, 8, "tick");
    const auto sent = ring_.send_all();
    ASSERT_EQ(sent.size(), 2U);
    if (sent[0].result > 0) taken += static_cast<std::size_t>(sent[0].result);
    was_full = sent[0].result != static_cast<std::int32_t>(long_message.size());
    if (was_full) {
      EXPECT_TRUE(sent[0].result == -EAGAIN || sent[0].result > 0) << sent[0].result;
    }
    EXPECT_EQ(sent[1].result, 4);
    EXPECT_EQ(read_all(healthy.theirs), "tick");
  }
  ASSERT_TRUE(was_full);
  std::size_t read = 0;
  for (std::string part = read_all(stalled.theirs); !part.empty(); part = read_all(stalled.theirs)) read += part.size();
  EXPECT_EQ(read, taken) << "what it says was taken was, and no more";
}

TEST_P(SendRingTest, who_is_gone_is_told_of_and_the_others_get_theirs) {
  pairs_.reserve(3);
  for (int i = 0; i < 3; ++i) connect();
  close(std::exchange(pairs_[1].theirs, -1));
  for (std::uint32_t i = 0; i < 3; ++i) add(pairs_[i].ours, i, "hello");
  const auto sent = ring_.send_all();
  EXPECT_EQ(sent[0].result, 5);
  EXPECT_EQ(sent[1].result, -EPIPE);
  EXPECT_EQ(sent[2].result, 5);
  EXPECT_EQ(read_all(pairs_[2].theirs), "hello");
}

TEST_P(SendRingTest, it_is_full_by_bytes_as_well) {
  const Pair pair = connect();
  std::size_t added = 0;
  while (!ring_.full()) {
    add(pair.ours, 0, std::string(k_message_bytes_max, 'x'));
    ++added;
  }
  EXPECT_LT(added, SendRing::k_sends);
  EXPECT_EQ(ring_.send_all().size(), added);
}

INSTANTIATE_TEST_SUITE_P(BothWays, SendRingTest, ::testing::Bool(),
                         [](const auto& way) { return way.param ? std::string("io_uring") : std::string("one_by_one"); });

}  // namespace
}  // namespace cudgel::net
