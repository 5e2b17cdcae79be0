// Goal: the same promise in the game itself: with real steps, goblins, blows, bolts, deaths and visits, every client holds
// exactly what it may see, and it costs as few bytes as we say. Method: players of all classes with random intents on a map
// with walls, who join, leave and miss frames; after every frame everything is compared with the world.

#include "replication_fixture.h"
#include "sim_fixture.h"

namespace cudgel::replication {
namespace {

content::MapSpec walled_map(std::int32_t side, base::Random& random) {
  content::MapSpec map = sim::testing::open_map(side);
  for (std::int32_t i = 0; i < side * side / 20; ++i) map.blocked[random.below(static_cast<std::uint32_t>(side * side))] = 1;
  const auto middle = static_cast<std::size_t>(side / 2);
  for (std::size_t y = middle - 2; y <= middle + 2; ++y) {
    for (std::size_t x = middle - 2; x <= middle + 2; ++x) map.blocked[y * static_cast<std::size_t>(side) + x] = 0;
  }
  return map;
}

class LiveRealm {
 public:
  LiveRealm(std::int32_t side, std::uint64_t seed, int goblins)
      : layout_(seed), map_(walled_map(side, layout_)), realm(sim::testing::make_content(map_), map_, {20, seed, 4096, true}) {
    realm.world.populate(0, goblins);
  }

  void join(int count) {
    for (int i = 0; i < count; ++i) {
      sim::Command command;
      command.type = sim::Command::Type::join;
      command.ticket = ++tickets_;
      command.class_index = static_cast<std::uint8_t>(tickets_ % 3);
      command.name.assign("p" + std::to_string(tickets_));
      commands_.push_back(command);
    }
  }
  void act(base::EntityId who, const sim::Intent& intent) {
    sim::Command command;
    command.who = who;
    command.sequence = ++sequence_;
    command.intent = intent;
    commands_.push_back(command);
  }
  void leave(base::EntityId who) {
    sim::Command command;
    command.type = sim::Command::Type::leave;
    command.who = who;
    commands_.push_back(command);
  }
  void tick() {
    sim::step(realm.world, commands_, realm.events);
    commands_.clear();
    for (const sim::Event& event : realm.events) {
      if (event.type == sim::EventType::joined)
        watchers.push_back(std::make_unique<Watcher>(event.target.valid() ? event.target : event.source));
      if (event.type == sim::EventType::hit) ++hits;
      if (event.type == sim::EventType::death) ++deaths;
    }
    realm.publish();
  }
  /// Most walk, some fight; everybody changes their mind every second or two.
  void random_acts(std::uint32_t ticks_between) {
    for (const auto& watcher : watchers) {
      if (realm.random.below(ticks_between) != 0) continue;
      act(watcher->viewer.self(), {static_cast<std::uint8_t>(realm.random.below(65)), realm.random.below(3) == 0, {}});
    }
  }

 private:
  base::Random layout_;
  content::MapSpec map_;
  std::vector<sim::Command> commands_;
  std::uint64_t tickets_ = 0;
  std::uint32_t sequence_ = 0;

 public:
  Realm realm;
  std::vector<std::unique_ptr<Watcher>> watchers;
  int hits = 0;
  int deaths = 0;
};

class LiveWorlds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(LiveWorlds, a_client_holds_exactly_what_it_may_see_after_every_frame) {
  LiveRealm live(80, GetParam(), 60);
  live.join(8);
  std::unordered_map<std::uint32_t, int> asleep;
  for (int tick = 0; tick < 1200; ++tick) {
    live.random_acts(15);
    if (tick % 200 == 150) {  // somebody goes, somebody else comes, often into the same slot
      live.leave(live.watchers.front()->viewer.self());
      live.watchers.erase(live.watchers.begin());
      live.join(1);
    }
    live.tick();
    for (std::size_t i = 0; i < live.watchers.size(); ++i) {
      Watcher& watcher = *live.watchers[i];
      int& sleep = asleep[watcher.viewer.self().packed()];
      if (sleep-- > 0) continue;
      ASSERT_NO_FATAL_FAILURE(live.realm.show_and_check(watcher)) << "tick " << tick << ", seed " << GetParam();
      sleep = i % 2 == 1 && live.realm.random.below(10) == 0 ? static_cast<int>(live.realm.random.below(60)) : 0;
    }
  }
  // The world was worth watching.
  EXPECT_GT(live.hits, 20);
  EXPECT_GT(live.deaths, 2);
}

INSTANTIATE_TEST_SUITE_P(Seeds, LiveWorlds, testing::Values(1, 2, 3, 4));

TEST(Traffic, twenty_others_in_view_cost_less_than_three_kilobytes_per_second) {
  // An arena in which everybody sees about twenty others: half a crowd of wandering players, half goblins who hunt them.
  LiveRealm live(100, 5, 100);
  live.join(100);
  constexpr int k_warm_up = 100;
  constexpr int k_ticks = 600;
  std::size_t bytes = 0;
  std::size_t frames = 0;
  std::size_t in_view = 0;
  for (int tick = 0; tick < k_warm_up + k_ticks; ++tick) {
    live.random_acts(20);
    live.tick();
    for (const auto& watcher : live.watchers) {
      ASSERT_NO_FATAL_FAILURE(live.realm.show(*watcher));
      if (tick < k_warm_up) continue;
      bytes += watcher->bytes_last;
      in_view += watcher->replica.entities().size();
      ++frames;
    }
  }
  const double bytes_per_second = 20.0 * static_cast<double>(bytes) / static_cast<double>(frames);
  const double others = static_cast<double>(in_view) / static_cast<double>(frames);
  RecordProperty("bytes_per_second", static_cast<int>(bytes_per_second));
  std::printf("%.0f bytes per client and second, %.1f others in view\n", bytes_per_second, others);
  EXPECT_GE(others, 15.0);
  EXPECT_LT(bytes_per_second, 3000.0 * others / 20.0);
}

}  // namespace
}  // namespace cudgel::replication
