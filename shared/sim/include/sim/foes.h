#pragma once
// Who may harm whom: the one question that blows, skills, shots, charges and minds ask before they touch anybody. It changes nothing.

#include "sim/world.h"

namespace cudgel::sim {

/// May `who` harm `other`? Players and monsters harm each other, players their own kind where sim/fighter.h says so. Life and guard are not asked: see can_harm().
[[nodiscard]] bool is_foe(const World& world, const Entity& who, const Entity& other);
/// is_foe(), and the other lives.
[[nodiscard]] bool can_harm(const World& world, const Entity& who, const Entity& other);

}  // namespace cudgel::sim
