#pragma once
// What lies on a body for a while: poison, slowness, might. A short list of plain values with the rules by which effects stack and end,
// and what all of them together come to. It moves and harms nobody: walker.cpp, combat.cpp and src/skills.cpp ask it.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "base/ids.h"
#include "content/content.h"

namespace cudgel::sim {

/// On one body at once; of more the one that ends first gives way.
inline constexpr std::size_t k_effects_max = 8;

struct Effect {
  content::EffectKind kind = content::EffectKind::poison;
  std::int16_t magnitude = 0;      ///< points or percent, by kind
  std::uint16_t period_ticks = 0;  ///< 0: nothing happens from time to time
  base::Tick until = 0;            ///< first tick at which it is gone
  base::Tick next = 0;             ///< tick of the next period
  base::EntityId source;           ///< who laid it
  friend bool operator==(const Effect&, const Effect&) = default;
};

struct Effects {
  std::uint8_t size = 0;  ///< before the list: beside what every tick reads of a body
  std::array<Effect, k_effects_max> list{};

  [[nodiscard]] std::span<const Effect> all() const { return {list.data(), size}; }
  void add(const Effect& effect, content::Stacking stacking);
  /// Forgets what ends at `now` or before; the others keep their order.
  void expire(base::Tick now);
  void clear() { *this = {}; }
  [[nodiscard]] bool has(content::EffectKind kind) const;
  /// Forgets all of that kind; the others keep their order.
  void end(content::EffectKind kind);
};

/// All effects of a body together. Of several of one kind the strongest counts, except for poison, burn and mend.
struct Condition {
  std::int32_t speed_percent = 100;
  std::int32_t might_percent = 0;
  std::int32_t guard_percent = 0;
  bool stunned = false;
  bool rooted = false;
  bool harmless = false;  ///< strikes nobody
};
Condition condition_of(std::span<const Effect> effects);

/// What others see of it: bit 0 something harmful, bit 1 something helpful, bit 2 it is a sheep.
std::uint8_t looks_of(std::span<const Effect> effects);

}  // namespace cudgel::sim
