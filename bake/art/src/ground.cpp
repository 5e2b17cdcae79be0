// Ground tiles: grass as single blades on a torus of 4 x 4 tiles; paths and water as masked overlays on the dual grid.
#include <algorithm>

#include "bake_art/bake.h"
#include "ground_canvas.h"
#include "ground_style.h"

namespace cudgel::bake {

GroundCanvas::GroundCanvas(int period)
    : period_(period),
      pixels_(static_cast<std::size_t>(128 * period + 2 * k_margin) * static_cast<std::size_t>(64 * period + 2 * k_margin)) {}

float ground_noise(float wx, float wy, int period, int cells, int octaves, int seed) {
  float sum = 0, weight = 1, total = 0;
  for (int i = 0; i < octaves; ++i) {
    sum += weight * noise_on_torus(wx * static_cast<float>(cells), wy * static_cast<float>(cells), period * cells, seed + i);
    total += weight;
    weight *= 0.55F;
    cells *= 2;
  }
  return sum / total;
}

namespace {

constexpr int k_bleed_px = 2;  // tiles reach this far under their neighbours, so that scaling shows no seams

Rgba rgba(Vec c, float a) { return {channel(c.x), channel(c.y), channel(c.z), channel(a)}; }

class Dice {
 public:
  explicit Dice(int seed) : seed_(seed) {}
  float unit() { return hash_unit(count_++, seed_, 77); }
  float around() { return unit() * 2 - 1; }

 private:
  int seed_, count_ = 0;
};

Vec grass_tone(const GroundStyle& s, float wx, float wy, int period, float spread) {
  const float broad = ground_noise(wx, wy, period, 1, 2, s.seed + 11), fine = ground_noise(wx, wy, period, 3, 2, s.seed + 23);
  const float dry = smoothstep(0.56F, 0.75F, ground_noise(wx, wy, period, 2, 2, s.seed + 37));
  const Vec green = mix(s.color("dark"), s.color("light"), clamp01(0.5F + (broad - 0.5F) * 1.5F + (fine - 0.5F) * 0.9F + spread));
  return mix(green, s.color("dry"), dry * 0.65F);
}

// Small flowers and clover heads lying in the grass.
void strew_flowers(const GroundStyle& s, GroundCanvas& canvas) {
  Dice dice(s.seed + 5);
  const int count = static_cast<int>(s.number("flowers_per_tile") * static_cast<float>(canvas.period() * canvas.period()));
  for (int i = 0; i < count; ++i) {
    const float wx = dice.unit() * static_cast<float>(canvas.period()), wy = dice.unit() * static_cast<float>(canvas.period());
    const bool here = ground_noise(wx, wy, canvas.period(), 1, 1, s.seed + 91) > 0.58F;
    const Vec color = dice.unit() < 0.6F ? s.color("flower_a") : s.color("flower_b");
    const float r = 0.9F + dice.unit() * 0.7F;
    if (!here) continue;
    canvas.for_copies(wx, wy, [&](Point p) {
      p.y -= 5;
      for (int y = static_cast<int>(p.y) - 3; y <= static_cast<int>(p.y) + 3; ++y)
        for (int x = static_cast<int>(p.x) - 3; x <= static_cast<int>(p.x) + 3; ++x) {
          if (!canvas.holds(x, y)) continue;
          const float d = std::hypot(static_cast<float>(x) + 0.5F - p.x, (static_cast<float>(y) + 0.5F - p.y) * 1.3F);
          canvas.at(x, y) = mix(canvas.at(x, y), color * (d < 0.7F ? 1.F : 0.88F), clamp01(r - d + 0.5F));
        }
    });
  }
}

struct PlacedBlade {
  float wx, wy;
  Blade blade;
};

std::vector<PlacedBlade> grow_blades(const GroundStyle& s, int period) {
  Dice dice(s.seed);
  std::vector<PlacedBlade> blades;
  const int count = static_cast<int>(s.number("blades_per_tile") * static_cast<float>(period * period));
  for (int i = 0; i < count; ++i) {
    PlacedBlade b;
    b.wx = dice.unit() * static_cast<float>(period);
    b.wy = dice.unit() * static_cast<float>(period);
    const float tuft = ground_noise(b.wx, b.wy, period, 4, 2, s.seed + 51);
    const float lean = dice.around(), tall = dice.unit(), keep = dice.unit(), tone = dice.around();
    if (keep > 0.35F + tuft * 1.1F) continue;
    b.blade.length = mix(s.number("blade_px_low"), s.number("blade_px_high"), clamp01(tall * 0.6F + (tuft - 0.4F) * 1.2F));
    b.blade.lean = lean * b.blade.length * 0.7F;
    b.blade.width = 1.2F + 0.7F * tall;
    const Vec tip = grass_tone(s, b.wx, b.wy, period, 0.16F * tone + 0.16F * tuft);
    // the light comes from the upper left: what leans to it is brighter
    b.blade.high = tip * (1.10F - 0.12F * lean);
    b.blade.low = tip * 0.66F;
    blades.push_back(b);
  }
  return blades;
}

GroundCanvas paint_grass(const GroundStyle& s, int period) {
  GroundCanvas canvas(period);
  for (int y = canvas.top(); y < canvas.top() + canvas.height(); ++y)
    for (int x = canvas.left(); x < canvas.left() + canvas.width(); ++x) {
      const Point w = to_map(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
      canvas.at(x, y) =
          grass_tone(s, w.x, w.y, period, -0.12F) * (0.80F + 0.16F * ground_noise(w.x, w.y, period, 8, 2, s.seed + 3));
    }
  struct Drawn {
    Point at;
    const Blade* blade;
  };
  const std::vector<PlacedBlade> blades = grow_blades(s, period);
  std::vector<Drawn> drawn;
  for (const PlacedBlade& b : blades) canvas.for_copies(b.wx, b.wy, [&](Point p) { drawn.push_back({p, &b.blade}); });
  std::stable_sort(drawn.begin(), drawn.end(), [](const Drawn& a, const Drawn& b) { return a.at.y < b.at.y; });
  for (const Drawn& d : drawn) {
    Blade blade = *d.blade;
    blade.base = d.at;
    draw_blade(blade, [&](int x, int y, Vec color, float cover) {
      if (canvas.holds(x, y)) canvas.at(x, y) = mix(canvas.at(x, y), color, cover * 0.82F);
    });
  }
  strew_flowers(s, canvas);
  return canvas;
}

bool in_diamond(float dx, float dy, float bleed) { return std::fabs(dx) / 64 + std::fabs(dy) / 32 <= 1 + bleed / 28.6F; }

BakedAnimation cut_grass(const GroundStyle& s) {
  const int period = 4;
  const GroundCanvas canvas = paint_grass(s, period);
  BakedAnimation a{"tile", 100, 1, period * period, 0, true, false, {}, {}};
  for (int ty = 0; ty < period; ++ty)
    for (int tx = 0; tx < period; ++tx) {
      Sprite sprite;
      const Point middle = to_screen(static_cast<float>(tx) + 0.5F, static_cast<float>(ty) + 0.5F);
      sprite.origin_x = 64 + k_bleed_px;
      sprite.origin_y = 32 + k_bleed_px;
      sprite.image = Image(128 + 2 * k_bleed_px, 64 + 2 * k_bleed_px);
      for (int y = 0; y < sprite.image.height; ++y)
        for (int x = 0; x < sprite.image.width; ++x) {
          const int dx = x - sprite.origin_x, dy = y - sprite.origin_y;
          if (in_diamond(static_cast<float>(dx) + 0.5F, static_cast<float>(dy) + 0.5F, k_bleed_px))
            sprite.image.at(x, y) = rgba(canvas.at(static_cast<int>(middle.x) + dx, static_cast<int>(middle.y) + dy), 1);
        }
      a.sprites.push_back(std::move(sprite));
    }
  return a;
}

}  // namespace

std::string ground_later(const ModelText& text, const std::string& name, std::string& error) {
  return parse_ground_style(text, name, error).later;
}

BakedBody bake_ground(const ModelText& text, const std::string& name, std::string& error) {
  BakedBody body;
  body.name = name;
  const GroundStyle style = parse_ground_style(text, name, error);
  if (!error.empty()) return body;
  switch (style.kind) {
    case GroundKind::grass:
      body.animations.push_back(cut_grass(style));
      break;
    case GroundKind::path:
    case GroundKind::water:
    case GroundKind::litter:
    case GroundKind::stones:
      body.animations = cut_overlay(style);
      break;
  }
  return body;
}

}  // namespace cudgel::bake
