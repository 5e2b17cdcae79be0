#include "play/names.h"

#include <algorithm>
#include <array>

namespace cudgel::game {

const content::BodySpec* body_spec(const content::Content& content, sim::Kind kind, std::uint8_t archetype) {
  if (kind == sim::Kind::player && archetype < content.classes().size()) return &content.classes()[archetype].body;
  const bool monster = kind == sim::Kind::monster || kind == sim::Kind::summoned;
  if (monster && archetype < content.monsters().size()) return &content.monsters()[archetype].body;
  return nullptr;
}

std::string slays_with(const content::Content& content, sim::Kind kind, std::uint8_t archetype) {
  if (kind != sim::Kind::monster || archetype >= content.monsters().size()) return {};
  return content.monsters()[archetype].slays_with;
}

std::string_view sprite_key(const content::Content& content, sim::Kind kind, std::uint8_t archetype) {
  if (kind == sim::Kind::projectile) {
    if (archetype == static_cast<std::uint8_t>(content::AttackKind::stone)) return "stone";
    return archetype == static_cast<std::uint8_t>(content::AttackKind::talisman) ? "talisman" : "bolt";
  }
  if (kind == sim::Kind::thing) {
    if (archetype >= content.items().size()) return {};
    return content.items()[archetype].kind == content::ItemKind::gold ? "loot_coins" : "loot_sack";
  }
  const content::BodySpec* spec = body_spec(content, kind, archetype);
  return spec == nullptr ? std::string_view() : std::string_view(spec->sprite);
}

std::string kind_key(const content::Content& content, sim::Kind kind, std::uint8_t archetype) {
  if (kind == sim::Kind::player) return "player";
  if (kind == sim::Kind::projectile) return std::string(sprite_key(content, kind, archetype));
  if (kind == sim::Kind::thing) return archetype < content.items().size() ? content.items()[archetype].name : std::string();
  const content::BodySpec* spec = body_spec(content, kind, archetype);
  return spec == nullptr ? std::string() : spec->name;
}

std::string words_of(std::string_view key) {
  std::string words(key);
  std::replace(words.begin(), words.end(), '_', ' ');
  if (!words.empty() && words[0] >= 'a' && words[0] <= 'z') words[0] = static_cast<char>(words[0] - 'a' + 'A');
  return words;
}

const char* action_key(sim::Action action) {
  switch (action) {
    case sim::Action::idle:
      return "idle";
    case sim::Action::walk:
      return "walk";
    case sim::Action::attack:
      return "attack";
    case sim::Action::dead:
      return "dead";
  }
  return "idle";
}

const content::SkillSpec* summoning_skill(const content::Content& content, sim::Kind kind, std::uint8_t archetype) {
  if (kind != sim::Kind::player || archetype >= content.classes().size()) return nullptr;
  for (const content::SkillSpec& skill : content.classes()[archetype].skills) {
    if (skill.kind == content::SkillKind::summon) return &skill;
  }
  return nullptr;
}

std::int32_t summoned_max_at(const content::Content& content, const core::BodyView& body) {
  const content::SkillSpec* skill = summoning_skill(content, body.kind, body.archetype);
  if (skill == nullptr || body.level < skill->level) return 0;
  const auto& more_at = skill->summon.more_at;
  return static_cast<std::int32_t>(
      std::count_if(more_at.begin(), more_at.end(), [&](std::int32_t at) { return at <= body.level; }));
}

const content::SkillSpec* skill_of(const content::Content& content, const core::Moment& cast) {
  if (cast.source_kind != sim::Kind::player || cast.source_archetype >= content.classes().size()) return nullptr;
  const auto& skills = content.classes()[cast.source_archetype].skills;
  const bool known = cast.amount >= 1 && static_cast<std::size_t>(cast.amount) <= skills.size();
  return known ? &skills[static_cast<std::size_t>(cast.amount) - 1] : nullptr;
}

const char* effect_key(content::EffectKind kind) {
  constexpr std::array<const char*, content::k_effect_kinds> k_keys{"poison", "burn",  "mend",  "slow",  "stun",
                                                                    "root",   "haste", "might", "guard", "sheep"};
  return k_keys[static_cast<std::size_t>(kind)];
}

const char* event_key(sim::EventType type) {
  switch (type) {
    case sim::EventType::hit:
      return "hit";
    case sim::EventType::death:
      return "death";
    case sim::EventType::respawn:
      return "respawn";
    case sim::EventType::spawn:
      return "spawn";
    case sim::EventType::joined:
      return "joined";
    case sim::EventType::left:
      return "left";
    case sim::EventType::missed:
      return "missed";
    case sim::EventType::shot:
      return "shot";
    case sim::EventType::gained:
      return "gained";
    case sim::EventType::level_up:
      return "level_up";
    case sim::EventType::cast:
      return "cast";
    case sim::EventType::mended:
      return "mended";
    case sim::EventType::duel:
      return "duel";
    case sim::EventType::refused:
      return "refused";
  }
  return "hit";
}

}  // namespace cudgel::game
