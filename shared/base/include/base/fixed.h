#pragma once
// Fixed-point geometry of the world: integers in 1/256 tile, headings in 1/64 turn. No float, so that every machine
// gets the same result. +x points down-right on the screen, +y down-left; headings turn from +x towards +y.

#include <cstdint>
#include <cstdlib>

namespace cudgel::base {

/// Units in one tile. All positions, radii and per-tick speeds of the sim are in these units.
inline constexpr std::int32_t k_units_per_tile = 256;

struct Vec2 {
  std::int32_t x = 0;
  std::int32_t y = 0;

  friend constexpr Vec2 operator+(Vec2 a, Vec2 b) { return {a.x + b.x, a.y + b.y}; }
  friend constexpr Vec2 operator-(Vec2 a, Vec2 b) { return {a.x - b.x, a.y - b.y}; }
  friend constexpr bool operator==(Vec2 a, Vec2 b) = default;
};

/// Squared length in units²; 64 bits because a 1024-tile map squared does not fit 32.
constexpr std::int64_t length_squared(Vec2 v) {
  return static_cast<std::int64_t>(v.x) * v.x + static_cast<std::int64_t>(v.y) * v.y;
}
/// Larger of |x| and |y|: the distance that "16 tiles in every direction" means.
constexpr std::int32_t chebyshev(Vec2 v) {
  const std::int32_t ax = v.x < 0 ? -v.x : v.x;
  const std::int32_t ay = v.y < 0 ? -v.y : v.y;
  return ax > ay ? ax : ay;
}
/// Integer square root, rounded down. Exact for all 63-bit inputs.
std::int32_t isqrt(std::int64_t value);
/// Length in units, rounded down.
std::int32_t length(Vec2 v);

/// Directions a body can move in; 64 make a turn (5.6 degrees each). The keyboard uses every eighth.
inline constexpr int k_headings = 64;
/// Directions a body can be drawn facing: 0 is +x, then every 45 degrees towards +y.
inline constexpr int k_facings = 8;

/// `distance` units along `heading` (0..63), rounded towards zero; from a table of integers.
Vec2 along(int heading, std::int32_t distance);
/// The heading (0..63) nearest to the direction of `v`; 0 for the zero vector.
int heading_of(Vec2 v);
constexpr int facing_of_heading(int heading) { return ((heading + 4) / 8) % k_facings; }
constexpr Vec2 tile_centre(int tile_x, int tile_y) {
  return {tile_x * k_units_per_tile + k_units_per_tile / 2, tile_y * k_units_per_tile + k_units_per_tile / 2};
}

}  // namespace cudgel::base
