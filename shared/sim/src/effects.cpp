#include "sim/effects.h"

#include <algorithm>

namespace cudgel::sim {

void Effects::add(const Effect& effect, content::Stacking stacking) {
  const auto end = list.begin() + size;
  if (stacking == content::Stacking::refresh) {
    const auto same = std::find_if(list.begin(), end, [&](const Effect& old) { return old.kind == effect.kind; });
    if (same != end) {
      same->until = std::max(same->until, effect.until);
      same->magnitude = std::max(same->magnitude, effect.magnitude);
      same->source = effect.source;
      return;
    }
  }
  if (size < k_effects_max) {
    list[size++] = effect;
    return;
  }
  const auto first = std::min_element(list.begin(), end, [](const Effect& a, const Effect& b) { return a.until < b.until; });
  if (first->until < effect.until) *first = effect;
}

void Effects::expire(base::Tick now) {
  const auto end = list.begin() + size;
  const auto left = std::remove_if(list.begin(), end, [now](const Effect& effect) { return effect.until <= now; });
  std::fill(left, end, Effect{});
  size = static_cast<std::uint8_t>(left - list.begin());
}

bool Effects::has(content::EffectKind kind) const {
  const auto last = list.begin() + size;
  return std::any_of(list.begin(), last, [kind](const Effect& effect) { return effect.kind == kind; });
}

void Effects::end(content::EffectKind kind) {
  const auto last = list.begin() + size;
  const auto left = std::remove_if(list.begin(), last, [kind](const Effect& effect) { return effect.kind == kind; });
  std::fill(left, last, Effect{});
  size = static_cast<std::uint8_t>(left - list.begin());
}

namespace {
/// A sheep is so much slower than whoever it was.
constexpr std::int32_t k_sheep_slow_percent = 50;
}  // namespace

Condition condition_of(std::span<const Effect> effects) {
  Condition condition;
  std::int32_t slow = 0;
  std::int32_t haste = 0;
  for (const Effect& effect : effects) {
    const std::int32_t magnitude = effect.magnitude;
    switch (effect.kind) {
      case content::EffectKind::slow:
        slow = std::max(slow, magnitude);
        break;
      case content::EffectKind::haste:
        haste = std::max(haste, magnitude);
        break;
      case content::EffectKind::stun:
        condition.stunned = true;
        break;
      case content::EffectKind::root:
        condition.rooted = true;
        break;
      case content::EffectKind::sheep:
        condition.harmless = true;
        slow = std::max(slow, k_sheep_slow_percent);
        break;
      case content::EffectKind::might:
        condition.might_percent = std::max(condition.might_percent, magnitude);
        break;
      case content::EffectKind::guard:
        condition.guard_percent = std::max(condition.guard_percent, magnitude);
        break;
      case content::EffectKind::poison:
      case content::EffectKind::burn:
      case content::EffectKind::mend:
        break;
    }
  }
  condition.speed_percent = 100 + haste - slow;
  return condition;
}

std::uint8_t looks_of(std::span<const Effect> effects) {
  std::uint8_t looks = 0;
  for (const Effect& effect : effects) {
    looks = static_cast<std::uint8_t>(looks | (content::harms(effect.kind) ? 1U : 2U));
    if (effect.kind == content::EffectKind::sheep) looks = static_cast<std::uint8_t>(looks | 4U);
  }
  return looks;
}

}  // namespace cudgel::sim
