// Three-dimensional vectors, rotations and the few scalar functions the renderer needs.
// Model space: x forward, y to the body's right, z up, in metres. It never knows about pixels.
#pragma once

#include <algorithm>
#include <cmath>

namespace cudgel::bake {

inline constexpr float k_pi = 3.14159265358979f;

struct Vec {
  float x = 0, y = 0, z = 0;
};

inline Vec operator+(Vec a, Vec b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline Vec operator-(Vec a, Vec b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline Vec operator*(Vec a, float s) { return {a.x * s, a.y * s, a.z * s}; }
inline Vec operator*(Vec a, Vec b) { return {a.x * b.x, a.y * b.y, a.z * b.z}; }
inline Vec& operator+=(Vec& a, Vec b) { return a = a + b; }
inline float dot(Vec a, Vec b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline float length(Vec a) { return std::sqrt(dot(a, a)); }
inline Vec cross(Vec a, Vec b) { return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; }
inline Vec normalised(Vec a) {
  const float l = length(a);
  return l > 1e-9F ? a * (1 / l) : Vec{0, 0, 1};
}
inline float mix(float a, float b, float t) { return a + (b - a) * t; }
inline Vec mix(Vec a, Vec b, float t) { return a + (b - a) * t; }
inline float clamp01(float v) { return std::clamp(v, 0.F, 1.F); }
inline float smoothstep(float low, float high, float v) {
  const float t = clamp01((v - low) / (high - low));
  return t * t * (3 - 2 * t);
}

// A rotation, kept as the images of the three axes.
struct Turn {
  Vec x{1, 0, 0}, y{0, 1, 0}, z{0, 0, 1};
};

inline Vec apply(const Turn& t, Vec v) { return t.x * v.x + t.y * v.y + t.z * v.z; }
inline Vec apply_inverse(const Turn& t, Vec v) { return {dot(t.x, v), dot(t.y, v), dot(t.z, v)}; }
inline Turn operator*(const Turn& a, const Turn& b) { return {apply(a, b.x), apply(a, b.y), apply(a, b.z)}; }

// Degrees {roll, pitch, yaw}. Roll leans the top to the right, pitch leans it forward, yaw turns the front to the right;
// roll is applied first, yaw last.
inline Turn turn_from_degrees(Vec degrees) {
  const float r = degrees.x * k_pi / 180, p = degrees.y * k_pi / 180, w = degrees.z * k_pi / 180;
  const float cr = std::cos(r), sr = std::sin(r), cp = std::cos(p), sp = std::sin(p), cw = std::cos(w), sw = std::sin(w);
  const Turn roll{{1, 0, 0}, {0, cr, -sr}, {0, sr, cr}};
  const Turn pitch{{cp, 0, -sp}, {0, 1, 0}, {sp, 0, cp}};
  const Turn yaw{{cw, sw, 0}, {-sw, cw, 0}, {0, 0, 1}};
  return yaw * pitch * roll;
}

// A place and a rotation, with a size factor for things that grow and shrink.
struct Frame {
  Turn turn;
  Vec at;
  float scale = 1;
};

inline Vec to_world(const Frame& f, Vec v) { return f.at + apply(f.turn, v * f.scale); }

}  // namespace cudgel::bake
