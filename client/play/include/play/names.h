#pragma once
// What things are called: keys for tools (window.cudgel.state()) and words for people. Never changes anything.

#include <string>
#include <string_view>

#include "content/content.h"
#include "core/game_client.h"
#include "sim/entity.h"
#include "sim/events.h"

namespace cudgel::game {

/// The rules of a player's or monster's body; nullptr for anything else or an index that the content does not have.
const content::BodySpec* body_spec(const content::Content& content, sim::Kind kind, std::uint8_t archetype);
/// "player", the monster's key such as "goblin_clubber", or the projectile's: "bolt", "talisman", "stone". Empty for nobody.
std::string kind_key(const content::Content& content, sim::Kind kind, std::uint8_t archetype);
/// The word for what that kind of monster does to those it kills (MonsterSpec::slays_with); empty for anybody else.
std::string slays_with(const content::Content& content, sim::Kind kind, std::uint8_t archetype);
/// Body in the atlas.
std::string_view sprite_key(const content::Content& content, sim::Kind kind, std::uint8_t archetype);
/// "goblin_clubber" -> "Goblin clubber".
std::string words_of(std::string_view key);

const char* action_key(sim::Action action);
const char* event_key(sim::EventType type);
/// The skill by which that body summons, or null.
const content::SkillSpec* summoning_skill(const content::Content& content, sim::Kind kind, std::uint8_t archetype);
/// How many that body may have summoned at its level; 0: it has not learned to.
std::int32_t summoned_max_at(const content::Content& content, const core::BodyView& body);
/// The skill of a cast, or null for one that this content does not have.
const content::SkillSpec* skill_of(const content::Content& content, const core::Moment& cast);
/// "poison", "slow" ...
const char* effect_key(content::EffectKind kind);

}  // namespace cudgel::game
