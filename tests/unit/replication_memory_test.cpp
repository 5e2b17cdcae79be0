// Goal: once a viewer and its thread's workspace have the memory they need, encoding allocates nothing, with few in view and in a crowd.
// Method: every operator new of this program is counted.

#include "counted_new.h"
#include "replication_fixture.h"

namespace cudgel::replication {
namespace {

class ViewersMemory : public testing::TestWithParam<int> {};

TEST_P(ViewersMemory, encoding_allocates_nothing_in_the_steady_state) {
  Realm realm(30, 1);
  Viewer viewer(realm.add(sim::Kind::player, {15 * 256, 15 * 256}).id);
  for (int i = 0; i < GetParam(); ++i) realm.add_somewhere(i % 2 == 0 ? sim::Kind::player : sim::Kind::monster);
  const auto tick = [&] {
    ++realm.world.tick_;
    for (const std::uint16_t index : realm.world.alive()) realm.world.entities()[index].walker.facing ^= 1U;
    realm.events.push_back({sim::EventType::hit, viewer.self(), realm.world.entities()[realm.world.alive()[1]].id, 1, {}, 0});
    realm.publish();
    const std::size_t before = test::allocations();
    EXPECT_GT(viewer.encode(*realm.picture, {}, realm.work).size(), 0U);
    return test::allocations() - before;
  };
  std::size_t at_first = 0;
  for (base::Tick i = 0; i < 2 * k_told_within_ticks; ++i) at_first += tick();
  EXPECT_GT(at_first, 0U);
  for (int i = 0; i < 100; ++i) ASSERT_EQ(tick(), 0U) << i;
}

INSTANTIATE_TEST_SUITE_P(InView, ViewersMemory, testing::Values(20, 500));

}  // namespace
}  // namespace cudgel::replication
