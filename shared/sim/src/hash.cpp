// The fingerprint is made of a plain list of every value that step() depends on, in a fixed order and little-endian, not of the
// saved FlatBuffer: a new version of that library must not change it.

#include "base/hash.h"

#include "sim/world.h"

namespace cudgel::sim {
namespace {

class Writer {
 public:
  template <class T>
  void put(T value) {
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i, rest >>= 8U) bytes_.push_back(static_cast<std::uint8_t>(rest & 0xFFU));
  }
  void put(bool value) { put<std::uint8_t>(value ? 1 : 0); }
  void put(Vec2 v) { put(v.x), put(v.y); }
  void put(EntityId id) { put(id.packed()); }
  void put(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
  [[nodiscard]] std::uint64_t hash() const { return base::hash_bytes(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

void put_walker(Writer& out, const Walker& walker) {
  out.put(walker.position);
  out.put(walker.velocity);
  out.put(walker.facing);
  out.put(static_cast<std::uint8_t>(walker.action));
  out.put(walker.action_since);
  out.put(walker.attack_ready);
  out.put(walker.intent.heading);
  out.put(walker.intent.attack);
  out.put(walker.intent.target);
}

void put_mind(Writer& out, const Mind& mind) {
  out.put(static_cast<std::uint8_t>(mind.mood));
  out.put(mind.until);
  out.put(mind.next_path);
  out.put(mind.home);
  out.put(mind.noticed_at);
  out.put(mind.goal);
  out.put(mind.target);
  out.put(mind.path_size);
  out.put(mind.path_next);
  for (std::size_t i = 0; i < static_cast<std::size_t>(mind.path_size) * 2; ++i) out.put(mind.path[i]);
}

void put_entity(Writer& out, const Entity& entity) {
  out.put(entity.id);
  out.put(static_cast<std::uint8_t>(entity.kind));
  out.put(entity.archetype);
  out.put(entity.level);
  put_walker(out, entity.walker);
  out.put(entity.health);
  out.put(entity.health_max);
  out.put(entity.expires);
  out.put(entity.guarded_until);
  if (entity.kind == Kind::player) {
    out.put(entity.name.view());
    out.put(entity.last_sequence);
    out.put(entity.last_threat);
  } else if (entity.kind == Kind::monster) {
    put_mind(out, entity.mind);
  } else {
    out.put(entity.owner);
    out.put(static_cast<std::uint8_t>(entity.foe));
    out.put(entity.homing);
    out.put(entity.damage);
    out.put(entity.flight_speed);
    out.put(entity.flight_radius);
  }
}

}  // namespace

std::uint64_t hash(const World& world) {
  Writer out;
  out.put(world.content().hash());
  out.put(world.map().width());
  out.put(world.map().height());
  out.put(world.options().tick_hz);
  out.put(world.options().entities_max);
  out.put(world.options().arena);
  out.put(world.tick());
  out.put(world.random.state());
  for (const Entity& entity : world.entities()) {
    if (entity.kind == Kind::none && entity.id.generation != 0) out.put(entity.id);
  }
  for (const std::uint16_t slot : world.alive()) put_entity(out, world.entities()[slot]);
  return out.hash();
}

}  // namespace cudgel::sim
