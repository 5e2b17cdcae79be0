#pragma once
// The parts that effects and loops share: layers, filters, reverb.

#include <string>
#include <vector>

#include "bake_content/row_reader.h"
#include "bake_sound/recipe.h"

namespace cudgel::bake_sound {

using bake_content::Complaints;
using bake_content::Json;
using bake_content::RowReader;

/// Where the text stands, for complaints.
struct Place {
  const std::string& file;
  Complaints& complaints;
};

/// A list of layers, at most `k_layers_max`; null has been complained about already.
std::vector<Layer> parse_layers(const Json& list, const std::string& path, const Place& place);
Reverb parse_reverb(RowReader& row, const Place& place);

}  // namespace cudgel::bake_sound
