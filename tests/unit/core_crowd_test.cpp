// Goal: bodies of which a crowd makes the server tell late are drawn without jumps, and are where they belong once told. Method: frames
// of a crowd of 500 that wanders, drawn at 60 display frames a second; no display frame may carry a body farther than its own stride and
// the glide that interpolation.cpp promises for the largest error that a second of not knowing can make.

#include <cmath>
#include <unordered_map>

#include "core/interpolation.h"
#include "replication_fixture.h"

namespace cudgel::core {
namespace {

constexpr std::int32_t k_half_side = 14 * 256;
constexpr base::Vec2 k_middle{100 * 256, 100 * 256};
constexpr int k_speed = 30;  ///< units per tick: 2.3 tiles per second
constexpr double k_tick_ms = 50;
constexpr int k_looks_per_tick = 3;  ///< 60 display frames a second

/// 500 about one watcher; each goes another way every second and a half.
class Crowd {
 public:
  Crowd() : realm(200, 7), watcher(realm.add(sim::Kind::player, k_middle).id) {
    const auto somewhere = [&] { return realm.random.between(-k_half_side, k_half_side); };
    for (int i = 0; i < 500; ++i) realm.add(sim::Kind::monster, k_middle + base::Vec2{somewhere(), somewhere()}).archetype = 0;
  }
  void tick(bool all_turn) {
    ++realm.world.tick_;
    for (const std::uint16_t index : realm.world.alive()) {
      sim::Entity& body = realm.world.entities()[index];
      if (body.id == watcher.viewer.self()) continue;
      const bool outside = base::chebyshev(body.walker.position - k_middle) > k_half_side;
      if (all_turn) body.walker.velocity = base::Vec2{} - body.walker.velocity;
      if (outside) body.walker.velocity = base::along(base::heading_of(k_middle - body.walker.position), k_speed);
      if (!all_turn && !outside && realm.random.below(30) == 0) {
        body.walker.velocity = base::along(realm.random.between(0, base::k_headings - 1), k_speed);
      }
      body.walker.position = body.walker.position + body.walker.velocity;
    }
    realm.publish();
    realm.show(watcher);
  }

  replication::Realm realm;
  replication::Watcher watcher;
};

TEST(CrowdDrawn, nobody_jumps_though_most_are_told_late) {
  Crowd crowd;
  Interpolation interpolation(20);
  const content::Content content;
  std::unordered_map<std::uint32_t, DrawnPoint> before;
  double longest = 0;
  std::size_t drawn = 0;
  for (int tick = 0; tick < 400; ++tick) {
    // Now and then all turn about at once: the largest error there is.
    crowd.tick(tick % 60 == 59);
    ASSERT_FALSE(testing::Test::HasFatalFailure());
    interpolation.on_frame(crowd.watcher.replica);
    for (int look = 0; look < k_looks_per_tick; ++look) {
      const double now_ms = (tick + static_cast<double>(look) / k_looks_per_tick) * k_tick_ms;
      const base::Tick newest = crowd.watcher.replica.tick();
      interpolation.update(now_ms, newest + static_cast<double>(look) / k_looks_per_tick, 0, newest);
      for (const BodyView& view : interpolation.draw(content)) {
        const DrawnPoint at{view.x, view.y};
        const auto [place, fresh] = before.try_emplace(view.id.packed(), at);
        if (!fresh) longest = std::max(longest, std::hypot(at.x - place->second.x, at.y - place->second.y));
        place->second = at;
        ++drawn;
      }
    }
  }
  const double look_ms = k_tick_ms / k_looks_per_tick;
  const double stride_tiles = static_cast<double>(k_speed) / base::k_units_per_tile / k_looks_per_tick;
  const double error_tiles = 2.0 * k_speed / base::k_units_per_tile * replication::k_told_within_ticks;
  // interpolation.cpp: a large error fades in 400 ms; it may meet the rest of the one before.
  const double promised = stride_tiles * 1.15 + 1.5 * error_tiles * look_ms / 400;
  std::printf("longest way in one display frame %.3f tiles of %.3f\n", longest, promised);
  EXPECT_LT(longest, promised);
  EXPECT_GT(drawn, 400'000U);

  // All stand: everybody is drawn where the server has it, to the wire's precision.
  for (const std::uint16_t index : crowd.realm.world.alive()) crowd.realm.world.entities()[index].walker.velocity = {};
  double now_ms = 400 * k_tick_ms;
  for (int tick = 0; tick < 80; ++tick, now_ms += k_tick_ms) {
    ++crowd.realm.world.tick_;
    crowd.realm.publish();
    crowd.realm.show(crowd.watcher);
    interpolation.on_frame(crowd.watcher.replica);
    interpolation.update(now_ms, crowd.watcher.replica.tick(), 0, crowd.watcher.replica.tick());
    interpolation.draw(content);
  }
  std::size_t found = 0;
  for (const BodyView& view : interpolation.draw(content)) {
    const sim::Entity* body = crowd.realm.world.find(view.id);
    ASSERT_NE(body, nullptr);
    ASSERT_NEAR(view.x, body->walker.position.x / 256.0, 0.08);
    ASSERT_NEAR(view.y, body->walker.position.y / 256.0, 0.08);
    ++found;
  }
  EXPECT_EQ(found, crowd.watcher.replica.entities().size());
}

}  // namespace
}  // namespace cudgel::core
