// Goal: a server that is killed with SIGKILL, or restarted, among fighters and traders loses nobody an item, a coin or a level that he was told he has, nor more than
// the last second of experience; makes nothing twice; leaves no trade and no purchase half done; locks nobody out. Method: the real binary with --data, real clients who
// never rest and come back, most with nothing but their token, ended again and again at moments of one seed, and in the moment
// in which one of them is told something; each time everything is added up. CUDGEL_KILLS is how often (10).

#include <signal.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <thread>

#include "fixture.h"
#include "kill_players.h"
#include "kill_world.h"
#include "realm/goods.h"
#include "store/sqlite_store.h"

namespace cudgel::test {
namespace {

constexpr std::size_t k_fighters = 6;
constexpr std::size_t k_traders = 6;
/// Every so often it is told to end, as at an update, instead of killed.
constexpr int k_restart_every = 5;
/// So many goblins may have fallen and been looted by one fighter since the last frame that he has read.
constexpr std::int64_t k_unseen_deaths = 5;

int kills_wanted() {
  const char* const wanted = std::getenv("CUDGEL_KILLS");
  return wanted == nullptr ? 10 : std::atoi(wanted);
}

std::string text_of(const Sums& sums) {
  std::string text;
  for (std::size_t i = 0; i < sums.size(); ++i) {
    text += (i + 1 == sums.size() ? "gold" : kill_content().items()[i].name) + " " + std::to_string(sums[i]) + "  ";
  }
  return text;
}

class Kill : public ServerTest {
 protected:
  /// Who the traders are and what they own is in the store before the first server starts.
  void write_down() {
    auto opened = store::SqliteStore::open(data_.path() + "/world.sqlite");
    ASSERT_TRUE(opened) << opened.error().text;
    for (std::size_t i = 0; i < k_traders; ++i) {
      store::Character one;
      one.id = i + 1;
      one.name.assign(Trader::name_of(i));
      one.class_name = kill_content().classes()[0].body.name;
      // In pairs, each beside the one it trades with.
      const auto pair = static_cast<std::int32_t>(i / 2);
      one.x = k_kill_market.x + (pair - 1) * 5 * base::k_units_per_tile;
      one.y = k_kill_market.y + (i % 2 == 0 ? -1 : 1) * base::k_units_per_tile;
      one.health = 500;
      one.gold = 5000;
      one.revision = 1;
      one.goods = {{0, 15, "potion"},
                   {1, 60, "tooth"},
                   {2, 1, "cap"},
                   {3, 1, "cap"},
                   {4, 30, "tooth"},
                   {Trader::k_pelts, 900, "pelt"},
                   {Trader::k_candles, 300, "candle"}};
      tokens_[i].fill(static_cast<std::uint8_t>(i + 1));
      store::TokenKeys keys;
      ASSERT_EQ(crypto_generichash(keys.newest.data(), keys.newest.size(), tokens_[i].data(), tokens_[i].size(), nullptr, 0), 0);
      ASSERT_TRUE((*opened)->create(one, keys));
      add(traders_sums_, realm::read_goods(kill_content(), one));
    }
  }
  void start_server(std::uint16_t at) {
    server_ = std::make_unique<ServerProcess>(std::vector<std::string>{
        "--listen", "127.0.0.1:" + std::to_string(at), "--web", web_.path(), "--content", content_file_, "--data", data_.path()});
    ASSERT_TRUE(server_->wait_until_ready()) << server_->log();
  }
  void turn(bool may_act) {
    network_.service(now_ms());
    for (Fighter& fighter : fighters_) fighter.update(may_act);
    for (Trader& trader : traders_) trader.update(may_act);
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
  }
  /// No later than it can be noticed here: what is told and not yet on the disk would be lost now, and what is half on the disk stay so.
  void go_on_until_somebody_is_told_something() {
    const auto told = [&] {
      std::uint64_t all = 0;
      for (const Trader& trader : traders_) all += trader.owned().revision;
      return all;
    };
    const std::uint64_t before = told();
    const double until = now_ms() + 2000;
    while (told() == before && now_ms() < until) {
      network_.service(now_ms());
      for (Trader& trader : traders_) trader.update(true);
    }
  }
  bool all_are_back() {
    const auto back = [](const KillPlayer& player) { return player.is_back(); };
    return wait_for(std::chrono::seconds(60), [&] {
      turn(false);
      return std::all_of(fighters_.begin(), fighters_.end(), back) && std::all_of(traders_.begin(), traders_.end(), back);
    });
  }
  void end_server(bool kill) {
    server_->send_signal(kill ? SIGKILL : SIGTERM);
    const Ending ending = server_->wait();
    EXPECT_EQ(ending.status, kill ? 128 + SIGKILL : 0) << ending.err;
    for (Fighter& fighter : fighters_) fighter.remember();
    for (Trader& trader : traders_) trader.remember();
    fighters_sums_.assign(fighters_sums_.size(), 0);
    for (const Fighter& fighter : fighters_) add(fighters_sums_, fighter.owned());
  }

  void check_fighters() {
    std::map<std::uint32_t, std::pair<std::uint8_t, std::uint16_t>> lay;
    Sums now;
    for (const Fighter& fighter : fighters_) {
      ASSERT_TRUE(fighter.was_told_the_truth());
      ASSERT_TRUE(fighter.rose_for_good()) << fighter.worth();
      lay.insert(fighter.lying().begin(), fighter.lying().end());
      add(now, fighter.owned());
    }
    // They may have taken up what lay there, and what fell in the last moment; nothing else can have come.
    Sums most = fighters_sums_;
    most.resize(now.size());
    for (const auto& [packed, thing] : lay) (thing.first + 1 == kill_gold ? most.back() : most[thing.first]) += thing.second;
    constexpr std::int64_t k_deaths = k_unseen_deaths * static_cast<std::int64_t>(k_fighters);
    most.back() += k_deaths * k_loot_gold_max;
    most[kill_tooth - 1U] += k_deaths * k_loot_teeth_max;
    most[kill_cap - 1U] += k_deaths * 2;
    for (std::size_t i = 0; i < now.size(); ++i)
      ASSERT_LE(now[i], most[i]) << "made twice: " << text_of(now) << "\nbut at most " << text_of(most);
  }
  /// Trades change nothing in the sums; purchases and sales what was told, and of those in flight each all it would or nothing.
  void check_traders() {
    Sums now;
    Sums told = traders_sums_;
    std::vector<Sums> open;
    for (Trader& trader : traders_) {
      ASSERT_TRUE(trader.was_told_the_truth());
      add(now, trader.owned());
      add(told, trader.take_done());
      if (trader.in_flight()) open.push_back(*trader.in_flight());
    }
    bool explained = false;
    for (std::uint32_t done = 0; done < 1U << open.size() && !explained; ++done) {
      Sums would = told;
      for (std::size_t i = 0; i < open.size(); ++i) {
        if ((done >> i & 1U) != 0) add(would, open[i]);
      }
      explained = would == now;
    }
    ASSERT_TRUE(explained) << "something was doubled or lost. There is\n  " << text_of(now) << "\nand should be\n  "
                           << text_of(told) << "\nor that with some of " << open.size() << " in flight";
    traders_sums_ = now;
  }

  TemporaryDirectory data_;
  std::string content_file_;
  net::NativeNetwork network_{{}};
  std::array<protocol::Token, k_traders> tokens_{};
  std::deque<Fighter> fighters_;
  std::deque<Trader> traders_;
  Sums traders_sums_;
  Sums fighters_sums_;
};

TEST_F(Kill, nothing_that_was_told_is_lost_and_nothing_is_done_twice_or_by_halves) {
  content_file_ = data_.write("content.bin", kill_content_bytes());
  write_down();
  if (HasFatalFailure()) return;
  start_server(0);
  if (HasFatalFailure()) return;
  const std::uint16_t port = server_->port();
  for (std::size_t i = 0; i < k_fighters; ++i) fighters_.emplace_back(network_, port, i);
  for (std::size_t i = 0; i < k_traders; ++i) traders_.emplace_back(network_, port, i, tokens_[i]);
  base::Random random(20261130);
  const int kills = kills_wanted();
  for (int kill = 0; kill <= kills; ++kill) {
    SCOPED_TRACE("kill " + std::to_string(kill));
    ASSERT_TRUE(all_are_back()) << fighters_.front().message() << traders_.front().message() << '\n' << server_->log();
    check_fighters();
    check_traders();
    if (HasFatalFailure()) break;
    EXPECT_EQ(metric("cudgel_players"), k_fighters + k_traders);
    const double end = now_ms() + 900 + random.between(0, 1200);
    while (now_ms() < end) turn(true);
    if (kill == kills) break;
    if (kill % 2 == 0) go_on_until_somebody_is_told_something();
    end_server((kill + 1) % k_restart_every != 0);
    start_server(port);
    if (HasFatalFailure()) break;
    // One of each waits by itself, as long as clients do who are not let in at once.
    const auto stubborn = static_cast<std::size_t>(kill) % k_fighters;
    for (std::size_t i = 0; i < k_fighters; ++i) fighters_[i].come_back(i == stubborn);
    for (std::size_t i = 0; i < k_traders; ++i) traders_[i].come_back(i == stubborn);
  }
  EXPECT_FALSE(HasFatalFailure()) << server_->log();
  std::int64_t highest = 0;
  std::uint32_t looted = 0;
  for (const Fighter& fighter : fighters_) {
    highest = std::max(highest, fighter.safe_level());
    looted += fighter.owned().revision;
  }
  int exchanged = 0;
  int errands = 0;
  for (const Trader& trader : traders_) exchanged += trader.exchanged(), errands += trader.errands();
  EXPECT_GT(highest, 1) << "somebody must have risen, or nothing was tried";
  EXPECT_GT(looted, static_cast<std::uint32_t>(10 * kills)) << "somebody must have taken something up, or nothing was tried";
  EXPECT_GT(exchanged, 2 * kills) << "hardly anybody traded: nothing was tried";
  EXPECT_GT(errands, 10 * kills) << "hardly anybody bought or sold: nothing was tried";
  std::printf(
      "%d kills and restarts: level %d at most, %u changes of what fighters own, %d halves of trades, %d purchases and the "
      "like\n",
      kills, static_cast<int>(highest), looted, exchanged, errands);
}

}  // namespace
}  // namespace cudgel::test
