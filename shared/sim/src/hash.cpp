// The fingerprint is made of a plain list of every value that step() depends on, in a fixed order and little-endian, not of the
// saved FlatBuffer: a new version of that library must not change it.

#include "base/hash.h"

#include <type_traits>

#include "visit_fields.h"

namespace cudgel::sim {
namespace {

class Writer {
 public:
  template <class T>
  void put(T value) {
    static_assert(std::is_integral_v<T> || std::is_enum_v<T>);
    auto rest = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i, rest >>= 8U) bytes_.push_back(static_cast<std::uint8_t>(rest & 0xFFU));
  }
  void put(bool value) { put<std::uint8_t>(value ? 1 : 0); }
  void put(EntityId id) { put(id.packed()); }
  void put(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
  void put(std::span<const std::uint16_t> numbers) {
    for (const std::uint16_t number : numbers) put(number);
  }
  void put(std::span<const Trail::Step> steps) {
    for (const Trail::Step& step : steps) put(step.x), put(step.y);
  }
  void put(std::span<const Tick> ticks) {
    for (const Tick tick : ticks) put(tick);
  }
  void put(std::span<const Effect> effects) {
    for (const Effect& effect : effects) {
      put(effect.kind), put(effect.magnitude), put(effect.period_ticks), put(effect.until), put(effect.next), put(effect.source);
    }
  }
  void put(std::span<const Share> shares) {
    for (const Share& share : shares) put(share.who), put(share.damage);
  }
  void put(std::span<const Stack> cells) {
    for (const Stack& stack : cells) put(stack.item), put(stack.count);
  }
  [[nodiscard]] std::uint64_t hash() const { return base::hash_bytes(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

void put_together(const World& world, Writer& out) {
  for (const Bargain& bargain : world.bargains) {
    out.put(bargain.open), out.put(bargain.until), out.put(bargain.revision);
    for (const TradeSide& side : bargain.sides) {
      out.put(side.who), out.put(side.gold), out.put(side.size), out.put(side.agreed);
      for (std::size_t i = 0; i < side.size; ++i) {
        out.put(side.offers[i].cell), out.put(side.offers[i].stack.item), out.put(side.offers[i].stack.count);
      }
    }
  }
  for (const Band& band : world.bands) {
    out.put(band.size);
    for (std::size_t i = 0; i < band.size; ++i) out.put(band.members[i]);
  }
  for (const Invitation& one : world.invitations) out.put(one.from), out.put(one.to), out.put(one.until);
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
  for (const std::uint16_t slot : world.alive()) {
    const Entity& entity = world.entities()[slot];
    out.put(entity.id);
    const auto put = [&](Field, auto value) { out.put(value); };
    visit_entity(entity, put);
    if (entity.kind == Kind::player) visit_belongings(world.belongings(entity), put);
  }
  put_together(world, out);
  return out.hash();
}

}  // namespace cudgel::sim
