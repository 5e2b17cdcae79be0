// Goal: SIGHUP takes over what pages need not know, for new spawns, and refuses everything else whole, by file, field and reason, while the game goes on; also among players
// who fight, and when the server is killed meanwhile. Method: the real binary, contents that differ in one value, files broken by hand.

#include <signal.h>

#include <cstdlib>
#include <deque>
#include <filesystem>
#include <thread>

#include "bake_content/bake.h"
#include "fixture.h"
#include "kill_players.h"
#include "kill_world.h"

namespace cudgel::test {
namespace {

class Reload : public ServerTest {
 protected:
  [[nodiscard]] bool logged(const std::string& words) const {
    return wait_for(k_counted_within, [&] { return server_->log().find(words) != std::string::npos; });
  }
};

/// The game's content with one text of monsters.json exchanged for another.
std::string content_with(const std::string& before, const std::string& after) {
  namespace fs = std::filesystem;
  const char* root = std::getenv("CUDGEL_SOURCE_DIR");
  const fs::path assets = fs::path(root == nullptr ? "." : root) / "assets";
  const TemporaryDirectory copy;
  fs::copy(assets / "content", copy.path() + "/content", fs::copy_options::recursive);
  for (const char* whole : {"models", "maps"})
    fs::create_directory_symlink(fs::absolute(assets / whole), copy.path() + "/" + whole);
  std::string rows = read_whole_file(copy.path() + "/content/monsters.json");
  const std::size_t at = rows.find(before);
  EXPECT_NE(at, std::string::npos) << before;
  if (at == std::string::npos) return {};
  static_cast<void>(copy.write("content/monsters.json", rows.replace(at, before.size(), after)));
  const bake_content::Baked baked = bake_content::bake(copy.path());
  EXPECT_FALSE(baked.bytes.empty()) << (baked.complaints.empty() ? "" : baked.complaints[0]);
  return {baked.bytes.begin(), baked.bytes.end()};
}

TEST_F(Reload, sighup_takes_new_numbers_of_monsters_and_refuses_what_pages_would_not_understand) {
  Player& player = joined();
  const std::string usual = baked_content_bytes();
  static_cast<void>(web_.write("content.bin", usual.substr(0, usual.size() / 2)));
  server().send_signal(SIGHUP);
  EXPECT_TRUE(
      logged("the content stays as it was: " + web_.path() + "/content.bin: content.bin: damaged, cut off or of another version"))
      << server().log();
  static_cast<void>(web_.write("content.bin", content_with("\"radius_tiles\": 0.28", "\"radius_tiles\": 0.29")));
  server().send_signal(SIGHUP);
  EXPECT_TRUE(logged(".radius: cannot change while pages hold the old content")) << server().log();
  EXPECT_TRUE(metric_becomes("cudgel_content_refusals_total", 2));
  EXPECT_TRUE(metric_becomes("cudgel_content_exchanges_total", 0));
  static_cast<void>(web_.write("content.bin", content_with("\"experience\": ", "\"experience\": 1")));
  server().send_signal(SIGHUP);
  EXPECT_TRUE(logged("for new spawns; pages go on with")) << server().log();
  EXPECT_TRUE(metric_becomes("cudgel_content_exchanges_total", 1));
  EXPECT_TRUE(player.frame()) << "who plays goes on";
  Player late(port(), "Late");
  EXPECT_TRUE(late.frame()) << "and who comes with the page's content is let in";
  EXPECT_EQ(server().stop().status, 0);
}

/// In the small world of the kill test, which is loaded in a moment.
class ReloadSmall : public Reload {
 protected:
  void begin() {
    file_ = directory_.write("content.bin", kill_content_bytes());
    start({"--content", file_, "--data", data_.path()});
    for (std::size_t i = 0; i < 4; ++i) fighters_.emplace_back(network_, port(), i);
    ASSERT_TRUE(wait_for(std::chrono::seconds(20), [&] {
      turn();
      return std::all_of(fighters_.begin(), fighters_.end(), [](const Fighter& fighter) { return fighter.is_back(); });
    }));
  }
  void turn() {
    network_.service(now_ms());
    for (Fighter& fighter : fighters_) fighter.update(true);
    std::this_thread::sleep_for(std::chrono::milliseconds(3));
  }
  /// The content is this now; while the players go on, the server is told, until it has said these words.
  void reload(const std::string& bytes, const std::string& words) {
    directory_.write("content.bin", bytes);
    reload(words);
  }
  void reload(const std::string& words) {
    const std::size_t before = server().log().size();
    server().send_signal(SIGHUP);
    EXPECT_TRUE(wait_for(k_counted_within,
                         [&] {
                           turn();
                           return server().log().find(words, before) != std::string::npos;
                         }))
        << "expected: " << words << "\n"
        << server().log();
  }
  static std::string with(const std::function<void(content::MonsterSpec&)>& change) {
    return kill_content_bytes([&](bake_content::Tables& tables) { change(tables.monsters[0]); });
  }

  TemporaryDirectory directory_;
  TemporaryDirectory data_;
  std::string file_;
  net::NativeNetwork network_{{}};
  std::deque<Fighter> fighters_;
};

TEST_F(ReloadSmall, a_bad_file_is_refused_by_file_field_and_reason_while_players_fight) {
  begin();
  if (HasFatalFailure()) return;
  const std::string good = kill_content_bytes();
  const std::string stays = "the content stays as it was: " + file_;
  reload(good.substr(0, good.size() / 3), stays + ": content.bin: damaged, cut off or of another version of the game");
  reload("", stays + ": content.bin: not a content file of this game");
  // Content of the same kind with tables that this version does not read: what stood where its parts are said to be is something else.
  std::string other = good;
  other.replace(other.size() / 2, 64, std::string(64, '\x7f'));
  reload(other, stays + ": content.bin: ");
  reload(with([](content::MonsterSpec& goblin) { goblin.body.health = 0; }),
         stays + ": content.bin: monsters[0].body.health: must be 1..30000, is 0");
  reload(with([](content::MonsterSpec& goblin) { goblin.body.attack.reach = 231; }),
         stays + ": content.bin: monsters.goblin.attack.reach: cannot change");
  reload(kill_content_bytes([](bake_content::Tables& tables) { tables.items[1].price = 1; }),
         stays + ": content.bin: items: cannot change");
  std::filesystem::remove(file_);
  reload(stays + ": cannot be read");
  EXPECT_TRUE(metric_becomes("cudgel_content_refusals_total", 7));
  EXPECT_EQ(metric("cudgel_content_exchanges_total"), 0);
  reload(with([](content::MonsterSpec& goblin) { goblin.experience = 21; }), "for new spawns; pages go on with");
  EXPECT_TRUE(metric_becomes("cudgel_content_exchanges_total", 1));
  for (const Fighter& fighter : fighters_) EXPECT_EQ(fighter.disconnects(), 0U) << "whoever plays goes on";
}

TEST_F(ReloadSmall, many_exchanges_under_load_harm_nobody_and_the_last_one_counts) {
  begin();
  if (HasFatalFailure()) return;
  for (int i = 1; i <= 40; ++i) {
    // With phases and without, so that those who are in one lose it under way.
    directory_.write("content.bin", with([&](content::MonsterSpec& goblin) {
                       goblin.body.health = 25 + i;
                       goblin.body.speed = 700 + 10 * i;
                       goblin.loot.gold_percent = i % 100;
                       if (i % 2 == 0) goblin.traits.phases = {{90, -1, 0, 0}, {60, -1, 0, 300}, {30, 0, 1, 0}};
                       goblin.level = i == 40 ? 9 : 1;
                     }));
    server().send_signal(SIGHUP);
    for (int turns = 0; turns < 25; ++turns) turn();
  }
  EXPECT_TRUE(wait_for(k_counted_within, [&] {
    turn();
    return std::any_of(fighters_.begin(), fighters_.end(),
                       [](const Fighter& fighter) { return fighter.sees_monster_of_level(9); });
  })) << "who has spawned since is as the last content says";
  EXPECT_GT(metric("cudgel_content_exchanges_total"), 20) << "two signals at once are one";
  EXPECT_EQ(metric("cudgel_content_refusals_total"), 0);
  for (const Fighter& fighter : fighters_) EXPECT_EQ(fighter.disconnects(), 0U);
  EXPECT_EQ(server().stop().status, 0);
}

TEST_F(ReloadSmall, a_server_killed_while_it_takes_a_content_over_comes_back_with_it_and_with_everybody) {
  begin();
  if (HasFatalFailure()) return;
  const std::uint16_t at = port();
  const auto same_place = [&] {
    server_ = std::make_unique<ServerProcess>(std::vector<std::string>{"--listen", "127.0.0.1:" + std::to_string(at), "--web",
                                                                       web_.path(), "--content", file_, "--data", data_.path()});
    return server_->wait_until_ready();
  };
  const double end = now_ms() + 1500;
  while (now_ms() < end) turn();
  for (int i = 0; i < 4; ++i) {
    SCOPED_TRACE(i);
    directory_.write("content.bin", with([&](content::MonsterSpec& goblin) { goblin.experience = 30 + i; }));
    server().send_signal(SIGHUP);
    std::this_thread::sleep_for(std::chrono::microseconds(300 * i));
    server().send_signal(SIGKILL);
    server().wait();
    for (Fighter& fighter : fighters_) fighter.remember();
    // A new content is a new page; here the page is that of the first, which the server gets again after it has stood with the new one.
    ASSERT_TRUE(same_place()) << server().log();
    EXPECT_EQ(server().stop().status, 0);
    directory_.write("content.bin", kill_content_bytes());
    ASSERT_TRUE(same_place()) << server().log();
    for (Fighter& fighter : fighters_) fighter.come_back(false);
    ASSERT_TRUE(wait_for(std::chrono::seconds(20), [&] {
      turn();
      return std::all_of(fighters_.begin(), fighters_.end(), [](const Fighter& fighter) { return fighter.is_back(); });
    }));
    for (const Fighter& fighter : fighters_) {
      EXPECT_TRUE(fighter.was_told_the_truth());
      EXPECT_TRUE(fighter.rose_for_good()) << fighter.worth();
    }
    const double until = now_ms() + 400;
    while (now_ms() < until) turn();
  }
}

}  // namespace
}  // namespace cudgel::test
