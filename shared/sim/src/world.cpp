#include "sim/world.h"

#include <algorithm>
#include <functional>

#include "base/assert.h"

namespace cudgel::sim {

World::World(const content::Content& content, const content::MapSpec& map, WorldOptions options)
    : random(options.seed),
      grid(map.width, map.height),
      content_(&content),
      map_(map),
      options_(options),
      player_starts_(map.player_starts),
      lairs_(map.lairs),
      npcs_(map.npcs) {
  CUDGEL_ASSERT(options.tick_hz >= 5 && options.tick_hz <= 60);
  CUDGEL_ASSERT(options.entities_max > 0);
  CUDGEL_ASSERT(!player_starts_.empty());
  scratch.players_grid = SpatialGrid(map.width, map.height);
  scratch.summoned_grid = SpatialGrid(map.width, map.height);
  for (const content::ClassSpec& spec : content.classes()) class_specs_.push_back(make_walker_spec(spec, options.tick_hz));
  make_monster_specs();
  for (const WalkerSpec& spec : class_specs_) radius_max_ = std::max(radius_max_, spec.radius);
  for (const WalkerSpec& spec : monster_specs_) radius_max_ = std::max(radius_max_, spec.radius);
  entities_.resize(options.entities_max);
  for (std::size_t i = 0; i < entities_.size(); ++i) entities_[i].id.index = static_cast<std::uint16_t>(i);
  alive_.reserve(entities_.size());
  free_.reserve(entities_.size());
  index_slots();
}

void World::make_monster_specs() {
  monster_specs_.clear();
  rush_specs_.clear();
  for (const content::MonsterSpec& spec : content_->monsters()) {
    monster_specs_.push_back(make_walker_spec(spec.body, options_.tick_hz));
    content::BodySpec running = spec.body;
    running.speed = spec.body.attack.run_speed;
    rush_specs_.push_back(make_walker_spec(running, options_.tick_hz));
  }
}

void World::exchange(const content::Content& next) {
  CUDGEL_ASSERT(next.monsters().size() == content_->monsters().size());
  content_ = &next;
  make_monster_specs();
  // Who is in a phase that there is no more is in the last that there is.
  for (const std::uint16_t slot : alive_) {
    Entity& one = entities_[slot];
    if (one.kind != Kind::monster) continue;
    const std::size_t phases = next.monsters()[one.archetype].traits.phases.size();
    one.mind.phase = static_cast<std::uint8_t>(std::min<std::size_t>(one.mind.phase, phases));
  }
  // An arena has none.
  for (std::size_t i = 0; i < lairs_.size(); ++i) lairs_[i].respawn_ms = next.map().lairs.at(i).respawn_ms;
}

std::int32_t World::ticks_of_ms(std::int32_t ms) const {
  return static_cast<std::int32_t>((static_cast<std::int64_t>(ms) * options_.tick_hz + 999) / 1000);
}

const Entity* World::find(EntityId id) const {
  if (!id.valid() || id.index >= entities_.size()) return nullptr;
  const Entity& entity = entities_[id.index];
  return entity.kind != Kind::none && entity.id == id ? &entity : nullptr;
}
Entity* World::find(EntityId id) { return const_cast<Entity*>(std::as_const(*this).find(id)); }

Entity* World::create(Kind kind) {
  CUDGEL_ASSERT(kind != Kind::none);
  if (free_.empty()) return nullptr;
  std::pop_heap(free_.begin(), free_.end(), std::greater<>());
  const std::uint16_t index = free_.back();
  free_.pop_back();
  alive_.insert(std::lower_bound(alive_.begin(), alive_.end(), index), index);

  Entity& entity = entities_[index];
  EntityId id{index, static_cast<std::uint16_t>(entity.id.generation + 1)};
  if (id.generation == 0) id.generation = 1;
  entity = {};
  entity.id = id;
  entity.kind = kind;
  if (kind == Kind::player) belongings_[index] = {};
  return &entity;
}

void World::destroy(EntityId id) {
  Entity* entity = find(id);
  if (entity == nullptr) return;
  if (entity->kind == Kind::player) belongings_.erase(id.index);
  *entity = {};
  entity->id = id;
  const auto at = std::lower_bound(alive_.begin(), alive_.end(), id.index);
  CUDGEL_ASSERT(at != alive_.end() && *at == id.index);
  alive_.erase(at);
  free_.push_back(id.index);
  std::push_heap(free_.begin(), free_.end(), std::greater<>());
}

void World::index_slots() {
  alive_.clear();
  free_.clear();
  belongings_.clear();
  bargains.clear();
  bands.clear();
  invitations.clear();
  for (const Entity& entity : entities_) {
    (entity.kind == Kind::none ? free_ : alive_).push_back(entity.id.index);
    if (entity.kind == Kind::player) belongings_[entity.id.index] = {};
  }
  // Ascending order is a min-heap already.
}

std::int32_t World::populate(std::span<const std::uint8_t> kinds, std::int32_t count) {
  CUDGEL_ASSERT(!kinds.empty());
  for (const std::uint8_t kind : kinds) CUDGEL_ASSERT(kind < content_->monsters().size());
  if (count <= 0) return 0;
  // A lattice of at least `count` points over the map, as square as the map allows.
  const std::int64_t width = map_.width();
  const std::int64_t height = map_.height();
  std::int64_t columns = std::max<std::int64_t>(1, base::isqrt(count * width / height));
  while (columns * columns * height < count * width) ++columns;
  const std::int64_t rows = (count + columns - 1) / columns;
  std::int32_t placed = 0;
  for (std::int64_t i = 0; i < count; ++i) {
    const Vec2 position{static_cast<std::int32_t>((2 * (i % columns) + 1) * width * base::k_units_per_tile / (2 * columns)),
                        static_cast<std::int32_t>((2 * (i / columns) + 1) * height * base::k_units_per_tile / (2 * rows))};
    const std::uint8_t kind = kinds[static_cast<std::size_t>(i) % kinds.size()];
    const content::BodySpec& body = content_->monsters()[kind].body;
    if (!map_.fits(position, body.radius)) continue;
    Entity* monster = create(Kind::monster);
    if (monster == nullptr) break;
    monster->archetype = kind;
    monster->level = static_cast<std::uint16_t>(content_->monsters()[kind].level);
    monster->health = monster->health_max = body.health;
    monster->walker.position = monster->mind.home = position;
    ++placed;
  }
  return placed;
}

const Belongings& World::belongings(const Entity& player) const {
  const auto found = belongings_.find(player.id.index);
  CUDGEL_ASSERT(player.kind == Kind::player && found != belongings_.end());
  return found->second;
}
Belongings& World::belongings(const Entity& player) { return const_cast<Belongings&>(std::as_const(*this).belongings(player)); }

void World::note_change(const Entity& player, Belongings& belongings) {
  ++belongings.revision;
  scratch.owners.push_back(player.id);
}

const WalkerSpec& World::spec_of(const Entity& entity) const {
  CUDGEL_ASSERT(entity.kind == Kind::player || entity.kind == Kind::monster || entity.kind == Kind::summoned);
  if (entity.kind == Kind::player) return class_specs_[entity.archetype];
  return entity.mind.mood == Mood::rush ? rush_specs_[entity.archetype] : monster_specs_[entity.archetype];
}
const content::BodySpec& World::body_of(const Entity& entity) const {
  CUDGEL_ASSERT(entity.kind == Kind::player || entity.kind == Kind::monster || entity.kind == Kind::summoned);
  return entity.kind == Kind::player ? content_->classes()[entity.archetype].body : content_->monsters()[entity.archetype].body;
}
const content::AttackSpec& World::attack_of(const Entity& entity) const { return body_of(entity).attack; }

}  // namespace cudgel::sim
