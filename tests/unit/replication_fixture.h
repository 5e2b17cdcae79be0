#pragma once
// A world moved about by hand and at random, with viewers whose frames are read and applied by real replicas, and the
// question that matters: does each client hold exactly what it may see, and where a crowd is too large for that, is what it
// holds never older than budget.h allows? The answer is worked out from the world itself, without the code under test.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
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
  // of the last frame
  std::size_t bytes_last = 0;
  std::size_t moved_last = 0;
  std::size_t arrived_last = 0;
  std::size_t happened_last = 0;
  /// In view, but the client holds something else or nothing: since which frame. By packed id.
  std::map<std::uint32_t, base::Tick> stale_since;
  /// In view, and blows were exchanged with it: the last tick for which it counts as a fight. By packed id.
  std::map<std::uint32_t, base::Tick> fight_until;
};

/// What happened, as the test itself remembers it.
struct Remembered {
  base::Tick tick = 0;
  sim::Event event;
};

class Realm {
 public:
  Realm(content::Content content, const content::MapSpec& map, sim::WorldOptions options)
      : content_(std::move(content)),
        side_units(map.width * base::k_units_per_tile),
        random(options.seed),
        world(content_, map, options) {
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
    const auto bytes = watcher.viewer.encode(*picture, extras, work);
    ASSERT_LE(bytes.size(), protocol::k_server_frame_bytes_max);
    const auto frame = watcher.reader.read(bytes);
    ASSERT_TRUE(frame) << frame.error().reason;
    const auto applied = watcher.replica.apply(**frame);
    ASSERT_TRUE(applied) << applied.error().reason;
    const auto count = [](const auto* list) { return list == nullptr ? std::size_t{0} : list->size(); };
    ++watcher.frames;
    watcher.bytes_last = bytes.size();
    watcher.moved_last = count((*frame)->moved());
    watcher.arrived_last = count((*frame)->arrived());
    watcher.happened_last = count((*frame)->happened());
  }

  /// show(), and the client knows what it may see: exactly, or as late as budget.h allows.
  void show_and_check(Watcher& watcher, const FrameExtras& extras = {}) {
    const base::Tick since = watcher.started ? watcher.last_frame : world.tick() - 1;
    ASSERT_NO_FATAL_FAILURE(show(watcher, extras));
    note_blows(watcher, since);
    ASSERT_NO_FATAL_FAILURE(check_in_time(watcher));
    ASSERT_NO_FATAL_FAILURE(check_own(watcher));
    ASSERT_NO_FATAL_FAILURE(check_happenings(watcher, since));
    watcher.last_frame = world.tick();
    watcher.started = true;
  }

  [[nodiscard]] bool sees(const sim::Entity& eye, const sim::Entity& other) const {
    return eye.id != other.id && other.kind != sim::Kind::none &&
           std::abs(eye.walker.position.x - other.walker.position.x) <= k_view &&
           std::abs(eye.walker.position.y - other.walker.position.y) <= k_view;
  }

  /// The client knows everything it may see.
  void check_entities(const Watcher& watcher) const {
    std::size_t visible = 0;
    ASSERT_NO_FATAL_FAILURE(compare(watcher, visible, [&](const sim::Entity& entity, const char* difference) {
      ASSERT_STREQ(difference, "") << "entity " << entity.id.packed() << " at tick " << world.tick();
    }));
  }

  /// The client knows everything it may see, or will within a second; own fights, and what a few see, at once.
  void check_in_time(Watcher& watcher) const {
    const base::Tick now = world.tick();
    const sim::Entity* self = world.find(watcher.viewer.self());
    std::map<std::uint32_t, base::Tick> stale;
    std::vector<const sim::Entity*> late_fights;
    std::size_t fights = 0;
    std::size_t visible = 0;
    ASSERT_NO_FATAL_FAILURE(compare(watcher, visible, [&](const sim::Entity& entity, const char* difference) {
      const bool fight = is_fight(watcher, *self, entity);
      fights += fight ? 1 : 0;
      if (*difference == '\0') return;
      const auto before = watcher.stale_since.find(entity.id.packed());
      const base::Tick since = before == watcher.stale_since.end() ? now : before->second;
      ASSERT_LT(now, since + k_told_within_ticks - 1)
          << entity.id.packed() << ": " << difference << " untold since tick " << since;
      stale.emplace(entity.id.packed(), since);
      if (fight) late_fights.push_back(&entity);
    }));
    if (visible <= k_uncut_in_view) {
      ASSERT_TRUE(stale.empty()) << "entity " << stale.begin()->first << " is late at tick " << now << ", with few in view";
    }
    if (fights <= k_fights_max) {
      ASSERT_TRUE(late_fights.empty()) << "own fight with " << late_fights.front()->id.packed() << " is late at tick " << now;
    }
    watcher.stale_since = std::move(stale);
  }

  /// Calls visit(entity, difference) for everybody in view; nobody else may be held.
  template <class Visit>
  void compare(const Watcher& watcher, std::size_t& visible, Visit&& visit) const {
    const sim::Entity* eye = world.find(watcher.viewer.self());
    std::size_t held_in_view = 0;
    for (const sim::Entity& entity : world.entities()) {
      if (entity.kind == sim::Kind::none) continue;
      const bool seen = eye != nullptr && sees(*eye, entity);
      ASSERT_EQ(seen, may_see(*picture, watcher.viewer.self(), entity.id));
      const auto held = watcher.replica.entities().find(entity.id.packed());
      const bool holds = held != watcher.replica.entities().end();
      if (!seen) {
        ASSERT_FALSE(holds) << "entity " << entity.id.packed() << " is out of view at tick " << world.tick();
        continue;
      }
      ++visible;
      held_in_view += holds ? 1 : 0;
      const char* difference = holds ? difference_of(entity, held->second) : "its being there";
      if (holds && held->second.told == world.tick()) {
        ASSERT_STREQ(difference, "") << "entity " << entity.id.packed() << ", told just now, tick " << world.tick();
      }
      ASSERT_NO_FATAL_FAILURE(visit(entity, difference));
    }
    ASSERT_EQ(watcher.replica.entities().size(), held_in_view) << "the client holds somebody who does not exist";
    ASSERT_EQ(watcher.viewer.known().size(), visible);
  }

  /// What of it the client does not hold as it is; empty when it holds everything.
  [[nodiscard]] const char* difference_of(const sim::Entity& entity, const ReplicaEntity& held) const {
    const Sight& sight = held.sight;
    const base::Tick now = world.tick();
    if (sight.id != entity.id || sight.kind != entity.kind || sight.archetype != entity.archetype) return "who it is";
    if (sight.level != entity.level || sight.health_max != entity.health_max) return "level and whole health";
    if (held.name != entity.name.view()) return "name";
    if (entity.health_max > 0) {
      if ((sight.health == 0) != (entity.health == 0)) return "whether it lives";
      if ((sight.health == 255) != (entity.health == entity.health_max)) return "whether it is whole";
      if (std::abs(sight.health - 255.0 * entity.health / entity.health_max) > 1.0) return "health";
    } else if (sight.health != 255) {
      return "health";  // a projectile has none to show
    }
    if (sight.facing != entity.walker.facing || sight.action != entity.walker.action) return "pose";
    if (sight.action_since != std::max(entity.walker.action_since, held.told < 255 ? 0 : held.told - 255))
      return "begin of its action";
    if (sight.track.velocity_x != entity.walker.velocity.x || sight.track.velocity_y != entity.walker.velocity.y)
      return "velocity";
    if (base::chebyshev(sight.track.at(now) - entity.walker.position) > k_track_tolerance_units) return "position";
    const PublishedEntity* published = picture->find(entity.id);
    if (published == nullptr) return "its picture";
    for (const base::Tick ahead : {0U, 1U, 7U, 300U}) {
      if (sight.track.at(now + ahead) != published->sight.track.at(now + ahead)) return "track";
    }
    return "";
  }

  /// Remembers with whom the watcher exchanged blows; what it loses sight of is no fight any more.
  void note_blows(Watcher& watcher, base::Tick since) const {
    const sim::Entity* self = world.find(watcher.viewer.self());
    const auto visible = [&](base::EntityId id) {
      const sim::Entity* entity = world.find(id);
      return self != nullptr && entity != nullptr && sees(*self, *entity);
    };
    std::erase_if(watcher.fight_until, [&](const auto& one) { return !visible(base::EntityId::unpack(one.first)); });
    if (self == nullptr) return;
    for (auto one = history.rbegin(); one != history.rend() && one->tick > since && world.tick() - one->tick < k_happening_ticks;
         ++one) {
      if (!hears(*self, one->event)) continue;
      const base::EntityId other = one->event.source == self->id ? one->event.target : one->event.source;
      if ((one->event.source == self->id || one->event.target == self->id) && visible(other)) {
        watcher.fight_until[other.packed()] = world.tick() + k_fight_ticks - 1;
      }
    }
  }

  [[nodiscard]] bool is_fight(const Watcher& watcher, const sim::Entity& self, const sim::Entity& other) const {
    if (self.walker.intent.attack && self.walker.intent.target == other.id) return true;
    if (other.kind == sim::Kind::player && other.walker.intent.attack && other.walker.intent.target == self.id) return true;
    if (other.kind == sim::Kind::monster && other.mind.target == self.id) return true;
    if (other.kind == sim::Kind::projectile && (other.homing == self.id || other.owner == self.id)) return true;
    const auto blows = watcher.fight_until.find(other.id.packed());
    return blows != watcher.fight_until.end() && blows->second >= world.tick();
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
    ASSERT_EQ(watcher.replica.means().experience, self->experience);
    ASSERT_EQ(watcher.replica.duel(), self->duel);
    ASSERT_EQ(watcher.replica.acknowledged(), self->last_sequence);
  }

  /// What somebody earns, or may not do, is his own business.
  [[nodiscard]] static bool hears(const sim::Entity& self, const sim::Event& event) {
    const bool private_news = event.type == sim::EventType::gained || event.type == sim::EventType::refused;
    return !private_news || event.target == self.id;
  }

  /// What happened in view since that tick; in a crowd the receiver's own, then the nearest, then the newest.
  [[nodiscard]] std::vector<Remembered> expected_happenings(const Watcher& watcher, base::Tick since) const {
    const sim::Entity* self = world.find(watcher.viewer.self());
    std::vector<Remembered> expected;
    if (self == nullptr) return expected;
    const auto near = [&](base::EntityId id) {
      const sim::Entity* entity = world.find(id);
      return id == self->id || (entity != nullptr && sees(*self, *entity));
    };
    const auto distance = [&](const Remembered& one) { return base::chebyshev(one.event.position - self->walker.position); };
    const auto own = [&](const Remembered& one) { return one.event.source == self->id || one.event.target == self->id; };
    for (const Remembered& one : history) {
      if (one.tick <= since || world.tick() - one.tick >= k_happening_ticks) continue;
      if (!hears(*self, one.event)) continue;
      if (distance(one) <= k_view || near(one.event.source) || near(one.event.target)) expected.push_back(one);
    }
    const std::size_t most =
        std::min<std::size_t>(protocol::k_happenings_per_frame_max, k_happened_usual * (world.tick() - since));
    while (expected.size() > most) {
      auto least = expected.begin();
      for (auto one = expected.begin(); one != expected.end(); ++one) {
        if (own(*one) != own(*least) ? own(*least) : distance(*one) > distance(*least)) least = one;
      }
      expected.erase(least);
    }
    return expected;
  }

  void check_happenings(const Watcher& watcher, base::Tick since) const {
    const std::vector<Remembered> expected = expected_happenings(watcher, since);
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
  FrameWorkspace work;
};

}  // namespace cudgel::replication
