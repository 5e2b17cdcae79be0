// Paths, floors and water: one sprite for every way four tiles around a corner can have the ground or not.
#include <algorithm>
#include <array>

#include "ground_canvas.h"
#include "ground_floor.h"
#include "ground_style.h"

namespace cudgel::bake {
namespace {

constexpr int k_period = 2;
constexpr int k_bleed_px = 1;
constexpr int k_above_px = 10;  // blades of the rim may stand out of the diamond by this much

float unit(int i, int seed) { return hash_unit(i, seed, 131); }

// How far inside the ground a place of a cell is: 0.5 and more deep inside, 0 on the rim, negative outside.
// u, v: -0.5..0.5 along the map's x and y. Smooth weights make the slope continuous across cells.
class Rim {
 public:
  Rim(const GroundStyle& style, int mask, int cell_x, int cell_y, float wobble)
      : seed_(style.seed), mask_(mask), cx_(cell_x), cy_(cell_y), wobble_(wobble) {}

  float inside(float u, float v) const {
    const auto has = [&](int bit) { return (mask_ >> bit & 1) != 0 ? 1.F : 0.F; };
    const float a = smoothstep(-0.5F, 0.5F, u), b = smoothstep(-0.5F, 0.5F, v);
    const float n = has(0), e = has(1), s = has(2), w = has(3);
    const float field = mix(mix(n, e, a), mix(w, s, a), b) - 0.5F;
    const float wx = static_cast<float>(cx_) + u, wy = static_cast<float>(cy_) + v;
    const float wave = (ground_noise(wx, wy, k_period, 2, 2, seed_ + 7) - 0.5F) +
                       0.5F * (ground_noise(wx, wy, k_period, 7, 2, seed_ + 9) - 0.5F);
    return field + wave * wobble_;
  }
  // Change of inside() per pixel to the right and down.
  Point slope(float u, float v) const {
    constexpr float e = 1.5F;
    const auto at = [&](float dx, float dy) {
      const Point d = to_map(dx, dy);
      return inside(u + d.x, v + d.y);
    };
    return {(at(e, 0) - at(-e, 0)) / (2 * e), (at(0, e) - at(0, -e)) / (2 * e)};
  }

 private:
  int seed_, mask_, cx_, cy_;
  float wobble_;
};

struct Pixel {
  Vec color;
  float alpha = 0;
};

Pixel path_pixel(const GroundStyle& s, const GroundCanvas& earth, const Rim& rim, Point map, int sx, int sy) {
  const float in = rim.inside(map.x, map.y);
  const float cover = smoothstep(-0.035F, 0.05F, in);
  // grass throws a little shade on the rim, and the earth outside shows through thin grass
  const float rim_shade = 1 - 0.26F * smoothstep(0.16F, 0.0F, in);
  const float thin = 0.45F * smoothstep(-0.16F, -0.02F, in) * (1 - cover);
  Pixel p;
  p.alpha = std::max(cover, thin);
  p.color = mix(s.color(s.kind == GroundKind::stones ? "gap" : "earth_dark") * 0.8F, earth.at(sx, sy) * rim_shade, cover);
  return p;
}

Pixel water_pixel(const GroundStyle& s, const Rim& rim, Point map, Point world) {
  const float in = rim.inside(map.x, map.y);
  const Point slope = rim.slope(map.x, map.y);
  const float steep = std::max(std::hypot(slope.x, slope.y), 0.002F), distance = in / steep;
  // the far bank shows its face, the near bank hides it
  const float face = s.number("bank_px") * (0.30F + 0.70F * smoothstep(-0.5F, 0.9F, slope.y / steep));
  const float edge = smoothstep(-1.2F, 0.4F, distance);
  Pixel p;
  p.alpha = edge;
  const float grain = ground_noise(world.x, world.y, k_period, 12, 3, s.seed + 31);
  const Vec bank = mix(s.color("bank"), s.color("bank_dark"), clamp01(distance / std::max(face, 0.5F))) * (0.78F + 0.45F * grain);
  // ripples lie flat on the screen: noise along the screen's axes, with periods that still fit the torus
  const auto ripple = [&](float across, float down, int period, int seed) {
    return noise_on_torus((world.x - world.y) * across, (world.x + world.y) * down, period, s.seed + seed);
  };
  const float broad = ground_noise(world.x, world.y, k_period, 1, 3, s.seed + 41);
  const float wave = 0.5F * ripple(3, 12, 6, 43) + 0.5F * ripple(5, 20, 10, 45),
              fine = ground_noise(world.x, world.y, k_period, 9, 2, s.seed + 47);
  const float depth = clamp01((in - 0.04F) * 1.9F + (broad - 0.5F) * 0.5F);
  Vec water = mix(s.color("shallow"), s.color("deep"), smoothstep(0, 0.9F, depth));
  water = water * (0.94F + 0.12F * wave);
  water = mix(water, s.color("glint"), smoothstep(0.62F, 0.80F, wave) * smoothstep(0.45F, 0.65F, broad) * 0.24F);
  const float past = distance - face;
  const float foam = smoothstep(2.2F, 0.8F, std::fabs(past - 1.4F + (fine - 0.5F) * 3)) +
                     0.5F * smoothstep(1.8F, 0.4F, std::fabs(past - 6.0F + (wave - 0.5F) * 6));
  water = mix(water, s.color("foam"), clamp01(foam) * 0.5F);
  water = water * (1 - 0.35F * smoothstep(9, 0, past) * smoothstep(0.0F, 0.8F, slope.y / steep));  // shade under the far bank
  p.color = mix(bank, water, smoothstep(-0.7F, 0.7F, past));
  // a bright lip of trodden earth right at the grass
  p.color = mix(p.color, s.color("bank") * 1.18F, smoothstep(1.6F, 0.2F, std::fabs(distance - 0.5F)) * 0.7F);
  return p;
}

// Grass leaning over the rim from outside.
void grow_rim(const GroundStyle& s, const Rim& rim, int cell_x, int cell_y, Sprite& sprite) {
  struct Rooted {
    Blade blade;
    float y;
  };
  std::vector<Rooted> blades;
  const int count = static_cast<int>(s.number("blades_per_tile") * k_period * k_period);
  for (int i = 0; i < count; ++i) {
    const float wx = unit(i * 7, s.seed + 300) * k_period, wy = unit(i * 7 + 1, s.seed + 300) * k_period;
    for (const float ox : {-2.F, 0.F, 2.F})
      for (const float oy : {-2.F, 0.F, 2.F}) {
        const float u = wx + ox - static_cast<float>(cell_x), v = wy + oy - static_cast<float>(cell_y);
        if (u < -0.5F || u >= 0.5F || v < -0.5F || v >= 0.5F) continue;
        const float in = rim.inside(u, v);
        if (in < -0.075F || in > 0.012F + 0.03F * unit(i * 7 + 6, s.seed + 300)) continue;
        const Point at = to_screen(u, v), slope = rim.slope(u, v);
        const float lean = unit(i * 7 + 2, s.seed + 300) * 2 - 1, tall = unit(i * 7 + 3, s.seed + 300),
                    tone = unit(i * 7 + 4, s.seed + 300);
        Blade b;
        b.base = {at.x + static_cast<float>(sprite.origin_x), at.y + static_cast<float>(sprite.origin_y) + 1};
        b.length = 4 + 6 * tall;
        b.lean = (lean + slope.x * 20) * b.length * 0.5F;
        b.width = 1.2F + 0.6F * tone;
        b.high = mix(s.color("grass_low"), s.color("grass_high"), tone) * (1.05F - 0.1F * lean);
        b.low = b.high * 0.66F;
        blades.push_back({b, at.y});
      }
  }
  std::stable_sort(blades.begin(), blades.end(), [](const Rooted& a, const Rooted& b) { return a.y < b.y; });
  for (const Rooted& r : blades)
    draw_blade(r.blade, [&](int x, int y, Vec color, float cover) {
      if (!sprite.image.holds(x, y)) return;
      Image one(1, 1, {channel(color.x), channel(color.y), channel(color.z), channel(cover * 0.9F)});
      draw_over(sprite.image, one, x, y);
    });
}

Sprite paint_cell(const GroundStyle& s, const GroundCanvas* earth, int mask, int cell_x, int cell_y) {
  const Rim rim(s, mask, cell_x, cell_y, s.kind == GroundKind::water ? 0.20F : 0.30F);
  Sprite sprite;
  sprite.origin_x = 64 + k_bleed_px;
  sprite.origin_y = 32 + k_bleed_px + k_above_px;
  sprite.image = Image(128 + 2 * k_bleed_px, 64 + 2 * k_bleed_px + k_above_px);
  for (int y = 0; y < sprite.image.height; ++y)
    for (int x = 0; x < sprite.image.width; ++x) {
      const float dx = static_cast<float>(x - sprite.origin_x) + 0.5F, dy = static_cast<float>(y - sprite.origin_y) + 0.5F;
      if (std::fabs(dx) / 64 + std::fabs(dy) / 32 > 1 + static_cast<float>(k_bleed_px) / 28.6F) continue;
      const Point map = to_map(dx, dy), world{map.x + static_cast<float>(cell_x), map.y + static_cast<float>(cell_y)};
      Pixel p;
      if (earth != nullptr) {
        // the cell's middle may lie outside the canvas: take the same place of the torus inside it
        const Point wrapped =
            to_screen(world.x - std::floor(world.x / k_period) * k_period, world.y - std::floor(world.y / k_period) * k_period);
        p = path_pixel(s, *earth, rim, map, static_cast<int>(std::floor(wrapped.x)), static_cast<int>(std::floor(wrapped.y)));
      } else {
        p = water_pixel(s, rim, map, world);
      }
      if (p.alpha > 0.004F)
        sprite.image.at(x, y) = {channel(p.color.x), channel(p.color.y), channel(p.color.z), channel(p.alpha)};
    }
  if (mask != 15) grow_rim(s, rim, cell_x, cell_y, sprite);
  trim(sprite);
  return sprite;
}

}  // namespace

std::vector<BakedAnimation> cut_overlay(const GroundStyle& style) {
  const bool floor = style.kind != GroundKind::water;
  const GroundCanvas earth = floor ? paint_floor(style, k_period) : GroundCanvas(1);
  BakedAnimation a{"tile", 200, 15, k_period * k_period, 0, true, false, {}, {}};
  for (int variant = 0; variant < k_period * k_period; ++variant)
    for (int mask = 1; mask <= 15; ++mask)
      a.sprites.push_back(paint_cell(style, floor ? &earth : nullptr, mask, variant % k_period, variant / k_period));
  return {std::move(a)};
}

}  // namespace cudgel::bake
