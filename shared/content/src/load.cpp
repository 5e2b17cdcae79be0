// Reads content.bin with distrust: nothing of it is looked at before the verifier has been over it, and every value is checked.
// The first thing that is wrong ends the reading and is named.

#include <algorithm>
#include <cstring>
#include <memory>
#include <unordered_set>

#include "base/hash.h"
#include "base/utf8.h"
#include "checker.h"
#include "content/content.h"
#include "content/limits.h"
#include "content/region.h"
#include "content/schema/content_generated.h"
#include "goods.h"

namespace cudgel::content {
namespace {

// Content > monsters > body > attack, and one to spare; one table for each row allowed, five for a monster.
constexpr flatbuffers::uoffset_t k_depth_max = 6;
constexpr flatbuffers::uoffset_t k_tables_max = 2600;

constexpr Range reach_of(AttackKind kind) {
  if (kind == AttackKind::charge) return k_charge_reach;
  return flies(kind) ? k_flight_reach : k_strike_reach;
}

/// `last`: the last kind that this body may have.
AttackSpec read_attack(Checker& check, const std::string& place, const baked::Attack& in, AttackKind last) {
  AttackSpec out;
  out.kind = static_cast<AttackKind>(check.value(place + ".kind", {0, static_cast<std::int32_t>(last)}, in.kind()));
  out.damage_min = check.value(place + ".damage_min", k_damage, in.damage_min());
  out.damage_max = check.value(place + ".damage_max", {out.damage_min, k_damage.max}, in.damage_max());
  out.reach = check.value(place + ".reach", reach_of(out.kind), in.reach());
  out.windup_ms = check.value(place + ".windup_ms", k_windup_ms, in.windup_ms());
  out.recovery_ms = check.value(place + ".recovery_ms", k_recovery_ms, in.recovery_ms());
  const std::int32_t busy_ms = std::max(k_cooldown_ms.min, out.windup_ms + out.recovery_ms);
  out.cooldown_ms = check.value(place + ".cooldown_ms", {busy_ms, k_cooldown_ms.max}, in.cooldown_ms());
  constexpr Range k_nothing{0, 0};
  const bool shot = flies(out.kind);
  out.projectile_speed = check.value(place + ".projectile_speed", shot ? k_projectile_speed : k_nothing, in.projectile_speed());
  out.projectile_radius =
      check.value(place + ".projectile_radius", shot ? k_projectile_radius : k_nothing, in.projectile_radius());
  const bool charge = out.kind == AttackKind::charge;
  out.run_speed = check.value(place + ".run_speed", charge ? k_speed : k_nothing, in.run_speed());
  out.run_length = check.value(place + ".run_length", charge ? k_run_length : k_nothing, in.run_length());
  return out;
}

BodySpec read_body(Checker& check, const std::string& place, const baked::Body& in, AttackKind last_attack) {
  BodySpec out;
  out.name = check.name(place + ".name", *in.name());
  out.sprite = check.name(place + ".sprite", *in.sprite());
  out.radius = check.value(place + ".radius", k_radius, in.radius());
  out.speed = check.value(place + ".speed", k_speed, in.speed());
  out.health = check.value(place + ".health", k_health, in.health());
  out.attack = read_attack(check, place + ".attack", *in.attack(), last_attack);
  return out;
}

EffectSpec read_effect(Checker& check, const std::string& place, const baked::Effect& in) {
  EffectSpec out;
  out.kind = static_cast<EffectKind>(check.value(place + ".kind", {0, k_effect_kinds - 1}, in.kind()));
  const bool ticks = out.kind == EffectKind::poison || out.kind == EffectKind::burn || out.kind == EffectKind::mend;
  const bool plain = out.kind == EffectKind::stun || out.kind == EffectKind::root || out.kind == EffectKind::sheep;
  constexpr Range k_nothing{0, 0};
  out.magnitude = check.value(place + ".magnitude",
                              plain   ? k_nothing
                              : ticks ? k_effect_points
                                      : k_effect_percent,
                              in.magnitude());
  out.duration_ms = check.value(place + ".duration_ms", k_effect_ms, in.duration_ms());
  out.period_ms = check.value(place + ".period_ms", ticks ? k_effect_period_ms : k_nothing, in.period_ms());
  out.stacking = static_cast<Stacking>(check.value(place + ".stacking", {0, 1}, in.stacking()));
  return out;
}

SummonSpec read_summon(Checker& check, const std::string& place, const baked::Skill& in, std::size_t monsters) {
  SummonSpec out;
  out.monster = check.value(place + ".summons", {0, static_cast<std::int32_t>(monsters) - 1}, in.summons());
  check.count(place + ".more_at", k_summoned, in.more_at() == nullptr ? 0 : in.more_at()->size());
  std::int32_t last = k_level.min - 1;
  for (std::size_t i = 0; check.ok() && i < in.more_at()->size(); ++i) {
    const std::int32_t level = in.more_at()->Get(static_cast<flatbuffers::uoffset_t>(i));
    last = check.value(row((place + ".more_at").c_str(), i), {last + 1, k_level.max}, level);
    out.more_at.push_back(level);
  }
  out.health = check.value(place + ".summoned_health", k_growth_health, in.summoned_health());
  out.damage_percent = check.value(place + ".summoned_damage_percent", k_growth_damage_percent, in.summoned_damage_percent());
  return out;
}

SkillSpec read_skill(Checker& check, const std::string& place, const baked::Skill& in, std::size_t monsters) {
  SkillSpec out;
  out.name = check.name(place + ".name", *in.name());
  out.picture = check.name(place + ".picture", *in.picture());
  out.kind = static_cast<SkillKind>(check.value(place + ".kind", {0, k_skill_kinds - 1}, in.kind()));
  const bool round = out.kind == SkillKind::burst || out.kind == SkillKind::area || out.kind == SkillKind::aid;
  const bool lifts = out.kind == SkillKind::hurl;
  const bool summons = out.kind == SkillKind::summon;
  const bool reaches = out.kind != SkillKind::burst && out.kind != SkillKind::aid && !summons;
  constexpr Range k_nothing{0, 0};
  out.level = check.value(place + ".level", k_level, in.level());
  out.mana = check.value(place + ".mana", k_mana, in.mana());
  out.damage_min = check.value(place + ".damage_min", k_damage, in.damage_min());
  out.damage_max = check.value(place + ".damage_max", {out.damage_min, k_damage.max}, in.damage_max());
  out.reach = check.value(place + ".reach", reaches ? k_skill_reach : k_nothing, in.reach());
  out.radius = check.value(place + ".radius", round ? k_skill_radius : lifts ? k_radius : k_nothing, in.radius());
  out.windup_ms = check.value(place + ".windup_ms", k_windup_ms, in.windup_ms());
  out.recovery_ms = check.value(place + ".recovery_ms", k_recovery_ms, in.recovery_ms());
  out.cooldown_ms = check.value(place + ".cooldown_ms", k_skill_cooldown_ms, in.cooldown_ms());
  out.speed = check.value(place + ".speed", out.kind == SkillKind::dash || lifts ? k_dash_speed : k_nothing, in.speed());
  const bool stays = out.kind == SkillKind::area && in.lasts_ms() != 0;
  out.lasts_ms = check.value(place + ".lasts_ms", stays ? k_skill_lasts_ms : k_nothing, in.lasts_ms());
  out.pulse_ms = check.value(place + ".pulse_ms", stays ? k_skill_pulse_ms : k_nothing, in.pulse_ms());
  check.count(place + ".effects", k_skill_effects, in.effects()->size());
  for (std::size_t i = 0; check.ok() && i < in.effects()->size(); ++i) {
    out.effects.push_back(
        read_effect(check, row((place + ".effects").c_str(), i), *in.effects()->Get(static_cast<flatbuffers::uoffset_t>(i))));
  }
  if (check.ok() && summons) out.summon = read_summon(check, place, in, monsters);
  return out;
}

std::vector<ClassSpec> read_classes(Checker& check, const baked::Content& in) {
  std::vector<ClassSpec> out;
  check.count("classes", k_classes, in.classes()->size());
  for (std::size_t i = 0; check.ok() && i < in.classes()->size(); ++i) {
    const baked::Class& row_in = *in.classes()->Get(static_cast<flatbuffers::uoffset_t>(i));
    const std::string place = row("classes", i);
    ClassSpec spec;
    spec.body = read_body(check, place + ".body", *row_in.body(), AttackKind::stone);
    spec.growth.health = check.value(place + ".growth.health", k_growth_health, row_in.growth()->health());
    spec.growth.damage_percent =
        check.value(place + ".growth.damage_percent", k_growth_damage_percent, row_in.growth()->damage_percent());
    spec.growth.mana = check.value(place + ".growth.mana", k_growth_mana, row_in.growth()->mana());
    spec.mana = check.value(place + ".mana", k_mana, row_in.mana());
    spec.mana_per_s = check.value(place + ".mana_per_s", k_mana_per_s, row_in.mana_per_s());
    check.count(place + ".skills", k_skills_of_a_class, row_in.skills()->size());
    for (std::size_t skill = 0; check.ok() && skill < row_in.skills()->size(); ++skill) {
      spec.skills.push_back(read_skill(check, row((place + ".skills").c_str(), skill),
                                       *row_in.skills()->Get(static_cast<flatbuffers::uoffset_t>(skill)), in.monsters()->size()));
    }
    out.push_back(std::move(spec));
  }
  return out;
}

PhaseSpec read_phase(Checker& check, const std::string& place, const baked::Phase& in, std::int32_t below,
                     std::int32_t monsters) {
  PhaseSpec out;
  out.below_percent = check.value(place + ".below_percent", {k_phase_percent.min, below - 1}, in.below_percent());
  out.call_monster = check.value(place + ".call_monster", {-1, monsters - 1}, in.call_monster());
  out.call_count = check.value(place + ".call_count", out.call_monster < 0 ? Range{0, 0} : k_call_count, in.call_count());
  out.area = check.value(place + ".area", k_phase_area, in.area());
  return out;
}

TraitsSpec read_traits(Checker& check, const std::string& place, const baked::MindTraits& in, const MonsterSpec& monster,
                       std::size_t monsters) {
  TraitsSpec out;
  out.kin = check.name(place + ".kin", *in.kin());
  out.pack_size = check.value(place + ".pack_size", k_pack_size, in.pack_size());
  out.pack_share = check.value(place + ".pack_share", k_call_range, in.pack_share());
  out.call_for_help = check.value(place + ".call_for_help", k_call_range, in.call_for_help());
  out.keep_distance = check.value(place + ".keep_distance", {k_keep_distance.min, monster.body.attack.reach}, in.keep_distance());
  out.flee_below_percent = check.value(place + ".flee_below_percent", k_flee_percent, in.flee_below_percent());
  out.flee_ms = check.value(place + ".flee_ms", k_flee_ms, in.flee_ms());
  check.count(place + ".phases", k_phases, in.phases()->size());
  std::int32_t below = k_phase_percent.max + 1;
  for (std::size_t i = 0; check.ok() && i < in.phases()->size(); ++i) {
    const baked::Phase& phase = *in.phases()->Get(static_cast<flatbuffers::uoffset_t>(i));
    const std::string phase_place = place + "." + row("phases", i);
    out.phases.push_back(read_phase(check, phase_place, phase, below, static_cast<std::int32_t>(monsters)));
    below = out.phases.back().below_percent;
  }
  return out;
}

std::vector<MonsterSpec> read_monsters(Checker& check, const baked::Content& in) {
  std::vector<MonsterSpec> out;
  check.count("monsters", k_monsters, in.monsters()->size());
  for (std::size_t i = 0; check.ok() && i < in.monsters()->size(); ++i) {
    const baked::Monster& row_in = *in.monsters()->Get(static_cast<flatbuffers::uoffset_t>(i));
    const std::string place = row("monsters", i);
    MonsterSpec spec;
    spec.body = read_body(check, place + ".body", *row_in.body(), AttackKind::charge);
    spec.sight = check.value(place + ".sight", k_sight, row_in.sight());
    spec.leash = check.value(place + ".leash", {std::max(k_leash.min, spec.sight), k_leash.max}, row_in.leash());
    spec.corpse_ms = check.value(place + ".corpse_ms", k_corpse_ms, row_in.corpse_ms());
    spec.level = check.value(place + ".level", k_level, row_in.level());
    spec.experience = check.value(place + ".experience", k_experience, row_in.experience());
    spec.steadfast = row_in.steadfast();
    spec.visit_weight = check.value(place + ".visit_weight", k_visit_weight, row_in.visit_weight());
    spec.traits = read_traits(check, place + ".traits", *row_in.traits(), spec, in.monsters()->size());
    if (row_in.slays_with()->size() > 0) spec.slays_with = check.name(place + ".slays_with", *row_in.slays_with());
    spec.appears = check.text(place + ".appears", k_announce_bytes_max, *row_in.appears());
    spec.falls = check.text(place + ".falls", k_announce_bytes_max, *row_in.falls());
    out.push_back(std::move(spec));
  }
  return out;
}

std::vector<PropSpec> read_props(Checker& check, const baked::Content& in) {
  std::vector<PropSpec> out;
  check.count("props", k_props, in.props()->size());
  for (std::size_t i = 0; check.ok() && i < in.props()->size(); ++i) {
    const baked::Prop& row_in = *in.props()->Get(static_cast<flatbuffers::uoffset_t>(i));
    PropSpec spec;
    spec.name = check.name(row("props", i) + ".name", *row_in.name());
    spec.sprite = check.name(row("props", i) + ".sprite", *row_in.sprite());
    spec.blocks = row_in.blocks();
    spec.hides = row_in.hides();
    out.push_back(std::move(spec));
  }
  return out;
}

RulesSpec read_rules(Checker& check, const baked::Rules& in) {
  RulesSpec out;
  out.respawn_ms = check.value("rules.respawn_ms", k_respawn_ms, in.respawn_ms());
  out.guard_ms = check.value("rules.guard_ms", k_guard_ms, in.guard_ms());
  out.visit_within_ms = check.value("rules.visit_within_ms", k_visit_within_ms, in.visit_within_ms());
  out.visitors_max = check.value("rules.visitors_max", k_visitors_max, in.visitors_max());
  out.visit_distance_min = check.value("rules.visit_distance_min", k_visit_distance, in.visit_distance_min());
  out.visit_distance_max =
      check.value("rules.visit_distance_max", {out.visit_distance_min, k_visit_distance.max}, in.visit_distance_max());
  out.fights_from_level = check.value("rules.fights_from_level", k_level, in.fights_from_level());
  out.challenge_ms = check.value("rules.challenge_ms", k_challenge_ms, in.challenge_ms());
  out.duel_countdown_ms = check.value("rules.duel_countdown_ms", k_countdown_ms, in.duel_countdown_ms());
  out.duel_ms = check.value("rules.duel_ms", k_duel_ms, in.duel_ms());
  out.duel_ring = check.value("rules.duel_ring", k_duel_ring, in.duel_ring());
  out.duel_reach = check.value("rules.duel_reach", k_duel_reach, in.duel_reach());
  out.ask_ms = check.value("rules.ask_ms", k_ask_ms, in.ask_ms());
  out.party_size = check.value("rules.party_size", k_party_size, in.party_size());
  out.party_share = check.value("rules.party_share", k_party_share, in.party_share());
  out.party_bonus_percent = check.value("rules.party_bonus_percent", k_party_bonus_percent, in.party_bonus_percent());
  return out;
}

LevelsSpec read_levels(Checker& check, const baked::Levels& in) {
  LevelsSpec out;
  check.count("levels.experience", k_levels_above_first, in.experience()->size());
  for (std::size_t i = 0; check.ok() && i < in.experience()->size(); ++i) {
    const std::int32_t points = in.experience()->Get(static_cast<flatbuffers::uoffset_t>(i));
    out.experience.push_back(check.value(row("levels.experience", i), k_experience_to_next, points));
  }
  out.fair_levels = check.value("levels.fair_levels", k_fair_levels, in.fair_levels());
  out.lost_percent = check.value("levels.lost_percent", k_lost_percent, in.lost_percent());
  return out;
}

/// page.bin: everything is to come.
void read_page_part(Checker& check, const baked::Map& in, std::size_t tiles, MapSpec& out) {
  const auto regions = static_cast<std::size_t>(regions_along(out.width) * regions_along(out.height));
  if (in.regions()->size() != regions) {
    check.fail("map.regions", "must be " + std::to_string(regions) + ", are " + std::to_string(in.regions()->size()));
  }
  if (in.ground()->size() + in.blocked()->size() + in.props()->size() != 0) {
    check.fail("map", "must have either regions or tiles and props");
  }
  const auto across = [](std::int32_t side) { return (side + k_chart_cell_tiles - 1) / k_chart_cell_tiles; };
  const auto cells = static_cast<std::size_t>(across(out.width) * across(out.height));
  if (in.chart() == nullptr || in.chart()->size() != cells)
    check.fail("map.chart", "must have " + std::to_string(cells) + " squares");
  if (!check.ok()) return;
  out.regions.assign(in.regions()->begin(), in.regions()->end());
  out.here.assign(regions, 0);
  out.chart.assign(in.chart()->begin(), in.chart()->end());
  if (std::any_of(out.chart.begin(), out.chart.end(), [](std::uint8_t cell) { return (cell & ~k_chart_stands) >= k_grounds; })) {
    check.fail("map.chart", "must be of kinds of ground");
  }
  out.ground.assign(tiles, Ground::grass);
  out.blocked.assign(tiles, 1);
}

void read_zones(Checker& check, const baked::Map& in, MapSpec& out) {
  if (in.zones() == nullptr || in.zone_cells() == nullptr || in.zones()->size() == 0) return;
  check.count("map.zones", k_zones, in.zones()->size());
  for (std::size_t i = 0; check.ok() && i < in.zones()->size(); ++i) {
    const baked::Zone& zone = *in.zones()->Get(static_cast<flatbuffers::uoffset_t>(i));
    const std::string place = row("map.zones", i);
    ZoneSpec made;
    made.name = check.name(place + ".name", *zone.name());
    made.level_min = check.value(place + ".level_min", k_level, zone.level_min());
    made.level_max = check.value(place + ".level_max", {made.level_min, k_level.max}, zone.level_max());
    if (zone.music()->size() != 0) made.music = check.name(place + ".music", *zone.music());
    made.safe = zone.safe();
    made.free_fight = zone.free_fight();
    made.light = zone.light();
    if (made.light > 0xFFFFFF) check.fail(place + ".light", "must be red, green and blue");
    if (made.safe && made.free_fight) check.fail(place, "cannot be safe and for free fights");
    out.zones.push_back(std::move(made));
  }
  const auto rows = static_cast<std::size_t>((out.height + k_zone_cell_tiles - 1) / k_zone_cell_tiles);
  const std::size_t cells = static_cast<std::size_t>(out.zone_columns()) * rows;
  if (in.zone_cells()->size() != cells) check.fail("map.zone_cells", "must have " + std::to_string(cells) + " squares");
  if (!check.ok()) return;
  out.zone_cells.assign(in.zone_cells()->begin(), in.zone_cells()->end());
  const auto known = [&](std::uint8_t cell) { return cell == k_no_zone || cell < out.zones.size(); };
  if (!std::all_of(out.zone_cells.begin(), out.zone_cells.end(), known)) check.fail("map.zone_cells", "must be of known zones");
}

void read_tiles(Checker& check, const baked::Map& in, MapSpec& out) {
  const auto tiles = static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height);
  if (in.regions() != nullptr && in.regions()->size() != 0) return read_page_part(check, in, tiles, out);
  if (in.ground()->size() != tiles || in.blocked()->size() != tiles) {
    check.fail("map", "ground and blocked must have width * height = " + std::to_string(tiles) + " tiles, have " +
                          std::to_string(in.ground()->size()) + " and " + std::to_string(in.blocked()->size()));
    return;
  }
  const auto* const ground_end = in.ground()->data() + tiles;
  const auto* const bad_ground =
      std::find_if(in.ground()->data(), ground_end, [](std::uint8_t value) { return value >= k_grounds; });
  if (bad_ground != ground_end) {
    check.fail(row("map.ground", static_cast<std::size_t>(bad_ground - in.ground()->data())), "is no kind of ground");
  }
  const auto* const blocked_end = in.blocked()->data() + tiles;
  const auto* const bad_blocked = std::find_if(in.blocked()->data(), blocked_end, [](std::uint8_t value) { return value > 1; });
  if (bad_blocked != blocked_end) {
    check.fail(row("map.blocked", static_cast<std::size_t>(bad_blocked - in.blocked()->data())), "must be 0 or 1");
  }
  if (!check.ok()) return;
  out.ground.resize(tiles);
  std::transform(in.ground()->data(), ground_end, out.ground.begin(),
                 [](std::uint8_t value) { return static_cast<Ground>(value); });
  out.blocked.assign(in.blocked()->data(), blocked_end);
}

base::Vec2 read_place(Checker& check, const std::string& place, const MapSpec& map, std::int32_t x, std::int32_t y) {
  return {check.value(place + ".x", {0, map.width * base::k_units_per_tile - 1}, x),
          check.value(place + ".y", {0, map.height * base::k_units_per_tile - 1}, y)};
}

void read_placements(Checker& check, const baked::Map& in, std::size_t props, MapSpec& out) {
  check.count("map.props", k_placements, in.props()->size());
  std::int64_t depth = 0;
  for (std::size_t i = 0; check.ok() && i < in.props()->size(); ++i) {
    const baked::Placement& placement = *in.props()->Get(static_cast<flatbuffers::uoffset_t>(i));
    const std::string place = row("map.props", i);
    if (placement.prop() >= props) {
      check.fail(place + ".prop",
                 "there are " + std::to_string(props) + " kinds of props, is " + std::to_string(placement.prop()));
      return;
    }
    const base::Vec2 position = read_place(check, place, out, placement.x(), placement.y());
    if (position.x + position.y < depth) check.fail(place, "must not stand behind the one before it");
    depth = position.x + position.y;
    out.props.push_back({placement.prop(), position});
  }
}

void read_starts(Checker& check, const baked::Map& in, MapSpec& out) {
  check.count("map.player_starts", k_starts, in.player_starts()->size());
  for (std::size_t i = 0; check.ok() && i < in.player_starts()->size(); ++i) {
    const baked::Start& start = *in.player_starts()->Get(static_cast<flatbuffers::uoffset_t>(i));
    const std::string place = row("map.player_starts", i);
    const base::Vec2 position = read_place(check, place, out, start.x(), start.y());
    const auto tile = static_cast<std::size_t>(position.y / base::k_units_per_tile) * static_cast<std::size_t>(out.width) +
                      static_cast<std::size_t>(position.x / base::k_units_per_tile);
    if (check.ok() && out.regions.empty() && out.blocked[tile] != 0) check.fail(place, "must not lie on a blocked tile");
    out.player_starts.push_back(position);
  }
}

void read_lairs(Checker& check, const baked::Map& in, const std::vector<MonsterSpec>& monsters, MapSpec& out) {
  check.count("map.lairs", k_lairs, in.lairs()->size());
  for (std::size_t i = 0; check.ok() && i < in.lairs()->size(); ++i) {
    const baked::Lair& lair = *in.lairs()->Get(static_cast<flatbuffers::uoffset_t>(i));
    const std::string place = row("map.lairs", i);
    if (lair.monster() >= monsters.size()) {
      check.fail(place + ".monster",
                 "there are " + std::to_string(monsters.size()) + " monsters, is " + std::to_string(lair.monster()));
      return;
    }
    Lair made;
    made.monster = static_cast<std::uint8_t>(lair.monster());
    made.position = read_place(check, place, out, lair.x(), lair.y());
    made.packs = check.value(place + ".packs", k_lair_packs, lair.packs());
    made.respawn_ms = check.value(place + ".respawn_ms", k_lair_respawn_ms, lair.respawn_ms());
    out.lairs.push_back(made);
  }
}

MapSpec read_map(Checker& check, const baked::Map& in, std::size_t props, const std::vector<MonsterSpec>& monsters) {
  MapSpec out;
  out.name = check.name("map.name", *in.name());
  out.width = check.value("map.width", k_map_side, in.width());
  out.height = check.value("map.height", k_map_side, in.height());
  if (check.ok()) read_tiles(check, in, out);
  if (check.ok()) read_placements(check, in, props, out);
  if (check.ok()) read_starts(check, in, out);
  if (check.ok()) read_lairs(check, in, monsters, out);
  if (check.ok()) read_zones(check, in, out);
  return out;
}

template <class Specs, class NameOf>
void check_unique(Checker& check, const char* table, const Specs& specs, NameOf name_of) {
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < specs.size(); ++i) {
    const std::string& name = name_of(specs[i]);
    if (!seen.insert(name).second) check.fail(row(table, i) + ".name", "there is already one called " + name);
  }
}

template <class Specs>
int find_body(const Specs& specs, std::string_view name) {
  const auto found = std::find_if(specs.begin(), specs.end(), [&](const auto& spec) { return spec.body.name == name; });
  return found == specs.end() ? -1 : static_cast<int>(found - specs.begin());
}

}  // namespace

bool is_content_name(std::string_view name) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !name.empty() && name.size() <= k_name_bytes_max && std::all_of(name.begin(), name.end(), allowed);
}

bool is_content_text(std::string_view text, std::size_t bytes_max) {
  return text.empty() || (text.size() <= bytes_max && base::is_displayable_name(text, bytes_max));
}

base::Result<Content, ContentError> Content::load(std::span<const std::uint8_t> bytes) {
  auto content = load_any(bytes);
  if (content && !content->map().regions.empty()) {
    return base::fail(ContentError{"content.bin: is the page's part of the content (page.bin), the whole is needed"});
  }
  return content;
}

base::Result<Content, ContentError> Content::load_page(std::span<const std::uint8_t> bytes) {
  auto content = load_any(bytes);
  if (content && content->map().regions.empty()) {
    return base::fail(ContentError{"page.bin: is a whole content file, the page's part is needed"});
  }
  return content;
}

base::Result<Content, ContentError> Content::load_any(std::span<const std::uint8_t> bytes) {
  if (bytes.size() > k_file_bytes_max) {
    return base::fail(ContentError{"content.bin: must be at most " + std::to_string(k_file_bytes_max) + " bytes, has " +
                                   std::to_string(bytes.size())});
  }
  // The verifier and the accessors want the alignment that a caller's bytes need not have.
  const std::size_t words = bytes.size() / sizeof(std::uint64_t) + 1;
  const auto aligned = std::make_unique<std::uint64_t[]>(words);
  if (!bytes.empty()) std::memcpy(aligned.get(), bytes.data(), bytes.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(aligned.get());

  constexpr std::size_t k_header_bytes = 8;
  if (bytes.size() < k_header_bytes || !baked::ContentBufferHasIdentifier(data)) {
    return base::fail(ContentError{"content.bin: not a content file of this game"});
  }
  flatbuffers::Verifier verifier(data, bytes.size(), k_depth_max, k_tables_max);
  if (!baked::VerifyContentBuffer(verifier)) {
    return base::fail(ContentError{"content.bin: damaged, cut off or of another version of the game (" +
                                   std::to_string(bytes.size()) + " bytes)"});
  }

  const baked::Content& in = *baked::GetContent(data);
  Checker check;
  Content out;
  out.classes_ = read_classes(check, in);
  if (check.ok()) out.monsters_ = read_monsters(check, in);
  if (check.ok()) out.props_ = read_props(check, in);
  if (check.ok()) out.rules_ = read_rules(check, *in.rules());
  if (check.ok()) out.levels_ = read_levels(check, *in.levels());
  if (check.ok()) out.items_ = read_items(check, in, out.classes_.size());
  if (check.ok()) read_loot(check, in, out.items_, out.monsters_);
  if (check.ok()) out.npcs_ = read_npcs(check, in, out.items_);
  if (check.ok()) out.trade_ = read_trade(check, *in.trade());
  if (check.ok()) out.map_ = read_map(check, *in.map(), out.props_.size(), out.monsters_);
  if (check.ok()) out.map_.npcs = read_npc_places(check, *in.map(), out.map_, out.npcs_.size());
  check_unique(check, "classes", out.classes_, [](const ClassSpec& spec) { return spec.body.name; });
  check_unique(check, "monsters", out.monsters_, [](const MonsterSpec& spec) { return spec.body.name; });
  check_unique(check, "props", out.props_, [](const PropSpec& spec) { return spec.name; });
  check_unique(check, "items", out.items_, [](const ItemSpec& spec) { return spec.name; });
  check_unique(check, "map.zones", out.map_.zones, [](const ZoneSpec& spec) { return spec.name; });
  check_unique(check, "npcs", out.npcs_, [](const NpcSpec& spec) { return spec.name; });
  if (!check.ok()) return base::fail(check.error());
  out.hash_ = out.map_.regions.empty() ? base::hash_bytes(bytes) : in.map()->whole();
  return out;
}

int Content::find_class(std::string_view name) const { return find_body(classes_, name); }
int Content::find_monster(std::string_view name) const { return find_body(monsters_, name); }

int Content::find_item(std::string_view name) const {
  const auto found = std::find_if(items_.begin(), items_.end(), [&](const ItemSpec& spec) { return spec.name == name; });
  return found == items_.end() ? -1 : static_cast<int>(found - items_.begin());
}

int Content::gold_item() const {
  const auto found = std::find_if(items_.begin(), items_.end(), [](const ItemSpec& spec) { return spec.kind == ItemKind::gold; });
  return found == items_.end() ? -1 : static_cast<int>(found - items_.begin());
}

}  // namespace cudgel::content
