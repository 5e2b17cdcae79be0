// Goal: a server killed with SIGKILL in the middle of a fight costs nobody more than the last second of the experience they earned and nothing at all of the
// gold and the items they were told they have, locks nobody out, and makes nobody twice; and that no trade is half done. Method: the real binary with --data, real clients who fight without a pause and come back by themselves, killed again and again at
// moments of one seed. Then others, of whom the store knows what they own, trade without a pause and do nothing else: after each kill the sums of
// everything over all of them are what they were. CUDGEL_KILLS is how often (8).

#include <signal.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <optional>
#include <thread>

#include <sodium.h>

#include "base/random.h"
#include "company.h"
#include "core/game_client.h"
#include "fixture.h"
#include "net_native/native_network.h"
#include "realm/goods.h"
#include "store/sqlite_store.h"

namespace cudgel::test {
namespace {

constexpr std::size_t k_fighters = 6;
constexpr double k_lost_at_most_ms = 1000;

double now_ms() { return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

/// A player who fights, trades, moves, drops and takes up what it owns without a pause, and remembers what it was told it has.
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
    company_.tend(client_, now_ms());
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
  bots::Company company_{random_.next()};
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

int kills_wanted() {
  const char* const wanted = std::getenv("CUDGEL_KILLS");
  return wanted == nullptr ? 8 : std::atoi(wanted);
}

/// How much there is of everything, by item; the last is gold.
using Sums = std::vector<std::int64_t>;

/// A player who does nothing but trade, and comes back as who it was.
class Trader {
 public:
  Trader(net::NativeNetwork& network, std::uint16_t port, std::size_t number, const protocol::Token& token)
      : client_(baked_content(), network.make_transport(), number), company_(number * 7 + 3) {
    core::JoinOptions options;
    options.url = "ws://127.0.0.1:" + std::to_string(port) + "/ws";
    options.name = name_of(number);
    options.token = token;
    client_.join(options, now_ms());
  }
  static std::string name_of(std::size_t number) { return "Trader " + std::to_string(number); }
  void update(bool may_deal) {
    client_.update(now_ms());
    if (!knows()) return;
    const sim::TradeView trade = client_.trade().value_or(sim::TradeView{});
    const bool open = trade.stage == sim::TradeView::Stage::open;
    if (was_open_ && trade.stage == sim::TradeView::Stage::none && trade.why == sim::Verdict::done) ++exchanged_;
    was_open_ = open;
    if (may_deal) company_.tend(client_, now_ms());
  }
  /// With the server that runs now.
  [[nodiscard]] bool knows() const {
    return client_.phase() == core::Phase::playing && client_.predicted() != nullptr && client_.belongings().has_value() &&
           client_.stats().disconnects >= deaths_;
  }
  void remember() {
    deaths_ = client_.stats().disconnects + 1;
    was_open_ = false;
  }
  [[nodiscard]] const sim::Belongings& owned() const { return *client_.belongings(); }
  [[nodiscard]] int exchanged() const { return exchanged_; }
  [[nodiscard]] const std::string& message() const { return client_.message(); }

 private:
  core::GameClient client_;
  bots::Company company_;
  bool was_open_ = false;
  int exchanged_ = 0;
  std::uint64_t deaths_ = 0;
};

class KillTraders : public ServerTest {
 protected:
  static constexpr std::size_t k_traders = 6;

  /// Who they are and what they own is in the store before the first server starts.
  void write_down() {
    auto opened = store::SqliteStore::open(data_.path() + "/" + k_database);
    ASSERT_TRUE(opened) << opened.error().text;
    for (std::size_t i = 0; i < k_traders; ++i) {
      store::Character one;
      one.id = i + 1;
      one.name.assign(Trader::name_of(i));
      one.class_name = baked_content().classes()[0].body.name;
      one.map = 16;
      one.x = one.y = static_cast<std::int32_t>(7 * base::k_units_per_tile + i * base::k_units_per_tile / 2);
      one.health = 50;
      one.gold = 1000;
      one.revision = 1;
      one.goods = {{0, 20, "small_potion"}, {1, 60, "goblin_tooth"}, {2, 1, "club"}, {3, 1, "straw_hat"}, {4, 30, "wolf_pelt"}};
      tokens_[i].fill(static_cast<std::uint8_t>(i + 1));
      store::TokenKeys keys;
      ASSERT_EQ(crypto_generichash(keys.newest.data(), keys.newest.size(), tokens_[i].data(), tokens_[i].size(), nullptr, 0), 0);
      ASSERT_TRUE((*opened)->create(one, keys));
      add(start_, realm::read_goods(baked_content(), one));
    }
  }
  static void add(Sums& sums, const sim::Belongings& own) {
    sums.resize(baked_content().items().size() + 1);
    sums.back() += own.gold + std::int64_t{own.bank_gold};
    for (const sim::Stack& stack : own.cells) {
      if (stack.item != 0) sums[stack.item - 1U] += stack.count;
    }
  }
  Sums sums() const {
    Sums out;
    for (const Trader& trader : traders_) add(out, trader.owned());
    return out;
  }
  void turn(bool may_deal) {
    network_.service(now_ms());
    for (Trader& trader : traders_) trader.update(may_deal);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  bool all_are_back() {
    return wait_for(std::chrono::seconds(30), [&] {
      turn(false);
      return std::all_of(traders_.begin(), traders_.end(), [](const Trader& trader) { return trader.knows(); });
    });
  }

  static constexpr const char* k_database = "world.sqlite";
  TemporaryDirectory data_;
  net::NativeNetwork network_{{}};
  std::array<protocol::Token, k_traders> tokens_{};
  std::deque<Trader> traders_;
  Sums start_;
};

TEST_F(KillTraders, no_trade_is_half_done) {
  write_down();
  if (HasFatalFailure()) return;
  base::Random random(20261130);
  const auto arguments = [&](std::uint16_t at) {
    return std::vector<std::string>{
        "--listen", "127.0.0.1:" + std::to_string(at), "--web", web_.path(), "--data", data_.path(), "--arena", "16"};
  };
  server_ = std::make_unique<ServerProcess>(arguments(0));
  ASSERT_TRUE(server_->wait_until_ready()) << server_->log();
  const std::uint16_t port = server_->port();
  for (std::size_t i = 0; i < k_traders; ++i) traders_.emplace_back(network_, port, i, tokens_[i]);
  const int kills = kills_wanted();
  for (int kill = 0; kill <= kills; ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    ASSERT_TRUE(all_are_back()) << traders_.front().message() << '\n' << server_->log();
    ASSERT_EQ(sums(), start_) << "something was doubled or lost";
    const double end = now_ms() + 2500 + random.between(0, 1500);
    while (now_ms() < end) turn(true);
    server_->send_signal(SIGKILL);
    server_->wait();
    for (Trader& trader : traders_) trader.remember();
    server_ = std::make_unique<ServerProcess>(arguments(port));
    ASSERT_TRUE(server_->wait_until_ready()) << server_->log();
  }
  int exchanged = 0;
  for (const Trader& trader : traders_) exchanged += trader.exchanged();
  EXPECT_GT(exchanged, kills) << "hardly anybody traded: nothing was tried";
}

TEST_F(Kill, nobody_loses_more_than_a_second) {
  const int kills = kills_wanted();
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
  const auto taken = [&] {
    return std::any_of(fighters_.begin(), fighters_.end(), [](const Fighter& fighter) { return fighter.owned().revision > 3; });
  };
  // What falls is a matter of luck: the killing goes on until somebody has taken up things that could get lost, but not for ever.
  for (int kill = 0; kill <= kills || (!taken() && kill <= 4 * kills); ++kill) {
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
  EXPECT_TRUE(taken()) << "somebody must have taken something up, or nothing was tried";
}

}  // namespace
}  // namespace cudgel::test
