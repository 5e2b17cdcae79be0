#include "bake_art/render.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "bake_art/shade.h"

namespace cudgel::bake {
namespace {

constexpr float k_pixel_gamma = 1 / 2.2F;

// What one ray found. Colours are tone mapped, linear and multiplied by alpha.
struct Sample {
  Vec color;
  float alpha = 0;
  float depth = -1e9F;  // towards the viewer
  std::uint32_t group = 0;
  int material = -1;
};

struct Ball {
  Vec middle;
  float radius = 0;
};

// Around all parts that are bare.
Ball around_bare(const Field& field) {
  Vec low{1e9F, 1e9F, 1e9F}, high{-1e9F, -1e9F, -1e9F};
  for (const Solid& s : field.solids()) {
    if (!s.bare) continue;
    const Vec r = Vec{1, 1, 1} * s.reach;
    const Vec a = s.middle - r, b = s.middle + r;
    low = {std::min(low.x, a.x), std::min(low.y, a.y), std::min(low.z, a.z)};
    high = {std::max(high.x, b.x), std::max(high.y, b.y), std::max(high.z, b.z)};
  }
  return {(low + high) * 0.5F, std::max(0.F, length(high - low) * 0.5F)};
}

class Painter {
 public:
  Painter(const Model& model, const Field& field, const View& view)
      : model_(model), field_(field), per_pixel_(1 / view.pixels_per_m) {
    left_ = static_cast<int>(std::floor(field.low().x * view.pixels_per_m)) - 2;
    const int right = static_cast<int>(std::ceil(field.high().x * view.pixels_per_m)) + 2;
    top_ = -static_cast<int>(std::ceil(field.high().y * view.pixels_per_m)) - 2;
    const int bottom = -static_cast<int>(std::floor(field.low().y * view.pixels_per_m)) + 2;
    width_ = std::clamp(right - left_, 1, 4096);
    height_ = std::clamp(bottom - top_, 1, 4096);
  }

  Sprite paint() const {
    const std::vector<Sample> first = first_rays();
    Sprite sprite;
    sprite.image = Image(width_, height_);
    sprite.origin_x = -left_;
    sprite.origin_y = -top_;
    std::vector<Vec> colors(first.size());
    std::vector<float> alphas(first.size());
    for (int y = 0; y < height_; ++y)
      for (int x = 0; x < width_; ++x) finish_pixel(first, x, y, colors[index(x, y)], alphas[index(x, y)]);
    for (int y = 0; y < height_; ++y)
      for (int x = 0; x < width_; ++x) sprite.image.at(x, y) = outlined(first, colors, alphas, x, y);
    return sprite;
  }

  // Whether what is drawn stands farther from the viewer than `beside`, where the two pass each other on the screen.
  bool passes_behind(const Ball& beside) const {
    const std::vector<Sample> first = first_rays();
    float nearer = 0;
    for (int y = 0; y < height_; ++y)
      for (int x = 0; x < width_; ++x) {
        const Sample& sample = first[index(x, y)];
        if (sample.alpha <= 0 || sample.depth < -1e8F) continue;
        const Vec at = on_screen(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
        const float dx = at.x - beside.middle.x, dy = at.y - beside.middle.y, r = beside.radius;
        const float weight = 1 - (dx * dx + dy * dy) / (r * r);
        if (weight > 0) nearer += weight * (along_ground({at.x, at.y, sample.depth}) - along_ground(beside.middle));
      }
    return nearer < 0;
  }

 private:
  std::vector<Sample> first_rays() const {
    std::vector<Sample> first(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_));
    for (int y = 0; y < height_; ++y)
      for (int x = 0; x < width_; ++x) first[index(x, y)] = ray(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
    return first;
  }

  // How far towards the viewer a point in camera space stands on the ground: upright things pass each other by that, not by depth.
  static float along_ground(Vec p) { return p.z * k_up.y - p.y * k_up.z; }

  Vec on_screen(float px, float py) const {
    return {(static_cast<float>(left_) + px) * per_pixel_, -(static_cast<float>(top_) + py) * per_pixel_, 0};
  }

  std::size_t index(int x, int y) const {
    return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(x);
  }

  Sample ray(float px, float py) const {
    const Vec at = on_screen(px, py);
    Sample sample = solid_ray(at);
    if (!field_.glow().empty()) add_glow(at, sample);
    return sample;
  }

  Sample solid_ray(Vec p) const {
    Sample sample;
    const auto list = field_.view().at(p);
    if (list.empty() || (model_.overlay && !any_shown(list))) return sample;
    float low = 0, high = 0;
    field_.view().range(list, field_.solids(), low, high);
    float z = high;
    for (int i = 0; i < 96 && z > low; ++i) {
      p.z = z;
      const float d = blended(field_.solids(), list, p);
      if (d < 0.0015F) {
        const Nearest owner = blended_with_owner(field_.solids(), list, p);
        if (owner.solid < 0) return sample;
        const Solid& s = field_.solids()[static_cast<std::size_t>(owner.solid)];
        sample.depth = z;
        if (!s.shown) return sample;  // hidden behind what is not drawn
        sample.color = tone_mapped(shade(field_, model_, list, owner.solid, p));
        sample.alpha = 1;
        sample.group = s.group;
        sample.material = s.material;
        return sample;
      }
      z -= std::max(d * 0.82F, 0.0015F);
    }
    return sample;
  }

  bool any_shown(std::span<const std::uint16_t> list) const {
    return std::any_of(list.begin(), list.end(), [&](std::uint16_t i) { return field_.solids()[i].shown; });
  }

  // Light in the air: brightest where the ray goes through its middle, and it hides little behind it.
  void add_glow(Vec p, Sample& sample) const {
    const auto list = field_.glow_view().at(p);
    for (const std::uint16_t i : list) {
      const Solid& s = field_.glow()[i];
      if (!s.shown) continue;
      float nearest = 1e9F, depth = 0;
      const float low = s.middle.z - s.reach, high = s.middle.z + s.reach;
      float z = high;
      for (int step = 0; step < 24 && z > low; ++step) {
        p.z = z;
        const float d = distance_to(s, p);
        if (d < nearest) {
          nearest = d;
          depth = z;
        }
        if (d < 0) {
          // go on inside to find how deep the ray goes
          z -= std::max(-d * 0.7F, s.reach * 0.04F);
        } else {
          z -= std::max(d * 0.9F, 0.002F);
        }
      }
      if (nearest >= 0 || depth < sample.depth) continue;
      const Material& m = model_.materials[static_cast<std::size_t>(s.material)];
      p.z = depth;
      const float core = clamp01(-nearest / thickness(s, p));
      const float alpha = clamp01(smoothstep(0, 0.75F, core) * m.opacity * s.fade);
      // flames keep their hue: only the hottest part goes to white
      const float heat = smoothstep(0.1F, 0.8F, core);
      const Vec hue = mix(m.color_b, m.color, heat) * s.tint;
      const Vec light = mix(hue, Vec{1, 1, 1}, clamp01((m.emit - 1.2F) * 0.35F * heat * heat));
      sample.color = sample.color * (1 - alpha) + light * alpha;
      sample.alpha = sample.alpha + alpha * (1 - sample.alpha);
      if (sample.material < 0) sample.material = s.material;
    }
  }

  // Half of how thick glow is where the ray passes; tongues of flame are as dense at their tip as at their root.
  static float thickness(const Solid& s, Vec p) {
    switch (s.shape) {
      case Shape::cone:
        return std::max(0.3F * s.radius_a, mix(s.radius_a, s.radius_b, clamp01(dot(p - s.a, s.axis))));
      case Shape::torus:
        return s.size.y;
      default:
        return std::max(0.001F, std::min({s.size.x, s.size.y, s.size.z}));
    }
  }

  bool needs_more(const std::vector<Sample>& first, int x, int y) const {
    const Sample& here = first[index(x, y)];
    const auto luma = [](Vec c) { return 0.3F * c.x + 0.59F * c.y + 0.11F * c.z; };
    for (int dy = -1; dy <= 1; ++dy)
      for (int dx = -1; dx <= 1; ++dx) {
        if (x + dx < 0 || y + dy < 0 || x + dx >= width_ || y + dy >= height_) continue;
        const Sample& other = first[index(x + dx, y + dy)];
        if (other.group != here.group || other.material != here.material || std::fabs(other.alpha - here.alpha) > 0.1F)
          return true;
        if (here.alpha > 0 &&
            (std::fabs(other.depth - here.depth) > 6 * per_pixel_ || std::fabs(luma(other.color) - luma(here.color)) > 0.06F))
          return true;
      }
    return false;
  }

  void finish_pixel(const std::vector<Sample>& first, int x, int y, Vec& color, float& alpha) const {
    const Sample& middle = first[index(x, y)];
    color = middle.color;
    alpha = middle.alpha;
    if (needs_more(first, x, y)) {
      constexpr std::array<std::array<float, 2>, 7> spots{
          {{.21F, .07F}, {.64F, .14F}, {.93F, .36F}, {.07F, .50F}, {.79F, .79F}, {.36F, .93F}, {.14F, .79F}}};
      for (const auto& spot : spots) {
        const Sample s = ray(static_cast<float>(x) + spot[0], static_cast<float>(y) + spot[1]);
        color += s.color;
        alpha += s.alpha;
      }
      color = color * (1.F / 8);
      alpha *= 1.F / 8;
    }
    color = color * behind_an_edge(first, x, y);
  }

  // Things directly behind another part's edge are drawn darker, so that an arm reads in front of a chest.
  float behind_an_edge(const std::vector<Sample>& first, int x, int y) const {
    const Sample& here = first[index(x, y)];
    if (here.group == 0) return 1;
    float dark = 0;
    for (const auto& [dx, dy] : {std::pair{-1, 0}, std::pair{1, 0}, std::pair{0, -1}, std::pair{0, 1}}) {
      if (x + dx < 0 || y + dy < 0 || x + dx >= width_ || y + dy >= height_) continue;
      const Sample& other = first[index(x + dx, y + dy)];
      if (other.group == 0 || other.group == here.group) continue;
      dark = std::max(dark, smoothstep(0.03F, 0.12F, other.depth - here.depth));
    }
    return 1 - dark * 0.42F * model_.outline / 0.55F;
  }

  Rgba outlined(const std::vector<Sample>& first, const std::vector<Vec>& colors, const std::vector<float>& alphas, int x,
                int y) const {
    Vec color = colors[index(x, y)];
    float alpha = alphas[index(x, y)];
    if (alpha < 0.98F && model_.outline > 0) {
      float around = 0;
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
          if (x + dx < 0 || y + dy < 0 || x + dx >= width_ || y + dy >= height_) continue;
          // no line onto what stands in front of the part that is drawn: the hand around a hilt
          if (first[index(x, y)].depth > first[index(x + dx, y + dy)].depth && model_.overlay) continue;
          around = std::max(around, alphas[index(x + dx, y + dy)] * (dx != 0 && dy != 0 ? 0.6F : 1.F));
        }
      const float line = model_.outline * around * (1 - alpha);
      color += Vec{0.012F, 0.010F, 0.014F} * line;
      alpha += line;
    }
    if (alpha < 0.004F) return {};
    const auto channel = [&](float v) {
      return static_cast<std::uint8_t>(std::pow(clamp01(v / alpha), k_pixel_gamma) * 255 + 0.5F);
    };
    return {channel(color.x), channel(color.y), channel(color.z), static_cast<std::uint8_t>(clamp01(alpha) * 255 + 0.5F)};
  }

  const Model& model_;
  const Field& field_;
  float per_pixel_;
  int left_ = 0, top_ = 0, width_ = 0, height_ = 0;
};

// How dark the ground is at a point: no sun, and no sky right under the body.
float ground_darkness(const Field& field, Vec ground) {
  float dark = (1 - light_reaching(field, ground + k_up * 0.004F)) * 0.55F;
  const auto list = field.upward().at(ground);
  if (!list.empty()) {
    const float near = clamp01(1 - blended(field.solids(), list, ground + k_up * 0.03F) / (Field::k_near_m * 0.8F));
    dark = 1 - (1 - dark) * (1 - near * near * 0.42F);
  }
  return dark;
}

Sprite paint_shadow(const Field& field, const View& view, int scale_log2) {
  // the shadow falls away from the light: stretch the bounds by what the height throws
  const float size = static_cast<float>(1 << scale_log2);
  const Vec light = towards_key_light();
  const float height = std::max(0.1F, field.high().y / k_up.y + 0.3F), run = 1 / dot(light, k_up);
  const Vec fall = (light * (-run) + k_up) * height;  // where the top's shadow lies
  const float margin = 0.35F, s = view.pixels_per_m;
  const int left = static_cast<int>(std::floor((std::min(field.low().x, field.low().x + fall.x) - margin) * s / size)) - 1;
  const int right = static_cast<int>(std::ceil((std::max(field.high().x, field.high().x + fall.x) + margin) * s / size)) + 1;
  const float low_y = std::min(0.F, field.low().y), high_y = std::max(fall.y, 0.F) + 1.F;
  const int top = -static_cast<int>(std::ceil((high_y + margin) * s / size)) - 1;
  const int bottom = -static_cast<int>(std::floor((low_y - margin) * s / size)) + 1;
  Sprite sprite;
  sprite.scale_log2 = scale_log2;
  sprite.image = Image(std::clamp(right - left, 1, 2048), std::clamp(bottom - top, 1, 2048));
  sprite.origin_x = -left << scale_log2;
  sprite.origin_y = -top << scale_log2;
  for (int y = 0; y < sprite.image.height; ++y)
    for (int x = 0; x < sprite.image.width; ++x) {
      float dark = 0;
      for (int k = 0; k < 4; ++k) {
        const float px = (static_cast<float>(left + x) + 0.25F + 0.5F * static_cast<float>(k & 1)) * size / s;
        const float py = -(static_cast<float>(top + y) + 0.25F + 0.5F * static_cast<float>(k >> 1)) * size / s;
        dark += ground_darkness(field, {px, py, -py * k_up.y / k_up.z}) / 4;
      }
      sprite.image.at(x, y) = {8, 11, 26, static_cast<std::uint8_t>(clamp01(dark) * 255 + 0.5F)};
    }
  return sprite;
}

}  // namespace

Rendered render(const Model& model, const Skeleton& skeleton, const View& view) {
  const Field field(model, skeleton, view.facing_degrees, towards_key_light());
  Rendered out;
  if (field.low().x > field.high().x) return out;  // nothing but shapes that take away, or nothing at all
  if (model.undressed) {
    const Field undressed(model, skeleton, view.facing_degrees, towards_key_light(), true);
    const Painter painter(model, undressed, view);
    out.body = painter.paint();
    out.behind = model.overlay && painter.passes_behind(around_bare(field));
  } else {
    out.body = Painter(model, field, view).paint();
  }
  trim(out.body);
  if (view.shadow && !field.solids().empty()) {
    out.shadow = paint_shadow(field, view, model.shadow_scale_log2);
    trim(out.shadow, 6);
  }
  return out;
}

}  // namespace cudgel::bake
