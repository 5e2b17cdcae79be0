// What a connection waits for between its turns. Method: the connection alone, on one end of a pair of sockets, with a clock that is an argument.

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include <gtest/gtest.h>

#include "net/http_connection.h"

namespace cudgel::net {
namespace {

using Outcome = HttpConnection::Outcome;

constexpr ops::Nanoseconds k_begin_ns = 100 * ops::k_ns_per_s;
constexpr ops::Nanoseconds k_soon_ns = k_begin_ns + 100 * ops::k_ns_per_ms;

/// Nobody opens a road here.
class NoSessions final : public session::ConnectionHost {
 public:
  session::ConnectionEvents& opened(session::Connection&, const session::Offer&) override { std::abort(); }
};

class HttpTurns : public testing::Test {
 protected:
  HttpTurns() {
    EXPECT_EQ(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair_.data()), 0);
    std::optional<Seat> seat;
    EXPECT_EQ(admission_.admit("127.0.0.1", seat), Admission::Verdict::admitted);
    connection_.emplace(pair_[0], std::move(*seat), context_, k_begin_ns);
  }
  ~HttpTurns() override { close(pair_[1]); }

  void ask(int times) {
    for (int i = 0; i < times; ++i) requests_ += "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    ASSERT_EQ(send(pair_[1], requests_.data(), requests_.size(), 0), static_cast<ssize_t>(requests_.size()));
  }
  /// Answers that have come since the last call.
  std::size_t answers() {
    std::string all;
    std::array<char, 65536> bytes;
    for (ssize_t count = 0; (count = recv(pair_[1], bytes.data(), bytes.size(), 0)) > 0;)
      all.append(bytes.data(), static_cast<std::size_t>(count));
    std::size_t found = 0;
    for (std::size_t at = all.find("HTTP/1.1 "); at != std::string::npos; at = all.find("HTTP/1.1 ", at + 1)) ++found;
    return found;
  }

  ops::Metrics metrics_;
  ops::LimitedLog log_;
  Admission admission_{64, 0, true};
  std::vector<std::string> no_origins_;
  Site site_{WebFiles(), metrics_};
  NoSessions nobody_;
  RoadHub roads_{nobody_, admission_, metrics_, 0};
  HttpContext context_{site_, no_origins_, metrics_, log_, roads_, 0, 1, false, {}};
  std::array<int, 2> pair_{-1, -1};
  std::string requests_;
  std::optional<HttpConnection> connection_;
};

TEST_F(HttpTurns, who_looks_at_the_clock_between_two_turns_does_not_take_the_next_away) {
  constexpr std::size_t k_asked = 41;
  ask(k_asked);
  std::size_t answered = 0;
  Outcome waits_for = connection_->advance(k_begin_ns);
  answered += answers();
  ASSERT_LT(answered, k_asked) << "one turn is meant to be too short for all";
  for (int turn = 0; turn < 40 && waits_for == Outcome::wait_writable; ++turn) {
    waits_for = connection_->check_deadline(k_soon_ns).value_or(waits_for);
    // Nothing more comes to be read: a turn only follows when it waits for being writable, as the socket is.
    if (waits_for == Outcome::wait_writable) waits_for = connection_->advance(k_soon_ns);
    answered += answers();
  }
  EXPECT_EQ(answered, k_asked);
  EXPECT_EQ(waits_for, Outcome::wait_readable);
}

TEST_F(HttpTurns, the_clock_still_ends_who_sends_half_a_request) {
  requests_ = "GET /healthz HT";
  ask(0);
  ASSERT_EQ(connection_->advance(k_begin_ns), Outcome::wait_readable);
  EXPECT_FALSE(connection_->check_deadline(k_soon_ns).has_value());
  EXPECT_TRUE(connection_->check_deadline(k_begin_ns + k_request_deadline_ns + 1).has_value());
  std::array<char, 256> bytes{};
  ASSERT_GT(recv(pair_[1], bytes.data(), bytes.size() - 1, 0), 0);
  EXPECT_TRUE(std::string_view(bytes.data()).starts_with("HTTP/1.1 408 "));
}

}  // namespace
}  // namespace cudgel::net
