#pragma once
// All bots of a process in one loop: sleep a little, read everything that came, let those think that something came for.

#include <atomic>

#include "cast.h"
#include "content/content.h"
#include "options.h"
#include "report.h"

namespace cudgel::bots {

/// Connects, plays for the time asked, leaves. `stop` ends it early. With a cast, options.players and .seconds are the cast's, everybody
/// comes and goes as recorded, and all of it is measured.
Report run_swarm(const content::Content& content, const Options& options, const Cast& cast, const std::atomic<bool>& stop);

}  // namespace cudgel::bots
