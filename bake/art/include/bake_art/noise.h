// Repeatable value noise, in space and on a torus. Pure functions.
#pragma once

#include <cstdint>

#include "bake_art/vec.h"

namespace cudgel::bake {

inline std::uint32_t mixed(std::uint32_t v) {
  v ^= v >> 16;
  v *= 0x7feb352dU;
  v ^= v >> 15;
  v *= 0x846ca68bU;
  return v ^ (v >> 16);
}

inline float hash_unit(int x, int y, int z) {
  return static_cast<float>(mixed(static_cast<std::uint32_t>(x) * 0x8da6b343U ^ static_cast<std::uint32_t>(y) * 0xd8163841U ^
                                  static_cast<std::uint32_t>(z) * 0xcb1ab31fU) >>
                            8) /
         16777216.F;
}

// 0..1, one feature a unit.
inline float noise(Vec p) {
  const int x = static_cast<int>(std::floor(p.x)), y = static_cast<int>(std::floor(p.y)), z = static_cast<int>(std::floor(p.z));
  const auto fade = [](float t) { return t * t * (3 - 2 * t); };
  const float tx = fade(p.x - static_cast<float>(x)), ty = fade(p.y - static_cast<float>(y)),
              tz = fade(p.z - static_cast<float>(z));
  const auto layer = [&](int dz) {
    return mix(mix(hash_unit(x, y, z + dz), hash_unit(x + 1, y, z + dz), tx),
               mix(hash_unit(x, y + 1, z + dz), hash_unit(x + 1, y + 1, z + dz), tx), ty);
  };
  return mix(layer(0), layer(1), tz);
}

inline float fractal(Vec p, int octaves) {
  float sum = 0, weight = 0.5F, total = 0;
  for (int i = 0; i < octaves; ++i) {
    sum += noise(p) * weight;
    total += weight;
    weight *= 0.5F;
    p = p * 2.03F + Vec{17.1F, 3.7F, 9.2F};
  }
  return sum / total;
}

// 0..1 on the plane, repeating every `period` units in both directions.
inline float noise_on_torus(float px, float py, int period, int seed) {
  const int x = static_cast<int>(std::floor(px)), y = static_cast<int>(std::floor(py));
  const auto fade = [](float t) { return t * t * (3 - 2 * t); };
  const auto wrap = [&](int v) { return ((v % period) + period) % period; };
  const float tx = fade(px - static_cast<float>(x)), ty = fade(py - static_cast<float>(y));
  return mix(mix(hash_unit(wrap(x), wrap(y), seed), hash_unit(wrap(x + 1), wrap(y), seed), tx),
             mix(hash_unit(wrap(x), wrap(y + 1), seed), hash_unit(wrap(x + 1), wrap(y + 1), seed), tx), ty);
}

}  // namespace cudgel::bake
