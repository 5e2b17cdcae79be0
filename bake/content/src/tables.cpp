#include "bake_content/tables.h"

#include <algorithm>

#include "bake_content/row_reader.h"
#include "body_rows.h"
#include "content/limits.h"
#include "goods_rows.h"
#include "monster_rows.h"
#include "rows.h"
#include "skills.h"

namespace cudgel::bake_content {
namespace {

using content::Range;

constexpr Range k_footprint_tiles{1, 16};

std::string read_sprite(RowReader& row, const std::string& name, const Source& source) {
  const std::string sprite = row.name("sprite", name);
  if (!source.models.empty() && source.models.count(sprite) == 0) {
    const std::string meant = nearest_word(sprite, source.models);
    row.complain("sprite",
                 "there is no assets/models/" + sprite + ".json" + (meant.empty() ? "" : "; did you mean " + meant + "?"));
  }
  return sprite;
}

content::Range reach_of(content::AttackKind kind) {
  if (kind == content::AttackKind::charge) return content::k_charge_reach;
  return content::flies(kind) ? content::k_flight_reach : content::k_strike_reach;
}

content::AttackSpec read_attack(RowReader& body, const Source& source) {
  RowReader row(body.object("attack"), source.file, body.place_of("attack"), source.complaints);
  content::AttackSpec out;
  if (!body.has("attack")) return out;
  out.kind = static_cast<content::AttackKind>(row.one_of("kind", {"strike", "bolt", "talisman", "stone", "charge"}));
  out.damage_min = row.whole("damage_min", content::k_damage);
  out.damage_max = row.whole("damage_max", {out.damage_min, content::k_damage.max});
  out.reach = row.tiles("reach_tiles", reach_of(out.kind));
  out.windup_ms = row.whole("windup_ms", content::k_windup_ms);
  out.recovery_ms = row.whole("recovery_ms", content::k_recovery_ms);
  // The next one cannot begin before this one is over.
  const std::int32_t busy_ms = std::max(content::k_cooldown_ms.min, out.windup_ms + out.recovery_ms);
  out.cooldown_ms = row.whole("cooldown_ms", {busy_ms, content::k_cooldown_ms.max});
  if (content::flies(out.kind)) {
    out.projectile_speed = row.tiles("projectile_speed_tiles_per_s", content::k_projectile_speed);
    out.projectile_radius = row.tiles("projectile_radius_tiles", content::k_projectile_radius);
  }
  if (out.kind == content::AttackKind::charge) {
    out.run_speed = row.tiles("run_speed_tiles_per_s", content::k_speed);
    out.run_length = row.tiles("run_tiles", content::k_run_length);
  }
  return out;
}

}  // namespace

content::BodySpec read_body(RowReader& row, const std::string& name, const Source& source) {
  content::BodySpec out;
  out.name = name;
  out.sprite = read_sprite(row, name, source);
  out.radius = row.tiles("radius_tiles", content::k_radius);
  out.speed = row.tiles("speed_tiles_per_s", content::k_speed);
  out.health = row.whole("health", content::k_health);
  out.attack = read_attack(row, source);
  return out;
}

namespace {

content::GrowthSpec read_growth(RowReader& owner, const Source& source) {
  RowReader row(owner.object("growth"), source.file, owner.place_of("growth"), source.complaints);
  content::GrowthSpec out;
  if (!owner.has("growth")) return out;
  out.health = row.whole("health", content::k_growth_health);
  out.damage_percent = row.whole("damage_percent", content::k_growth_damage_percent);
  out.mana = row.whole("mana", content::k_growth_mana);
  return out;
}

content::ClassSpec read_class(RowReader& row, const std::string& name, const Source& source) {
  content::ClassSpec out;
  out.body = read_body(row, name, source);
  out.growth = read_growth(row, source);
  if (out.body.attack.kind == content::AttackKind::charge) row.complain("attack.kind", "only monsters charge");
  out.mana = row.whole("mana", content::k_mana);
  out.mana_per_s = row.whole("mana_per_s", content::k_mana_per_s);
  return out;
}

PropRow read_prop(RowReader& row, const std::string& name, const Source& source) {
  PropRow out;
  out.spec.name = name;
  out.spec.sprite = read_sprite(row, name, source);
  out.spec.blocks = row.flag("blocks", false);
  out.spec.hides = row.flag("hides", false);
  if (row.has("width_tiles") || row.has("height_tiles")) {
    out.width_tiles = row.whole("width_tiles", k_footprint_tiles);
    out.height_tiles = row.whole("height_tiles", k_footprint_tiles);
    if (!out.spec.blocks) row.complain("width_tiles", "means nothing for a prop that does not block");
  }
  out.strays = row.tiles("strays_tiles", {0, base::k_units_per_tile / 2 - 1}, 0);
  return out;
}

content::RulesSpec read_rules(const std::filesystem::path& assets, Complaints& complaints) {
  const std::string file = "assets/content/rules.json";
  content::RulesSpec out;
  const std::optional<Json> json = read_json(assets / "content" / "rules.json", file, complaints);
  if (!json) return out;
  if (json->is_null()) complaints.add(file, "", "must be an object { ... }, is null");
  RowReader row(*json, file, "", complaints);
  out.respawn_ms = row.whole("respawn_ms", content::k_respawn_ms);
  out.guard_ms = row.whole("guard_ms", content::k_guard_ms);
  out.visit_within_ms = row.whole("visit_within_ms", content::k_visit_within_ms);
  out.visitors_max = row.whole("visitors_max", content::k_visitors_max);
  out.visit_distance_min = row.tiles("visit_distance_min_tiles", content::k_visit_distance);
  out.visit_distance_max = row.tiles("visit_distance_max_tiles", {out.visit_distance_min, content::k_visit_distance.max});
  if (row.has("fights_from_level")) out.fights_from_level = row.whole("fights_from_level", content::k_level);
  if (row.has("challenge_ms")) out.challenge_ms = row.whole("challenge_ms", content::k_challenge_ms);
  if (row.has("duel_countdown_ms")) out.duel_countdown_ms = row.whole("duel_countdown_ms", content::k_countdown_ms);
  if (row.has("duel_ms")) out.duel_ms = row.whole("duel_ms", content::k_duel_ms);
  if (row.has("duel_ring_tiles")) out.duel_ring = row.tiles("duel_ring_tiles", content::k_duel_ring);
  if (row.has("duel_reach_tiles")) out.duel_reach = row.tiles("duel_reach_tiles", content::k_duel_reach);
  out.ask_ms = row.whole("ask_ms", content::k_ask_ms);
  out.party_size = row.whole("party_size", content::k_party_size);
  out.party_share = row.tiles("party_share_tiles", content::k_party_share);
  out.party_bonus_percent = row.whole("party_bonus_percent", content::k_party_bonus_percent);
  return out;
}

content::LevelsSpec read_levels(const std::filesystem::path& assets, Complaints& complaints) {
  const std::string file = "assets/content/levels.json";
  content::LevelsSpec out;
  const std::optional<Json> json = read_json(assets / "content" / "levels.json", file, complaints);
  if (!json) return out;
  if (json->is_null()) complaints.add(file, "", "must be an object { ... }, is null");
  RowReader row(*json, file, "", complaints);
  out.experience = row.wholes("experience", content::k_experience_to_next, content::k_levels_above_first);
  out.fair_levels = row.whole("fair_levels", content::k_fair_levels);
  out.lost_percent = row.whole("lost_percent", content::k_lost_percent);
  return out;
}

}  // namespace

std::set<std::string> model_names(const std::filesystem::path& assets) {
  std::set<std::string> names;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(assets / "models", error)) {
    if (entry.path().extension() == ".json") names.insert(entry.path().stem().string());
  }
  return names;
}

Tables read_tables(const std::filesystem::path& assets, Complaints& complaints) {
  const std::set<std::string> models = model_names(assets);
  Tables out;
  const auto source = [&](const char* name) { return Source{std::string("assets/content/") + name, models, complaints}; };
  out.classes = read_rows<content::ClassSpec>(assets, "classes.json", source("classes.json"), content::k_classes, read_class);
  std::vector<MonsterRow> monsters =
      read_rows<MonsterRow>(assets, "monsters.json", source("monsters.json"), content::k_monsters, read_monster);
  out.monsters = settle_calls(std::move(monsters), source("monsters.json"));
  out.props = read_rows<PropRow>(assets, "props.json", source("props.json"), content::k_props, read_prop);
  read_skills(assets, models, complaints, out.monsters, out.classes);
  read_goods(assets, source("items.json"), source("loot.json"), source("npcs.json"), out);
  out.trade = read_trade(assets, complaints);
  out.rules = read_rules(assets, complaints);
  out.levels = read_levels(assets, complaints);
  return out;
}

}  // namespace cudgel::bake_content
