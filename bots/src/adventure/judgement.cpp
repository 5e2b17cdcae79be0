#include "adventure/judgement.h"

#include <algorithm>

namespace cudgel::bots {

namespace {
using content::SkillKind;
using content::SkillSpec;

/// What is farther away is not gone after: about the width of a window.
constexpr std::int32_t k_prey_units = 12 * base::k_units_per_tile;
/// So far above the own level prey may be.
constexpr int k_above = 2;
/// Prey that is worth less than this share of its experience is left alone.
constexpr int k_worth_percent_min = 50;
/// Calm ones this near to a fight are likely to notice it.
constexpr std::int32_t k_near_units = 3 * base::k_units_per_tile;
/// Potions that a player counts on in one fight.
constexpr int k_potions_counted = 2;
/// With less than this it drinks: in a fight, and when all is calm.
constexpr int k_drink_fighting_percent = 45;
constexpr int k_drink_calm_percent = 55;
/// Whoever has more than this does not run.
constexpr int k_flee_percent = 35;
constexpr int k_heal_percent = 65;

/// Twice the mean damage of a blow of the player, so that it stays whole.
int blow_twice(const content::ClassSpec& spec, const Self& self) {
  const int points = spec.body.attack.damage_min + spec.body.attack.damage_max + self.gear.damage_min + self.gear.damage_max;
  return points * (100 + spec.growth.damage_percent * (self.level - 1)) / 100;
}

/// How long they shoot at it before it is there.
int lead_ms(const content::ClassSpec& spec, const content::MonsterSpec& monster, const Creature& creature) {
  if (!content::flies(spec.body.attack.kind) || content::flies(monster.body.attack.kind) || monster.body.speed <= 0) return 0;
  const std::int32_t way = std::min(creature.away, spec.body.attack.reach) - monster.body.attack.reach;
  return static_cast<int>(std::int64_t{std::max(0, way)} * 1000 / monster.body.speed);
}

int worth_percent(const content::LevelsSpec& levels, int own, int monster) {
  return std::max(0, 100 - std::max(0, own - monster - levels.fair_levels) * levels.lost_percent);
}

std::int32_t within(std::span<const Creature> foes, base::Vec2 place, std::int32_t radius) {
  return static_cast<std::int32_t>(
      std::count_if(foes.begin(), foes.end(), [&](const Creature& each) { return base::length(each.place - place) <= radius; }));
}

bool mends(const SkillSpec& skill) {
  return std::any_of(skill.effects.begin(), skill.effects.end(),
                     [](const content::EffectSpec& effect) { return effect.kind == content::EffectKind::mend; });
}

/// Whether that skill is of use against that foe now; where it is aimed.
std::optional<base::Vec2> aim(const content::Content& content, const SkillSpec& skill, const Self& self, const Creature& foe,
                              std::span<const Creature> foes) {
  const content::BodySpec& body = content.classes()[self.class_index].body;
  const content::BodySpec& other = content.monsters()[foe.monster].body;
  const std::int32_t gap = foe.away - body.radius - other.radius;
  switch (skill.kind) {
    case SkillKind::arc:
      if (gap <= skill.reach) return foe.place;
      break;
    case SkillKind::burst:
      if (within(foes, self.place, skill.radius) > 0) return self.place;
      break;
    case SkillKind::area:
      if (foe.away <= skill.reach &&
          (foes.size() > 1 || foe.health * 2 > 3 * blow_twice(content.classes()[self.class_index], self)))
        return foe.place;
      break;
    case SkillKind::aid:
      if (mends(skill) ? self.health_percent() < k_heal_percent : foes.size() > 1) return self.place;
      break;
    case SkillKind::dash:
      if (gap > body.attack.reach && foe.away <= skill.reach) return foe.place;
      break;
    case SkillKind::blink:
      // Away from who is too near, for those who fight from afar.
      if (content::flies(body.attack.kind) && gap < base::k_units_per_tile && self.health_percent() < 50) {
        return self.place + self.place - foe.place;
      }
      break;
    case SkillKind::hurl:
      if (gap <= base::k_units_per_tile / 2 && other.radius <= skill.radius && !content.monsters()[foe.monster].steadfast)
        return foe.place;
      break;
    case SkillKind::summon:
      break;
  }
  return std::nullopt;
}
}  // namespace

int toll_of(const content::Content& content, const Self& self, std::span<const Creature> foes) {
  const content::ClassSpec& spec = content.classes()[self.class_index];
  const int blow = std::max(1, blow_twice(spec, self));
  std::int64_t time_ms = 0, toll = 0;
  for (const Creature& foe : foes) {
    const content::MonsterSpec& monster = content.monsters()[foe.monster];
    const content::AttackSpec& attack = monster.body.attack;
    time_ms += std::int64_t{(2 * foe.health + blow - 1) / blow} * spec.body.attack.cooldown_ms;
    const std::int64_t struck_ms = std::max<std::int64_t>(0, time_ms - lead_ms(spec, monster, foe));
    const int mean = (attack.damage_min + attack.damage_max) / 2;
    const int hurt = std::max(mean - self.gear.armour, (mean + 2) / 3);
    toll += std::int64_t{hurt} * struck_ms / std::max(1, attack.cooldown_ms);
  }
  return static_cast<int>(toll);
}

std::vector<Creature> hunters(const Scene& scene) {
  std::vector<Creature> found;
  std::copy_if(scene.creatures.begin(), scene.creatures.end(), std::back_inserter(found),
               [](const Creature& each) { return each.hunts; });
  return found;
}

std::vector<Creature> company_of(const content::Content& content, const Scene& scene, const Creature& prey) {
  std::vector<Creature> company{prey};
  const content::TraitsSpec& traits = content.monsters()[prey.monster].traits;
  for (const Creature& other : scene.creatures) {
    if (other.id == prey.id) continue;
    const std::int32_t apart = base::length(other.place - prey.place);
    const bool kin = content.monsters()[other.monster].traits.kin == traits.kin && apart <= traits.pack_share;
    if (other.hunts || kin || apart <= k_near_units) company.push_back(other);
  }
  return company;
}

bool dares(const Self& self, const Potions& potions, int toll, int boldness_percent) {
  const int drunk = potions.count > 0 ? potions.heals * std::min(potions.count, k_potions_counted) / potions.count : 0;
  return toll <= self.health * boldness_percent / 100 + drunk / 2;
}

const Creature* choose_prey(const content::Content& content, const Scene& scene, const Potions& potions, int boldness_percent,
                            std::span<const base::EntityId> shunned) {
  for (const Creature& creature : scene.creatures) {
    if (creature.away > k_prey_units) break;
    if (creature.taken || creature.level > scene.self.level + k_above) continue;
    if (worth_percent(content.levels(), scene.self.level, creature.level) < k_worth_percent_min) continue;
    if (std::find(shunned.begin(), shunned.end(), creature.id) != shunned.end()) continue;
    const std::vector<Creature> company = company_of(content, scene, creature);
    if (dares(scene.self, potions, toll_of(content, scene.self, company), boldness_percent)) return &creature;
  }
  return nullptr;
}

bool must_flee(const content::Content& content, const Scene& scene, const Potions& potions, std::span<const Creature> foes) {
  if (foes.empty() || potions.count > 0 || scene.self.health_percent() > k_flee_percent) return false;
  return toll_of(content, scene.self, foes) > scene.self.health;
}

bool wants_to_drink(const Self& self, bool in_fight) {
  return self.health > 0 && self.health_percent() < (in_fight ? k_drink_fighting_percent : k_drink_calm_percent);
}

std::optional<SkillUse> choose_skill(const content::Content& content, const Self& self, const Creature& foe,
                                     std::span<const Creature> foes) {
  const auto& skills = content.classes()[self.class_index].skills;
  for (std::size_t i = skills.size(); i-- > 0;) {
    if (!self.ready[i]) continue;
    if (const auto point = aim(content, skills[i], self, foe, foes)) return SkillUse{static_cast<std::uint8_t>(i + 1), *point};
  }
  return std::nullopt;
}

std::optional<SkillUse> choose_calm_skill(const content::Content& content, const Self& self) {
  const auto& skills = content.classes()[self.class_index].skills;
  for (std::size_t i = 0; i < skills.size(); ++i) {
    if (!self.ready[i]) continue;
    const auto& more_at = skills[i].summon.more_at;
    const auto may = std::count_if(more_at.begin(), more_at.end(), [&](std::int32_t at) { return at <= self.level; });
    const bool calls = skills[i].kind == SkillKind::summon && self.summoned < may;
    const bool heals = skills[i].kind == SkillKind::aid && mends(skills[i]) && self.health_percent() < k_heal_percent;
    if (calls || heals) return SkillUse{static_cast<std::uint8_t>(i + 1), self.place};
  }
  return std::nullopt;
}

}  // namespace cudgel::bots
