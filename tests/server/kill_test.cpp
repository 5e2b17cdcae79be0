// Goal: a server killed with SIGKILL in the middle of a fight costs nobody more than the last second of the experience they earned and nothing at all of the
// gold and the items they were told they have, locks nobody out, and makes nobody twice. Method: the real binary with --data, real clients who fight without a pause and come back by themselves, killed again and again at
// moments of one seed. CUDGEL_KILLS is how often (8).

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <optional>
#include <thread>

#include "base/random.h"
#include "core/game_client.h"
#include "fixture.h"
#include "net_native/native_network.h"

namespace cudgel::test {
namespace {

constexpr std::size_t k_fighters = 6;
constexpr double k_lost_at_most_ms = 1000;

double now_ms() { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// A player who fights, moves, drops and takes up what it owns without a pause, and remembers what it was told it has.
class Fighter {
 public:
  Fighter(net::NativeNetwork& network, std::uint16_t port, std::size_t number)
      : client_(baked_content(), network.make_transport(), number) {
    core::JoinOptions options;
    options.url = "ws://127.0.0.1:" + std::to_string(port) + "/ws";
    options.name = "Fighter " + std::to_string(number);
    options.class_index = static_cast<std::uint8_t>(number % baked_content().classes().size());
    client_.join(options, now_ms());
    sim::Intent fight;
    fight.attack = true;
    client_.want(fight);
  }
  void update() {
    client_.update(now_ms());
    if (!playing()) return;
    const std::int64_t worth = std::int64_t{client_.replica().own().level} * 1000000 + client_.replica().means().experience;
    if (!was_playing_) came_back_with_ = worth;
    was_playing_ = true;
    told_.emplace_back(now_ms(), worth);
    if (!client_.belongings()) return;
    if (!owned_again_) owned_again_ = client_.belongings();
    owned_ = *client_.belongings();
    if (now_ms() >= next_deed_ms_) do_something();
  }
  /// What it was told before the last kill is what it has now, or it had more by then than it had heard of.
  [[nodiscard]] bool was_told_the_truth() const {
    if (!owned_again_) return false;
    return owned_again_->revision == safe_owned_.revision ? *owned_again_ == safe_owned_
                                                          : owned_again_->revision > safe_owned_.revision;
  }
  [[nodiscard]] bool knows_what_it_owns() const { return owned_again_.has_value(); }
  [[nodiscard]] const sim::Belongings& owned() const { return owned_; }
  /// With the server that runs now: that the last one is dead is noticed a moment later.
  [[nodiscard]] bool playing() const {
    return client_.phase() == core::Phase::playing && client_.predicted() != nullptr && client_.stats().disconnects >= deaths_;
  }
  /// The server is dead: what may not be lost is what it had told a second ago.
  void remember() {
    while (told_.size() > 1 && told_.back().first > now_ms() - k_lost_at_most_ms) told_.pop_back();
    if (!told_.empty()) safe_ = std::max(safe_, told_.back().second);
    told_.clear();
    safe_owned_ = owned_;
    owned_again_.reset();
    was_playing_ = false;
    deaths_ = client_.stats().disconnects + 1;
  }
  [[nodiscard]] std::int64_t safe() const { return safe_; }
  [[nodiscard]] std::int64_t came_back_with() const { return came_back_with_; }
  [[nodiscard]] const std::string& message() const { return client_.message(); }

 private:
  void do_something() {
    next_deed_ms_ = now_ms() + 40;
    protocol::Deed deed;
    const auto cell = [this] { return static_cast<std::uint8_t>(random_.below(6)); };
    deed.type = static_cast<std::uint8_t>(random_.below(4));
    deed.cell = cell();
    deed.to = cell();
    for (const auto& [packed, entity] : client_.replica().entities()) {
      if (entity.sight.kind == sim::Kind::thing) deed.thing = entity.sight.id;
    }
    static_cast<void>(client_.ask(deed, 1000, now_ms()));
  }

  core::GameClient client_;
  base::Random random_{5};
  sim::Belongings owned_;                       ///< as told last
  sim::Belongings safe_owned_;                  ///< as told last before the server was killed
  std::optional<sim::Belongings> owned_again_;  ///< as told first by the server that runs now
  double next_deed_ms_ = 0;
  std::deque<std::pair<double, std::int64_t>> told_;
  std::int64_t safe_ = 0;
  std::int64_t came_back_with_ = 0;
  bool was_playing_ = false;
  std::uint64_t deaths_ = 0;  ///< of connections that it has to notice before it plays again
};

class Kill : public ServerTest {
 protected:
  void run(double ms) {
    const double end = now_ms() + ms;
    while (now_ms() < end) turn();
  }
  bool run_until_all_play() {
    return wait_for(std::chrono::seconds(30), [&] {
      turn();
      return std::all_of(fighters_.begin(), fighters_.end(),
                         [](const Fighter& fighter) { return fighter.playing() && fighter.knows_what_it_owns(); });
    });
  }
  void turn() {
    network_.service(now_ms());
    for (Fighter& fighter : fighters_) fighter.update();
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }

  TemporaryDirectory data_;
  net::NativeNetwork network_{{}};
  std::deque<Fighter> fighters_;
};

TEST_F(Kill, nobody_loses_more_than_a_second) {
  const char* const wanted = std::getenv("CUDGEL_KILLS");
  const int kills = wanted == nullptr ? 8 : std::atoi(wanted);
  base::Random random(20261121);
  const auto arguments = [&](std::uint16_t at) {
    return std::vector<std::string>{"--listen",   "127.0.0.1:" + std::to_string(at),
                                    "--web",      web_.path(),
                                    "--data",     data_.path(),
                                    "--arena",    "16",
                                    "--monsters", "24"};
  };
  server_ = std::make_unique<ServerProcess>(arguments(0));
  ASSERT_TRUE(server_->wait_until_ready()) << server_->log();
  const std::uint16_t port = server_->port();
  for (std::size_t i = 0; i < k_fighters; ++i) fighters_.emplace_back(network_, port, i);
  for (int kill = 0; kill <= kills; ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    ASSERT_TRUE(run_until_all_play()) << fighters_.front().message() << '\n' << server_->log();
    for (const Fighter& fighter : fighters_) ASSERT_GE(fighter.came_back_with(), fighter.safe()) << server_->log();
    for (const Fighter& fighter : fighters_) ASSERT_TRUE(fighter.was_told_the_truth()) << server_->log();
    run(1200 + random.between(0, 1200));
    EXPECT_EQ(metric("cudgel_players"), k_fighters);
    server_->send_signal(SIGKILL);
    server_->wait();
    for (Fighter& fighter : fighters_) fighter.remember();
    server_ = std::make_unique<ServerProcess>(arguments(port));
    ASSERT_TRUE(server_->wait_until_ready()) << server_->log();
  }
  EXPECT_TRUE(std::any_of(fighters_.begin(), fighters_.end(), [](const Fighter& fighter) { return fighter.safe() > 1000000; }))
      << "somebody must have earned something, or nothing was tried";
  EXPECT_TRUE(std::any_of(fighters_.begin(), fighters_.end(), [](const Fighter& fighter) {
    return fighter.owned().revision > 3;
  })) << "somebody must have taken something up, or nothing was tried";
}

}  // namespace
}  // namespace cudgel::test
