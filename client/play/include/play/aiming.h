#pragma once
// Where a skill is aimed when its key is pressed: at the target one has, else at the mouse, else at the nearest foe in reach, else
// straight ahead; never beyond what it reaches and sees. It decides nothing else.

#include "base/fixed.h"
#include "play/controls.h"
#include "play/orders.h"

namespace cudgel::game {

/// Units. `target` may be nobody.
/// Whom one's own are told to attack: the target one has, else whom the mouse points at, else the nearest foe in view; nobody when there is none.
base::EntityId foe_for(const Surroundings& around, base::EntityId target);
base::Vec2 aim_of_skill(const content::SkillSpec& skill, const Controls& controls, const Surroundings& around,
                        base::EntityId target);

}  // namespace cudgel::game
