// Goal: after every frame a client holds exactly what it may see, whatever the world does and however many frames it misses.
// Method: random worlds whose bodies walk, stop, strike, are pushed, jump, die, vanish and are replaced in the same slot; random
// viewers that skip random numbers of frames; after each frame everything is compared with the world itself.

#include "replication_fixture.h"

namespace cudgel::replication {
namespace {

/// One tick of one body under a random fate.
void disturb(Realm& realm, sim::Entity& entity) {
  sim::Walker& walker = entity.walker;
  const base::Tick now = realm.world.tick();
  base::Random& random = realm.random;
  switch (random.below(60)) {
    case 0: {  // walks another way
      const auto heading = static_cast<int>(random.below(64));
      walker.velocity = base::along(heading, random.between(1, 40));
      walker.facing = static_cast<std::uint8_t>(base::facing_of_heading(heading));
      walker.action = sim::Action::walk;
      walker.action_since = now;
      break;
    }
    case 1:  // stops
      walker.velocity = {};
      walker.action = sim::Action::idle;
      walker.action_since = now;
      break;
    case 2:  // strikes
      walker.velocity = {};
      walker.action = sim::Action::attack;
      walker.action_since = now;
      walker.attack_ready = now + 20;
      break;
    case 3: entity.health = random.between(0, entity.health_max); break;
    case 4: walker.facing = static_cast<std::uint8_t>(random.below(8)); break;
    case 5:
      if (random.below(10) == 0) entity.level = static_cast<std::uint16_t>(random.between(1, 40)), entity.health_max = random.between(50, 60);
      entity.health = std::min(entity.health, entity.health_max);
      break;
    case 6:
      if (random.below(20) == 0) walker.position = realm.somewhere();
      break;
    default: break;
  }
  if (random.below(4) == 0) walker.position = walker.position + base::Vec2{random.between(-3, 3), random.between(-3, 3)};
  walker.position = walker.position + walker.velocity;
  walker.position.x = std::clamp(walker.position.x, 0, realm.side_units - 1);
  walker.position.y = std::clamp(walker.position.y, 0, realm.side_units - 1);
}

void advance(Realm& realm, const std::vector<std::unique_ptr<Watcher>>& watchers) {
  ++realm.world.tick_;
  const std::vector<std::uint16_t> alive(realm.world.alive().begin(), realm.world.alive().end());
  for (const std::uint16_t index : alive) {
    sim::Entity& entity = realm.world.entities()[index];
    disturb(realm, entity);
    const bool watched = std::any_of(watchers.begin(), watchers.end(), [&](const auto& w) { return w->viewer.self() == entity.id; });
    if (watched && realm.random.below(5) == 0) {
      ++entity.last_sequence;
      entity.walker.intent = {static_cast<std::uint8_t>(realm.random.below(65)), realm.random.below(2) == 0, {index, 1}};
    }
    if (!watched && realm.random.below(150) == 0) {
      realm.events.push_back({sim::EventType::death, {}, entity.id, 0, entity.walker.position, 0});
      realm.world.destroy(entity.id);
      // The lowest free slot is taken again: very often the one that has just become free.
      if (realm.random.below(2) == 0) realm.add_somewhere(static_cast<sim::Kind>(1 + realm.random.below(3)));
    } else if (realm.random.below(40) == 0) {
      const base::EntityId other{alive[realm.random.below(static_cast<std::uint32_t>(alive.size()))], 1};
      realm.events.push_back({static_cast<sim::EventType>(realm.random.below(sim::k_event_types)), entity.id, other,
                              realm.random.between(0, 500), realm.random.below(3) == 0 ? realm.somewhere() : entity.walker.position, 0});
    }
  }
  while (realm.world.alive().size() < alive.size()) realm.add_somewhere(static_cast<sim::Kind>(1 + realm.random.below(3)));
}

struct Case {
  std::uint64_t seed;
  std::int32_t side_tiles;
  int entities;
  int ticks;
};

class RandomWorlds : public testing::TestWithParam<Case> {};

TEST_P(RandomWorlds, a_client_holds_exactly_what_it_may_see_after_every_frame) {
  const Case& param = GetParam();
  Realm realm(param.side_tiles, param.seed);
  std::vector<std::unique_ptr<Watcher>> watchers;
  for (int i = 0; i < param.entities; ++i) realm.add_somewhere(static_cast<sim::Kind>(1 + realm.random.below(3)));
  for (int i = 0; i < 6; ++i) watchers.push_back(std::make_unique<Watcher>(realm.add_somewhere(sim::Kind::player).id));
  std::vector<int> asleep(watchers.size(), 0);
  for (int tick = 0; tick < param.ticks; ++tick) {
    advance(realm, watchers);
    realm.publish();
    for (std::size_t i = 0; i < watchers.size(); ++i) {
      if (asleep[i] > 0) {
        --asleep[i];
        continue;
      }
      ASSERT_NO_FATAL_FAILURE(realm.show_and_check(*watchers[i])) << "watcher " << i << ", seed " << param.seed;
      // The first never misses a frame, the others ever more, up to far beyond the memory for happenings.
      if (i > 0 && realm.random.below(10) == 0) asleep[i] = static_cast<int>(realm.random.below(static_cast<std::uint32_t>(i * i * 4)));
    }
  }
  EXPECT_GT(watchers[0]->frames, 0U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomWorlds,
                         testing::Values(Case{1, 16, 30, 1500}, Case{2, 48, 200, 600}, Case{3, 96, 400, 400}, Case{4, 40, 100, 1500},
                                         Case{5, 200, 800, 200}, Case{6, 64, 60, 3000}),
                         [](const auto& one) { return "seed_" + std::to_string(one.param.seed); });

}  // namespace
}  // namespace cudgel::replication
