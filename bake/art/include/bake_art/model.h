// A body, effect or prop as described in assets/models/*.json: bones, shapes on bones, materials, poses, animations.
// Reading checks everything and names file, field and reason; afterwards a Model holds no bad index. It never renders.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "bake_art/vec.h"

namespace cudgel::bake {

enum class MaterialKind { plain, cloth, leather, steel, skin, wood, stone, leaf, thatch, hair, glow };

struct Material {
  MaterialKind kind = MaterialKind::plain;
  Vec color{1, 0, 1};    // linear light
  Vec color_b{1, 0, 1};  // the pattern's second colour
  Vec color_z{1, 0, 1};  // colour at gradient_z_high, where gradient_z_low < gradient_z_high
  float gradient_z_low = 0;
  float gradient_z_high = 0;
  Vec color_top;          // lies on what looks up: moss, snow
  float top = 0;          // how much of it, 0..1
  float gloss = 0.1F;     // strength of the highlight, 0..1
  float grain = 0.2F;     // strength of the pattern, 0..1
  float grain_m = 0.03F;  // size of the pattern, metres
  float bump = 0.3F;      // how much the pattern tilts the surface
  float vary = 0;         // brightness difference between copies, 0..1
  float emit = 0;         // light given off; above 0 it also glows into the air
  float opacity = 1;      // glow only: how dense it is in the middle
};

enum class Shape { cone, ellipsoid, box, cylinder, torus };

// One primitive. a and b are in the space of their bones; size means radii (ellipsoid), half edges (box),
// {radius, radius at the top, half height} (cylinder), {ring radius, thickness, 0} (torus, around z).
struct Primitive {
  Shape shape = Shape::cone;
  int bone = 0;
  int bone_b = 0;
  Vec a, b;
  float radius_a = 0, radius_b = 0;
  Vec size;
  float round = 0;
  Turn turn;
  int material = 0;
  float blend = 0.02F;      // metres over which it melts into what was there before
  bool carve = false;       // takes away instead of adding
  float tint = 1;           // brightness of this copy
  std::uint32_t group = 0;  // primitives of one part; edges between groups are drawn
  bool shown = true;        // false: it only hides what is behind it (of a model with `worn`, all but those parts)
  bool bare = false;        // not in the pictures, only in the shadow
};

struct Bone {
  std::string name;
  int parent = -1;  // -1: the ground point
};

// A limb of two stiff pieces whose end goes where the pose says. Bones: upper, upper + 1 (lower), upper + 2 (end).
struct Chain {
  int upper = 0;
  float upper_m = 0, lower_m = 0;
  Vec pole;        // where the joint points, in the space of the upper bone's parent
  float bend = 1;  // 1: the joint's side is the front of the limb (knee), -1: the back (elbow)
  int grip_bone = -1;
  Vec grip_at;  // what the end holds on to as far as its pose's grip says
};

// What a pose says about one bone.
struct Channels {
  Vec at;
  Vec turn;  // degrees, see turn_from_degrees
  float scale = 1;
  float fade = 1;  // opacity of glow on this bone
  float grip = 0;
};
using Pose = std::vector<Channels>;  // one entry a bone

enum class Ease { linear, smooth, in, out };

struct Key {
  float frame = 0;
  Ease ease = Ease::smooth;  // how it is approached
  Pose pose;
};

struct AnimationModel {
  std::string name;
  int frames = 1;
  int frame_ms = 100;
  int impact_frame = 0;
  int directions = 8;
  bool loop = true;
  bool additive = false;
  bool shadow = true;
  std::vector<Key> keys;
};

// A picture at higher resolution that becomes a file of its own.
struct Portrait {
  std::string file;
  std::string animation;
  float frame = 0;
  float facing_degrees = 75;
  int width = 360, height = 480;
  float pixels_per_m = 260;
  Vec ground;          // x, y: where the ground point lies in the picture, pixels
  bool badge = false;  // on a round dark ground, for icons
  bool png = false;
};

struct Model {
  std::string name;
  std::vector<Bone> bones;
  std::vector<Chain> chains;
  std::vector<Material> materials;
  std::vector<Primitive> primitives;
  std::vector<AnimationModel> animations;
  std::vector<Portrait> portraits;
  int height_px = 0;  // 0: measured
  float outline = 0.55F;
  float size = 1;     // how much larger than its measures it is drawn
  std::string later;  // pages of this name, which the client fetches when it first meets somebody on them; empty: before play
  bool in_atlas = true;
  bool overlay = false;    // only some parts are drawn, to be laid over a picture of another body in the same pose
  bool undressed = false;  // some parts are bare
  bool shadow = true;
  int shadow_scale_log2 = 2;  // shadows are soft: a quarter of the size is enough
};

// The model's text after following "base", the file's own name for messages.
struct ModelText {
  std::string file;
  std::string merged;
};

// Reads a model file and merges it over its bases. Empty `merged` and a message on error.
ModelText load_model_text(const std::string& file, const std::string& shown_name, std::string& error);

// Builds the model. On error `error` reads "file: field: reason".
Model parse_model(const ModelText& text, const std::string& name, std::string& error);

}  // namespace cudgel::bake
