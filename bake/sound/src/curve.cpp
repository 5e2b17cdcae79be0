#include <cmath>

#include "bake_sound/recipe.h"

namespace cudgel::bake_sound {

double Curve::at(double ms) const {
  if (ms <= points.front().at_ms) return points.front().value;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const Point& a = points[i - 1];
    const Point& b = points[i];
    if (ms < b.at_ms) return a.value * std::pow(b.value / a.value, (ms - a.at_ms) / (b.at_ms - a.at_ms));
  }
  return points.back().value;
}

}  // namespace cudgel::bake_sound
