// The pieces of parse_model that stand in files of their own: shapes with their copies, and poses with animations.
#pragma once

#include <map>

#include "bake_art/model.h"
#include "json_cursor.h"

namespace cudgel::bake {

// "arm_r" <-> "arm_l"; a name without such an ending is its own mirror image.
std::string mirrored_name(const std::string& name);

struct Names {
  std::map<std::string, int> bones;
  std::map<std::string, int> materials;
  int bone(const Cursor& at, const std::string& key, int otherwise) const;
};

// Reads "parts" into model.primitives.
void parse_parts(const Cursor& root, const Names& names, Model& model);

// Reads "poses" and "animations"; `rest` is what a bone does when no pose speaks of it.
void parse_animations(const Cursor& root, const Names& names, const Pose& rest, Model& model);

}  // namespace cudgel::bake
