// From an animation and a moment to where every bone is. Limbs are bent here. It never touches shapes.
#pragma once

#include <vector>

#include "bake_art/model.h"

namespace cudgel::bake {

// The animation at a moment given in frames; loops run on from the last key to the first.
Pose pose_at(const AnimationModel& animation, float frame);

struct Skeleton {
  std::vector<Frame> bones;
  std::vector<float> fade;
};

// Bones in model space.
Skeleton stand_up(const Model& model, const Pose& pose);

}  // namespace cudgel::bake
