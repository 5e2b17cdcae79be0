// A picture of ground that repeats: `period` x `period` tiles in the game's projection, drawn with wrap-around so that
// any tile cut from it meets its neighbours. Colours are as on the screen (gamma), 0..1.
#pragma once

#include <cmath>
#include <vector>

#include "bake_art/image.h"
#include "bake_art/noise.h"

namespace cudgel::bake {

struct Point {
  float x = 0, y = 0;
};

inline Point to_screen(float wx, float wy) { return {(wx - wy) * 64, (wx + wy) * 32}; }
inline Point to_map(float sx, float sy) { return {sx / 128 + sy / 64, sy / 64 - sx / 128}; }

class GroundCanvas {
 public:
  // Covers the diamond of the period and `k_margin` pixels around it.
  explicit GroundCanvas(int period);

  int period() const { return period_; }
  int left() const { return -64 * period_ - k_margin; }
  int top() const { return -k_margin; }
  int width() const { return 128 * period_ + 2 * k_margin; }
  int height() const { return 64 * period_ + 2 * k_margin; }
  Vec& at(int sx, int sy) { return pixels_[index(sx, sy)]; }
  const Vec& at(int sx, int sy) const { return pixels_[index(sx, sy)]; }
  bool holds(int sx, int sy) const { return sx >= left() && sy >= top() && sx < left() + width() && sy < top() + height(); }

  // Calls paint(screen point) for the point and all its copies that may show.
  template <class Paint>
  void for_copies(float wx, float wy, Paint paint) const {
    for (int i = -1; i <= 1; ++i)
      for (int j = -1; j <= 1; ++j) {
        const Point p = to_screen(wx + static_cast<float>(i * period_), wy + static_cast<float>(j * period_));
        if (p.x > static_cast<float>(left() - 24) && p.x < static_cast<float>(left() + width() + 24) &&
            p.y > static_cast<float>(top() - 24) && p.y < static_cast<float>(top() + height() + 24))
          paint(p);
      }
  }

  static constexpr int k_margin = 24;

 private:
  std::size_t index(int sx, int sy) const {
    return static_cast<std::size_t>(sy - top()) * static_cast<std::size_t>(width()) + static_cast<std::size_t>(sx - left());
  }
  int period_;
  std::vector<Vec> pixels_;
};

// 0..1 as a byte.
inline std::uint8_t channel(float v) { return static_cast<std::uint8_t>(clamp01(v) * 255 + 0.5F); }

// Sum of octaves on the torus, 0..1. cells: features per tile of the first octave.
float ground_noise(float wx, float wy, int period, int cells, int octaves, int seed);

struct Blade {
  Point base;
  float length = 8, lean = 0, width = 1.2F;  // pixels
  Vec low, high;                             // colours at base and tip
};

// Calls put(x, y, color, coverage) for every pixel the blade touches.
template <class Put>
void draw_blade(const Blade& blade, Put put) {
  constexpr int pieces = 5;
  const Point tip{blade.base.x + blade.lean, blade.base.y - blade.length};
  const int x0 = static_cast<int>(std::floor(std::min(blade.base.x, tip.x) - 2)),
            x1 = static_cast<int>(std::ceil(std::max(blade.base.x, tip.x) + 2));
  const int y0 = static_cast<int>(std::floor(tip.y - 1)), y1 = static_cast<int>(std::ceil(blade.base.y + 1));
  for (int y = y0; y <= y1; ++y)
    for (int x = x0; x <= x1; ++x) {
      float best = 0, where = 0;
      for (int i = 0; i < pieces; ++i) {
        // a parabola: upright at the root, leaning at the tip
        const float t0 = static_cast<float>(i) / pieces, t1 = static_cast<float>(i + 1) / pieces;
        const float ax = blade.base.x + blade.lean * t0 * t0, ay = blade.base.y - blade.length * t0;
        const float bx = blade.base.x + blade.lean * t1 * t1 - ax, by = blade.base.y - blade.length * t1 - ay;
        const float px = static_cast<float>(x) + 0.5F - ax, py = static_cast<float>(y) + 0.5F - ay;
        const float h = clamp01((px * bx + py * by) / (bx * bx + by * by));
        const float d = std::hypot(px - bx * h, py - by * h), t = mix(t0, t1, h);
        const float cover = clamp01(blade.width * (1 - 0.75F * t) * 0.5F - d + 0.5F);
        if (cover > best) {
          best = cover;
          where = t;
        }
      }
      if (best > 0) put(x, y, mix(blade.low, blade.high, where), best);
    }
}

}  // namespace cudgel::bake
