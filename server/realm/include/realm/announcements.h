#pragma once
// Which of a tick's events everybody is told about, and in which words: the content's (MonsterSpec::appears and falls).

#include <string>
#include <vector>

#include "sim/world.h"

namespace cudgel::realm {

/// After the step that made `events`. Usually empty.
std::vector<std::string> announcements(const sim::World& world, const sim::Events& events);

}  // namespace cudgel::realm
