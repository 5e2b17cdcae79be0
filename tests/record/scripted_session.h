#pragma once
// A recorded game without a server: the scripted players of cudgel-simhash come, fight, die and leave, and every second is kept.

#include <vector>

#include "record/recording.h"
#include "script.h"

namespace cudgel::record::testing {

struct Session {
  Start start;
  std::vector<Second> seconds;
};

/// The content that sessions are played with; the same for all of them.
const content::Content& script_content();
sim::World script_world();
/// Takes `world` on for so many ticks; the last second may be a short one. A whole world is kept with the last.
Session record_session(sim::World& world, std::int32_t ticks, std::int32_t players = 12);
/// The session as a file: head, start, seconds, end.
std::vector<std::uint8_t> file_of(const Session& session);

}  // namespace cudgel::record::testing
