#pragma once
// A crowd of given density that walks about as goblins do, each turning every second or two, and its pictures: what the benchmarks
// of the wire look at.

#include <cstdint>
#include <memory>

#include "base/random.h"
#include "content/content.h"
#include "replication/publisher.h"
#include "sim/world.h"

namespace cudgel::bench {

inline constexpr std::int32_t k_side_tiles = 512;
inline constexpr std::uint32_t k_turn_ticks = 30;  ///< a body turns once in so many ticks, on average
inline constexpr std::int32_t k_speed = 30;        ///< units per tick: 2.3 tiles per second

inline content::MapSpec open_map() {
  content::MapSpec map;
  map.width = map.height = k_side_tiles;
  map.ground.assign(std::size_t{k_side_tiles} * k_side_tiles, content::Ground::grass);
  map.blocked.assign(map.ground.size(), 0);
  map.player_starts = {{k_side_tiles * 128, k_side_tiles * 128}};
  return map;
}

/// One player in the middle and a crowd that wanders about it.
class Crowd {
 public:
  Crowd(int size, std::int32_t half_side_units, sim::Kind kind = sim::Kind::monster)
      : half_side_(half_side_units), world_(content_, open_map(), {20, 1, 16000, true}) {
    self = add(sim::Kind::player, 0);
    for (int i = 1; i < size; ++i) add(kind, half_side_);
  }

  std::shared_ptr<const replication::Picture> next() {
    ++world_.tick_;
    for (const std::uint16_t index : world_.alive()) {
      sim::Walker& walker = world_.entities()[index].walker;
      const bool outside = base::chebyshev(walker.position - k_middle) > half_side_;
      if (outside || random_.below(k_turn_ticks) == 0) {
        const int heading = outside ? base::heading_of(k_middle - walker.position) : random_.between(0, base::k_headings - 1);
        walker.velocity = base::along(heading, k_speed);
        walker.facing = static_cast<std::uint8_t>(base::facing_of_heading(heading));
        walker.action = sim::Action::walk;
        walker.action_since = world_.tick();
      }
      walker.position = walker.position + walker.velocity;
    }
    return publisher_.publish(world_, {});
  }

  [[nodiscard]] const sim::World& world() const { return world_; }
  base::EntityId self;

 private:
  static constexpr base::Vec2 k_middle{k_side_tiles * 128, k_side_tiles * 128};

  base::EntityId add(sim::Kind kind, std::int32_t spread) {
    sim::Entity& entity = *world_.create(kind);
    entity.walker.position = k_middle + base::Vec2{random_.between(-spread, spread), random_.between(-spread, spread)};
    entity.health = entity.health_max = 50;
    if (kind == sim::Kind::player) entity.name.assign("Ansel");
    return entity.id;
  }

  std::int32_t half_side_;
  content::Content content_;
  base::Random random_{7};
  sim::World world_;
  replication::Publisher publisher_;
};

}  // namespace cudgel::bench
