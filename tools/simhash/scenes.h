#pragma once
// Short games that are about one thing each, with content of their own, for comparing builds: where a rule of dogs, effects, bosses or zones comes out
// otherwise, the scene's hash says so, and its facts say what was played. A fact that is 0 means that the scene does not show what it is for.

#include <cstdint>
#include <string>
#include <vector>

namespace cudgel::simhash {

struct Told {
  std::uint64_t hash = 0;  ///< of the last state
  std::string facts;       ///< "dogs=9 orders=40": what happened how often
};

/// "dogs", "effects", "boss", "zones".
const std::vector<std::string>& scene_names();
/// One of those.
Told play_scene(const std::string& name);

}  // namespace cudgel::simhash
