#include "bake_art/field.h"

namespace cudgel::bake {
namespace {

// World (x down-right, y down-left, z up) to camera space.
Vec to_camera(Vec p) {
  constexpr float s = 0.70710678F;
  const float across = (p.x - p.y) * s, forward = (p.x + p.y) * s;
  return {across, p.z * k_up.y - forward * k_up.z, p.z * k_up.z + forward * k_up.y};
}

float box_distance(Vec q, Vec half, float round) {
  const Vec d{std::fabs(q.x) - half.x + round, std::fabs(q.y) - half.y + round, std::fabs(q.z) - half.z + round};
  const Vec out{std::max(d.x, 0.F), std::max(d.y, 0.F), std::max(d.z, 0.F)};
  return length(out) + std::min(std::max({d.x, d.y, d.z}), 0.F) - round;
}

float cylinder_distance(Vec q, Vec size, float round) {
  const float along = std::clamp((q.z + size.z) / (2 * size.z), 0.F, 1.F);
  const float dx = std::sqrt(q.x * q.x + q.y * q.y) - mix(size.x, size.y, along) + round, dy = std::fabs(q.z) - size.z + round;
  const float ox = std::max(dx, 0.F), oy = std::max(dy, 0.F);
  return std::sqrt(ox * ox + oy * oy) + std::min(std::max(dx, dy), 0.F) - round;
}

float ellipsoid_distance(Vec q, Vec r) {
  const Vec inner{q.x / r.x, q.y / r.y, q.z / r.z};
  const float k0 = length(inner);
  if (k0 < 0.05F) return -std::min({r.x, r.y, r.z}) * 0.9F;
  const float k1 = length(Vec{inner.x / r.x, inner.y / r.y, inner.z / r.z});
  return k0 * (k0 - 1) / k1;
}

// How far outside a smooth union another shape still matters: its blend.
bool out_of_reach(const Solid& s, Vec p, float best) {
  const Vec d = p - s.middle;
  const float far = s.reach + (s.carve ? s.blend - best : best);
  return far < 0 || dot(d, d) > far * far;
}

float union_of(float d, float e, float k) {
  const float h = clamp01(0.5F + 0.5F * (d - e) / k);
  return mix(d, e, h) - k * h * (1 - h);
}

float without(float d, float e, float k) {
  const float h = clamp01(0.5F - 0.5F * (d + e) / k);
  return mix(d, -e, h) + k * h * (1 - h);
}

}  // namespace

float distance_to(const Solid& s, Vec p) {
  switch (s.shape) {
    case Shape::cone: {
      const Vec pa = p - s.a;
      const float h = clamp01(dot(pa, s.axis));
      const Vec along = (s.b - s.a) * h;
      return length(pa - along) - mix(s.radius_a, s.radius_b, h);
    }
    case Shape::ellipsoid:
      return ellipsoid_distance(apply_inverse(s.turn, p - s.a), s.size);
    case Shape::box:
      return box_distance(apply_inverse(s.turn, p - s.a), s.size, s.round);
    case Shape::cylinder:
      return cylinder_distance(apply_inverse(s.turn, p - s.a), s.size, s.round);
    case Shape::torus: {
      const Vec q = apply_inverse(s.turn, p - s.a);
      const float ring = std::sqrt(q.x * q.x + q.y * q.y) - s.size.x;
      return std::sqrt(ring * ring + q.z * q.z) - s.size.y;
    }
  }
  return 1e9F;
}

float blended(std::span<const Solid> solids, std::span<const std::uint16_t> list, Vec p) {
  float d = 1e3F;
  for (const std::uint16_t i : list) {
    const Solid& s = solids[i];
    if (out_of_reach(s, p, d)) continue;
    const float e = distance_to(s, p);
    d = s.carve ? without(d, e, s.blend) : union_of(d, e, s.blend);
  }
  return d;
}

Nearest blended_with_owner(std::span<const Solid> solids, std::span<const std::uint16_t> list, Vec p) {
  Nearest n{1e3F, -1};
  for (const std::uint16_t i : list) {
    const Solid& s = solids[i];
    if (out_of_reach(s, p, n.distance)) continue;
    const float e = distance_to(s, p);
    if (s.carve) {
      if (-e > n.distance) n.solid = i;
      n.distance = without(n.distance, e, s.blend);
    } else {
      if (e < n.distance) n.solid = i;
      n.distance = union_of(n.distance, e, s.blend);
    }
  }
  return n;
}

Bins::Bins(std::span<const Solid> solids, Vec axis, float cell_m, float margin_m) : axis_(axis), per_cell_(1 / cell_m) {
  if (solids.empty()) return;
  u_ = normalised(std::fabs(axis.x) > 0.9F ? cross(axis, {0, 1, 0}) : cross(axis, {1, 0, 0}));
  v_ = cross(axis, u_);
  float high_u = -1e9F, high_v = -1e9F;
  low_u_ = low_v_ = 1e9F;
  for (const Solid& s : solids) {
    const float r = s.reach + margin_m, mu = dot(s.middle, u_), mv = dot(s.middle, v_);
    low_u_ = std::min(low_u_, mu - r);
    low_v_ = std::min(low_v_, mv - r);
    high_u = std::max(high_u, mu + r);
    high_v = std::max(high_v, mv + r);
  }
  columns_ = static_cast<int>((high_u - low_u_) * per_cell_) + 1;
  rows_ = static_cast<int>((high_v - low_v_) * per_cell_) + 1;
  const std::size_t cells = static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_);
  std::vector<std::vector<std::uint16_t>> lists(cells);
  const float diagonal = cell_m * 0.7072F;
  for (std::size_t i = 0; i < solids.size(); ++i) {
    const Solid& s = solids[i];
    const bool capsule = s.shape == Shape::cone;
    const float r = (capsule ? std::max(s.radius_a, s.radius_b) + s.blend : s.reach) + margin_m + diagonal;
    const Vec a = capsule ? s.a : s.middle, b = capsule ? s.b : s.middle;
    const float au = dot(a, u_), av = dot(a, v_), bu = dot(b, u_) - au, bv = dot(b, v_) - av, bb = bu * bu + bv * bv;
    const auto cell_of = [&](float x, float low, int count) {
      return std::clamp(static_cast<int>((x - low) * per_cell_), 0, count - 1);
    };
    const int x0 = cell_of(std::min(au, au + bu) - r, low_u_, columns_),
              x1 = cell_of(std::max(au, au + bu) + r, low_u_, columns_);
    const int y0 = cell_of(std::min(av, av + bv) - r, low_v_, rows_), y1 = cell_of(std::max(av, av + bv) + r, low_v_, rows_);
    for (int y = y0; y <= y1; ++y)
      for (int x = x0; x <= x1; ++x) {
        const float cu = low_u_ + (static_cast<float>(x) + 0.5F) * cell_m - au,
                    cv = low_v_ + (static_cast<float>(y) + 0.5F) * cell_m - av;
        const float h = bb > 1e-9F ? clamp01((cu * bu + cv * bv) / bb) : 0;
        const float du = cu - bu * h, dv = cv - bv * h;
        if (du * du + dv * dv <= r * r)
          lists[static_cast<std::size_t>(y) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(x)].push_back(
              static_cast<std::uint16_t>(i));
      }
  }
  start_.reserve(cells + 1);
  for (const auto& l : lists) {
    start_.push_back(static_cast<std::uint32_t>(list_.size()));
    list_.insert(list_.end(), l.begin(), l.end());
  }
  start_.push_back(static_cast<std::uint32_t>(list_.size()));
}

void Bins::range(std::span<const std::uint16_t> list, std::span<const Solid> solids, float& low, float& high) const {
  low = 1e9F;
  high = -1e9F;
  for (const std::uint16_t i : list) {
    const float middle = dot(solids[i].middle, axis_);
    low = std::min(low, middle - solids[i].reach);
    high = std::max(high, middle + solids[i].reach);
  }
}

Field::Field(const Model& model, const Skeleton& skeleton, float facing_degrees, Vec towards_light, bool undressed) {
  const Turn facing = turn_from_degrees({0, 0, facing_degrees});
  bones_.reserve(skeleton.bones.size());
  for (const Frame& f : skeleton.bones) {
    const auto seen = [&](Vec v) { return to_camera(apply(facing, v)); };
    bones_.push_back({{seen(f.turn.x), seen(f.turn.y), seen(f.turn.z)}, seen(f.at), f.scale});
  }
  for (const Primitive& p : model.primitives)
    if (!(undressed && p.bare)) add(model, p, skeleton.fade[static_cast<std::size_t>(p.bone)]);
  view_ = Bins(solids_, {0, 0, 1}, 0.09F, 0);
  glow_view_ = Bins(glow_, {0, 0, 1}, 0.09F, 0);
  near_view_ = Bins(solids_, {0, 0, 1}, 0.18F, k_near_m * 0.6F);
  light_ = Bins(solids_, towards_light, 0.09F, 0.03F);
  upward_ = Bins(solids_, k_up, 0.18F, k_near_m);
}

void Field::add(const Model& model, const Primitive& p, float fade) {
  const Frame& bone = bones_[static_cast<std::size_t>(p.bone)];
  const Material& material = model.materials[static_cast<std::size_t>(p.material)];
  if (bone.scale < 0.01F) return;
  Solid s;
  s.shape = p.shape;
  s.carve = p.carve;
  s.a = to_world(bone, p.a);
  s.b = to_world(bones_[static_cast<std::size_t>(p.bone_b)], p.b);
  s.radius_a = p.radius_a * bone.scale;
  s.radius_b = p.radius_b * bones_[static_cast<std::size_t>(p.bone_b)].scale;
  s.size = p.size * bone.scale;
  s.round = std::min({p.round * bone.scale, s.size.x * 0.98F, s.size.y > 0 ? s.size.y * 0.98F : s.size.x,
                      s.size.z > 0 ? s.size.z * 0.98F : s.size.x});
  s.turn = bone.turn * p.turn;
  s.blend = std::max(p.blend * bone.scale, 0.002F);
  s.material = p.material;
  s.tint = p.tint;
  s.fade = fade;
  s.group = p.group;
  s.shown = p.shown;
  s.bare = p.bare;
  s.bone = &bone;
  s.middle = s.a;
  switch (p.shape) {
    case Shape::cone: {
      const Vec ab = s.b - s.a;
      s.axis = dot(ab, ab) > 1e-9F ? ab * (1 / dot(ab, ab)) : Vec{};
      s.middle = (s.a + s.b) * 0.5F;
      s.reach = length(ab) * 0.5F + std::max(s.radius_a, s.radius_b);
      break;
    }
    case Shape::ellipsoid:
      s.reach = std::max({s.size.x, s.size.y, s.size.z});
      break;
    case Shape::box:
      s.reach = length(s.size);
      break;
    case Shape::cylinder:
      s.reach = std::hypot(std::max(s.size.x, s.size.y), s.size.z);
      break;
    case Shape::torus:
      s.reach = s.size.x + s.size.y;
      break;
  }
  s.reach += s.blend;
  if (!s.carve) {
    const Vec r = Vec{1, 1, 1} * s.reach;
    const bool capsule = s.shape == Shape::cone;
    const Vec ra = capsule ? Vec{1, 1, 1} * (s.radius_a + s.blend) : r, rb = capsule ? Vec{1, 1, 1} * (s.radius_b + s.blend) : r;
    const Vec end = capsule ? s.b : s.a;
    low_ = {std::min({low_.x, s.a.x - ra.x, end.x - rb.x}), std::min({low_.y, s.a.y - ra.y, end.y - rb.y}),
            std::min({low_.z, s.a.z - ra.z, end.z - rb.z})};
    high_ = {std::max({high_.x, s.a.x + ra.x, end.x + rb.x}), std::max({high_.y, s.a.y + ra.y, end.y + rb.y}),
             std::max({high_.z, s.a.z + ra.z, end.z + rb.z})};
  }
  (material.kind == MaterialKind::glow ? glow_ : solids_).push_back(s);
}

}  // namespace cudgel::bake
