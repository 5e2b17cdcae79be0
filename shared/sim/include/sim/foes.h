#pragma once
// Who may harm whom: the one question that blows, skills, shots, charges and minds ask before they touch anybody. It changes nothing.

#include "sim/world.h"

namespace cudgel::sim {

/// May `who` harm `other`? Players and those they have summoned harm monsters and the other way round; each other where sim/fighter.h says that
/// the players may, a summoned one as its master. Life and guard are not asked: see can_harm().
[[nodiscard]] bool is_foe(const World& world, const Entity& who, const Entity& other);
/// Whose doing it is: the master of somebody summoned while it has one, else the body itself.
[[nodiscard]] const Entity& answerable(const World& world, const Entity& entity);
/// is_foe(), and the other lives.
[[nodiscard]] bool can_harm(const World& world, const Entity& who, const Entity& other);

}  // namespace cudgel::sim
