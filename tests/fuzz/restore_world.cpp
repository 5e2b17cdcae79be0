// Target: sim::restore, as a server meets a damaged or forged save. Promises: a refused save has changed nothing and is refused
// in words; an accepted one is whole (it can be saved and restored again) and can be played.

#include "entry.h"
#include "small_world.h"

using namespace cudgel;

CUDGEL_DECLARE_FUZZ(fuzz_restore_world);

namespace {

void check_bodies(const sim::World& world) {
  for (const std::uint16_t slot : world.alive()) {
    const sim::Entity& entity = world.entities()[slot];
    CUDGEL_ASSERT(entity.id.valid() && entity.id.index == slot);
    if (entity.kind == sim::Kind::projectile) continue;
    CUDGEL_ASSERT(entity.health >= 0 && entity.health <= entity.health_max);
    CUDGEL_ASSERT((entity.health == 0) == (entity.walker.action == sim::Action::dead));
    CUDGEL_ASSERT(world.map().fits(entity.walker.position, world.spec_of(entity).radius));
  }
}

}  // namespace

int fuzz_restore_world(std::span<const std::uint8_t> bytes) {
  static const content::Content content = fuzz::small_content();
  static const sim::World empty(content, content.map(), fuzz::k_small_options);
  static const std::uint64_t empty_hash = sim::hash(empty);
  sim::World world = empty;
  const auto restored = sim::restore(world, bytes);
  if (!restored) {
    CUDGEL_ASSERT(!restored.error().text.empty());
    CUDGEL_ASSERT(sim::hash(world) == empty_hash);
    return 0;
  }
  check_bodies(world);
  sim::World again = empty;
  CUDGEL_ASSERT(sim::restore(again, sim::save(world)).has_value());
  CUDGEL_ASSERT(sim::hash(again) == sim::hash(world));
  base::Random random(bytes.size());
  fuzz::play(world, random, 60);
  check_bodies(world);
  CUDGEL_ASSERT(sim::restore(again, sim::save(world)).has_value());
  CUDGEL_ASSERT(sim::hash(again) == sim::hash(world));
  return 0;
}
