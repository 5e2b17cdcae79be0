#include "bake_art/shade.h"

#include "bake_art/noise.h"

namespace cudgel::bake {
namespace {

constexpr Vec k_key_color{2.35F, 2.08F, 1.72F};     // late morning sun; brighter is flatter once tone mapped
constexpr Vec k_sky_color{0.50F, 0.60F, 0.82F};     // shadows are cool
constexpr Vec k_bounce_color{0.26F, 0.27F, 0.17F};  // grass sends back green-brown light
constexpr Vec k_rim_color{0.62F, 0.78F, 1.0F};
constexpr float k_exposure = 0.86F;

// Coordinates that stick to the thing: along the axis for cones, the shape's own for the others.
Vec sticking(const Solid& s, Vec p) {
  if (s.shape != Shape::cone) return apply_inverse(s.turn, p - s.a);
  const Vec ab = s.b - s.a;
  const float l = length(ab);
  const Vec pa = apply_inverse(s.bone->turn, p - s.a);
  if (l < 1e-4F) return pa;
  const Vec axis = apply_inverse(s.bone->turn, ab * (1 / l));
  const float along = dot(pa, axis);
  const Vec side = pa - axis * along;
  // flatten the axis out of the side so that grain runs along z whatever way the cone points
  const Vec u = normalised(std::fabs(axis.x) > 0.8F ? cross(axis, {0, 1, 0}) : cross(axis, {1, 0, 0}));
  return {dot(side, u), dot(side, cross(axis, u)), along};
}

// Height of the pattern, 0..1; also what mixes the two colours. `draped`: cloth hanging around a limb or a body.
float pattern(const Material& m, Vec q, bool draped) {
  const Vec metres = q;
  q = q * (1 / m.grain_m);
  switch (m.kind) {
    case MaterialKind::cloth: {
      const float loose = fractal({q.x, q.y, q.z * 0.35F}, 3);
      if (!draped) return loose;
      // folds run down the cloth and wander a little
      const float angle = std::atan2(metres.y, metres.x), wander = noise({metres.x * 6, metres.y * 6, metres.z * 3});
      const float folds = 0.5F + 0.5F * std::sin(angle * 7 + wander * 5);
      return 0.55F * folds + 0.45F * loose;
    }
    case MaterialKind::leather:
      return 1 - std::fabs(fractal(q, 3) * 2 - 1) * 1.3F;
    case MaterialKind::steel:
      return 0.6F * fractal(q, 2) + 0.4F * noise({q.x * 6, q.y * 6, q.z * 0.6F});
    case MaterialKind::wood: {
      const float warp = noise({q.x, q.y, q.z * 0.15F}) * 3;
      return 0.65F * noise({q.x * 2.5F + warp, q.y * 2.5F, q.z * 0.22F}) + 0.35F * noise({q.x * 7, q.y * 7 + warp, q.z * 0.5F});
    }
    case MaterialKind::stone: {
      const float crack = 1 - std::fabs(fractal(q * 0.7F, 3) * 2 - 1);
      return fractal(q * 1.7F, 3) * (crack > 0.93F ? 0.4F : 1.F);
    }
    case MaterialKind::thatch:
      return 0.5F * noise({q.x * 0.25F, q.y * 3, q.z}) + 0.5F * noise({q.x * 0.6F, q.y * 8, q.z});
    case MaterialKind::hair:
      return noise({q.x * 5, q.y * 5, q.z * 0.4F});
    case MaterialKind::leaf:
    case MaterialKind::skin:
    case MaterialKind::plain:
    case MaterialKind::glow:
      break;
  }
  return fractal(q, 3);
}

Vec field_normal(const Field& field, std::span<const std::uint16_t> list, Vec p) {
  // four taps at the corners of a tetrahedron
  constexpr float e = 0.004F;
  const auto tap = [&](Vec k) { return k * blended(field.solids(), list, p + k * e); };
  return normalised(tap({1, -1, -1}) + tap({-1, -1, 1}) + tap({-1, 1, -1}) + tap({1, 1, 1}));
}

Vec bumped(const Material& m, Vec q, Vec normal, const Solid& s, float here, bool draped) {
  if (m.bump <= 0.01F) return normal;
  const float e = m.grain_m * 0.25F;
  const Vec slope{pattern(m, q + Vec{e, 0, 0}, draped) - here, pattern(m, q + Vec{0, e, 0}, draped) - here,
                  pattern(m, q + Vec{0, 0, e}, draped) - here};
  const Turn& turn = s.shape == Shape::cone ? s.bone->turn : s.turn;
  const Vec tilt = apply(turn, slope);
  return normalised(normal - (tilt - normal * dot(tilt, normal)) * (m.bump * 1.6F));
}

float occlusion(const Field& field, Vec p, Vec normal) {
  const auto list = field.near_view().at(p);
  float dark = 0, weight = 1;
  for (const float h : {0.025F, 0.07F, 0.15F}) {
    dark += weight * std::max(0.F, h - blended(field.solids(), list, p + normal * h)) / h;
    weight *= 0.75F;
  }
  return clamp01(1 - dark * 0.42F);
}

// 1 on sharp outer edges, 0 on flat and hollow places: where paint wears off and light catches.
float edge_wear(const Field& field, std::span<const std::uint16_t> list, Vec p, Vec normal) {
  constexpr float h = 0.016F;
  return clamp01((blended(field.solids(), list, p - normal * h) + h) / h * 1.6F - 0.25F);
}

bool wears(MaterialKind kind) {
  return kind == MaterialKind::steel || kind == MaterialKind::wood || kind == MaterialKind::stone ||
         kind == MaterialKind::leather;
}

Vec surface_color(const Field& field, const Solid& s, const Material& m, std::span<const std::uint16_t> list, Vec p, Vec normal,
                  float spot) {
  Vec albedo = m.color;
  const Vec on_bone = apply_inverse(s.bone->turn, p - s.bone->at) * (1 / s.bone->scale);
  if (m.gradient_z_high > m.gradient_z_low)
    albedo = mix(albedo, m.color_z, smoothstep(m.gradient_z_low, m.gradient_z_high, on_bone.z));
  albedo = mix(albedo, m.color_b, clamp01((1 - spot) * 1.6F - 0.3F) * clamp01(m.grain));
  if (m.top > 0) {
    // moss, snow or dust lies where the surface looks up
    const float lies = smoothstep(0.35F, 0.8F, dot(normal, k_up) + 0.7F * (fractal(on_bone * 7.F, 3) - 0.5F));
    albedo = mix(albedo, m.color_top * (0.75F + 0.5F * noise(on_bone * 40.F)), lies * m.top);
  }
  if (wears(m.kind)) albedo = albedo * (1 + 0.55F * edge_wear(field, list, p, normal));
  // broad, faint changes of tone keep large plain surfaces alive
  return albedo * (s.tint * (0.9F + 0.2F * noise(on_bone * 5.F)));
}

}  // namespace

Vec towards_key_light() {
  static const Vec light = normalised({-0.58F, 0.50F, 0.66F});
  return light;
}

float light_reaching(const Field& field, Vec p) {
  const Vec light = towards_key_light();
  const auto list = field.light().at(p);
  if (list.empty()) return 1;
  float low = 0, high = 0;
  field.light().range(list, field.solids(), low, high);
  const float end = high - dot(p, light);
  float lit = 1, t = std::max(0.02F, low - dot(p, light));
  for (int i = 0; i < 48 && t < end; ++i) {
    const float d = blended(field.solids(), list, p + light * t);
    lit = std::min(lit, 14 * d / t);
    if (lit < 0.01F) return 0;
    t += std::max(d * 0.85F, 0.008F);
  }
  return clamp01(lit) * clamp01(lit) * (3 - 2 * clamp01(lit));
}

Vec shade(const Field& field, const Model& model, std::span<const std::uint16_t> list, int solid, Vec p) {
  const Solid& s = field.solids()[static_cast<std::size_t>(solid)];
  const Material& m = model.materials[static_cast<std::size_t>(s.material)];
  const Vec q = sticking(s, p);
  const bool draped = s.shape == Shape::cone && s.radius_b > 0.06F * s.bone->scale;
  const float spot = pattern(m, q, draped);
  const Vec smooth_normal = field_normal(field, list, p);
  const Vec n = bumped(m, q, smooth_normal, s, spot, draped);
  const Vec albedo = surface_color(field, s, m, list, p, smooth_normal, spot);

  const Vec light = towards_key_light();
  const float up = dot(n, k_up), facing = std::max(0.F, n.z), slant = dot(n, light);
  const bool soft = m.kind == MaterialKind::skin || m.kind == MaterialKind::leaf;
  const float wrap = soft ? 0.25F : 0.04F;
  float key = std::max(0.F, (slant + wrap) / (1 + wrap));
  const float reaching = key > 0 ? light_reaching(field, p + smooth_normal * 0.012F) : 0;
  const float ao = occlusion(field, p, smooth_normal);
  const float ground = mix(0.62F, 1.F, smoothstep(-0.05F, 0.35F, dot(p, k_up) + 0.2F * up));

  Vec sum = k_key_color * (key * reaching);
  if (soft && reaching < 1) sum += Vec{0.35F, 0.10F, 0.04F} * (m.kind == MaterialKind::skin ? key * (1 - reaching) : 0);
  sum += k_sky_color * ((0.42F + 0.42F * up) * ao * ground);
  sum += k_bounce_color * ((0.5F - 0.5F * up) * ao);
  Vec color = albedo * sum;

  const Vec half = normalised(light + Vec{0, 0, 1});
  const float fresnel = std::pow(1 - facing, 3.F);
  if (m.kind == MaterialKind::steel) {
    const Vec r = n * (2 * n.z) - Vec{0, 0, 1};
    const float r_up = dot(r, k_up);
    const Vec sky = mix(Vec{0.10F, 0.11F, 0.10F}, Vec{0.85F, 0.95F, 1.1F}, smoothstep(-0.35F, 0.75F, r_up));
    color = color * 0.55F + albedo * sky * (m.gloss * (0.35F + 0.65F * ao));
  }
  const float sharp = m.kind == MaterialKind::steel ? 42.F : mix(10.F, 40.F, clamp01(m.gloss));
  const float shine = std::pow(std::max(0.F, dot(n, half)), sharp) * m.gloss * reaching;
  color += (m.kind == MaterialKind::steel ? albedo * 2.2F : Vec{0.55F, 0.52F, 0.46F}) * shine;
  // a cool rim from behind on the shadow side keeps bodies apart from the ground
  const float rim = fresnel * clamp01(dot(n, normalised({0.75F, 0.55F, -0.1F})) * 1.2F + 0.15F);
  color += k_rim_color * (albedo * 0.7F + Vec{0.12F, 0.12F, 0.12F}) * (rim * 0.85F * (0.4F + 0.6F * ao));
  if (m.kind == MaterialKind::leaf) color += albedo * Vec{0.75F, 0.85F, 0.2F} * (std::max(0.F, -slant) * 0.35F * ao);
  color += m.color * m.emit;
  return color;
}

Vec tone_mapped(Vec c) {
  const auto curve = [](float x) {
    x = std::max(0.F, x * k_exposure);
    return clamp01((x * (2.2F * x + 0.06F)) / (x * (2.05F * x + 0.72F) + 0.14F));
  };
  const Vec seen{curve(c.x), curve(c.y), curve(c.z)};
  // bright light pales colours a little, as film does
  const float bright = 0.3F * seen.x + 0.59F * seen.y + 0.11F * seen.z;
  return mix(seen, Vec{1, 1, 1} * bright, 0.10F + 0.12F * smoothstep(0.25F, 0.9F, bright));
}

}  // namespace cudgel::bake
