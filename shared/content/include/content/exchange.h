#pragma once
// Which content may take the place of another while the server runs and pages hold the old one: whatever a page predicts by or draws must
// stay. Compares; changes nothing.

#include <string>

#include "content/content.h"

namespace cudgel::content {

/// Empty when `next` differs from `now` only in what may change: of monsters level, experience, health, speed, the damage and cooldown of
/// their attack, sight, leash, visit_weight, traits, loot and announcements; of lairs respawn_ms. Else a sentence that names the first
/// other difference.
std::string hinders_exchange(const Content& now, const Content& next);

}  // namespace cudgel::content
