// Draws one pose of one model as a picture, and its shadow on the ground as another. Pure: same input, same picture.
#pragma once

#include "bake_art/image.h"
#include "bake_art/model.h"
#include "bake_art/pose.h"

namespace cudgel::bake {

// A tile is 128 x 64 pixels and 1.293 m wide, which makes a person of 1.75 m about 107 pixels tall.
inline constexpr float k_pixels_per_m = 70.F;

struct View {
  float facing_degrees = 0;  // 0: along world x; clockwise on the map
  float pixels_per_m = k_pixels_per_m;
  bool shadow = true;
};

struct Rendered {
  Sprite body;
  Sprite shadow;
  bool behind = false;  // of parts that are drawn alone: where they pass the bare parts, they are behind them
};

Rendered render(const Model& model, const Skeleton& skeleton, const View& view);

}  // namespace cudgel::bake
