// Goal: every store keeps the same promises. Method: the same tests against each implementation; a new store is one line here.

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <memory>
#include <thread>

#include "common/files.h"
#include "ops/metrics.h"
#include "store/memory_store.h"
#include "store/sqlite_store.h"
#include "store/store_thread.h"

namespace cudgel::store {
namespace {

struct Made {
  std::unique_ptr<test::TemporaryDirectory> directory;  ///< outlives what is stored in it
  std::unique_ptr<Store> store;
};

Made make_memory() { return {nullptr, std::make_unique<MemoryStore>()}; }

Made make_sqlite() {
  auto directory = std::make_unique<test::TemporaryDirectory>();
  auto opened = SqliteStore::open(directory->path() + "/world.sqlite");
  EXPECT_TRUE(opened) << opened.error().text;
  return {std::move(directory), std::move(*opened)};
}

class StoreContract : public ::testing::TestWithParam<Made (*)()> {
 protected:
  void SetUp() override { made_ = GetParam()(); }
  Store& store() { return *made_.store; }
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

constexpr TokenHash k_first{1};
constexpr TokenHash k_second{2};
constexpr TokenHash k_third{3};

Character somebody(std::uint64_t id, std::int32_t experience = 0) {
  Character character;
  character.id = id;
  EXPECT_TRUE(character.name.assign("Ann"));
  character.class_name = "taoist";
  character.map = 0xFFFFFFFFFFFFFFFFULL;
  character.x = 70000;
  character.y = -5;
  character.health = 33;
  character.level = 7;
  character.experience = experience;
  return character;
}

TEST_P(StoreContract, a_character_is_found_by_its_key_and_by_no_other) {
  ASSERT_TRUE(store().create(somebody(0x8000000000000001ULL, 9), {k_first, {}}));
  const auto found = store().find(k_first);
  ASSERT_TRUE(found && *found);
  EXPECT_EQ(**found, somebody(0x8000000000000001ULL, 9));
  const auto nobody = store().find(k_second);
  ASSERT_TRUE(nobody);
  EXPECT_FALSE(*nobody);
}

TEST_P(StoreContract, neither_id_nor_key_is_given_twice) {
  ASSERT_TRUE(store().create(somebody(1), {k_first, {}}));
  EXPECT_FALSE(store().create(somebody(1), {k_second, {}}));
  EXPECT_FALSE(store().create(somebody(2), {k_first, {}}));
  EXPECT_EQ((*store().find(k_first))->id, 1U);
}

TEST_P(StoreContract, keys_change_and_the_one_before_is_good_until_it_is_dropped) {
  ASSERT_TRUE(store().create(somebody(1), {k_first, {}}));
  ASSERT_TRUE(store().rotate(1, {k_second, k_first}));
  EXPECT_TRUE(*store().find(k_first));
  EXPECT_TRUE(*store().find(k_second));
  ASSERT_TRUE(store().rotate(1, {k_second, {}}));
  EXPECT_FALSE(*store().find(k_first));
  ASSERT_TRUE(store().rotate(1, {k_third, k_second}));
  EXPECT_TRUE(*store().find(k_second));
  EXPECT_FALSE(store().rotate(2, {k_first, {}}));
}

TEST_P(StoreContract, the_newest_state_is_kept_and_strangers_are_left_out) {
  ASSERT_TRUE(store().create(somebody(1), {k_first, {}}));
  ASSERT_TRUE(store().create(somebody(2), {k_second, {}}));
  const std::vector<Character> states{somebody(1, 10), somebody(7, 70), somebody(2, 20)};
  ASSERT_TRUE(store().keep(states));
  ASSERT_TRUE(store().keep({}));
  EXPECT_EQ((*store().find(k_first))->experience, 10);
  EXPECT_EQ((*store().find(k_second))->experience, 20);
}

TEST_P(StoreContract, the_strongest_stand_by_level_then_experience_then_age) {
  EXPECT_TRUE(store().strongest(10)->empty());
  std::vector<Character> all{somebody(1, 10), somebody(2, 30), somebody(3, 30), somebody(4, 0)};
  for (std::size_t i = 0; i < all.size(); ++i) {
    ASSERT_TRUE(store().create(all[i], {{static_cast<std::uint8_t>(i + 1)}, {}}));
    ASSERT_TRUE(all[i].name.assign("N" + std::to_string(i + 1)));
  }
  all[3].level = 8;
  all[3].duel_wins = 4000000000U;
  ASSERT_TRUE(store().keep(all));
  const auto ranks = store().strongest(3);
  ASSERT_TRUE(ranks);
  ASSERT_EQ(ranks->size(), 3U);
  EXPECT_EQ((*ranks)[0], (Rank{all[3].name, "taoist", 8, 0, 4000000000U}));
  EXPECT_EQ((*ranks)[1].name, all[1].name);
  EXPECT_EQ((*ranks)[2].name, all[2].name);
  EXPECT_EQ((*store().find({4}))->duel_wins, 4000000000U);
}

TEST_P(StoreContract, what_a_character_owns_comes_back_and_belongs_to_it_alone) {
  Character ann = somebody(1);
  ASSERT_TRUE(store().create(ann, {k_first, {}}));
  ASSERT_TRUE(store().create(somebody(2), {k_second, {}}));
  ann.gold = 1000000000;
  ann.bank_gold = 7;
  ann.revision = 4000000000U;
  ann.goods = {{0, 20, "small_potion"}, {40, 1, "iron_sword"}, {84, 65535, "goblin_tooth"}};
  ASSERT_TRUE(store().keep(std::span(&ann, 1)));
  EXPECT_EQ(**store().find(k_first), ann);
  EXPECT_TRUE((*store().find(k_second))->goods.empty());
  ann.goods.clear();
  ann.gold = 0;
  ASSERT_TRUE(store().keep(std::span(&ann, 1)));
  EXPECT_EQ(**store().find(k_first), ann);
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreContract, ::testing::Values(&make_memory, &make_sqlite),
                         [](const auto& parameter) { return parameter.index == 0 ? "memory" : "sqlite"; });

TEST(StoreThread, the_newest_snapshot_is_on_disk_after_a_flush) {
  Made made = make_sqlite();
  Store* const store = made.store.get();
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

void wait_for(const Ticket& ticket) {
  while (ticket->state.load(std::memory_order_acquire) == Answer::State::pending) std::this_thread::yield();
}

TEST(StoreThread, whoever_is_looked_for_is_found_as_it_was_last_kept) {
  ops::Metrics metrics;
  StoreThread thread(make_memory().store, metrics);
  const Ticket created = thread.create(somebody(1), {k_first, {}});
  for (std::int32_t experience = 1; experience <= 50; ++experience) {
    thread.keep(somebody(1, experience));
    const Ticket ticket = thread.find(k_first);
    wait_for(ticket);
    ASSERT_EQ(ticket->state, Answer::State::done);
    ASSERT_TRUE(ticket->found);
    EXPECT_EQ(ticket->found->experience, experience);
  }
  EXPECT_EQ(created->state, Answer::State::done);
  const Ticket unknown = thread.rotate(2, {k_second, {}});
  wait_for(unknown);
  EXPECT_EQ(unknown->state, Answer::State::failed);
  EXPECT_EQ(metrics.errands_failed.value(), 1U);
}

/// A disk that is full for a while.
class FullDisk final : public MemoryStore {
 public:
  explicit FullDisk(std::atomic<bool>& full) : full_(full) {}
  base::Result<void, StoreError> keep(std::span<const Character> characters) override {
    if (full_) return base::fail(StoreError{"the disk is full"});
    return MemoryStore::keep(characters);
  }

 private:
  std::atomic<bool>& full_;
};

TEST(StoreThread, what_the_disk_would_not_take_is_written_later_unless_something_newer_came) {
  std::atomic<bool> full = true;
  ops::Metrics metrics;
  StoreThread thread(std::make_unique<FullDisk>(full), metrics);
  thread.create(somebody(1), {k_first, {}});
  thread.create(somebody(2), {k_second, {}});
  thread.keep(somebody(1, 10));
  thread.keep(somebody(2, 20));
  EXPECT_FALSE(thread.flush());
  full = false;
  thread.keep(somebody(1, 11));
  EXPECT_TRUE(thread.flush());
  const std::array<Ticket, 2> found{thread.find(k_first), thread.find(k_second)};
  for (const Ticket& ticket : found) wait_for(ticket);
  EXPECT_EQ(found[0]->found->experience, 11);
  EXPECT_EQ(found[1]->found->experience, 20);
  EXPECT_EQ(metrics.characters_kept.value(), 2U);
}

TEST(StoreThread, a_receipt_tells_what_is_on_disk_and_nothing_before) {
  std::atomic<bool> full = true;
  ops::Metrics metrics;
  StoreThread thread(std::make_unique<FullDisk>(full), metrics);
  thread.create(somebody(1), {k_first, {}});
  const auto receipt = std::make_shared<Receipt>();
  Character ann = somebody(1);
  ann.revision = 3;
  thread.keep(ann, receipt);
  EXPECT_FALSE(thread.flush());
  EXPECT_EQ(receipt->revision, 0U);
  full = false;
  ann.revision = 5;
  thread.keep(ann, receipt);
  EXPECT_TRUE(thread.flush());
  EXPECT_EQ(receipt->revision, 5U);
}

TEST(StoreThread, states_still_waiting_are_written_at_the_end) {
  Made made = make_sqlite();
  const std::string file = made.directory->path() + "/world.sqlite";
  ops::Metrics metrics;
  {
    StoreThread thread(std::move(made.store), metrics);
    thread.create(somebody(1), {k_first, {}});
    thread.keep(somebody(1, 77));
  }
  auto opened = SqliteStore::open(file);
  ASSERT_TRUE(opened);
  EXPECT_EQ((*(*opened)->find(k_first))->experience, 77);
}

}  // namespace
}  // namespace cudgel::store
