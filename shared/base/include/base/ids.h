#pragma once
// Names of things that live in the world: an index into the entity table and the generation of that slot,
// so that an id kept too long is recognised as stale. Never a pointer.

#include <compare>
#include <cstdint>

namespace cudgel::base {

/// Ticks since the world was made. At 20 Hz 32 bits last 6.8 years.
using Tick = std::uint32_t;

/// Entity slot and generation. Generation 0 is "nobody", so a zeroed id is never valid.
struct EntityId {
  std::uint16_t index = 0;
  std::uint16_t generation = 0;

  [[nodiscard]] constexpr bool valid() const { return generation != 0; }
  [[nodiscard]] constexpr std::uint32_t packed() const { return static_cast<std::uint32_t>(generation) << 16U | index; }
  static constexpr EntityId unpack(std::uint32_t packed) {
    return {static_cast<std::uint16_t>(packed & 0xFFFFU), static_cast<std::uint16_t>(packed >> 16U)};
  }
  auto operator<=>(const EntityId&) const = default;
};

}  // namespace cudgel::base
