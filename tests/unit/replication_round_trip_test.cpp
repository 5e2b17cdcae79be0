// Goal: after every frame a client holds exactly what it may see, in a crowd as late as budget.h allows, whatever the world does and
// however many frames it misses.
// Method: random worlds whose bodies walk, stop, strike, are pushed, jump, die, vanish and are replaced in the same slot; random
// viewers that skip random numbers of frames; after each frame everything is compared with the world itself.

#include "replication_fates.h"

namespace cudgel::replication {
namespace {

struct Case {
  std::uint64_t seed;
  std::int32_t side_tiles;
  int entities;
  int ticks;
};

class RandomWorlds : public testing::TestWithParam<Case> {};

TEST_P(RandomWorlds, a_client_holds_what_it_may_see_after_every_frame) {
  const Case& param = GetParam();
  Realm realm(param.side_tiles, param.seed);
  std::vector<std::unique_ptr<Watcher>> watchers;
  for (int i = 0; i < param.entities; ++i) realm.add_somewhere(static_cast<sim::Kind>(1 + realm.random.below(3)));
  for (int i = 0; i < 6; ++i) watchers.push_back(std::make_unique<Watcher>(realm.add_somewhere(sim::Kind::player).id));
  std::vector<int> asleep(watchers.size(), 0);
  for (int tick = 0; tick < param.ticks; ++tick) {
    disturb_all(realm, watchers, 60);
    realm.publish();
    for (std::size_t i = 0; i < watchers.size(); ++i) {
      if (asleep[i] > 0) {
        --asleep[i];
        continue;
      }
      ASSERT_NO_FATAL_FAILURE(realm.show_and_check(*watchers[i])) << "watcher " << i << ", seed " << param.seed;
      // The first never misses a frame, the others ever more, up to far beyond the memory for happenings.
      if (i > 0 && realm.random.below(10) == 0)
        asleep[i] = static_cast<int>(realm.random.below(static_cast<std::uint32_t>(i * i * 4)));
    }
  }
  EXPECT_GT(watchers[0]->frames, 0U);
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomWorlds,
                         testing::Values(Case{1, 16, 30, 1500}, Case{2, 48, 200, 600}, Case{3, 96, 400, 400},
                                         Case{4, 40, 100, 1500}, Case{5, 200, 800, 200}, Case{6, 64, 60, 3000}),
                         [](const auto& one) { return "seed_" + std::to_string(one.param.seed); });

}  // namespace
}  // namespace cudgel::replication
