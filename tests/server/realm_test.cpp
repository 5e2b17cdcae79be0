// Goal: the realm takes people in and lets them go, gives each tick's acts to the step, and comes back from what was saved.
// Method: a realm without threads, ticked by hand.

#include "realm/realm.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "common/baked_content.h"
#include "realm/announcements.h"
#include "realm/restore.h"
#include "store/memory_store.h"

namespace cudgel::realm {
namespace {

class RealmTest : public ::testing::Test {
 protected:
  RealmTest() {
    options_.arena_side = 64;
    options_.monsters = 10;
    options_.players_max = 3;
    make();
  }
  void make() {
    realm_ = std::make_unique<Realm>(test::baked_content(), options_, std::vector<Inbox*>{&inbox_}, stage_, metrics_, nullptr);
  }
  void tick() {
    inbox_.hand_over();
    realm_->tick(0);
  }
  std::shared_ptr<PlayerLink> join(const char* name) {
    auto link = std::make_shared<PlayerLink>();
    JoinRequest request{link, {}, 0};
    EXPECT_TRUE(request.name.assign(name));
    EXPECT_TRUE(inbox_.add(std::move(request)));
    return link;
  }
  static base::EntityId entity(const std::shared_ptr<PlayerLink>& link) { return base::EntityId::unpack(link->entity.load()); }

  RealmOptions options_;
  ops::Metrics metrics_;
  Inbox inbox_;
  Stage stage_;
  std::unique_ptr<Realm> realm_;
};

TEST_F(RealmTest, a_join_is_answered_with_the_body_in_the_same_ticks_picture) {
  const auto link = join("Ann");
  EXPECT_EQ(link->verdict.load(), PlayerLink::Verdict::pending);
  tick();
  ASSERT_EQ(link->verdict.load(), PlayerLink::Verdict::joined);
  const auto picture = stage_.newest().picture;
  ASSERT_NE(picture, nullptr);
  const replication::PublishedPlayer* body = picture->player(entity(link));
  ASSERT_NE(body, nullptr);
  EXPECT_EQ(body->name.view(), "Ann");
}

TEST_F(RealmTest, newcomers_begin_whole_at_the_start_level_and_who_comes_back_at_his_own) {
  options_.start_level = 20;
  make();
  const auto newcomer = join("Ann");
  auto link = std::make_shared<PlayerLink>();
  JoinRequest request{link, {}, 0};
  ASSERT_TRUE(request.name.assign("Ben"));
  request.returning = sim::Returning{std::nullopt, 30, 3, 0};
  ASSERT_TRUE(inbox_.add(std::move(request)));
  tick();
  const sim::Entity& ann = *realm_->world().find(entity(newcomer));
  EXPECT_EQ(ann.level, 20);
  EXPECT_EQ(ann.health, ann.health_max);
  EXPECT_EQ(ann.walker.mana, ann.walker.mana_max);
  EXPECT_GT(ann.walker.mana, 0);
  EXPECT_EQ(realm_->world().find(entity(link))->level, 3);
}

TEST_F(RealmTest, newcomers_find_the_start_items_in_their_bag_and_who_comes_back_does_not) {
  const auto item = [](const std::string& name) {
    const auto& items = test::baked_content().items();
    return static_cast<std::uint8_t>(
        std::find_if(items.begin(), items.end(), [&](const auto& spec) { return spec.name == name; }) - items.begin());
  };
  options_.start_items = {item("iron_sword"), item("iron_mail")};
  make();
  const auto newcomer = join("Ann");
  auto link = std::make_shared<PlayerLink>();
  JoinRequest request{link, {}, 0};
  ASSERT_TRUE(request.name.assign("Ben"));
  request.returning = sim::Returning{std::nullopt, 30, 1, 0};
  ASSERT_TRUE(inbox_.add(std::move(request)));
  tick();
  const auto bag = [&](const std::shared_ptr<PlayerLink>& whose) {
    return realm_->world().belongings(*realm_->world().find(entity(whose))).cells;
  };
  EXPECT_EQ(bag(newcomer)[0], (sim::Stack{static_cast<std::uint8_t>(item("iron_sword") + 1), 1}));
  EXPECT_EQ(bag(newcomer)[1], (sim::Stack{static_cast<std::uint8_t>(item("iron_mail") + 1), 1}));
  EXPECT_EQ(bag(newcomer)[2], sim::Stack{});
  EXPECT_EQ(bag(link)[0], sim::Stack{});
}

TEST_F(RealmTest, more_than_players_max_are_told_full) {
  std::vector<std::shared_ptr<PlayerLink>> links;
  for (int i = 0; i < 5; ++i) links.push_back(join("Somebody"));
  tick();
  int joined = 0;
  for (const auto& link : links) joined += link->verdict.load() == PlayerLink::Verdict::joined ? 1 : 0;
  EXPECT_EQ(joined, 3);
  EXPECT_EQ(links[4]->verdict.load(), PlayerLink::Verdict::full);
  EXPECT_EQ(realm_->players(), 3U);
}

TEST_F(RealmTest, who_is_gone_leaves_the_world_and_frees_the_place) {
  const auto link = join("Ann");
  tick();
  const base::EntityId body = entity(link);
  link->gone.store(true);
  tick();
  EXPECT_EQ(realm_->players(), 0U);
  EXPECT_EQ(realm_->world().find(body), nullptr);
  // Acts of one who is gone touch nobody.
  inbox_.add(PlayerAct{body, {1, 0, {}, 1, true}});
  const auto next = join("Bob");
  tick();
  tick();
  EXPECT_EQ(realm_->world().find(entity(next))->last_sequence, 0U);
}

TEST_F(RealmTest, who_is_away_is_guarded_and_makes_room_when_the_realm_is_full) {
  const auto away = join("Ann");
  const auto here = join("Bob");
  const auto also_here = join("Cid");
  tick();
  const base::EntityId body = entity(away);
  away->away.store(true);
  for (int i = 0; i < 100; ++i) tick();
  ASSERT_NE(realm_->world().find(body), nullptr);
  EXPECT_GT(realm_->world().find(body)->guarded_until, realm_->world().tick());
  EXPECT_EQ(metrics_.players_away.value(), 1);
  const auto next = join("Dan");
  tick();
  EXPECT_EQ(next->verdict.load(), PlayerLink::Verdict::joined);
  EXPECT_TRUE(away->expired.load());
  EXPECT_EQ(realm_->world().find(body), nullptr);
  EXPECT_EQ(realm_->players(), 3U);
}

TEST_F(RealmTest, who_comes_back_in_time_goes_on) {
  const auto link = join("Ann");
  tick();
  link->away.store(true);
  for (int i = 0; i < 50 * 20; ++i) tick();
  link->away.store(false);
  for (int i = 0; i < 50 * 20; ++i) tick();
  EXPECT_FALSE(link->expired.load());
  EXPECT_NE(realm_->world().find(entity(link)), nullptr);
  link->away.store(true);
  for (int i = 0; i < 61 * 20; ++i) tick();
  EXPECT_TRUE(link->expired.load());
  EXPECT_EQ(realm_->players(), 0U);
}

TEST_F(RealmTest, who_left_before_the_tick_never_enters) {
  join("Ann")->gone.store(true);
  tick();
  EXPECT_EQ(realm_->players(), 0U);
}

TEST_F(RealmTest, an_act_is_carried_out_at_its_tick_and_its_slack_is_told) {
  const auto link = join("Ann");
  tick();
  const base::Tick now = realm_->world().tick();
  inbox_.add(PlayerAct{entity(link), {1, now + 3, {}, 1, false}});
  tick();
  EXPECT_EQ(link->slack_ticks.load(), 2);
  tick();
  EXPECT_EQ(realm_->world().find(entity(link))->last_sequence, 0U);
  tick();
  EXPECT_EQ(realm_->world().find(entity(link))->last_sequence, 1U);
  EXPECT_EQ(realm_->world().find(entity(link))->walker.intent.heading, 1);
}

TEST_F(RealmTest, a_late_tick_says_so_in_its_picture) {
  tick();
  const std::uint16_t work_ms = stage_.newest().picture->latest_ms(1);
  realm_->tick(0, 400 * ops::k_ns_per_ms);
  realm_->tick(0, 60 * ops::k_ns_per_ms);
  const auto picture = stage_.newest().picture;
  EXPECT_LT(work_ms, 400);
  EXPECT_GE(picture->latest_ms(1), 60);
  EXPECT_GE(picture->latest_ms(2), 400);
  realm_->tick(0, 1000 * ops::k_ns_per_s);
  EXPECT_EQ(stage_.newest().picture->latest_ms(1), UINT16_MAX);
}

TEST_F(RealmTest, a_saved_world_comes_back_without_its_players) {
  join("Ann");
  for (int i = 0; i < 50; ++i) tick();
  store::MemoryStore store;
  ASSERT_TRUE(store.save({realm_->key(), realm_->world().tick(), sim::save(realm_->world())}));
  make();
  const auto restored = restore_newest(*realm_, store);
  ASSERT_TRUE(restored);
  EXPECT_TRUE(*restored);
  EXPECT_EQ(realm_->world().tick(), 50U);
  EXPECT_EQ(realm_->world().alive().size(), 11U);
  tick();
  EXPECT_EQ(realm_->world().alive().size(), 10U);
}

TEST_F(RealmTest, a_damaged_world_is_set_aside_and_an_older_one_is_taken) {
  store::MemoryStore store;
  for (int i = 0; i < 5; ++i) tick();
  ASSERT_TRUE(store.save({realm_->key(), 5, sim::save(realm_->world())}));
  for (int i = 0; i < 5; ++i) tick();
  auto bytes = sim::save(realm_->world());
  bytes.resize(bytes.size() / 2);
  ASSERT_TRUE(store.save({realm_->key(), 10, bytes}));
  make();
  const auto restored = restore_newest(*realm_, store);
  ASSERT_TRUE(restored);
  EXPECT_TRUE(*restored);
  EXPECT_EQ(realm_->world().tick(), 5U);
}

TEST_F(RealmTest, only_damaged_worlds_leave_a_fresh_one_and_lose_nothing) {
  store::MemoryStore store;
  ASSERT_TRUE(store.save({realm_->key(), 10, {1, 2, 3}}));
  const auto restored = restore_newest(*realm_, store);
  ASSERT_TRUE(restored);
  EXPECT_FALSE(*restored);
  EXPECT_EQ(realm_->world().tick(), 0U);
  EXPECT_EQ(realm_->world().alive().size(), 10U);
  EXPECT_EQ(*store.count_others({0, 0, 0}), 1);
}

TEST_F(RealmTest, an_arena_holds_the_kinds_it_was_asked_for_in_turn) {
  const auto kinds = static_cast<std::uint8_t>(test::baked_content().monsters().size());
  for (std::uint8_t kind = 0; kind < kinds; ++kind) options_.monster_kinds.push_back(kind);
  options_.monsters = 2 * kinds;
  make();
  std::vector<int> counts(kinds, 0);
  for (const std::uint16_t slot : realm_->world().alive()) ++counts[realm_->world().entities()[slot].archetype];
  EXPECT_EQ(counts, std::vector<int>(kinds, 2));
}

struct Announced : ::testing::Test {
  static content::Content make_content() {
    content::ClassSpec warrior;
    warrior.body.name = "warrior";
    content::MonsterSpec goblin;
    goblin.body.name = "goblin";
    content::MonsterSpec chief;
    chief.body.name = "chief";
    chief.appears = "The chief is here.";
    chief.falls = "The chief was slain by {killer}, yes, {killer}.";
    return content::Content::from_tables({warrior}, {goblin, chief}, {}, content::make_arena_map(16));
  }
  content::Content content = make_content();
  sim::World world{content, content.map(), {}};
  base::EntityId add(sim::Kind kind, std::uint8_t archetype) {
    sim::Entity* entity = world.create(kind);
    entity->archetype = archetype;
    entity->name.assign("Ann");
    return entity->id;
  }
};

TEST_F(Announced, who_has_words_is_announced_when_it_comes_and_when_it_falls) {
  const base::EntityId goblin = add(sim::Kind::monster, 0);
  const base::EntityId chief = add(sim::Kind::monster, 1);
  const base::EntityId ann = add(sim::Kind::player, 0);
  const sim::Events events{{sim::EventType::spawn, {}, goblin, 0, {}, 0}, {sim::EventType::spawn, {}, chief, 0, {}, 0},
                           {sim::EventType::hit, ann, chief, 5, {}, 0},   {sim::EventType::death, ann, goblin, 0, {}, 0},
                           {sim::EventType::death, chief, ann, 0, {}, 0}, {sim::EventType::death, ann, chief, 0, {}, 0}};
  const std::vector<std::string> expected{"The chief is here.", "The chief was slain by Ann, yes, {killer}."};
  EXPECT_EQ(announcements(world, events), expected);
}

TEST_F(Announced, a_killer_who_has_left_has_no_name) {
  const base::EntityId chief = add(sim::Kind::monster, 1);
  const base::EntityId ann = add(sim::Kind::player, 0);
  world.destroy(ann);
  const auto words = announcements(world, {{sim::EventType::death, ann, chief, 0, {}, 0}});
  ASSERT_EQ(words.size(), 1U);
  EXPECT_TRUE(words[0].starts_with("The chief was slain by somebody who has left")) << words[0];
}

}  // namespace
}  // namespace cudgel::realm
