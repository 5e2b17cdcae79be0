#include "skills.h"

#include <algorithm>
#include <array>
#include <functional>

#include "bake_content/row_reader.h"
#include "content/limits.h"

namespace cudgel::bake_content {
namespace {

using content::EffectKind;
using content::SkillKind;

constexpr const char* k_file = "assets/content/skills.json";
/// In the order of EffectKind.
constexpr std::array<const char*, content::k_effect_kinds> k_effect_words{"poison", "burn",  "mend",  "slow",  "stun",
                                                                          "root",   "haste", "might", "guard", "sheep"};

content::EffectSpec read_effect(RowReader& row, EffectKind kind) {
  content::EffectSpec out;
  out.kind = kind;
  if (kind == EffectKind::poison || kind == EffectKind::burn || kind == EffectKind::mend) {
    out.magnitude = row.whole("points", content::k_effect_points);
    out.period_ms = row.whole("period_ms", content::k_effect_period_ms);
  } else if (kind != EffectKind::stun && kind != EffectKind::root && kind != EffectKind::sheep) {
    out.magnitude = row.whole("percent", content::k_effect_percent);
  }
  out.duration_ms = row.whole("duration_ms", content::k_effect_ms);
  out.stacking = row.flag("stacks", false) ? content::Stacking::stack : content::Stacking::refresh;
  return out;
}

std::vector<content::EffectSpec> read_effects(RowReader& skill, Complaints& complaints) {
  std::vector<content::EffectSpec> out;
  if (!skill.has("effects")) return out;
  RowReader row(skill.object("effects"), k_file, skill.place_of("effects"), complaints);
  for (std::size_t i = 0; i < k_effect_words.size(); ++i) {
    const char* word = k_effect_words[i];
    if (!row.has(word)) {
      row.flag(word, false);  // a known key
      continue;
    }
    RowReader effect(row.object(word), k_file, row.place_of(word), complaints);
    out.push_back(read_effect(effect, static_cast<EffectKind>(i)));
  }
  if (!content::k_skill_effects.holds(static_cast<std::int64_t>(out.size()))) skill.complain("effects", "must be 0..4 effects");
  return out;
}

/// The place of the monster of that name, or -1 and a complaint.
std::int32_t find_summoned(RowReader& row, const std::string& name, const std::vector<content::MonsterSpec>& monsters) {
  const auto found = std::find_if(monsters.begin(), monsters.end(), [&](const auto& spec) { return spec.body.name == name; });
  if (found != monsters.end()) return static_cast<std::int32_t>(found - monsters.begin());
  std::set<std::string> names;
  for (const content::MonsterSpec& spec : monsters) names.insert(spec.body.name);
  const std::string meant = nearest_word(name, names);
  row.complain("monster", "there is no monster called \"" + name + "\"" + (meant.empty() ? "" : "; did you mean " + meant + "?"));
  return -1;
}

content::SummonSpec read_summon(RowReader& skill, const std::vector<content::MonsterSpec>& monsters, Complaints& complaints) {
  content::SummonSpec out;
  RowReader row(skill.object("summons"), k_file, skill.place_of("summons"), complaints);
  out.monster = find_summoned(row, row.name("monster", ""), monsters);
  out.more_at = row.wholes("one_more_at_levels", content::k_level, content::k_summoned);
  if (std::adjacent_find(out.more_at.begin(), out.more_at.end(), std::greater_equal<>()) != out.more_at.end())
    row.complain("one_more_at_levels", "must ascend");
  if (!row.has("growth")) return out;
  RowReader growth(row.object("growth"), k_file, row.place_of("growth"), complaints);
  out.health = growth.whole("health", content::k_growth_health);
  out.damage_percent = growth.whole("damage_percent", content::k_growth_damage_percent);
  return out;
}

content::SkillSpec read_skill(RowReader& row, const std::string& name, const std::set<std::string>& models,
                              const std::vector<content::MonsterSpec>& monsters, Complaints& complaints) {
  content::SkillSpec out;
  out.name = name;
  out.picture = row.name("picture", name);
  if (!models.empty() && models.count(out.picture) == 0) {
    row.complain("picture", "there is no assets/models/" + out.picture + ".json");
  }
  out.kind = static_cast<SkillKind>(row.one_of("kind", {"arc", "burst", "area", "aid", "dash", "blink", "summon", "throw"}));
  out.level = row.whole("level", content::k_level);
  out.mana = row.whole("mana", content::k_mana);
  if (row.has("damage_min") || row.has("damage_max")) {
    out.damage_min = row.whole("damage_min", content::k_damage);
    out.damage_max = row.whole("damage_max", {out.damage_min, content::k_damage.max});
  }
  const bool round = out.kind == SkillKind::burst || out.kind == SkillKind::area || out.kind == SkillKind::aid;
  if (round) out.radius = row.tiles("radius_tiles", content::k_skill_radius);
  if (out.kind == SkillKind::hurl) out.radius = row.tiles("lifts_radius_tiles", content::k_radius);
  const bool summons = out.kind == SkillKind::summon;
  if (out.kind != SkillKind::burst && out.kind != SkillKind::aid && !summons)
    out.reach = row.tiles("reach_tiles", content::k_skill_reach);
  if (out.kind == SkillKind::dash || out.kind == SkillKind::hurl)
    out.speed = row.tiles("speed_tiles_per_s", content::k_dash_speed);
  out.windup_ms = row.whole("windup_ms", content::k_windup_ms);
  out.recovery_ms = row.whole("recovery_ms", content::k_recovery_ms);
  out.cooldown_ms = row.whole("cooldown_ms", content::k_skill_cooldown_ms);
  if (out.kind == SkillKind::area && row.has("lasts_ms")) {
    out.lasts_ms = row.whole("lasts_ms", content::k_skill_lasts_ms);
    out.pulse_ms = row.whole("pulse_ms", content::k_skill_pulse_ms);
  }
  out.effects = read_effects(row, complaints);
  if (summons) out.summon = read_summon(row, monsters, complaints);
  return out;
}

std::string no_such_class(const std::string& owner, const std::vector<content::ClassSpec>& classes) {
  std::set<std::string> names;
  for (const content::ClassSpec& spec : classes) names.insert(spec.body.name);
  const std::string meant = nearest_word(owner, names);
  return "there is no class called \"" + owner + "\"" + (meant.empty() ? "" : "; did you mean " + meant + "?");
}

}  // namespace

void read_skills(const std::filesystem::path& assets, const std::set<std::string>& models, Complaints& complaints,
                 const std::vector<content::MonsterSpec>& monsters, std::vector<content::ClassSpec>& classes) {
  const std::optional<Json> json = read_json(assets / "content" / "skills.json", k_file, complaints);
  if (!json) return;
  if (!json->is_object()) {
    complaints.add(k_file, "", "must be an object { \"name\": { ... }, ... }");
    return;
  }
  for (const auto& [key, value] : json->items()) {
    if (key == "note") continue;
    if (!content::is_content_name(key))
      complaints.add(k_file, key, "must be a name of 1.." + std::to_string(content::k_name_bytes_max) + " of a-z, 0-9 and _");
    if (value.is_null()) complaints.add(k_file, key, "must be an object { ... }, is null");
    RowReader row(value, k_file, key, complaints);
    if (!value.is_object()) continue;
    const std::string owner = row.name("class", "");
    const auto found = std::find_if(classes.begin(), classes.end(), [&](const auto& spec) { return spec.body.name == owner; });
    content::SkillSpec skill = read_skill(row, key, models, monsters, complaints);
    if (found == classes.end()) {
      row.complain("class", no_such_class(owner, classes));
    } else if (found->skills.size() == content::k_skills_max) {
      row.complain("class", owner + " has " + std::to_string(content::k_skills_max) + " skills already");
    } else {
      found->skills.push_back(std::move(skill));
    }
  }
  for (content::ClassSpec& spec : classes) {
    std::stable_sort(spec.skills.begin(), spec.skills.end(), [](const auto& a, const auto& b) { return a.level < b.level; });
  }
}

}  // namespace cudgel::bake_content
