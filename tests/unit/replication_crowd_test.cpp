// Goal: with 500 in view frames stay small, own fights are told at once, the nearest next, and nothing is known later than a second.
// Method: random crowds in one place, watched by clients that take every frame, every second, every fifth, or as chance has it; each
// frame is compared with the world (replication_fixture.h) and, where frames come at a steady gap, its lists with budget.h.

#include "replication_fates.h"

namespace cudgel::replication {
namespace {

constexpr base::Vec2 k_middle{100 * 256, 100 * 256};
constexpr int k_crowd = 500;

struct Case {
  std::uint64_t seed;
  std::uint32_t calm;  ///< see disturb()
};

/// The most that frames at this gap may hold of one list.
std::size_t most(std::size_t usual, base::Tick gap) {
  const std::size_t share = (k_crowd + k_told_within_ticks - 1) / k_told_within_ticks;
  return std::max(usual * gap, k_fights_max + k_nearest_min + gap * share);
}

class RandomCrowds : public testing::TestWithParam<Case> {};

TEST_P(RandomCrowds, everything_is_known_within_a_second_and_frames_stay_small) {
  const Case& param = GetParam();
  Realm realm(30, param.seed);
  std::vector<std::unique_ptr<Watcher>> watchers;
  constexpr std::array<base::Tick, 4> k_gaps = {1, 2, 5, 0};  // 0: as chance has it
  for (std::size_t i = 0; i < k_gaps.size(); ++i) {
    watchers.push_back(std::make_unique<Watcher>(realm.add_somewhere(sim::Kind::player).id));
  }
  while (realm.world.alive().size() < k_crowd) realm.add_somewhere(static_cast<sim::Kind>(1 + realm.random.below(3)));
  base::Tick next_by_chance = 0;
  std::size_t late_most = 0;
  std::size_t fights_most = 0;
  for (base::Tick tick = 0; tick < 300; ++tick) {
    disturb_all(realm, watchers, param.calm);
    realm.publish();
    for (std::size_t i = 0; i < watchers.size(); ++i) {
      Watcher& watcher = *watchers[i];
      const base::Tick gap = k_gaps[i];
      if (gap == 0 ? tick < next_by_chance : tick % gap != 0) continue;
      SCOPED_TRACE(testing::Message() << "seed " << param.seed << ", watcher " << i << ", tick " << tick);
      ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
      if (gap == 0) {
        next_by_chance = tick + 1 + realm.random.below(realm.random.below(20) == 0 ? 60 : 8);
        continue;
      }
      ASSERT_LE(watcher.moved_last, most(k_moved_usual, gap));
      ASSERT_LE(watcher.arrived_last, most(k_arrived_usual, gap));
      ASSERT_LE(watcher.happened_last, k_happened_usual * gap);
      late_most = std::max(late_most, watcher.stale_since.size());
      fights_most = std::max(fights_most, watcher.fight_until.size());
    }
  }
  // There was something to leave out, and something that must not be.
  EXPECT_GT(late_most, 50U);
  EXPECT_GT(fights_most, 3U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomCrowds, testing::Values(Case{1, 60}, Case{2, 60}, Case{3, 210}, Case{4, 10}),
                         [](const auto& one) { return "seed_" + std::to_string(one.param.seed); });

/// 500 around one watcher who knows them all, at rest.
struct Crowd {
  explicit Crowd(std::int32_t half_side) : realm(200, 7), watcher(realm.add(sim::Kind::player, k_middle).id) {
    for (int i = 0; i < k_crowd; ++i) {
      realm.add(sim::Kind::monster,
                k_middle + base::Vec2{realm.random.between(-half_side, half_side), realm.random.between(-half_side, half_side)});
    }
    for (base::Tick tick = 0; tick < k_told_within_ticks; ++tick) next();
    EXPECT_EQ(watcher.replica.entities().size(), std::size_t{k_crowd});
  }
  void next() {
    ++realm.world.tick_;
    realm.publish();
    realm.show(watcher);
  }
  void all_turn() {
    for (const std::uint16_t index : realm.world.alive()) realm.world.entities()[index].walker.facing ^= 1U;
  }
  [[nodiscard]] sim::Entity& body(std::size_t place) { return realm.world.entities()[realm.world.alive()[place]]; }
  [[nodiscard]] base::Tick told(const sim::Entity& entity) const {
    return watcher.replica.entities().at(entity.id.packed()).told;
  }

  Realm realm;
  Watcher watcher;
};

TEST(Crowd, who_turned_at_the_same_time_is_told_of_nearest_first_and_in_equal_parts) {
  Crowd crowd(14 * 256);
  crowd.all_turn();
  const base::Tick begin = crowd.realm.world.tick() + 1;
  std::size_t frames = 0;
  for (; frames == 0 || crowd.watcher.moved_last > 0; ++frames) crowd.next();
  EXPECT_LE(frames, k_told_within_ticks + 1);
  std::vector<const ReplicaEntity*> held;
  for (const auto& [packed, entity] : crowd.watcher.replica.entities()) held.push_back(&entity);
  std::sort(held.begin(), held.end(), [](const auto* a, const auto* b) { return a->told < b->told; });
  EXPECT_EQ(held.front()->told, begin);
  const auto distance = [](const ReplicaEntity* entity) { return base::chebyshev(entity->sight.track.at(0) - k_middle); };
  for (std::size_t i = 1; i < held.size(); ++i) {
    if (held[i]->told == held[i - 1]->told) continue;
    for (std::size_t nearer = 0; nearer < i; ++nearer)
      ASSERT_LE(distance(held[nearer]), distance(held[i]) + k_units_per_wire_step);
  }
}

TEST(Crowd, up_to_as_many_as_are_never_cut_all_are_told_at_once) {
  for (const std::size_t others : {k_uncut_in_view, k_uncut_in_view + 1}) {
    Realm realm(200, 7);
    Watcher watcher(realm.add(sim::Kind::player, k_middle).id);
    for (std::size_t i = 0; i < others; ++i)
      realm.add(sim::Kind::monster, k_middle + base::Vec2{static_cast<std::int32_t>(i) * 100, 0});
    for (int tick = 0; tick < 2; ++tick) {
      ++realm.world.tick_;
      for (const std::uint16_t index : realm.world.alive()) realm.world.entities()[index].walker.facing ^= 1U;
      realm.publish();
      ASSERT_NO_FATAL_FAILURE(realm.show(watcher));
    }
    EXPECT_EQ(watcher.moved_last, others == k_uncut_in_view ? others : k_moved_usual);
  }
}

TEST(Crowd, those_of_the_own_fight_are_told_at_once_however_far_and_whoever_else_turns) {
  Crowd crowd(14 * 256);
  sim::Entity& self = *crowd.realm.world.find(crowd.watcher.viewer.self());
  sim::Entity& hunter = crowd.body(1);
  sim::Entity& prey = crowd.body(2);
  sim::Entity& arrow = crowd.body(3);
  sim::Entity& struck = crowd.body(4);
  sim::Entity& striker = crowd.body(5);
  arrow.kind = sim::Kind::projectile;
  for (sim::Entity* opponent : {&hunter, &prey, &arrow, &struck, &striker})
    opponent->walker.position = k_middle + base::Vec2{15 * 256, 0};
  for (base::Tick tick = 0; tick < k_told_within_ticks; ++tick) crowd.next();
  hunter.mind.target = self.id;
  arrow.owner = self.id;
  self.walker.intent = {0, true, prey.id};
  crowd.realm.events.push_back({sim::EventType::hit, self.id, struck.id, 3, struck.walker.position, 0});
  crowd.realm.events.push_back({sim::EventType::hit, striker.id, self.id, 3, self.walker.position, 0});
  const auto turn_and_check = [&](std::initializer_list<const sim::Entity*> opponents) {
    crowd.all_turn();
    crowd.next();
    for (const sim::Entity* one : opponents) ASSERT_EQ(crowd.told(*one), crowd.realm.world.tick()) << "slot " << one->id.index;
  };
  for (base::Tick tick = 0; tick < k_fight_ticks; ++tick) {
    ASSERT_NO_FATAL_FAILURE(turn_and_check({&hunter, &prey, &arrow, &struck, &striker})) << tick;
  }
  // The blows are forgotten, the others go on.
  bool struck_waited = false;
  for (base::Tick tick = 0; tick < k_told_within_ticks; ++tick) {
    ASSERT_NO_FATAL_FAILURE(turn_and_check({&hunter, &prey, &arrow})) << tick;
    struck_waited |= crowd.told(struck) != crowd.realm.world.tick();
  }
  EXPECT_TRUE(struck_waited);
}

TEST(Crowd, own_blows_are_heard_of_however_many_others_fall) {
  Crowd crowd(14 * 256);
  const base::EntityId self = crowd.watcher.viewer.self();
  const auto hit = [&](base::EntityId source, const sim::Entity& target) {
    crowd.realm.events.push_back({sim::EventType::hit, source, target.id, 1, target.walker.position, 0});
  };
  hit(self, crowd.body(1));
  for (std::size_t i = 2; i <= k_crowd; ++i) hit(crowd.body(i - 1).id, crowd.body(i));
  crowd.next();
  ASSERT_EQ(crowd.watcher.happened_last, k_happened_usual);
  EXPECT_EQ(crowd.watcher.replica.happenings()[0].source, self);
}

TEST(Crowd, five_hundred_who_wander_cost_six_kilobytes_a_second_and_the_near_ones_are_where_they_are) {
  constexpr int k_half_side = 14 * 256;
  constexpr int k_ticks = 400;
  Crowd crowd(k_half_side);
  std::size_t bytes = 0;
  double error_near = 0;
  double error_far = 0;
  int near = 0;
  int far = 0;
  for (int tick = 0; tick < k_ticks; ++tick) {
    for (const std::uint16_t index : crowd.realm.world.alive()) {
      sim::Entity& body = crowd.realm.world.entities()[index];
      if (body.id == crowd.watcher.viewer.self()) continue;
      // As goblins do: 2.3 tiles per second, another way every second and a half.
      if (crowd.realm.random.below(30) == 0 || base::chebyshev(body.walker.position - k_middle) > k_half_side) {
        const base::Vec2 goal = k_middle + base::Vec2{crowd.realm.random.between(-k_half_side, k_half_side),
                                                      crowd.realm.random.between(-k_half_side, k_half_side)};
        body.walker.velocity = base::along(base::heading_of(goal - body.walker.position), 30);
      }
      body.walker.position = body.walker.position + body.walker.velocity;
    }
    crowd.next();
    bytes += crowd.watcher.bytes_last;
    for (const auto& [packed, held] : crowd.watcher.replica.entities()) {
      const base::Vec2 position = crowd.realm.world.find(base::EntityId::unpack(packed))->walker.position;
      const double error = base::chebyshev(held.sight.track.at(crowd.realm.world.tick()) - position) / 256.0;
      const bool is_near = base::chebyshev(position - k_middle) < 4 * 256;
      (is_near ? error_near : error_far) += error;
      ++(is_near ? near : far);
    }
  }
  const double bytes_per_second = 20.0 * static_cast<double>(bytes) / k_ticks;
  std::printf("%.0f bytes per second; mean error within 4 tiles %.3f tiles, beyond %.3f\n", bytes_per_second, error_near / near,
              error_far / far);
  EXPECT_LT(bytes_per_second, 6000.0);
  EXPECT_LT(error_near / near, 0.05);
  EXPECT_LT(error_far / far, 0.5);
}

}  // namespace
}  // namespace cudgel::replication
