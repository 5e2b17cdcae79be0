// The signed distance field of one body in one pose, seen by the camera. Camera space: x right, y up on the screen,
// z towards the viewer, metres, the ground point at the origin. Questions are asked through bins of primitives so that
// a ray only meets what can lie on it. It knows nothing of light or pixels.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "bake_art/model.h"
#include "bake_art/pose.h"

namespace cudgel::bake {

// The world's up in camera space: the camera looks down at 30 degrees.
inline constexpr Vec k_up{0, 0.8660254F, 0.5F};

struct Solid {
  Shape shape = Shape::cone;
  bool carve = false;
  Vec a, b;  // b only for cones
  float radius_a = 0, radius_b = 0;
  Vec size;
  float round = 0;
  Turn turn;
  float blend = 0;
  Vec axis;         // cones: (b - a) / |b - a|^2
  Vec middle;       // of the bounding sphere
  float reach = 0;  // its radius, blend included
  int material = 0;
  float tint = 1;
  float fade = 1;
  std::uint32_t group = 0;
  bool shown = true;
  bool bare = false;
  const Frame* bone = nullptr;
};

// Distance from p to the surface of one solid; negative inside.
float distance_to(const Solid& solid, Vec p);

// For every cell of a plane perpendicular to `axis`, the solids a line along the axis through the cell can meet,
// in their original order.
class Bins {
 public:
  Bins() = default;
  Bins(std::span<const Solid> solids, Vec axis, float cell_m, float margin_m);
  std::span<const std::uint16_t> at(Vec p) const {
    const int cx = static_cast<int>((dot(p, u_) - low_u_) * per_cell_), cy = static_cast<int>((dot(p, v_) - low_v_) * per_cell_);
    if (cx < 0 || cy < 0 || cx >= columns_ || cy >= rows_ || dot(p, u_) < low_u_ || dot(p, v_) < low_v_) return {};
    const std::size_t cell = static_cast<std::size_t>(cy) * static_cast<std::size_t>(columns_) + static_cast<std::size_t>(cx);
    return std::span(list_).subspan(start_[cell], start_[cell + 1] - start_[cell]);
  }
  // The range along the axis in which the cell's solids lie.
  void range(std::span<const std::uint16_t> list, std::span<const Solid> solids, float& low, float& high) const;

 private:
  Vec axis_, u_, v_;
  float low_u_ = 0, low_v_ = 0, per_cell_ = 1;
  int columns_ = 0, rows_ = 0;
  std::vector<std::uint32_t> start_;
  std::vector<std::uint16_t> list_;
};

struct Nearest {
  float distance = 1e9F;
  int solid = -1;
};

// The body as the camera sees it: solids that block light, and glow that does not.
class Field {
 public:
  // `undressed`: without the parts that are bare.
  Field(const Model& model, const Skeleton& skeleton, float facing_degrees, Vec towards_light, bool undressed = false);
  Field(const Field&) = delete;
  Field& operator=(const Field&) = delete;

  std::span<const Solid> solids() const { return solids_; }
  std::span<const Solid> glow() const { return glow_; }
  const Bins& view() const { return view_; }
  const Bins& glow_view() const { return glow_view_; }
  const Bins& near_view() const { return near_view_; }  // with the margin k_near_m, for ambient occlusion
  const Bins& light() const { return light_; }
  const Bins& upward() const { return upward_; }
  Vec low() const { return low_; }
  Vec high() const { return high_; }

  static constexpr float k_near_m = 0.3F;

 private:
  void add(const Model& model, const Primitive& primitive, float fade);

  std::vector<Frame> bones_;
  std::vector<Solid> solids_, glow_;
  Bins view_, glow_view_, near_view_, light_, upward_;
  Vec low_{1e9F, 1e9F, 1e9F}, high_{-1e9F, -1e9F, -1e9F};
};

// The blended distance to the listed solids.
float blended(std::span<const Solid> solids, std::span<const std::uint16_t> list, Vec p);
// The same, and which solid the surface belongs to.
Nearest blended_with_owner(std::span<const Solid> solids, std::span<const std::uint16_t> list, Vec p);

}  // namespace cudgel::bake
