#include "plates.h"

#include <algorithm>
#include <cmath>

#include "play/names.h"

namespace cudgel::game {

namespace {
constexpr float k_name_px = 13;  ///< CSS pixels, as all below
constexpr float k_bar_width = 52;
constexpr float k_bar_height = 6;
constexpr float k_gap = 6;               ///< head to bar
constexpr double k_bar_shown_ms = 6000;  ///< after the last blow

void fill(Painter& painter, const TextCache& text, const Rect& target, Colour colour) {
  painter.quad(text.texture(), target, TextCache::white(), colour);
}
}  // namespace

std::string Plates::title(const Plate& plate) const {
  const core::BodyView& view = *plate.view;
  if (view.kind == sim::Kind::player) return std::string(view.name);
  const std::string name = words_->name(kind_key(*content_, view.kind, view.archetype));
  if (view.kind != sim::Kind::summoned || plate.master.empty()) return name;
  return std::string(plate.master) + " \xC2\xB7 " + name;
}

void Plates::mark(Painter& painter, const TextCache& text, const Plate& plate, Point at) const {
  const float unit = painter.pixel_ratio();
  const float opacity = plate.pose.opacity;
  // Three squares of growing width, one over the other, are a wedge that points at the head.
  const float step = std::max(1.0F, std::round(1.6F * unit));
  for (int row = 0; row < 3; ++row) {
    const float width = step * static_cast<float>(2 * (2 - row) + 1);
    const Rect edge{std::round(at.x - width * 0.5F) - unit, at.y - step * static_cast<float>(3 - row), width + 2 * unit, step};
    fill(painter, text, edge, tint(0.07F, 0.04F, 0.02F, 0.8F * opacity));
    fill(painter, text, {edge.x + unit, edge.y, width, step},
         plate.own ? tint(1.0F, 0.82F, 0.3F, opacity) : tint(0.72F, 0.8F, 0.9F, 0.85F * opacity));
  }
}

void Plates::bar(Painter& painter, const TextCache& text, const Plate& plate, Point at) const {
  const float unit = painter.pixel_ratio();
  const float opacity = plate.pose.opacity;
  const Rect frame{std::round(at.x - k_bar_width * 0.5F * unit), std::round(at.y - k_bar_height * unit),
                   std::round(k_bar_width * unit), std::round(k_bar_height * unit)};
  const float edge = std::max(1.0F, std::round(unit));
  fill(painter, text, {frame.x - edge, frame.y - edge, frame.w + 2 * edge, frame.h + 2 * edge},
       tint(0.07F, 0.04F, 0.02F, 0.85F * opacity));
  const auto real = static_cast<float>(std::clamp(plate.view->health_fraction, 0.0, 1.0));
  const float shown = std::clamp(plate.pose.health_shown, 0.0F, 1.0F);
  // What was just lost stays for a moment as a pale stripe.
  fill(painter, text, {frame.x, frame.y, frame.w * std::max(real, shown), frame.h}, tint(0.98F, 0.85F, 0.62F, 0.9F * opacity));
  const bool friendly = !plate.view->is_foe();
  const Colour colour = thinned(!friendly                   ? palette_.foe
                                : plate.own && real > 0.35F ? tint(1.0F, 0.82F, 0.3F, 1)
                                : real > 0.35F              ? palette_.friendly
                                                            : palette_.weak,
                                opacity);
  fill(painter, text, {frame.x, frame.y, frame.w * real, frame.h}, colour);
  fill(painter, text, {frame.x, frame.y, frame.w * real, std::max(1.0F, std::floor(frame.h * 0.35F))},
       light(0.16F * opacity, 0.14F * opacity, 0.1F * opacity));
}

Point Plates::draw(Painter& painter, TextCache& text, const Camera& camera, const Plate& plate) const {
  const core::BodyView& view = *plate.view;
  const float unit = painter.pixel_ratio();
  Point at = camera.to_screen(view.x, view.y);
  at.y -= (plate.pose.art->height + plate.pose.lift) * camera.zoom() + k_gap * unit;
  if (view.action == sim::Action::dead || plate.pose.opacity <= 0.02F) return at;
  const bool attention = plate.target || plate.pointed_at;
  // One's own health stands in the corner.
  const bool barred = attention || (!view.self && view.health_fraction < 0.999 &&
                                    (plate.pose.hurt_age_ms < k_bar_shown_ms || view.kind != sim::Kind::monster));
  // Who is aimed at is named in the frame at the top.
  const bool named = plate.pointed_at || (view.kind == sim::Kind::player && !view.self);
  if (barred) {
    bar(painter, text, plate, at);
    at.y -= (k_bar_height + 3) * unit;
  }
  if (!named) {
    if (view.kind != sim::Kind::summoned) return at;
    mark(painter, text, plate, at);
    return {at.x, at.y - 8 * unit};
  }
  std::string words = title(plate);
  if (plate.pointed_at) words += "  " + std::to_string(view.level);
  const Rect source = text.text(painter, words, static_cast<int>(std::lround(k_name_px * unit)));
  const Colour colour = plate.own                          ? tint(1.0F, 0.86F, 0.45F, plate.pose.opacity)
                        : view.is_foe()                    ? tint(1.0F, 0.72F, 0.6F, plate.pose.opacity)
                        : view.kind == sim::Kind::summoned ? tint(0.82F, 0.88F, 0.96F, plate.pose.opacity)
                                                           : tint(0.94F, 0.89F, 0.74F, plate.pose.opacity);
  painter.quad(text.texture(), {std::round(at.x - source.w * 0.5F), std::round(at.y - source.h), source.w, source.h}, source,
               colour);
  at.y -= source.h;
  return at;
}

}  // namespace cudgel::game
