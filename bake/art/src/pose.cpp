#include "bake_art/pose.h"

namespace cudgel::bake {
namespace {

float eased(Ease ease, float t) {
  switch (ease) {
    case Ease::linear:
      return t;
    case Ease::smooth:
      return t * t * (3 - 2 * t);
    case Ease::in:
      return t * t;
    case Ease::out:
      return 1 - (1 - t) * (1 - t);
  }
  return t;
}

Pose between(const Pose& a, const Pose& b, float t) {
  Pose out = a;
  for (std::size_t i = 0; i < a.size(); ++i) {
    out[i].at = mix(a[i].at, b[i].at, t);
    out[i].turn = mix(a[i].turn, b[i].turn, t);
    out[i].scale = mix(a[i].scale, b[i].scale, t);
    out[i].fade = mix(a[i].fade, b[i].fade, t);
    out[i].grip = mix(a[i].grip, b[i].grip, t);
  }
  return out;
}

// Two stiff pieces from `shoulder` towards `target`: the joint's place by the law of cosines, on the pole's side.
void bend_limb(const Chain& chain, Vec shoulder, Vec pole, Vec target, Frame& upper, Frame& lower, Vec& reached) {
  Vec reach = target - shoulder;
  const float far = chain.upper_m + chain.lower_m, near = std::fabs(chain.upper_m - chain.lower_m);
  const float d = std::clamp(length(reach), near + 0.01F, far * 0.998F);
  const Vec axis = normalised(reach);
  Vec side = pole - axis * dot(pole, axis);
  if (length(side) < 0.01F) side = cross(axis, Vec{0, 1, 0});
  side = normalised(side);
  const float along = (chain.upper_m * chain.upper_m - chain.lower_m * chain.lower_m + d * d) / (2 * d);
  const float out = std::sqrt(std::max(0.F, chain.upper_m * chain.upper_m - along * along));
  const Vec joint = shoulder + axis * along + side * out;
  reached = shoulder + axis * d;
  const auto piece = [&](Vec from, Vec to) {
    const Vec z = normalised(from - to);  // the piece hangs along -z
    Vec x = side * chain.bend;
    x = normalised(x - z * dot(x, z));
    return Turn{x, cross(z, x), z};
  };
  upper.turn = piece(shoulder, joint);
  upper.at = shoulder;
  lower.turn = piece(joint, reached);
  lower.at = joint;
}

const Chain* chain_of(const Model& model, std::size_t bone) {
  for (const Chain& c : model.chains)
    if (static_cast<std::size_t>(c.upper) == bone) return &c;
  return nullptr;
}

}  // namespace

Pose pose_at(const AnimationModel& animation, float frame) {
  const std::vector<Key>& keys = animation.keys;
  if (keys.size() == 1) return keys[0].pose;
  const auto length_frames = static_cast<float>(animation.frames);
  for (std::size_t i = 0; i + 1 < keys.size(); ++i)
    if (frame >= keys[i].frame && frame <= keys[i + 1].frame)
      return between(keys[i].pose, keys[i + 1].pose,
                     eased(keys[i + 1].ease, (frame - keys[i].frame) / (keys[i + 1].frame - keys[i].frame)));
  if (!animation.loop) return frame < keys[0].frame ? keys[0].pose : keys.back().pose;
  const float span = length_frames - keys.back().frame + keys[0].frame;
  if (span <= 0) return keys.back().pose;
  const float past = frame >= keys.back().frame ? frame - keys.back().frame : frame + length_frames - keys.back().frame;
  return between(keys.back().pose, keys[0].pose, eased(keys[0].ease, past / span));
}

Skeleton stand_up(const Model& model, const Pose& pose) {
  Skeleton s;
  s.bones.resize(model.bones.size());
  s.fade.resize(model.bones.size(), 1);
  const auto place = [&](std::size_t i) {
    const int parent = model.bones[i].parent;
    const Frame up = parent < 0 ? Frame{} : s.bones[static_cast<std::size_t>(parent)];
    s.bones[i] = {up.turn * turn_from_degrees(pose[i].turn), to_world(up, pose[i].at), up.scale * pose[i].scale};
    s.fade[i] = (parent < 0 ? 1.F : s.fade[static_cast<std::size_t>(parent)]) * pose[i].fade;
  };
  for (std::size_t i = 0; i < model.bones.size(); ++i) {
    place(i);
    const Chain* chain = chain_of(model, i);
    if (chain == nullptr) continue;
    const Frame parent = s.bones[static_cast<std::size_t>(std::max(0, model.bones[i].parent))];
    place(i + 2);
    Frame& end = s.bones[i + 2];
    if (chain->grip_bone >= 0)
      end.at = mix(end.at, to_world(s.bones[static_cast<std::size_t>(chain->grip_bone)], chain->grip_at), pose[i + 2].grip);
    bend_limb(*chain, s.bones[i].at, apply(parent.turn, chain->pole), end.at, s.bones[i], s.bones[i + 1], end.at);
    s.bones[i + 1].scale = s.bones[i].scale;
    i += 2;
  }
  return s;
}

}  // namespace cudgel::bake
