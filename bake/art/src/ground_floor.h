// What lies between the rims: the surface of paths and floors as a picture that repeats.
#pragma once

#include "ground_canvas.h"
#include "ground_style.h"

namespace cudgel::bake {

// Kinds path, litter and stones.
GroundCanvas paint_floor(const GroundStyle& style, int period);

}  // namespace cudgel::bake
