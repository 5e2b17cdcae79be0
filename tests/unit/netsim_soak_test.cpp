// Goal: whatever the network does for ten minutes, the promises hold at every tick. Method: a game in one process whose clients sit
// behind roads that delay, stall and cut, with a server that falls silent or is cut off at random; after every tick and every display
// frame everything that must always be true is looked at. Seeds come from chance and are printed; CUDGEL_SOAK_SEED runs one again.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include <gtest/gtest.h>

#include "bad_game.h"
#include "base/random.h"
#include "common/baked_content.h"
#include "forwarding_transport.h"
#include "protocol/client_message.h"

namespace cudgel::test {
namespace {

constexpr double k_play_ms = 10 * 60 * 1000;
/// The faults are over: everybody finds back and comes to rest.
constexpr double k_rest_ms = 20000;
constexpr std::uint64_t k_seeds = 2;
constexpr const char* k_roads[] = {
    "delay=30,jitter=10",
    "delay=100,jitter=80",
    "delay=100,jitter=80,stall=2s/20s",
    "delay=60,jitter=40,cut=25s",
    "delay=150,jitter=100,stall=1s/15s,cut=40s",
};
/// Longer than a silent server takes to be given up (5 s), a back-off at its longest (8 s and 30 %), and the way there and back.
constexpr double k_found_again_ms = 25000;
/// A silence that nobody gives up, also if a stall falls into it; and one that everybody does.
constexpr int k_short_silence_ms = 1500;
constexpr int k_long_silence_ms = 8000;
constexpr base::Tick k_pictures = 300;

/// Keeps what has passed: under which number which act. It must be the same whenever it passes again.
class Witness final : public ForwardingTransport {
 public:
  using Said = std::map<std::uint32_t, protocol::Act>;
  Witness(std::unique_ptr<core::Transport> inner, Said& said) : ForwardingTransport(std::move(inner)), said_(said) {}
  core::SendResult send(std::span<const std::uint8_t> message) override {
    const core::SendResult result = ForwardingTransport::send(message);
    const auto decoded = protocol::decode_client_message(message);
    EXPECT_TRUE(decoded.has_value());
    const auto* acts = decoded ? std::get_if<protocol::Acts>(&*decoded) : nullptr;
    if (result != core::SendResult::sent || acts == nullptr) return result;
    for (std::size_t i = 0; i < acts->count; ++i) note(acts->acts[i]);
    return result;
  }

 private:
  void note(const protocol::Act& act) {
    const auto found = said_.emplace(act.sequence, act).first;
    const auto parts = [](const protocol::Act& a) {
      return std::tuple(a.tick, a.target.packed(), a.heading, a.attack, a.view_age);
    };
    EXPECT_EQ(parts(found->second), parts(act)) << "number " << act.sequence << " was another act before";
  }
  Said& said_;
};

/// A player who walks about, strikes who is near, and taps keys.
class Player {
 public:
  Player(BadGame& bad, std::size_t number, std::uint64_t seed) : bad_(bad), number_(number), random_(seed) {
    const auto witness_of = [](Witness::Said& said) {
      return [&said](std::unique_ptr<core::Transport> inner) { return std::make_unique<Witness>(std::move(inner), said); };
    };
    client_ = &bad.add_player(k_roads[number], static_cast<std::uint8_t>(number % 3), witness_of(said_), witness_of(arrived_));
  }
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  void act(double now_ms) {
    if (client_->phase() != core::Phase::playing || now_ms < next_ms_) return;
    next_ms_ = now_ms + random_.between(20, 1500);
    sim::Intent intent;
    if (random_.below(4) != 0) intent.heading = static_cast<std::uint8_t>(1 + random_.below(base::k_headings));
    intent.attack = random_.below(3) == 0;
    client_->want(intent);
  }
  void rest() { client_->want({}); }

  /// After a display frame: what the client holds is what it may see.
  void look(double now_ms, const std::deque<std::shared_ptr<const replication::Picture>>& pictures) {
    static_cast<void>(client_->others());
    if (client_->phase() == core::Phase::playing) seen_playing_ms_ = now_ms;
    EXPECT_LT(now_ms - seen_playing_ms_, k_found_again_ms) << name() << " is lost";
    const replication::Replica& replica = client_->replica();
    if (!replica.has_own() || replica.tick() == looked_at_) return;
    looked_at_ = replica.tick();
    if (!id_.valid()) id_ = replica.own().id;
    EXPECT_EQ(replica.own().id, id_) << name() << " has become somebody else";
    for (const auto& picture : pictures) {
      if (picture->tick != looked_at_) continue;
      std::set<std::uint32_t> expected;
      for (const replication::PublishedEntity& entity : picture->entities) {
        if (entity.sight.kind == sim::Kind::none) continue;
        if (replication::may_see(*picture, id_, entity.sight.id)) expected.insert(entity.sight.id.packed());
      }
      std::set<std::uint32_t> held;
      for (const auto& [id, entity] : replica.entities()) held.insert(id);
      EXPECT_EQ(held, expected) << name() << " at tick " << looked_at_;
      return;
    }
    ADD_FAILURE() << name() << " was shown tick " << looked_at_ << ", older than anything that could still be on its way";
  }

  /// After a tick of the server: what was done is what was said, in order, once.
  void check_acts(const sim::World& world) {
    const sim::Entity* body = id_.valid() ? world.find(id_) : nullptr;
    if (!id_.valid()) return;
    ASSERT_NE(body, nullptr) << name() << " is no longer in the world";
    if (body->last_sequence == done_) return;
    EXPECT_GT(body->last_sequence, done_) << name() << ": an act was done again";
    done_ = body->last_sequence;
    const auto said = said_.find(done_);
    ASSERT_NE(said, said_.end()) << name() << ": act " << done_ << " was done but never said";
    if (body->walker.action == sim::Action::dead) return;
    const protocol::Act& act = said->second;
    EXPECT_EQ(body->walker.intent, (sim::Intent{act.heading, act.attack, act.target})) << name() << ": act " << done_;
  }
  /// `faults`: those that hit everybody.
  void check_disconnects(std::uint64_t faults) {
    EXPECT_LE(client_->stats().disconnects, bad_.road(number_).cuts() + faults) << name() << ": " << client_->message();
  }
  /// After the rest.
  void check_end(const sim::World& world) {
    EXPECT_EQ(client_->phase(), core::Phase::playing) << name() << ": " << client_->message();
    const sim::Entity* body = world.find(id_);
    ASSERT_NE(body, nullptr) << name();
    ASSERT_FALSE(said_.empty());
    for (std::uint32_t sequence = 1; sequence <= said_.rbegin()->first; ++sequence) {
      EXPECT_TRUE(said_.contains(sequence) && arrived_.contains(sequence)) << name() << ": act " << sequence << " was lost";
    }
    EXPECT_EQ(body->last_sequence, said_.rbegin()->first) << name() << ": the last act was not done";
    EXPECT_EQ(body->walker.intent.heading, 0) << name();
    EXPECT_GT(said_.size(), 300U);
    const auto view = client_->self_view();
    ASSERT_TRUE(view.has_value());
    if (body->walker.action == sim::Action::dead || view->action == sim::Action::dead) return;
    EXPECT_NEAR(view->x, static_cast<double>(body->walker.position.x) / base::k_units_per_tile, 0.5) << name();
    EXPECT_NEAR(view->y, static_cast<double>(body->walker.position.y) / base::k_units_per_tile, 0.5) << name();
  }
  [[nodiscard]] const core::ClientStats& stats() const { return client_->stats(); }

 private:
  [[nodiscard]] std::string name() const { return "player " + std::to_string(number_) + " (" + k_roads[number_] + ")"; }

  BadGame& bad_;
  std::size_t number_;
  base::Random random_;
  Witness::Said said_;
  Witness::Said arrived_;
  core::GameClient* client_ = nullptr;
  double next_ms_ = 0;
  double seen_playing_ms_ = 0;
  base::EntityId id_;
  base::Tick looked_at_ = 0;
  std::uint32_t done_ = 0;
};

/// What happens to the server, or to everybody at once.
class Faults {
 public:
  Faults(BadGame& bad, std::uint64_t seed) : bad_(bad), random_(seed) {}
  void act(double now_ms) {
    if (muted_until_ms_ > 0 && now_ms >= muted_until_ms_) {
      muted_until_ms_ = 0;
      bad_.game.server.mute(false);
    }
    if (now_ms < next_ms_) return;
    next_ms_ = now_ms + random_.between(20000, 60000);
    switch (random_.below(4)) {
      case 0:
        ++disconnecting;
        bad_.game.network.cut_all();
        break;
      case 1:
        ++disconnecting;
        bad_.game.server.close_all(1012, "the server restarts");
        break;
      case 2:
        be_silent(now_ms, k_short_silence_ms);
        break;
      default:
        ++disconnecting;
        be_silent(now_ms, k_long_silence_ms);
    }
  }

  std::uint64_t disconnecting = 0;  ///< after which everybody may lose the connection once

 private:
  void be_silent(double now_ms, int ms) {
    muted_until_ms_ = now_ms + ms;
    bad_.game.server.mute(true);
  }

  BadGame& bad_;
  base::Random random_;
  double next_ms_ = 15000;
  double muted_until_ms_ = 0;
};

void check_world(const sim::World& world) {
  for (const std::uint16_t slot : world.alive()) {
    const sim::Entity& entity = world.entities()[slot];
    if (entity.kind != sim::Kind::player && entity.kind != sim::Kind::monster) continue;
    ASSERT_TRUE(world.map().fits(entity.walker.position, world.spec_of(entity).radius))
        << "entity " << slot << " stands in a wall";
    ASSERT_GE(entity.health, 0);
    ASSERT_LE(entity.health, entity.health_max);
    ASSERT_EQ(entity.health == 0, entity.walker.action == sim::Action::dead) << "entity " << slot;
  }
}

/// A world that is saved can be restored, and is the same.
void check_save(const sim::World& world, const content::MapSpec& map) {
  sim::World restored(world.content(), map, world.options());
  const auto result = sim::restore(restored, sim::save(world));
  ASSERT_TRUE(result.has_value()) << result.error().text;
  EXPECT_EQ(sim::hash(restored), sim::hash(world));
}

void play_ten_minutes(std::uint64_t seed) {
  BadGame bad({.seed = seed, .arena_side = 32, .monsters = 10});
  std::deque<Player> players;
  for (std::size_t i = 0; i < std::size(k_roads); ++i) players.emplace_back(bad, i, seed * 1000 + i);
  Faults faults(bad, seed);
  const sim::World& world = bad.game.server.world();
  std::deque<std::shared_ptr<const replication::Picture>> pictures;
  const auto on_frame = [&] {
    for (Player& player : players) player.look(bad.game.now_ms(), pictures);
  };
  const auto on_tick = [&] {
    pictures.push_back(bad.game.server.picture());
    if (pictures.size() > k_pictures) pictures.pop_front();
    for (Player& player : players) {
      player.check_acts(world);
      player.check_disconnects(faults.disconnecting);
    }
    check_world(world);
    if (world.tick() % 200 == 0 && bad.client().map() != nullptr) check_save(world, *bad.client().map());
  };
  const auto failed = [] { return testing::Test::HasFailure(); };
  for (double end = k_play_ms; bad.game.now_ms() < end && !failed();) {
    faults.act(bad.game.now_ms());
    for (Player& player : players) player.act(bad.game.now_ms());
    bad.game.run(InProcess::k_frame_ms, on_frame, on_tick);
  }
  bad.game.server.mute(false);
  bad.set_spec("delay=50,jitter=20");
  for (Player& player : players) player.rest();
  bad.game.run(k_rest_ms, on_frame, on_tick);
  for (Player& player : players) player.check_end(world);
  EXPECT_EQ(bad.game.server.malformed(), 0U);
  EXPECT_EQ(bad.game.server.metrics().players.value(), static_cast<std::int64_t>(players.size()));
  EXPECT_EQ(bad.game.server.metrics().players_away.value(), 0);
  std::uint64_t resumed = 0;
  for (const Player& player : players) resumed += player.stats().resumed;
  EXPECT_GT(resumed, 20U) << "nothing has happened";
}

TEST(Soak, ten_minutes_of_faults_break_no_promise) {
  const char* given = std::getenv("CUDGEL_SOAK_SEED");
  const std::uint64_t base = given != nullptr ? std::strtoull(given, nullptr, 10) : std::random_device()();
  for (std::uint64_t seed = base; seed < base + k_seeds; ++seed) {
    std::printf("seed %llu: CUDGEL_SOAK_SEED=%llu runs it again\n", static_cast<unsigned long long>(seed),
                static_cast<unsigned long long>(seed));
    SCOPED_TRACE(testing::Message() << "CUDGEL_SOAK_SEED=" << seed);
    play_ten_minutes(seed);
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace cudgel::test
