// Goal: the single rules of publisher, viewer and replica, one test each, where a random world would hit them too rarely or
// could not say which rule broke. Method: small worlds built by hand.

#include "replication_fixture.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>

namespace cudgel::replication {
namespace {

constexpr base::Vec2 k_middle{100 * 256, 100 * 256};

void next(Realm& realm) {
  ++realm.world.tick_;
  realm.publish();
}

TEST(Viewer, the_edge_of_the_view_is_sixteen_tiles_sharp) {
  Realm realm(200, 1);
  const auto self = realm.add(sim::Kind::player, k_middle).id;
  const auto inside = realm.add(sim::Kind::monster, k_middle + base::Vec2{k_view, -k_view}).id;
  const auto outside = realm.add(sim::Kind::monster, k_middle + base::Vec2{k_view + 1, 0}).id;
  Watcher watcher(self);
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
  EXPECT_TRUE(watcher.replica.entities().contains(inside.packed()));
  EXPECT_FALSE(watcher.replica.entities().contains(outside.packed()));
}

TEST(Viewer, a_body_that_walks_straight_is_told_once) {
  Realm realm(200, 1);
  Watcher watcher(realm.add(sim::Kind::player, k_middle).id);
  auto& goblin = realm.add(sim::Kind::monster, k_middle - base::Vec2{2000, 0});
  goblin.walker.velocity = {10, 0};
  goblin.walker.action = sim::Action::walk;
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
  const std::size_t idle_bytes = [&] {
    goblin.walker.position.x += 10;
    next(realm);
    realm.show(watcher);
    return watcher.bytes_last;
  }();
  for (int i = 0; i < 150; ++i) {
    goblin.walker.position.x += 10;
    next(realm);
    ASSERT_NO_FATAL_FAILURE(realm.show(watcher));
    ASSERT_EQ(watcher.bytes_last, idle_bytes) << "after " << i;
  }
  EXPECT_LE(idle_bytes, 32U);
  EXPECT_EQ(watcher.replica.entities().at(goblin.id.packed()).told, 1001U);
}

TEST(Viewer, a_moving_track_is_renewed_before_its_age_leaves_the_byte) {
  Realm realm(400, 1);
  Watcher watcher(realm.add(sim::Kind::player, {200 * 256, 100 * 256}).id);
  auto& goblin = realm.add(sim::Kind::monster, {190 * 256, 100 * 256});
  goblin.walker.velocity = {1, 0};
  for (int i = 0; i < 1000; ++i) {
    next(realm);
    if (i % 97 == 0) {
      ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher)) << i;
    }
    goblin.walker.position.x += 1;
  }
}

TEST(Viewer, somebody_who_stands_for_ever_costs_nothing_and_stays_where_it_is) {
  Realm realm(200, 1);
  Watcher early(realm.add(sim::Kind::player, k_middle).id);
  Watcher late(realm.add(sim::Kind::player, k_middle + base::Vec2{100, 100}).id);
  realm.add(sim::Kind::monster, k_middle + base::Vec2{500, 0});
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(early));
  for (int i = 0; i < 2000; ++i) next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(early));
  EXPECT_LE(early.bytes_last, 32U);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(late));  // an action age beyond the byte is clamped the same on both sides
}

TEST(Viewer, a_slot_with_a_new_tenant_is_a_departure_and_an_arrival_in_one_frame) {
  Realm realm(200, 1);
  Watcher watcher(realm.add(sim::Kind::player, k_middle).id);
  const auto old_id = realm.add(sim::Kind::monster, k_middle + base::Vec2{500, 0}).id;
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
  realm.world.destroy(old_id);
  const auto new_id = realm.add(sim::Kind::player, k_middle + base::Vec2{500, 0}).id;
  ASSERT_EQ(new_id.index, old_id.index);
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
  EXPECT_TRUE(watcher.replica.entities().contains(new_id.packed()));
}

TEST(Viewer, a_new_level_reaches_those_who_already_see_the_body) {
  Realm realm(200, 1);
  Watcher watcher(realm.add(sim::Kind::player, k_middle).id);
  auto& other = realm.add(sim::Kind::player, k_middle + base::Vec2{500, 0});
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
  other.level = 7;
  other.health = other.health_max = 80;
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
  EXPECT_EQ(watcher.replica.entities().at(other.id.packed()).arrived, 1001U);
}

TEST(Viewer, any_number_of_arrivals_makes_a_frame_that_can_be_read) {
  for (int count = 0; count < 24; ++count) {
    Realm realm(200, 1);
    Watcher watcher(realm.add(sim::Kind::player, k_middle).id);
    for (int i = 0; i < count; ++i) realm.add(sim::Kind::monster, k_middle + base::Vec2{100 * i, 300});
    next(realm);
    ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher)) << count;
    EXPECT_EQ(watcher.arrived_last, static_cast<std::size_t>(count));
  }
}

TEST(Viewer, what_somebody_puts_on_or_takes_off_reaches_those_who_already_see_the_body) {
  Realm realm(200, 1);
  Watcher watcher(realm.add(sim::Kind::player, k_middle).id);
  auto& other = realm.add(sim::Kind::player, k_middle + base::Vec2{500, 0});
  other.gear.weapon = 9;
  const auto sight = [&] { return watcher.replica.entities().at(other.id.packed()).sight; };
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
  EXPECT_EQ(sight().helmet, 0);
  for (const std::uint8_t helmet : {std::uint8_t{26}, std::uint8_t{255}, std::uint8_t{0}}) {
    other.gear.helmet = helmet;
    next(realm);
    ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
    EXPECT_EQ(sight().helmet, helmet);
    EXPECT_EQ(sight().weapon, 9);
    EXPECT_EQ(watcher.arrived_last, 1U);
    next(realm);
    ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
    EXPECT_EQ(watcher.arrived_last, 0U) << "told once";
  }
}

TEST(Viewer, a_dog_is_told_with_its_master_and_a_sheep_with_its_wool) {
  Realm realm(200, 1);
  auto& self = realm.add(sim::Kind::player, k_middle);
  self.summoned = 2;
  self.order = sim::Order::stay;
  Watcher watcher(self.id);
  auto& dog = realm.add(sim::Kind::summoned, k_middle + base::Vec2{500, 0});
  dog.owner = self.id;
  auto& goblin = realm.add(sim::Kind::monster, k_middle + base::Vec2{0, 500});
  goblin.effects.add({content::EffectKind::sheep, 0, 0, 5000, 0, self.id}, content::Stacking::refresh);
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
  const auto sight_of = [&](base::EntityId id) { return watcher.replica.entities().at(id.packed()).sight; };
  EXPECT_EQ(sight_of(dog.id).master, self.id.index + 1);
  EXPECT_EQ(sight_of(dog.id).weapon, 0);
  EXPECT_EQ(sight_of(goblin.id).looks, 1U | 4U);
  EXPECT_EQ(watcher.replica.means().summoned, 2);
  EXPECT_EQ(watcher.replica.means().order, sim::Order::stay);
  // The dead have no master, and who was a sheep is none any more.
  dog.owner = {};
  goblin.effects.clear();
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
  EXPECT_EQ(sight_of(dog.id).master, 0);
  EXPECT_EQ(sight_of(goblin.id).looks, 0);
}

TEST(Viewer, a_thing_is_told_with_whose_it_is) {
  Realm realm(200, 1);
  auto& self = realm.add(sim::Kind::player, k_middle);
  Watcher watcher(self.id);
  auto& own = realm.add(sim::Kind::thing, k_middle + base::Vec2{300, 0});
  own.owner = self.id;
  auto& laid_down = realm.add(sim::Kind::thing, k_middle + base::Vec2{0, 300});
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
  const auto sight_of = [&](base::EntityId id) { return watcher.replica.entities().at(id.packed()).sight; };
  EXPECT_EQ(sight_of(own.id).master, self.id.index + 1);
  EXPECT_EQ(sight_of(own.id).weapon, 0);
  EXPECT_EQ(sight_of(laid_down.id).master, 0);
}

TEST(Viewer, own_is_absent_while_the_body_goes_on_as_told) {
  Realm realm(200, 1);
  auto& self = realm.add(sim::Kind::player, k_middle);
  self.walker.velocity = {7, -3};
  Watcher watcher(self.id);
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
  const auto step = [&](base::Vec2 push, int ticks) {
    for (int i = 0; i < ticks; ++i) {
      self.walker.position = self.walker.position + self.walker.velocity + push;
      next(realm);
    }
    realm.show_and_check(watcher);
    return watcher.bytes_last;
  };
  EXPECT_LE(step({}, 1), 32U);
  EXPECT_LE(step({}, 5), 32U);  // also over missed frames
  EXPECT_GT(step({1, 0}, 1), 60U);
  EXPECT_LE(step({}, 1), 32U);
}

TEST(Viewer, what_a_player_is_told_of_itself_is_right_after_missed_frames_and_for_who_comes_later) {
  Realm realm(200, 1);
  auto& self = realm.add(sim::Kind::player, k_middle);
  Watcher every_frame(self.id);
  Watcher some_frames(self.id);
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(every_frame));
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(some_frames));
  const auto shown = [&](Watcher& watcher, const std::string& when) {
    SCOPED_TRACE(when);
    realm.show_and_check(watcher);
    ASSERT_EQ(watcher.replica.effects().size(), self.effects.size);
    EXPECT_EQ(watcher.replica.means().order, self.order);
  };
  const auto turn = [&](const std::string& when) {
    next(realm);
    ASSERT_NO_FATAL_FAILURE(shown(every_frame, when));
  };

  self.effects.add({content::EffectKind::slow, 30, 0, 5000, 0, {}}, content::Stacking::refresh);
  self.duel = {sim::DuelStage::asked, base::EntityId{7, 1}, 4000, {}};
  self.experience = 3;
  ASSERT_NO_FATAL_FAILURE(turn("all of it begins"));
  Watcher late(self.id);
  ASSERT_NO_FATAL_FAILURE(shown(late, "who comes while it lasts"));
  ASSERT_NO_FATAL_FAILURE(turn("nothing is new"));
  EXPECT_LE(every_frame.bytes_last, 32U);
  self.effects.clear();
  self.duel = {};
  self.order = sim::Order::stay;
  self.walker.position = self.walker.position + base::Vec2{40, 0};
  ASSERT_NO_FATAL_FAILURE(turn("all of it is over"));
  self.order = sim::Order::come;
  self.walker.position = self.walker.position - base::Vec2{40, 0};
  ASSERT_NO_FATAL_FAILURE(turn("it stands where it stood"));
  ASSERT_NO_FATAL_FAILURE(shown(some_frames, "who missed it from beginning to end"));
  ASSERT_NO_FATAL_FAILURE(shown(late, "who saw its beginning only"));
}

TEST(Viewer, a_first_frame_tells_the_receiver_of_itself_even_of_a_world_that_has_not_begun) {
  Realm realm(200, 1);
  realm.world.tick_ = 0;
  auto& self = realm.add(sim::Kind::player, k_middle);
  self.experience = 3;
  realm.publish();
  Watcher watcher(self.id);
  realm.show_and_check(watcher);
}

TEST(Viewer, a_frame_tells_the_latest_tick_since_the_frame_before) {
  Realm realm(200, 1);
  Watcher watcher(realm.add(sim::Kind::player, k_middle).id);
  const auto next_late = [&](std::uint16_t late_ms) {
    ++realm.world.tick_;
    realm.publish(late_ms);
  };
  const auto told = [&] {
    const auto frame = watcher.reader.read(watcher.viewer.encode(*realm.picture, {}, realm.work));
    return frame ? (*frame)->head()->late_ms() : UINT16_MAX;
  };
  next_late(300);
  next_late(7);
  EXPECT_EQ(told(), 7);  // what was before it came is nothing to it
  for (const std::uint16_t late_ms : std::to_array<std::uint16_t>({1, 400, 90, 2})) next_late(late_ms);
  EXPECT_EQ(told(), 400);
  next_late(0);
  EXPECT_EQ(told(), 0);
}

TEST(Viewer, welcome_and_notices_come_in_order_beside_everything_else) {
  Realm realm(200, 1);
  Watcher watcher(realm.add(sim::Kind::player, k_middle).id);
  next(realm);
  FrameExtras extras;
  extras.echo = 5;
  extras.slack_ticks = -3;
  extras.welcome = {20, 128, 0xabcdefULL, protocol::Token{7, 8, 9}, true};
  const std::vector<Notice> notices = {{4, "one"}, {5, "二"}};
  extras.notices = notices;
  const auto frame = watcher.reader.read(watcher.viewer.encode(*realm.picture, extras, realm.work));
  ASSERT_TRUE(frame) << frame.error().reason;
  EXPECT_EQ((*frame)->head()->echo(), 5U);
  EXPECT_EQ((*frame)->head()->slack_ticks(), -3);
  const auto* notes = (*frame)->notes();
  ASSERT_NE(notes, nullptr);
  ASSERT_EQ(notes->size(), 3U);
  ASSERT_NE(notes->Get(0)->body_as_Welcome(), nullptr);
  EXPECT_EQ(notes->Get(0)->body_as_Welcome()->self(), watcher.viewer.self().packed());
  EXPECT_EQ(notes->Get(0)->body_as_Welcome()->content_hash(), 0xabcdefULL);
  EXPECT_EQ(notes->Get(0)->body_as_Welcome()->arena_side(), 128);
  EXPECT_EQ(notes->Get(1)->body_as_Notice()->text()->str(), "one");
  EXPECT_EQ(notes->Get(2)->body_as_Notice()->text()->str(), "二");
}

TEST(Viewer, somebody_taken_out_of_the_world_loses_sight_of_everything) {
  Realm realm(200, 1);
  const auto self = realm.add(sim::Kind::player, k_middle).id;
  Watcher watcher(self);
  realm.add(sim::Kind::monster, k_middle);
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
  realm.world.destroy(self);
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show(watcher));
  EXPECT_TRUE(watcher.replica.entities().empty());
}

TEST(Viewer, two_thousand_in_view_fit_the_limit_and_are_all_known_within_a_second_nearest_first) {
  Realm realm(200, 1);
  Watcher watcher(realm.add(sim::Kind::player, k_middle).id);
  for (int i = 0; i < 2000; ++i) {
    const auto kind = i % 3 == 0 ? sim::Kind::player : sim::Kind::monster;
    auto& body = realm.add(kind, k_middle + base::Vec2{realm.random.between(-k_view / 2, k_view / 2),
                                                       realm.random.between(-k_view / 2, k_view / 2)});
    if (kind == sim::Kind::player)
      body.name.assign(
          "\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd\xa0\xe4\xbd"
          "\xa0");
  }
  std::size_t known = 0;
  for (int tick = 0; tick < 20; ++tick) {
    for (const std::uint16_t index : realm.world.alive()) {  // everybody turns in every tick: the most that can be told
      auto& body = realm.world.entities()[index];
      body.walker.facing = static_cast<std::uint8_t>((body.walker.facing + 1) % 8);
    }
    next(realm);
    ASSERT_NO_FATAL_FAILURE(realm.show(watcher)) << tick;
    ASSERT_GE(watcher.replica.entities().size(), known);
    known = watcher.replica.entities().size();
    std::int32_t farthest_known = 0;
    std::int32_t nearest_unknown = INT32_MAX;
    for (const std::uint16_t index : realm.world.alive()) {
      const auto& body = realm.world.entities()[index];
      const std::int32_t distance = base::chebyshev(body.walker.position - k_middle);
      if (watcher.replica.entities().contains(body.id.packed())) {
        farthest_known = std::max(farthest_known, distance);
      } else if (body.id != watcher.viewer.self()) {
        nearest_unknown = std::min(nearest_unknown, distance);
      }
    }
    ASSERT_LE(farthest_known, nearest_unknown);
  }
  EXPECT_EQ(known, 2000U);
  for (base::Tick tick = 0; tick < k_told_within_ticks;
       ++tick) {  // quiet now: what had been cut follows, and the client is exact
    next(realm);
    ASSERT_NO_FATAL_FAILURE(realm.show(watcher));
  }
  ASSERT_NO_FATAL_FAILURE(realm.check_entities(watcher));
}

TEST(Viewer, six_thousand_who_turned_while_frames_were_missed_are_told_as_fast_as_frames_can_hold_them) {
  Realm realm(200, 1, 8000);
  Watcher watcher(realm.add(sim::Kind::player, k_middle).id);
  for (int i = 0; i < 6000; ++i) {
    realm.add(sim::Kind::monster,
              k_middle + base::Vec2{realm.random.between(-k_view, k_view), realm.random.between(-k_view, k_view)});
  }
  const auto all_turn = [&] {
    for (const std::uint16_t index : realm.world.alive()) realm.world.entities()[index].walker.facing ^= 1U;
    next(realm);
  };
  for (int tick = 0; tick < 40; ++tick) {
    all_turn();
    ASSERT_NO_FATAL_FAILURE(realm.show(watcher));
  }
  EXPECT_EQ(watcher.replica.entities().size(), 6000U);
  for (base::Tick tick = 0; tick <= k_told_within_ticks; ++tick) all_turn();
  ASSERT_NO_FATAL_FAILURE(realm.show(watcher));
  EXPECT_GT(watcher.bytes_last, 60'000U);
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show(watcher));
  EXPECT_LT(watcher.bytes_last, 60'000U);
  for (base::Tick tick = 0; tick < k_told_within_ticks; ++tick) {
    next(realm);
    ASSERT_NO_FATAL_FAILURE(realm.show(watcher));
  }
  EXPECT_LE(watcher.bytes_last, 32U);
  ASSERT_NO_FATAL_FAILURE(realm.check_entities(watcher));
  // All gone at once: thousands leave in one frame that still fits.
  realm.world.find(watcher.viewer.self())->walker.position = {10, 10};
  next(realm);
  ASSERT_NO_FATAL_FAILURE(realm.show_and_check(watcher));
}

// --- the replica ----------------------------------------------------------------------------------------------------------

/// A frame with the given lists, straight from the schema's builder.
struct HandFrame {
  base::Tick tick = 1;
  std::vector<protocol::Motion> moved;
  std::vector<protocol::Arrival> arrived;
  std::vector<std::uint32_t> left;
  std::vector<std::uint32_t> named;
};

base::Result<void, ApplyError> apply(Replica& replica, const HandFrame& hand) {
  flatbuffers::FlatBufferBuilder builder;
  std::vector<flatbuffers::Offset<protocol::Name>> names;
  for (const std::uint32_t id : hand.named) names.push_back(protocol::CreateName(builder, id, builder.CreateString("n")));
  const auto moved = builder.CreateVectorOfStructs(hand.moved);
  const auto arrived = builder.CreateVectorOfStructs(hand.arrived);
  const auto left = builder.CreateVector(hand.left);
  const auto name_list = builder.CreateVector(names);
  const protocol::Head head(hand.tick, 0, 0, 0, 0, 0);
  const protocol::Own own(0x00010001, 5, 5, 0, 0, 0, 0, 0, static_cast<std::uint16_t>(hand.tick), 1, 1, 0, 0, 0, 0);
  builder.Finish(protocol::CreateFrame(builder, &head, &own, moved, arrived, left, 0, name_list, 0));
  protocol::FrameReader reader;
  const auto frame = reader.read({builder.GetBufferPointer(), builder.GetSize()});
  EXPECT_TRUE(frame) << frame.error().reason;
  return replica.apply(**frame);
}

protocol::Motion motion(std::uint16_t index) { return {index, 1, 10, 10, 1, 1, 0, 0, 0, 255}; }
protocol::Arrival arrival(std::uint16_t index) { return {motion(index), 10, 2, 0, 1, 0, 0, 0}; }
constexpr std::uint32_t id(std::uint32_t index) { return 0x00010000U | index; }

TEST(Replica, a_frame_that_cannot_follow_is_refused_whole) {
  struct Bad {
    const char* reason;
    HandFrame frame;
  };
  const std::vector<Bad> list = {
      {"head.tick: must ascend", {10, {}, {}, {}, {}}},
      {"head.tick: must ascend", {9, {}, {}, {}, {}}},
      {"left: unknown entity", {11, {}, {arrival(8)}, {id(5)}, {}}},
      {"left: unknown entity", {11, {}, {arrival(8)}, {0x00020002}, {}}},  // the slot, another generation
      {"moved: unknown entity", {11, {motion(7)}, {arrival(8)}, {id(2)}, {}}},
      {"moved: leaves in the same frame", {11, {motion(2)}, {arrival(8)}, {id(2)}, {}}},
      {"moved: arrives in the same frame", {11, {motion(2)}, {arrival(2)}, {}, {}}},
      {"moved: unknown entity", {11, {motion(8)}, {arrival(8)}, {}, {}}},
      {"arrived: leaves in the same frame", {11, {}, {arrival(2)}, {id(2)}, {}}},
      {"names: of nobody who arrives", {11, {}, {arrival(8)}, {}, {id(2)}}},
  };
  for (const Bad& bad : list) {
    Replica replica;
    ASSERT_TRUE(apply(replica, {10, {}, {arrival(2), arrival(3)}, {}, {}}));
    const auto applied = apply(replica, bad.frame);
    ASSERT_FALSE(applied) << bad.reason;
    EXPECT_STREQ(applied.error().reason, bad.reason);
    EXPECT_EQ(replica.tick(), 10U);
    EXPECT_EQ(replica.own().health, 10);
    EXPECT_EQ(replica.entities().size(), 2U);
    EXPECT_EQ(replica.entities().at(id(2)).told, 10U);
    EXPECT_TRUE(apply(replica, {11, {motion(2)}, {arrival(8)}, {id(3)}, {id(8)}}));  // and it goes on from there
  }
}

TEST(Replica, a_server_cannot_fill_the_memory) {
  Replica replica;
  base::Tick tick = 1;
  bool refused = false;
  for (std::uint32_t begin = 0; begin + 256 <= 65536 && !refused; begin += 256) {
    HandFrame frame;
    frame.tick = tick++;
    for (std::uint32_t i = begin; i < begin + 256; ++i) frame.arrived.push_back(arrival(static_cast<std::uint16_t>(i)));
    const auto applied = apply(replica, frame);
    refused = !applied;
    if (refused) {
      EXPECT_STREQ(applied.error().reason, "arrived: more than a client can hold");
    }
  }
  EXPECT_TRUE(refused);
  EXPECT_LE(replica.entities().size(), protocol::k_known_max);
}

// --- the publisher --------------------------------------------------------------------------------------------------------

TEST(Publisher, pictures_are_reused_once_nobody_holds_them) {
  Realm realm(64, 1);
  realm.add_somewhere(sim::Kind::monster);
  std::set<const Picture*> seen;
  for (int i = 0; i < 100; ++i) {
    next(realm);
    seen.insert(realm.picture.get());
  }
  EXPECT_LE(seen.size(), 2U);
  const auto held = realm.picture;
  const base::Tick tick = held->tick;
  for (int i = 0; i < 10; ++i) next(realm);
  EXPECT_EQ(held->tick, tick) << "a picture that is held must not change";
}

TEST(Publisher, a_picture_outlives_its_publisher) {
  std::shared_ptr<const Picture> picture;
  {
    Realm realm(64, 1);
    realm.add_somewhere(sim::Kind::monster);
    next(realm);
    picture = realm.picture;
  }
  EXPECT_EQ(picture->entities.size(), 1U);
}

TEST(Publisher, pictures_are_read_and_dropped_on_other_threads_while_new_ones_are_made) {
  // Two network threads that always take the newest picture, one realm thread: ThreadSanitizer watches this one.
  Realm realm(64, 1);
  for (int i = 0; i < 50; ++i) realm.add_somewhere(sim::Kind::player);
  const std::vector<base::EntityId> ids = [&] {
    std::vector<base::EntityId> list;
    for (const std::uint16_t index : realm.world.alive()) list.push_back(realm.world.entities()[index].id);
    return list;
  }();
  std::mutex mutex;
  std::shared_ptr<const Picture> newest;
  bool stop = false;
  std::atomic<int> frames_read = 0;
  const auto read = [&](std::size_t first) {
    FrameWorkspace work;
    std::vector<Watcher> watchers;
    for (std::size_t i = first; i < ids.size(); i += 2) watchers.emplace_back(ids[i]);
    for (base::Tick last = 0;;) {
      std::shared_ptr<const Picture> picture;
      {
        const std::lock_guard lock(mutex);
        if (stop) return;
        picture = newest;
      }
      if (picture == nullptr || picture->tick == last) continue;
      last = picture->tick;
      for (Watcher& watcher : watchers) {
        const auto frame = watcher.reader.read(watcher.viewer.encode(*picture, {}, work));
        ASSERT_TRUE(frame);
        ASSERT_TRUE(watcher.replica.apply(**frame));
        ++frames_read;
      }
    }
  };
  std::thread one(read, 0);
  std::thread two(read, 1);
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  for (int tick = 0; tick < 300; ++tick) {
    for (const std::uint16_t index : realm.world.alive()) realm.world.entities()[index].walker.facing ^= 1U;
    next(realm);
    {
      const std::lock_guard lock(mutex);
      newest = realm.picture;
    }
    // Threads take their time to start; without this all ticks could be over before anybody reads.
    while (frames_read == 0 && std::chrono::steady_clock::now() < give_up) std::this_thread::yield();
  }
  {
    const std::lock_guard lock(mutex);
    stop = true;
  }
  one.join();
  two.join();
  EXPECT_GT(frames_read, 0);
}

}  // namespace
}  // namespace cudgel::replication
