#include "ground_floor.h"

#include <algorithm>

namespace cudgel::bake {
namespace {

float unit(int i, int seed) { return hash_unit(i, seed, 131); }

template <class Paint>
void for_each_pixel(GroundCanvas& canvas, Paint paint) {
  for (int y = canvas.top(); y < canvas.top() + canvas.height(); ++y)
    for (int x = canvas.left(); x < canvas.left() + canvas.width(); ++x)
      paint(canvas.at(x, y), to_map(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F));
}

// Uneven ground in the light from the upper left.
void paint_earth(const GroundStyle& s, GroundCanvas& canvas, Vec dark, Vec bright) {
  const int period = canvas.period();
  for_each_pixel(canvas, [&](Vec& pixel, Point w) {
    const auto height = [&](float wx, float wy) { return ground_noise(wx, wy, period, 3, 4, s.seed + 1); };
    const float h = height(w.x, w.y),
                lit = (h - height(w.x - 0.006F, w.y + 0.006F)) * 5 + (h - height(w.x - 0.008F, w.y - 0.008F)) * 3;
    const float fine = ground_noise(w.x, w.y, period, 24, 2, s.seed + 2);
    pixel = mix(dark, bright, clamp01(0.25F + h * 0.8F)) * (0.90F + 0.16F * fine + lit);
  });
}

void strew_pebbles(const GroundStyle& s, GroundCanvas& canvas, Vec color) {
  const int period = canvas.period(), count = static_cast<int>(s.number("pebbles_per_tile")) * period * period;
  for (int i = 0; i < count; ++i) {
    const float wx = unit(i * 5, s.seed) * static_cast<float>(period), wy = unit(i * 5 + 1, s.seed) * static_cast<float>(period);
    const float big = unit(i * 5 + 2, s.seed), r = 0.8F + 2.6F * big * big * big, tone = 0.8F + 0.35F * unit(i * 5 + 3, s.seed);
    canvas.for_copies(wx, wy, [&](Point p) {
      for (int y = static_cast<int>(p.y - 5); y <= static_cast<int>(p.y + 5); ++y)
        for (int x = static_cast<int>(p.x - 5); x <= static_cast<int>(p.x + 6); ++x) {
          if (!canvas.holds(x, y)) continue;
          const float dx = static_cast<float>(x) + 0.5F - p.x, dy = (static_cast<float>(y) + 0.5F - p.y) * 1.6F,
                      d = std::hypot(dx, dy);
          const float shade = clamp01(r * 1.2F - std::hypot(dx - 1.2F, dy - 1.2F) + 0.5F);
          canvas.at(x, y) = canvas.at(x, y) * (1 - 0.30F * shade);
          const float light = 0.92F - 0.22F * (dx + dy) / r;
          canvas.at(x, y) = mix(canvas.at(x, y), color * (tone * light), clamp01(r - d + 0.5F));
        }
    });
  }
}

// A fallen leaf (short and wide) or needle (long and thin), flat on the ground, with the shadow it throws.
struct Fallen {
  float half_length, half_width;  // pixels
  float angle;
  Vec color;
};

void lay(GroundCanvas& canvas, Point p, const Fallen& leaf) {
  const float c = std::cos(leaf.angle), s = std::sin(leaf.angle);
  const auto cover = [&](float dx, float dy) {
    const float along = (dx * c + dy * s) / leaf.half_length, across = (dy * c - dx * s) / leaf.half_width;
    const float pointed = std::fabs(across) + along * along;  // a lens
    return clamp01((1 - pointed) * leaf.half_width + 0.35F);
  };
  const int reach = static_cast<int>(leaf.half_length) + 3;
  for (int y = static_cast<int>(p.y) - reach; y <= static_cast<int>(p.y) + reach; ++y)
    for (int x = static_cast<int>(p.x) - reach; x <= static_cast<int>(p.x) + reach; ++x) {
      if (!canvas.holds(x, y)) continue;
      const float dx = static_cast<float>(x) + 0.5F - p.x, dy = (static_cast<float>(y) + 0.5F - p.y) * 1.7F;
      canvas.at(x, y) = canvas.at(x, y) * (1 - 0.28F * cover(dx - 1, dy - 1.4F));
      const float light = 1.04F - 0.10F * (dy * c - dx * s) / leaf.half_width;
      canvas.at(x, y) = mix(canvas.at(x, y), leaf.color * light, cover(dx, dy));
    }
}

void strew(const GroundStyle& s, GroundCanvas& canvas, int per_tile, bool needles) {
  const int period = canvas.period(), seed = s.seed + (needles ? 500 : 600);
  for (int i = 0; i < per_tile * period * period; ++i) {
    const auto dice = [&](int n) { return unit(i * 8 + n, seed); };
    const float wx = dice(0) * static_cast<float>(period), wy = dice(1) * static_cast<float>(period);
    const float heap = ground_noise(wx, wy, period, 2, 2, s.seed + 61);  // they gather in drifts
    if (dice(2) > heap * 1.5F) continue;
    const Vec color =
        (needles ? s.color("needle") : mix(s.color("leaf_a"), s.color("leaf_b"), dice(3))) * (0.75F + 0.45F * dice(4));
    const Fallen leaf{needles ? 3 + 2 * dice(5) : 2.2F + 1.6F * dice(5), needles ? 0.55F : 1.2F + 0.8F * dice(6),
                      dice(7) * 6.283F, color};
    canvas.for_copies(wx, wy, [&](Point p) { lay(canvas, p, leaf); });
  }
}

// The floor of a wood: earth and moss under needles and leaves.
GroundCanvas paint_litter(const GroundStyle& s, int period) {
  GroundCanvas canvas(period);
  paint_earth(s, canvas, s.color("earth_dark"), s.color("earth"));
  for_each_pixel(canvas, [&](Vec& pixel, Point w) {
    const float soft = ground_noise(w.x, w.y, period, 2, 3, s.seed + 71),
                fine = ground_noise(w.x, w.y, period, 20, 2, s.seed + 73);
    pixel = mix(pixel, s.color("moss") * (0.72F + 0.5F * fine), smoothstep(0.48F, 0.62F, soft + (fine - 0.5F) * 0.18F) * 0.85F);
  });
  strew(s, canvas, static_cast<int>(s.number("needles_per_tile")), true);
  strew(s, canvas, static_cast<int>(s.number("leaves_per_tile")), false);
  return canvas;
}

// The two nearest of points thrown over a grid: whose stone a place is on, and how far from its edge.
struct Stone {
  int id = 0;
  float to_edge = 0;     // in grid cells, 0 on the border to the next stone
  float dx = 0, dy = 0;  // from the stone's middle, grid cells
};

Stone stone_at(const GroundStyle& s, Point w, int period) {
  const int side = static_cast<int>(s.number("stones_per_side")), cells = side * period;
  const float jitter = s.number("jitter"), gx = w.x * static_cast<float>(side), gy = w.y * static_cast<float>(side);
  const int cx = static_cast<int>(std::floor(gx)), cy = static_cast<int>(std::floor(gy));
  float best = 1e9F;
  Stone out;
  const auto middle = [&](int i, int j) {
    const int wi = ((i % cells) + cells) % cells, wj = ((j % cells) + cells) % cells, id = wj * cells + wi;
    // every other row lies half a stone further, as people lay them
    const float shift = static_cast<float>(wj % 2) * 0.5F * (1 - jitter);
    return std::pair{Point{static_cast<float>(i) + 0.5F + shift + jitter * (unit(id * 2, s.seed) - 0.5F),
                           static_cast<float>(j) + 0.5F + jitter * (unit(id * 2 + 1, s.seed) - 0.5F)},
                     id};
  };
  Point own{};
  int oi = 0, oj = 0;
  for (int j = cy - 2; j <= cy + 2; ++j)
    for (int i = cx - 2; i <= cx + 2; ++i) {
      const auto [m, id] = middle(i, j);
      const float d = std::hypot(m.x - gx, m.y - gy);
      if (d < best) best = d, own = m, out.id = id, oi = i, oj = j;
    }
  out.to_edge = 1e9F;
  for (int j = oj - 2; j <= oj + 2; ++j)
    for (int i = oi - 2; i <= oi + 2; ++i) {
      if (i == oi && j == oj) continue;
      const auto [m, id] = middle(i, j);
      const float nx = m.x - own.x, ny = m.y - own.y, l = std::hypot(nx, ny);
      out.to_edge = std::min(out.to_edge, ((own.x + m.x) / 2 - gx) * nx / l + ((own.y + m.y) / 2 - gy) * ny / l);
    }
  out.dx = gx - own.x;
  out.dy = gy - own.y;
  return out;
}

// Cobbles or plates of rock: each with its own tone, rounded towards its edge, with dark gaps between.
GroundCanvas paint_stones(const GroundStyle& s, int period) {
  GroundCanvas canvas(period);
  const float gap = s.number("gap"), dome = s.number("dome");
  for_each_pixel(canvas, [&](Vec& pixel, Point w) {
    const float ripple = 0.10F * (ground_noise(w.x, w.y, period, 6, 2, s.seed + 81) - 0.5F);
    const Stone stone = stone_at(s, {w.x + ripple, w.y - ripple}, period);
    const float tone = unit(stone.id, s.seed + 90), tilt_x = unit(stone.id, s.seed + 91) - 0.5F,
                tilt_y = unit(stone.id, s.seed + 92) - 0.5F;
    const auto grain = [&](float wx, float wy) { return ground_noise(wx, wy, period, 7, 4, s.seed + 3); };
    const float h = grain(w.x, w.y), lit = (h - grain(w.x - 0.007F, w.y + 0.002F)) * 3.4F;
    const float edge = smoothstep(gap, gap + 0.10F + 0.16F * dome, stone.to_edge);
    // the light comes from the upper left of the screen: the map's -x side of a dome is bright, its +x and +y sides are not
    const float round = dome * (1 - smoothstep(0, 0.45F, stone.to_edge)) * -(stone.dx * 0.9F + stone.dy * 0.35F) * 1.5F;
    Vec color = mix(s.color("stone"), s.color("stone_b"), clamp01(tone * 0.8F + (h - 0.5F) * 0.9F));
    color = color * (0.94F + 0.12F * tone + lit + round + 0.10F * (tilt_x + tilt_y) * (1 + dome));
    pixel = mix(s.color("gap") * (0.8F + 0.4F * h), color, edge);
  });
  strew_pebbles(s, canvas, s.color("stone"));
  return canvas;
}

}  // namespace

GroundCanvas paint_floor(const GroundStyle& s, int period) {
  if (s.kind == GroundKind::litter) return paint_litter(s, period);
  if (s.kind == GroundKind::stones) return paint_stones(s, period);
  GroundCanvas canvas(period);
  paint_earth(s, canvas, s.color("earth_dark"), s.color("earth"));
  strew_pebbles(s, canvas, s.color("pebble"));
  return canvas;
}

}  // namespace cudgel::bake
