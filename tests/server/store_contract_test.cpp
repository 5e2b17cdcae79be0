// Goal: every store keeps the same promises. Method: the same tests against each implementation; a new store is one line here.

#include <gtest/gtest.h>

#include <memory>

#include "common/files.h"
#include "ops/metrics.h"
#include "store/memory_store.h"
#include "store/sqlite_store.h"
#include "store/store_thread.h"

namespace cudgel::store {
namespace {

struct Made {
  std::unique_ptr<test::TemporaryDirectory> directory;  ///< outlives what is stored in it
  std::unique_ptr<WorldStore> store;
};

Made make_memory() { return {nullptr, std::make_unique<MemoryWorldStore>()}; }

Made make_sqlite() {
  auto directory = std::make_unique<test::TemporaryDirectory>();
  auto opened = SqliteWorldStore::open(directory->path() + "/world.sqlite");
  EXPECT_TRUE(opened) << opened.error().text;
  return {std::move(directory), std::move(*opened)};
}

class StoreContract : public ::testing::TestWithParam<Made (*)()> {
 protected:
  void SetUp() override { made_ = GetParam()(); }
  WorldStore& store() { return *made_.store; }
  static Snapshot snapshot(std::uint32_t tick, WorldKey key = {0x9000000000000001ULL, 0, 20}) {
    return {key, tick, std::vector<std::uint8_t>(tick % 100, static_cast<std::uint8_t>(tick))};
  }
  Made made_;
};

TEST_P(StoreContract, an_empty_one_has_nothing) {
  const auto loaded = store().load(snapshot(0).key);
  ASSERT_TRUE(loaded);
  EXPECT_FALSE(loaded->has_value());
}

TEST_P(StoreContract, the_newest_comes_back_byte_for_byte) {
  for (const std::uint32_t tick : {10U, 250U, 77U}) ASSERT_TRUE(store().save(snapshot(tick)));
  const auto loaded = store().load(snapshot(0).key);
  ASSERT_TRUE(loaded && loaded->has_value());
  EXPECT_EQ((*loaded)->snapshot.tick, 77U);
  EXPECT_EQ((*loaded)->snapshot.bytes, snapshot(77).bytes);
  EXPECT_FALSE((*loaded)->saved_at.empty());
}

TEST_P(StoreContract, an_empty_world_can_be_kept) {
  ASSERT_TRUE(store().save(snapshot(0)));
  const auto loaded = store().load(snapshot(0).key);
  ASSERT_TRUE(loaded && loaded->has_value());
  EXPECT_TRUE((*loaded)->snapshot.bytes.empty());
}

TEST_P(StoreContract, worlds_do_not_mix) {
  const WorldKey arena{1, 64, 20};
  ASSERT_TRUE(store().save(snapshot(10)));
  ASSERT_TRUE(store().save(snapshot(20, arena)));
  EXPECT_EQ((*store().load(snapshot(0).key))->snapshot.tick, 10U);
  EXPECT_EQ((*store().load(arena))->snapshot.tick, 20U);
  EXPECT_FALSE(store().load({1, 64, 30})->has_value());
  EXPECT_EQ(*store().count_others(arena), 1);
  EXPECT_EQ(*store().count_others({5, 5, 5}), 2);
}

TEST_P(StoreContract, the_last_few_are_kept_and_no_other_world_pays_for_it) {
  const WorldKey other{2, 0, 20};
  ASSERT_TRUE(store().save(snapshot(1, other)));
  for (std::uint32_t tick = 1; tick <= 20; ++tick) ASSERT_TRUE(store().save(snapshot(tick)));
  for (int i = 0; i < k_snapshots_kept; ++i) {
    const auto loaded = store().load(snapshot(0).key);
    ASSERT_TRUE(loaded && loaded->has_value());
    EXPECT_EQ((*loaded)->snapshot.tick, 20U - static_cast<std::uint32_t>(i));
    ASSERT_TRUE(store().set_aside((*loaded)->id, "test"));
  }
  EXPECT_FALSE(store().load(snapshot(0).key)->has_value());
  EXPECT_TRUE(store().load(other)->has_value());
}

TEST_P(StoreContract, what_is_set_aside_is_never_loaded_nor_deleted) {
  ASSERT_TRUE(store().save(snapshot(1)));
  ASSERT_TRUE(store().set_aside((*store().load(snapshot(0).key))->id, "damaged"));
  for (std::uint32_t tick = 2; tick <= 10; ++tick) ASSERT_TRUE(store().save(snapshot(tick)));
  // Seen from another world: the kept ones and the one set aside.
  EXPECT_EQ(*store().count_others({5, 5, 5}), k_snapshots_kept + 1);
  EXPECT_FALSE(store().set_aside(999, "no such"));
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract, ::testing::Values(&make_memory, &make_sqlite),
                         [](const auto& parameter) { return parameter.index == 0 ? "memory" : "sqlite"; });

TEST(StoreThread, the_newest_snapshot_is_on_disk_after_a_flush) {
  Made made = make_sqlite();
  WorldStore* const store = made.store.get();
  ops::Metrics metrics;
  {
    StoreThread thread(std::move(made.store), metrics);
    for (std::uint32_t tick = 1; tick <= 100; ++tick) thread.save({{1, 0, 20}, tick, {1, 2, 3}});
    EXPECT_TRUE(thread.flush());
    const auto loaded = store->load({1, 0, 20});
    ASSERT_TRUE(loaded && loaded->has_value());
    EXPECT_EQ((*loaded)->snapshot.tick, 100U);
  }
  EXPECT_GE(metrics.saves.value(), 1U);
  EXPECT_EQ(metrics.save_failures.value(), 0U);
}

}  // namespace
}  // namespace cudgel::store
