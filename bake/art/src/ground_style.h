// What assets/tiles/*.json says: a kind of ground with its colours and numbers.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "bake_art/bake.h"
#include "bake_art/vec.h"

namespace cudgel::bake {

enum class GroundKind { grass, path, water, litter, stones };

struct GroundStyle {
  GroundKind kind = GroundKind::grass;
  int seed = 1;
  std::string later;                  // see Model
  std::map<std::string, Vec> colors;  // as on the screen, 0..1
  std::map<std::string, float> numbers;
  Vec color(const char* name) const { return colors.at(name); }
  float number(const char* name) const { return numbers.at(name); }
};

// Every colour and number of the kind must be there; unknown ones are refused.
GroundStyle parse_ground_style(const ModelText& text, const std::string& name, std::string& error);

// 4 variants (period of 2 x 2 tiles) of 15 corner masks.
std::vector<BakedAnimation> cut_overlay(const GroundStyle& style);

}  // namespace cudgel::bake
