#pragma once
// A world moved about by hand and at random, with viewers whose frames are read and applied by real replicas, and the
// question that matters: does each client hold exactly what it may see? The answer is worked out from the world itself,
// without the code under test.

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>

#include "base/random.h"
#include "content/content.h"
#include "protocol/server_frame.h"
#include "replication/publisher.h"
#include "replication/replica.h"
#include "replication/viewer.h"
#include "sim/world.h"

namespace cudgel::replication {

inline constexpr std::int32_t k_view = 16 * 256;

inline content::MapSpec open_map(std::int32_t side) {
  content::MapSpec map;
  map.name = "test";
  map.width = map.height = side;
  const auto tiles = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
  map.ground.assign(tiles, content::Ground::grass);
  map.blocked.assign(tiles, 0);
  map.player_starts = {{side * 128, side * 128}};
  return map;
}

/// One viewer and the client at its other end.
struct Watcher {
  explicit Watcher(base::EntityId self) : viewer(self) {}
  Viewer viewer;
  Replica replica;
  protocol::FrameReader reader;
  base::Tick last_frame = 0;
  bool started = false;
  std::size_t frames = 0;
  std::size_t bytes_last = 0;
};

/// What happened, as the test itself remembers it.
struct Remembered {
  base::Tick tick = 0;
  sim::Event event;
};

class Realm {
 public:
  Realm(content::Content content, const content::MapSpec& map, sim::WorldOptions options)
      : content_(std::move(content)), side_units(map.width * base::k_units_per_tile), random(options.seed), world(content_, map, options) {
    world.tick_ = 1000;
  }
  /// Without classes or monsters: bodies do what the test does to them.
  explicit Realm(std::int32_t side, std::uint64_t seed, std::uint16_t entities_max = 4096)
      : Realm(content::Content(), open_map(side), {20, seed, entities_max, true}) {}

  sim::Entity& add(sim::Kind kind, base::Vec2 position) {
    sim::Entity* entity = world.create(kind);
    EXPECT_NE(entity, nullptr);
    entity->walker.position = position;
    entity->walker.action_since = world.tick();
    entity->health = entity->health_max = 50;
    if (kind == sim::Kind::player) entity->name.assign("p" + std::to_string(entity->id.packed()));
    return *entity;
  }
  sim::Entity& add_somewhere(sim::Kind kind) { return add(kind, somewhere()); }
  base::Vec2 somewhere() { return {random.between(0, side_units - 1), random.between(0, side_units - 1)}; }

  /// Ends the tick: publishes the picture.
  void publish(std::uint16_t late_ms = 0) {
    picture = publisher.publish(world, events, late_ms);
    for (const sim::Event& event : events) history.push_back({world.tick(), event});
    events.clear();
  }

  /// Encodes, reads and applies one frame.
  void show(Watcher& watcher, const FrameExtras& extras = {}) {
    const auto bytes = watcher.viewer.encode(*picture, extras, builder);
    ASSERT_LE(bytes.size(), protocol::k_server_frame_bytes_max);
    const auto frame = watcher.reader.read(bytes);
    ASSERT_TRUE(frame) << frame.error().reason;
    const auto applied = watcher.replica.apply(**frame);
    ASSERT_TRUE(applied) << applied.error().reason;
    ++watcher.frames;
    watcher.bytes_last = bytes.size();
  }

  /// show(), and the client knows exactly what it may see.
  void show_and_check(Watcher& watcher, const FrameExtras& extras = {}) {
    const base::Tick before = watcher.last_frame;
    ASSERT_NO_FATAL_FAILURE(show(watcher, extras));
    ASSERT_NO_FATAL_FAILURE(check_entities(watcher));
    ASSERT_NO_FATAL_FAILURE(check_own(watcher));
    ASSERT_NO_FATAL_FAILURE(check_happenings(watcher, watcher.started ? before : world.tick() - 1));
    watcher.last_frame = world.tick();
    watcher.started = true;
  }

  [[nodiscard]] bool sees(const sim::Entity& eye, const sim::Entity& other) const {
    return eye.id != other.id && other.kind != sim::Kind::none &&
           std::abs(eye.walker.position.x - other.walker.position.x) <= k_view &&
           std::abs(eye.walker.position.y - other.walker.position.y) <= k_view;
  }

  void check_entities(const Watcher& watcher) const {
    const sim::Entity* eye = world.find(watcher.viewer.self());
    std::size_t expected = 0;
    for (const sim::Entity& entity : world.entities()) {
      if (entity.kind == sim::Kind::none) continue;
      const bool visible = eye != nullptr && sees(*eye, entity);
      ASSERT_EQ(visible, may_see(*picture, watcher.viewer.self(), entity.id));
      const auto held = watcher.replica.entities().find(entity.id.packed());
      ASSERT_EQ(visible, held != watcher.replica.entities().end()) << "entity " << entity.id.packed() << " at tick " << world.tick();
      if (!visible) continue;
      ++expected;
      ASSERT_NO_FATAL_FAILURE(check_entity(entity, held->second));
    }
    ASSERT_EQ(watcher.replica.entities().size(), expected) << "the client holds somebody who does not exist";
    ASSERT_EQ(watcher.viewer.known().size(), expected);
  }

  void check_entity(const sim::Entity& entity, const ReplicaEntity& held) const {
    const Sight& sight = held.sight;
    const base::Tick now = world.tick();
    ASSERT_EQ(sight.id, entity.id);
    ASSERT_EQ(sight.kind, entity.kind);
    ASSERT_EQ(sight.archetype, entity.archetype);
    ASSERT_EQ(sight.level, entity.level);
    ASSERT_EQ(sight.health_max, entity.health_max);
    if (entity.health_max > 0) {
      ASSERT_EQ(sight.health == 0, entity.health == 0);
      ASSERT_EQ(sight.health == 255, entity.health == entity.health_max);
      ASSERT_NEAR(sight.health, 255.0 * entity.health / entity.health_max, 1.0);
    } else {
      ASSERT_EQ(sight.health, 255);  // a projectile has no health to show
    }
    ASSERT_EQ(sight.facing, entity.walker.facing);
    ASSERT_EQ(sight.action, entity.walker.action);
    ASSERT_EQ(sight.action_since, std::max(entity.walker.action_since, held.told < 255 ? 0 : held.told - 255));
    ASSERT_EQ(sight.track.velocity_x, entity.walker.velocity.x);
    ASSERT_EQ(sight.track.velocity_y, entity.walker.velocity.y);
    ASSERT_LE(base::chebyshev(sight.track.at(now) - entity.walker.position), k_track_tolerance_units);
    const PublishedEntity* published = picture->find(entity.id);
    ASSERT_NE(published, nullptr);
    for (const base::Tick ahead : {0U, 1U, 7U, 300U}) ASSERT_EQ(sight.track.at(now + ahead), published->sight.track.at(now + ahead));
    ASSERT_EQ(held.name, entity.name.view());
  }

  void check_own(const Watcher& watcher) const {
    const sim::Entity* self = world.find(watcher.viewer.self());
    if (self == nullptr) return;
    const OwnState& own = watcher.replica.own();
    ASSERT_TRUE(watcher.replica.has_own());
    ASSERT_EQ(own.id, self->id);
    ASSERT_EQ(own.walker, self->walker);
    ASSERT_EQ(own.health, self->health);
    ASSERT_EQ(own.health_max, self->health_max);
    ASSERT_EQ(own.level, self->level);
    ASSERT_EQ(watcher.replica.acknowledged(), self->last_sequence);
  }

  void check_happenings(const Watcher& watcher, base::Tick since) const {
    const sim::Entity* self = world.find(watcher.viewer.self());
    std::vector<Remembered> expected;
    const auto near = [&](base::EntityId id) {
      if (id == watcher.viewer.self()) return true;
      const sim::Entity* entity = world.find(id);
      return entity != nullptr && sees(*self, *entity);
    };
    for (const Remembered& one : history) {
      if (self == nullptr || one.tick <= since || world.tick() - one.tick >= k_happening_ticks) continue;
      const base::Vec2 away = one.event.position - self->walker.position;
      const bool here = std::abs(away.x) <= k_view && std::abs(away.y) <= k_view;
      if (here || near(one.event.source) || near(one.event.target)) expected.push_back(one);
    }
    const std::size_t cut = expected.size() > protocol::k_happenings_per_frame_max ? expected.size() - protocol::k_happenings_per_frame_max : 0;
    expected.erase(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(cut));
    const auto got = watcher.replica.happenings();
    ASSERT_EQ(got.size(), expected.size()) << "at tick " << world.tick();
    for (std::size_t i = 0; i < got.size(); ++i) {
      ASSERT_EQ(got[i].tick, expected[i].tick);
      ASSERT_EQ(got[i].type, expected[i].event.type);
      ASSERT_EQ(got[i].source, expected[i].event.source);
      ASSERT_EQ(got[i].target, expected[i].event.target);
      ASSERT_EQ(got[i].amount, expected[i].event.amount);
      // A shot may end just beyond the map's edge; the wire has no such place and says the edge.
      const base::Vec2 where{std::max(expected[i].event.position.x, 0), std::max(expected[i].event.position.y, 0)};
      ASSERT_LE(base::chebyshev(got[i].position - where), k_units_per_wire_step);
    }
  }

 private:
  content::Content content_;

 public:
  std::int32_t side_units;
  base::Random random;
  sim::World world;
  sim::Events events;
  std::vector<Remembered> history;
  Publisher publisher;
  std::shared_ptr<const Picture> picture;
  flatbuffers::FlatBufferBuilder builder;
};

}  // namespace cudgel::replication
