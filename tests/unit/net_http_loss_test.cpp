// Goal: whatever is lost or late on the way, a road that stays open carries everything once and in order, both ways. Method: an HttpClient
// that is also the server of docs/TRANSPORTS.md, in memory, which loses questions and answers and cuts them in pieces by a seed; both
// ends say numbers.

#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "common/fake_http.h"
#include "net_http/http_road.h"
#include "net_http/road_close.h"
#include "protocol/batch.h"

namespace cudgel::net {
namespace {

using Bytes = std::vector<std::uint8_t>;
using test::FakeHttpClient;

constexpr int k_numbers = 300;
constexpr std::uint64_t k_seeds = 40;

Bytes number(int value) { return {static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)}; }
int value_of(std::span<const std::uint8_t> bytes) { return bytes[0] << 8 | bytes[1]; }

/// One road's server at the end of a network that loses one in ten questions and one in ten answers.
class LossyServer {
 public:
  LossyServer(FakeHttpClient& client, std::uint64_t seed) : client_(client), random_(seed) {}

  void tell(int value) { untold_.push_back(value); }
  [[nodiscard]] const std::vector<int>& heard() const { return heard_; }
  [[nodiscard]] int losses() const { return losses_; }
  [[nodiscard]] int refusals() const { return refusals_; }

  /// What has arrived by now.
  void turn(double now_ms) {
    for (; known_ < client_.calls.size(); ++known_) {
      const double late_ms = random_.below(60);
      due_.push_back({client_.calls[known_], now_ms + late_ms});
    }
    for (std::size_t i = 0; i < due_.size();) {
      if (due_[i].at_ms > now_ms) {
        ++i;
        continue;
      }
      const auto call = due_[i].call;
      due_.erase(due_.begin() + static_cast<std::ptrdiff_t>(i));
      arrive(call);
    }
    if (waiting_ && !untold_.empty()) answer_down(*std::exchange(waiting_, nullptr));
  }

 private:
  using Call = FakeHttpClient::Call;
  struct Due {
    std::shared_ptr<Call> call;
    double at_ms = 0;
  };

  [[nodiscard]] bool loses() {
    if (random_.below(10) != 0) return false;
    ++losses_;
    return true;
  }
  void arrive(const std::shared_ptr<Call>& call) {
    if (call->request.url.ends_with("/open")) {
      polls_ = call->header("Cudgel-Kind") == "poll";
      return call->answer({200, std::string(34, '0'), "", ""});
    }
    if (loses()) return call->fail("question lost");
    if (!call->request.body.empty() && !read_up(*call)) return refuse(*call);
    if (call->request.url.ends_with("/send")) return give(*call, {204, "", "", ""}, {});
    receive(call);
  }
  /// False when the number leaves a gap.
  bool read_up(const Call& call) {
    const auto up = read_number(call.header("Cudgel-Number"), 1000000);
    if (!up || *up > up_ + 1) return false;
    if (*up <= up_) return true;
    ++up_;
    auto batch = protocol::BatchReader::open(call.request.body, protocol::k_batch_up_messages_max);
    if (!batch) return false;
    while (const auto message = batch->next()) heard_.push_back(value_of(*message));
    return true;
  }
  void receive(const std::shared_ptr<Call>& call) {
    const auto got = read_number(call->header("Cudgel-Got"), 1000000);
    if (!got || (*got != down_ && *got + 1 != down_)) return refuse(*call);
    if (waiting_) refuse(*waiting_);
    waiting_ = nullptr;
    if (*got + 1 == down_) return give(*call, {200, "", std::to_string(down_), ""}, kept_);
    if (!untold_.empty()) return answer_down(*call);
    if (polls_) return give(*call, {204, "", "", ""}, {});
    waiting_ = call;
  }
  void answer_down(Call& call) {
    kept_.clear();
    // One or two, as it comes.
    for (auto count = 1 + random_.below(2); count > 0 && !untold_.empty(); --count) {
      protocol::append_to_batch(kept_, number(untold_.front()));
      untold_.pop_front();
    }
    give(call, {200, "", std::to_string(++down_), ""}, kept_);
  }
  void refuse(Call& call) {
    ++refusals_;
    call.answer({409, "", "", ""});
  }
  /// Whole, or broken off anywhere.
  void give(Call& call, const AnswerHead& head, const Bytes& body) {
    if (!loses()) return call.answer(head, body);
    if (random_.below(2) == 0) {
      call.head(head);
      if (!body.empty()) call.data(Bytes(body.begin(), body.end() - 1));
    }
    call.fail("answer lost");
  }

  FakeHttpClient& client_;
  base::Random random_;
  std::size_t known_ = 0;
  std::vector<Due> due_;
  bool polls_ = false;
  std::uint64_t up_ = 0;
  std::uint64_t down_ = 0;
  Bytes kept_;
  std::shared_ptr<Call> waiting_;
  std::deque<int> untold_;
  std::vector<int> heard_;
  int losses_ = 0;
  int refusals_ = 0;
};

class LossyHttpRoad : public ::testing::TestWithParam<HttpRoad> {};
INSTANTIATE_TEST_SUITE_P(, LossyHttpRoad, ::testing::Values(HttpRoad::longpoll, HttpRoad::poll),
                         [](const auto& each) { return std::string(name_of(each.param)); });

TEST_P(LossyHttpRoad, carries_everything_once_and_in_order) {
  std::vector<int> expected(k_numbers);
  for (int i = 0; i < k_numbers; ++i) expected[static_cast<std::size_t>(i)] = i;
  int whole = 0;
  int losses = 0;
  for (std::uint64_t seed = 1; seed <= k_seeds; ++seed) {
    SCOPED_TRACE(seed);
    double now_ms = 0;
    FakeHttpClient client;
    LossyServer server(client, seed);
    const auto transport = make_http_road(GetParam(), client, [&] { return now_ms; });
    transport->open("ws://memory/ws");
    std::vector<int> got;
    int said = 0;
    int told = 0;
    bool open = false;
    bool ended = false;
    for (; now_ms < 60000 && !ended && (got.size() < k_numbers || server.heard().size() < k_numbers); now_ms += 5) {
      server.turn(now_ms);
      core::TransportEvent event;
      while (transport->poll(event)) {
        open = open || event.type == core::TransportEvent::Type::opened;
        ended = event.type == core::TransportEvent::Type::closed;
        if (event.type == core::TransportEvent::Type::message) got.push_back(value_of(event.message));
      }
      if (!open || static_cast<int>(now_ms) % 20 != 0) continue;
      if (said < k_numbers && transport->send(number(said)) == core::SendResult::sent) ++said;
      if (told < k_numbers) server.tell(told++);
    }
    losses += server.losses();
    EXPECT_EQ(server.refusals(), 0);
    // Five losses in a row end a road, rightly; up to there nothing is missing.
    whole += ended ? 0 : 1;
    ASSERT_LE(got.size(), expected.size());
    ASSERT_LE(server.heard().size(), expected.size());
    EXPECT_TRUE(std::equal(got.begin(), got.end(), expected.begin()));
    EXPECT_TRUE(std::equal(server.heard().begin(), server.heard().end(), expected.begin()));
    if (!ended) {
      EXPECT_EQ(got.size(), expected.size());
      EXPECT_EQ(server.heard().size(), expected.size());
    }
  }
  EXPECT_GE(whole, 30) << "of " << k_seeds;
  EXPECT_GE(losses, 1000) << "the network was meant to be bad";
}

}  // namespace
}  // namespace cudgel::net
