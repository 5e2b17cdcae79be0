#include "ground.h"

#include <algorithm>
#include <cmath>

namespace cudgel::game {

namespace {

content::Ground ground_at(const content::MapSpec& map, int x, int y) {
  const int cx = std::clamp(x, 0, map.width - 1);
  const int cy = std::clamp(y, 0, map.height - 1);
  return map.ground[static_cast<std::size_t>(cy) * static_cast<std::size_t>(map.width) + static_cast<std::size_t>(cx)];
}

/// Which of the four tiles around the corner (x, y) are `ground`: bit 0 top, 1 right, 2 bottom, 3 left on the screen.
int corner_mask(const content::MapSpec& map, int x, int y, content::Ground ground) {
  const auto bit = [&](int tile_x, int tile_y, int value) { return ground_at(map, tile_x, tile_y) == ground ? value : 0; };
  return bit(x - 1, y - 1, 1) | bit(x, y - 1, 2) | bit(x, y, 4) | bit(x - 1, y, 8);
}

/// Remainder that is never negative, for pictures that repeat.
int wrap(int value, int period) { return ((value % period) + period) % period; }

/// 0..1, smooth over about `size` tiles, the same for everybody.
float meadow_noise(int x, int y, float size, std::uint32_t seed) {
  const auto at = [&](int cell_x, int cell_y) {
    std::uint32_t h = static_cast<std::uint32_t>(cell_x) * 0x9E3779B1U ^ static_cast<std::uint32_t>(cell_y) * 0x85EBCA77U ^ seed;
    h = (h ^ (h >> 15U)) * 0x2C1B3C6DU;
    h = (h ^ (h >> 12U)) * 0x297A2D39U;
    return static_cast<float>((h ^ (h >> 15U)) & 0xFFFFU) / 65535.0F;
  };
  const float fx = static_cast<float>(x) / size, fy = static_cast<float>(y) / size;
  const int cx = static_cast<int>(std::floor(fx)), cy = static_cast<int>(std::floor(fy));
  const auto smooth = [](float t) { return t * t * (3 - 2 * t); };
  const float tx = smooth(fx - static_cast<float>(cx)), ty = smooth(fy - static_cast<float>(cy));
  const float top = at(cx, cy) + (at(cx + 1, cy) - at(cx, cy)) * tx;
  const float bottom = at(cx, cy + 1) + (at(cx + 1, cy + 1) - at(cx, cy + 1)) * tx;
  return top + (bottom - top) * ty;
}

/// The meadow is lighter here and drier there, over many tiles: the eye must not find the tiles' repetition.
Colour meadow_colour(int x, int y) {
  const float light_share = 0.6F * meadow_noise(x, y, 9, 11) + 0.4F * meadow_noise(x, y, 4, 23);
  const float dry = meadow_noise(x, y, 14, 37);
  const float brightness = 0.74F + 0.26F * light_share;
  return tint(brightness * (0.9F + 0.1F * dry), brightness, brightness * (1.0F - 0.16F * dry), 1);
}

Rect placed(const Sprite& sprite, Point ground, float zoom) {
  return {ground.x - sprite.origin_x * zoom, ground.y - sprite.origin_y * zoom, sprite.width * zoom, sprite.height * zoom};
}

/// Calls visit(x, y) for all tiles whose diamond can touch the window, row by row of the screen.
template <class Visit>
void for_each_tile_in_window(const Camera& camera, Visit&& visit) {
  // In the sum s = x + y and the difference d = x - y the window is a rectangle.
  const Point top_left = camera.to_tile(0, 0);
  const Point bottom_right = camera.to_tile(camera.width(), camera.height());
  const int s0 = static_cast<int>(std::floor(top_left.x + top_left.y)) - 2;
  const int s1 = static_cast<int>(std::ceil(bottom_right.x + bottom_right.y)) + 1;
  const int d0 = static_cast<int>(std::floor(top_left.x - top_left.y)) - 2;
  const int d1 = static_cast<int>(std::ceil(bottom_right.x - bottom_right.y)) + 2;
  for (int s = s0; s <= s1; ++s) {
    for (int d = d0 + wrap(s - d0, 2); d <= d1; d += 2) visit((s + d) / 2, (s - d) / 2);
  }
}

}  // namespace

void Ground::open(const Atlas& atlas) {
  const auto first = [&](std::string_view name) -> const Animation* {
    const BodyArt* art = atlas.find(name);
    return art == nullptr ? nullptr : &art->animations.begin()->second;
  };
  grass_ = first("grass");
  water_ = first("water");
  overlays_ = {Kind{first("forest_floor"), content::Ground::forest_floor},
               Kind{first("dirt"), content::Ground::dirt},
               Kind{first("cave_floor"), content::Ground::cave_floor},
               Kind{first("rock"), content::Ground::rock},
               Kind{first("path"), content::Ground::path},
               Kind{first("cobble"), content::Ground::cobble},
               Kind{water_, content::Ground::water}};
  for (std::size_t i = 0; i < overlays_.size(); ++i)
    order_[static_cast<std::size_t>(overlays_[i].ground)] = static_cast<int>(i) + 1;
}

void Ground::draw(Painter& painter, const Atlas& atlas, const Camera& camera, const content::MapSpec& map) const {
  const float zoom = camera.zoom();
  if (grass_ != nullptr) {
    for_each_tile_in_window(camera, [&](int x, int y) {
      const int direction = (wrap(y, 4) * 4 + wrap(x, 4)) % grass_->directions;
      const Sprite& sprite = atlas.sprite(*grass_, direction, 0);
      painter.diamond(sprite.texture, placed(sprite, camera.to_screen(x + 0.5, y + 0.5), zoom), sprite.source,
                      {meadow_colour(x, y), meadow_colour(x + 1, y), meadow_colour(x + 1, y + 1), meadow_colour(x, y + 1)});
    });
  }
  for (const Kind& kind : overlays_) {
    if (kind.animation == nullptr) continue;
    for_each_tile_in_window(camera, [&](int x, int y) {
      int mask = corner_mask(map, x, y, kind.ground);
      if (mask == 0) return;
      // What is painted above lies on this ground, too: otherwise a strip of grass would show between the two.
      const auto above = [&](int tile_x, int tile_y, int bit) {
        const auto ground = static_cast<std::size_t>(ground_at(map, tile_x, tile_y));
        return order_[ground] > order_[static_cast<std::size_t>(kind.ground)] ? bit : 0;
      };
      mask |= above(x - 1, y - 1, 1) | above(x, y - 1, 2) | above(x, y, 4) | above(x - 1, y, 8);
      const int direction = (wrap(y, 2) * 2 + wrap(x, 2)) % kind.animation->directions;
      const Sprite& sprite = atlas.sprite(*kind.animation, direction, std::min(mask - 1, kind.animation->frames - 1));
      if (sprite.texture < 0) return;
      painter.quad(sprite.texture, placed(sprite, camera.to_screen(x, y), zoom), sprite.source, {});
    });
  }
}

int Ground::draw_waves(Painter& painter, const Atlas& atlas, const Camera& camera, const content::MapSpec& map,
                       double now_ms) const {
  if (water_ == nullptr || water_->directions < 4) return 0;
  // The ripples of the other variants come and go over the ones that lie there: three slow swells, a third of a turn apart.
  constexpr int k_open = 15;
  constexpr double k_swell_ms = 4200;
  int tiles = 0;
  const float zoom = camera.zoom();
  for (int shift = 1; shift < 4; ++shift) {
    const double phase = now_ms / k_swell_ms + shift / 3.0;
    const auto swell = static_cast<float>(0.5 + 0.5 * std::sin(phase * 2 * 3.14159265));
    const float opacity = 0.62F * swell * swell;
    if (opacity < 0.02F) continue;
    for_each_tile_in_window(camera, [&](int x, int y) {
      if (corner_mask(map, x, y, content::Ground::water) != k_open) return;
      const int direction = (wrap(y + shift / 2, 2) * 2 + wrap(x + shift % 2, 2)) % water_->directions;
      const Sprite& sprite = atlas.sprite(*water_, direction, std::min(k_open - 1, water_->frames - 1));
      painter.quad(sprite.texture, placed(sprite, camera.to_screen(x, y), zoom), sprite.source, faded(opacity));
      ++tiles;
    });
  }
  return tiles;
}

std::vector<std::size_t> Ground::wanted_pages(const Atlas& atlas, std::span<const content::Ground> grounds) const {
  std::vector<std::size_t> out;
  for (const Kind& kind : overlays_) {
    if (kind.animation == nullptr || atlas.sprite(*kind.animation, 0, 0).texture >= 0) continue;
    if (std::find(grounds.begin(), grounds.end(), kind.ground) != grounds.end())
      out.push_back(atlas.page_of(*kind.animation, 0, 0));
  }
  return out;
}

}  // namespace cudgel::game
