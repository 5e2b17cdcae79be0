#include "bubbles.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "play/wrap.h"

namespace cudgel::game {

namespace {
constexpr std::size_t k_columns = 26;
constexpr std::size_t k_lines = 3;
constexpr float k_text_px = 14;  ///< CSS pixels, as all below
constexpr float k_pad_x = 9;
constexpr float k_pad_y = 4;
constexpr float k_tail = 7;
constexpr double k_shown_ms = 4000;  ///< and longer for longer words
constexpr double k_shown_per_byte_ms = 35;
constexpr double k_fade_ms = 350;
}  // namespace

void Bubbles::say(base::EntityId who, std::string_view words, double now_ms) {
  bubbles_[who.packed()] = {wrapped(words, k_columns, k_lines), now_ms,
                            now_ms + k_shown_ms + k_shown_per_byte_ms * static_cast<double>(words.size())};
}

void Bubbles::forget_old(double now_ms) {
  std::erase_if(bubbles_, [&](const auto& entry) { return entry.second.end_ms <= now_ms; });
}

void Bubbles::draw(Painter& painter, TextCache& text, base::EntityId who, Point head, float opacity, double now_ms) const {
  const auto found = bubbles_.find(who.packed());
  if (found == bubbles_.end()) return;
  const Bubble& bubble = found->second;
  const double fade = std::clamp(std::min(now_ms - bubble.begin_ms, bubble.end_ms - now_ms) / k_fade_ms, 0.0, 1.0);
  const float alpha = opacity * static_cast<float>(fade);
  const float unit = painter.pixel_ratio();
  std::array<Rect, k_lines> sources{};
  float width = 0;
  float height = 0;
  for (std::size_t i = 0; i < bubble.lines.size(); ++i) {
    sources[i] = text.text(painter, bubble.lines[i], static_cast<int>(std::lround(k_text_px * unit)));
    width = std::max(width, sources[i].w);
    height += sources[i].h;
  }
  const Rect box{std::round(head.x - width * 0.5F - k_pad_x * unit), std::round(head.y - height - (2 * k_pad_y + k_tail) * unit),
                 std::round(width + 2 * k_pad_x * unit), std::round(height + 2 * k_pad_y * unit)};
  const auto fill = [&](const Rect& rect, Colour colour) { painter.quad(text.texture(), rect, TextCache::white(), colour); };
  const Colour ground = tint(0.09F, 0.06F, 0.03F, 0.82F * alpha);
  // Corners cut by a step, and a tail of three steps that points down.
  const float step = 2 * unit;
  fill({box.x + step, box.y, box.w - 2 * step, step}, ground);
  fill({box.x, box.y + step, box.w, box.h - 2 * step}, ground);
  fill({box.x + step, box.y + box.h - step, box.w - 2 * step, step}, ground);
  for (int i = 0; i < 3; ++i) {
    const float half = (5 - 2 * static_cast<float>(i)) * unit;
    fill({std::round(head.x - half), box.y + box.h + static_cast<float>(i) * step, 2 * half, step}, ground);
  }
  float y = box.y + k_pad_y * unit;
  for (std::size_t i = 0; i < bubble.lines.size(); ++i) {
    const Rect& source = sources[i];
    painter.quad(text.texture(), {std::round(head.x - source.w * 0.5F), std::round(y), source.w, source.h}, source,
                 tint(1.0F, 0.96F, 0.84F, alpha));
    y += source.h;
  }
}

}  // namespace cudgel::game
