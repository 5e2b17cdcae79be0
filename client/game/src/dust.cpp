#include "dust.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "palette.h"

namespace cudgel::game {

namespace {
constexpr std::size_t k_puffs_max = 48;
constexpr double k_puff_ms = 460;
constexpr float k_radius = 12;   ///< art pixels at its begin
constexpr float k_spreads = 15;  ///< and what it gains
constexpr float k_rises = 9;
constexpr int k_fall_puffs = 7;
constexpr double k_fall_tiles = 0.34;

/// Nothing rises from water or wet moss.
Colour colour_of(content::Ground ground) {
  switch (ground) {
    case content::Ground::path:
      return tint(0.80F, 0.66F, 0.46F, 0.62F);
    case content::Ground::dirt:
      return tint(0.56F, 0.52F, 0.46F, 0.56F);
    case content::Ground::cobble:
    case content::Ground::rock:
      return tint(0.66F, 0.63F, 0.58F, 0.44F);
    case content::Ground::cave_floor:
      return tint(0.52F, 0.54F, 0.60F, 0.44F);
    case content::Ground::forest_floor:
      return tint(0.46F, 0.42F, 0.28F, 0.46F);
    case content::Ground::grass:
      return tint(0.52F, 0.56F, 0.30F, 0.42F);
    case content::Ground::water:
      break;
  }
  return tint(0, 0, 0, 0);
}
}  // namespace

void Dust::raise(const content::MapSpec& map, double x, double y, float size, double now_ms) {
  const int column = static_cast<int>(x), row = static_cast<int>(y);
  if (column < 0 || row < 0 || column >= map.width || row >= map.height) return;
  const auto tile = static_cast<std::size_t>(row) * static_cast<std::size_t>(map.width) + static_cast<std::size_t>(column);
  const Colour colour = colour_of(map.ground[tile]);
  if (colour.a == 0) return;
  if (puffs_.size() >= k_puffs_max) puffs_.erase(puffs_.begin());
  puffs_.push_back({x, y, now_ms, size, colour});
}

void Dust::fall(const content::MapSpec& map, double x, double y, double now_ms) {
  for (int i = 0; i < k_fall_puffs; ++i) {
    const double turn = 2 * std::numbers::pi * i / k_fall_puffs;
    raise(map, x + k_fall_tiles * std::cos(turn), y + k_fall_tiles * std::sin(turn), 1.7F, now_ms);
  }
}

void Dust::draw(Painter& painter, const TextCache& text, const Camera& camera, double now_ms) {
  std::erase_if(puffs_, [&](const Puff& puff) { return now_ms - puff.begin_ms >= k_puff_ms; });
  const float zoom = camera.zoom();
  for (const Puff& puff : puffs_) {
    const auto age = static_cast<float>(std::max(0.0, (now_ms - puff.begin_ms) / k_puff_ms));
    const float r = (k_radius + k_spreads * age) * puff.size * zoom;
    const Point at = camera.to_screen(puff.x, puff.y);
    painter.quad(text.texture(), {at.x - r, at.y - r * 0.62F - k_rises * age * puff.size * zoom, r * 2, r * 1.24F},
                 TextCache::glow(), thinned(puff.colour, 1 - age));
  }
}

}  // namespace cudgel::game
