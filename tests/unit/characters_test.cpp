// Goal: a character that earned something stays: after a goodbye, after a minute away, after the server was killed at any moment, for whoever holds
// its key and for nobody else, and there is never a second one of it. Method: the real sessions, realm and clients in one process with the real
// store thread; a killed server is one whose store refuses everything from some moment on. Seeds are printed.

#include <gtest/gtest.h>

#include <atomic>
#include <memory>

#include "common/baked_content.h"
#include "in_process.h"
#include "store/memory_store.h"

namespace cudgel::test {
namespace {

using core::Phase;

/// What stands on the disk outlives the server; what a killed server still wanted to write does not get there.
class Disk {
 public:
  class End final : public store::Store {
   public:
    explicit End(Disk& disk) : disk_(disk) {}
    base::Result<void, store::StoreError> save(const store::Snapshot& snapshot) override { return disk_.store_.save(snapshot); }
    base::Result<std::optional<store::StoredSnapshot>, store::StoreError> load(const store::WorldKey& key) override {
      return disk_.store_.load(key);
    }
    base::Result<void, store::StoreError> set_aside(std::int64_t id, const std::string& reason) override {
      return disk_.store_.set_aside(id, reason);
    }
    base::Result<std::int64_t, store::StoreError> count_others(const store::WorldKey& key) override {
      return disk_.store_.count_others(key);
    }
    base::Result<void, store::StoreError> create(const store::Character& character, const store::TokenKeys& keys) override {
      return disk_.killed_ ? base::fail(store::StoreError{"killed"}) : disk_.store_.create(character, keys);
    }
    base::Result<void, store::StoreError> rotate(std::uint64_t id, const store::TokenKeys& keys) override {
      return disk_.killed_ ? base::fail(store::StoreError{"killed"}) : disk_.store_.rotate(id, keys);
    }
    base::Result<std::optional<store::Character>, store::StoreError> find(const store::TokenHash& key) override {
      return disk_.killed_ ? base::fail(store::StoreError{"killed"}) : disk_.store_.find(key);
    }
    base::Result<void, store::StoreError> keep(std::span<const store::Character> characters) override {
      return disk_.killed_ ? base::fail(store::StoreError{"killed"}) : disk_.store_.keep(characters);
    }
    base::Result<std::vector<store::Rank>, store::StoreError> strongest(std::size_t count) override {
      return disk_.store_.strongest(count);
    }

   private:
    Disk& disk_;
  };

  void kill() { killed_ = true; }
  void boot() { killed_ = false; }

 private:
  store::MemoryStore store_;
  std::atomic<bool> killed_ = false;
};

/// One life of a server, with a fighter in an arena of goblins.
struct Life {
  explicit Life(Disk& disk, std::uint64_t seed, std::int32_t monsters = 12)
      : thread(std::make_unique<store::StoreThread>(std::make_unique<Disk::End>(disk), metrics)),
        game(Setup{seed, 10, 5, 16, monsters, thread.get()}) {}
  core::GameClient& enter(std::optional<protocol::Token> token = std::nullopt, const char* name = "fighter") {
    core::GameClient& client = game.clients.emplace_back(baked_content(), game.network.make_transport(), 7 + game.clients.size());
    client.join({"memory", name, 1, true, token}, game.now_ms());
    return client;
  }
  [[nodiscard]] const sim::Entity* body(const core::GameClient& client) const {
    return game.server.world().find(client.replica().own().id);
  }
  bool in_world(const core::GameClient& client, double ms_max = 5000) {
    return game.run_until(
        ms_max, [&] { return client.phase() == Phase::playing && client.predicted() != nullptr && body(client) != nullptr; });
  }
  /// Fights on until it has that much in all.
  bool fight(core::GameClient& client, std::int64_t points, double ms_max = 240000) {
    sim::Intent intent;
    intent.attack = true;
    client.want(intent);
    const bool earned = game.run_until(ms_max, [&] { return worth(client) >= points; });
    client.want({});
    return earned;
  }
  /// Level and points as one number that only grows.
  [[nodiscard]] std::int64_t worth(const core::GameClient& client) const {
    const sim::Entity* const entity = body(client);
    return entity == nullptr ? -1 : std::int64_t{entity->level} * 1000000 + entity->experience - 1000000;
  }
  /// Some ticks, after which the disk has what was handed over.
  void settle() { game.run(200); }
  [[nodiscard]] std::int64_t players() const {
    std::int64_t players = 0;
    for (const std::uint16_t slot : game.server.world().alive()) {
      if (game.server.world().entities()[slot].kind == sim::Kind::player) ++players;
    }
    return players;
  }

  ops::Metrics metrics;
  std::unique_ptr<store::StoreThread> thread;
  InProcess game;
};

/// The key of a character that has earned something and said goodbye to a server that is gone.
std::optional<protocol::Token> earn_and_leave(Disk& disk, std::uint64_t seed) {
  Life life(disk, seed);
  core::GameClient& client = life.enter();
  EXPECT_TRUE(life.in_world(client) && life.fight(client, 1));
  life.settle();
  const auto token = client.token();
  client.leave();
  life.settle();
  return token;
}

TEST(Characters, what_was_earned_is_there_after_a_goodbye) {
  Disk disk;
  Life life(disk, 1);
  core::GameClient& client = life.enter();
  ASSERT_TRUE(life.in_world(client));
  ASSERT_TRUE(life.fight(client, 1));
  life.settle();
  const std::int64_t worth = life.worth(client);
  const auto token = client.token();
  client.leave();
  // Before the realm has let go of it, even: the store is asked only then.
  client.join({"memory", "fighter", 1, true, token}, life.game.now_ms());
  ASSERT_TRUE(life.in_world(client));
  EXPECT_EQ(client.stats().resumed, 0U);
  EXPECT_GE(life.worth(client), worth);
  EXPECT_EQ(life.players(), 1);
}

TEST(Characters, it_stands_where_it_stood_with_the_health_it_had) {
  Disk disk;
  store::Character before;
  std::optional<protocol::Token> token;
  base::Vec2 place;
  {
    Life life(disk, 2);
    core::GameClient& client = life.enter();
    ASSERT_TRUE(life.in_world(client));
    ASSERT_TRUE(life.fight(client, 1));
    life.settle();
    ASSERT_TRUE(life.game.run_until(60000, [&] { return life.body(client)->health > 0; }));
    token = client.token();
    place = life.body(client)->walker.position;
    client.leave();
    life.settle();
  }
  Life life(disk, 3, 0);
  core::GameClient& client = life.enter(token);
  ASSERT_TRUE(life.in_world(client));
  EXPECT_LT(base::chebyshev(life.body(client)->walker.position - place), 2 * base::k_units_per_tile);
  EXPECT_GE(life.worth(client), 1);
}

TEST(Characters, a_server_that_is_killed_at_any_moment_loses_at_most_the_last_second_and_locks_nobody_out) {
  Disk disk;
  std::optional<protocol::Token> token;
  std::int64_t safe = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(seed);
    disk.boot();
    Life life(disk, seed);
    core::GameClient& client = life.enter(token);
    ASSERT_TRUE(life.in_world(client));
    ASSERT_GE(life.worth(client), safe) << "something earned is lost";
    ASSERT_TRUE(life.fight(client, safe + 1));
    life.settle();
    const std::int64_t kept = life.worth(client);
    // The connection goes and comes, so that keys change while the end comes near.
    life.game.network.cut_all();
    life.game.run(static_cast<double>(seed * 37 % 400));
    disk.kill();
    life.game.run(static_cast<double>(seed * 53 % 200));
    token = client.token();
    safe = kept;
  }
}

TEST(Characters, a_minute_away_is_as_good_as_a_goodbye) {
  Disk disk;
  Life life(disk, 5);
  core::GameClient& client = life.enter();
  ASSERT_TRUE(life.in_world(client));
  ASSERT_TRUE(life.fight(client, 1));
  life.settle();
  const std::int64_t worth = life.worth(client);
  life.game.network.conditions().accepting = false;
  life.game.network.cut_all();
  life.game.run(62000);
  EXPECT_EQ(life.players(), 0);
  life.game.network.conditions().accepting = true;
  ASSERT_TRUE(life.in_world(client, 60000));
  EXPECT_GE(life.worth(client), worth);
}

TEST(Characters, two_who_come_at_once_with_one_key_are_one) {
  Disk disk;
  const auto token = earn_and_leave(disk, 6);
  Life life(disk, 7, 0);
  core::GameClient& first = life.enter(token);
  core::GameClient& second = life.enter(token);
  life.game.run(3000);
  EXPECT_EQ(life.players(), 1);
  EXPECT_NE(first.phase() == Phase::playing, second.phase() == Phase::playing) << "one of them plays";
  EXPECT_EQ(life.game.server.residents().size(), 1U);
}

TEST(Characters, a_key_of_nobody_or_of_another_name_opens_nothing) {
  Disk disk;
  Life life(disk, 8);
  core::GameClient& client = life.enter();
  ASSERT_TRUE(life.in_world(client));
  ASSERT_TRUE(life.fight(client, 1));
  life.settle();
  const auto token = client.token();
  client.leave();
  life.settle();
  core::GameClient& thief = life.enter(token, "thief");
  ASSERT_TRUE(life.in_world(thief));
  EXPECT_EQ(life.worth(thief), 0);
  protocol::Token guessed{};
  core::GameClient& guesser = life.enter(guessed);
  ASSERT_TRUE(life.in_world(guesser));
  EXPECT_EQ(life.worth(guesser), 0);
  core::GameClient& owner = life.enter(token);
  ASSERT_TRUE(life.in_world(owner));
  EXPECT_GE(life.worth(owner), 1);
}

TEST(Characters, who_earned_nothing_leaves_nothing_behind) {
  Disk disk;
  Life life(disk, 9, 0);
  core::GameClient& client = life.enter();
  ASSERT_TRUE(life.in_world(client));
  life.game.run(8000);
  client.leave();
  life.settle();
  EXPECT_EQ(life.metrics.characters_kept.value(), 0U);
  EXPECT_EQ(life.game.server.residents().size(), 0U);
}

TEST(Characters, a_store_that_fails_is_told_and_leaves_nobody_with_a_key_that_opens_nothing) {
  Disk disk;
  const auto token = earn_and_leave(disk, 10);
  Life life(disk, 11, 0);
  disk.kill();
  core::GameClient& client = life.enter(token);
  EXPECT_FALSE(life.in_world(client, 3000));
  EXPECT_NE(client.message().find("cannot be looked up"), std::string::npos) << client.message();
  disk.boot();
  ASSERT_TRUE(life.in_world(client, 60000)) << "it comes again by itself";
  EXPECT_GE(life.worth(client), 1);
}

}  // namespace
}  // namespace cudgel::test
