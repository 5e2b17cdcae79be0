#pragma once
// How an adventurer judges what it sees: what a fight would cost, whom to fight, which skill, when to drink and when to run. Pure: the same
// scene gives the same answer. It knows of each monster what somebody knows who has met it a few times.

#include <cstdint>
#include <optional>
#include <span>

#include "adventure/scene.h"
#include "content/content.h"

namespace cudgel::bots {

/// What is in the bag to drink, for who has that level.
struct Potions {
  int count = 0;
  int heals = 0;  ///< points, all together
};

/// Health points that a fight against all of them is likely to cost, one after the other in that order.
int toll_of(const content::Content& content, const Self& self, std::span<const Creature> foes);

/// Those who come at the player.
std::vector<Creature> hunters(const Scene& scene);
/// Who would join the fight if that one is attacked: itself, and who shares its prey or stands near enough to notice.
std::vector<Creature> company_of(const content::Content& content, const Scene& scene, const Creature& prey);

/// A fight that costs so much is begun: `boldness` is the share of the health that may be lost, in percent.
bool dares(const Self& self, const Potions& potions, int toll, int boldness_percent);

/// The nearest creature worth fighting that the player dares to fight; nullptr: none.
const Creature* choose_prey(const content::Content& content, const Scene& scene, const Potions& potions, int boldness_percent,
                            std::span<const base::EntityId> shunned);

/// It goes so badly against those that only running helps.
bool must_flee(const content::Content& content, const Scene& scene, const Potions& potions, std::span<const Creature> foes);
/// Time to drink.
bool wants_to_drink(const Self& self, bool in_fight);

/// A skill to use now, and where it is aimed.
struct SkillUse {
  std::uint8_t skill = 0;  ///< 1 + index into the class's skills
  base::Vec2 point;
};
/// Against `foe`, with those foes around; nothing: the basic attack is better now.
std::optional<SkillUse> choose_skill(const content::Content& content, const Self& self, const Creature& foe,
                                     std::span<const Creature> foes);
/// Without a foe: heals itself, calls its dogs.
std::optional<SkillUse> choose_calm_skill(const content::Content& content, const Self& self);

}  // namespace cudgel::bots
