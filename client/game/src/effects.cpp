#include "effects.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace cudgel::game {

namespace {
constexpr std::size_t k_pictures_max = 96;
constexpr std::size_t k_texts_max = 64;
constexpr double k_text_ms = 950;
constexpr double k_title_ms = 2200;
constexpr float k_text_rise = 54;   ///< art pixels over its life
constexpr float k_number_px = 21;   ///< CSS pixels
constexpr double k_pop_ms = 110;    ///< a number starts large and settles
constexpr double k_crowd_ms = 450;  ///< texts of one place that begin within this stand side by side
constexpr double k_crowd_tiles = 0.6;
constexpr float k_aside = 34;                        ///< art pixels
constexpr double k_comes_ms = 220, k_goes_ms = 450;  ///< what stays on the ground
}  // namespace

void Effects::open(const Atlas& atlas) { atlas_ = &atlas; }

void Effects::add(Text text) {
  if (texts_.size() >= k_texts_max) texts_.erase(texts_.begin());
  const auto same_place = [&](const Text& other) {
    return text.begin_ms - other.begin_ms < k_crowd_ms && std::hypot(text.x - other.x, text.y - other.y) < k_crowd_tiles;
  };
  constexpr std::array k_places{0.0F, -1.0F, 1.0F, -2.0F, 2.0F};
  text.aside =
      k_aside * k_places[static_cast<std::size_t>(std::count_if(texts_.begin(), texts_.end(), same_place)) % k_places.size()];
  text.drift = static_cast<float>((drift_turn_++ % 3) - 1) * 16.0F;
  if (text.shown_ms == 0) text.shown_ms = k_text_ms;
  texts_.push_back(std::move(text));
}

void Effects::number(double x, double y, float height, std::int32_t amount, bool on_self, bool by_self, double now_ms) {
  Text text;
  text.text = std::to_string(amount);
  text.x = x;
  text.y = y;
  text.height = height;
  text.size = on_self || by_self ? 1.0F : 0.75F;
  text.colour = on_self ? palette_.number_on_self : by_self ? palette_.number_by_self : palette_.number_else;
  text.begin_ms = now_ms;
  add(std::move(text));
}

void Effects::words(double x, double y, float height, std::string words, double now_ms) {
  Text text;
  text.text = std::move(words);
  text.x = x;
  text.y = y;
  text.height = height;
  text.size = 0.6F;
  text.colour = tint(0.8F, 0.86F, 0.95F, 1);
  text.begin_ms = now_ms;
  add(std::move(text));
}

void Effects::mended(double x, double y, float height, std::int32_t amount, double now_ms) {
  Text text;
  text.text = "+" + std::to_string(amount);
  text.x = x;
  text.y = y;
  text.height = height;
  text.size = 0.85F;
  text.colour = tint(0.55F, 0.95F, 0.45F, 1);
  text.begin_ms = now_ms;
  add(std::move(text));
}

void Effects::title(double x, double y, float height, std::string words, double now_ms) {
  Text text;
  text.text = std::move(words);
  text.x = x;
  text.y = y;
  text.height = height;
  text.size = 1.2F;
  text.colour = tint(1.0F, 0.84F, 0.35F, 1);
  text.begin_ms = now_ms;
  text.shown_ms = k_title_ms;
  add(std::move(text));
}

void Effects::picture(const char* name, double x, double y, int facing, double now_ms, double lasts_ms) {
  const BodyArt* art = atlas_->find(name);
  if (art == nullptr) return;
  if (pictures_.size() >= k_pictures_max) pictures_.erase(pictures_.begin());
  Picture picture;
  picture.animation = &art->animations.begin()->second;
  picture.x = x;
  picture.y = y;
  picture.direction = facing * picture.animation->directions / base::k_facings;
  picture.begin_ms = now_ms;
  picture.shown_ms = std::max(lasts_ms, static_cast<double>(picture.animation->frames) * picture.animation->frame_ms);
  picture.stays = lasts_ms > 0;
  pictures_.push_back(picture);
}

void Effects::draw_pictures(Painter& painter, const Camera& camera, double now_ms) {
  std::erase_if(pictures_, [&](const Picture& p) { return now_ms - p.begin_ms >= p.shown_ms; });
  const float zoom = camera.zoom();
  for (const Picture& picture : pictures_) {
    const int frames_gone = std::max(0, static_cast<int>((now_ms - picture.begin_ms) / picture.animation->frame_ms));
    const Sprite& sprite = atlas_->sprite(*picture.animation, picture.direction, frames_gone % picture.animation->frames);
    if (sprite.texture < 0) continue;  // its page is on the way
    const Point at = camera.to_screen(picture.x, picture.y);
    const Rect target{at.x - sprite.origin_x * zoom, at.y - sprite.origin_y * zoom, sprite.width * zoom, sprite.height * zoom};
    const double age_ms = now_ms - picture.begin_ms;
    const auto strength =
        picture.stays
            ? static_cast<float>(std::clamp(std::min(age_ms / k_comes_ms, (picture.shown_ms - age_ms) / k_goes_ms), 0.0, 1.0))
            : 1;
    painter.quad(sprite.texture, target, sprite.source,
                 picture.animation->additive ? light(strength, strength, strength) : faded(strength));
  }
}

void Effects::draw_texts(Painter& painter, TextCache& text, const Camera& camera, double now_ms) {
  std::erase_if(texts_, [&](const Text& t) { return now_ms - t.begin_ms >= t.shown_ms; });
  const float zoom = camera.zoom();
  for (const Text& entry : texts_) {
    const auto age = static_cast<float>((now_ms - entry.begin_ms) / entry.shown_ms);
    const auto pop = calm_ ? 0.0F : static_cast<float>(std::max(0.0, 1.0 - (now_ms - entry.begin_ms) / k_pop_ms));
    const int size_px = static_cast<int>(k_number_px * entry.size * painter.pixel_ratio());
    const Rect source = text.text(painter, entry.text, size_px);
    const float scale = 1.0F + pop * 0.7F;
    const float rise = k_text_rise * (1.0F - (1.0F - age) * (1.0F - age));
    const Point at = camera.to_screen(entry.x, entry.y);
    const float w = source.w * scale, h = source.h * scale;
    const Rect target{std::round(at.x + (entry.aside + entry.drift * age) * zoom - w * 0.5F),
                      std::round(at.y - (entry.height * 0.8F + rise) * zoom - h * 0.5F), w, h};
    const float opacity = std::clamp((1.0F - age) * 3.0F, 0.0F, 1.0F);
    painter.quad(text.texture(), target, source, thinned(entry.colour, opacity));
  }
}

void Effects::glow(Painter& painter, const TextCache& text, const Camera& camera, Point at, float radius, Colour colour) {
  const float r = radius * camera.zoom();
  painter.quad(text.texture(), {at.x - r, at.y - r, r * 2, r * 2}, TextCache::glow(), colour);
}

}  // namespace cudgel::game
