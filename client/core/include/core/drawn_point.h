#pragma once
// A place on the map as drawn: tiles, with fractions. Never fed back into the sim.

namespace cudgel::core {

struct DrawnPoint {
  double x = 0;
  double y = 0;
};

}  // namespace cudgel::core
