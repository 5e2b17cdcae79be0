#include "bake_content/encode.h"

#include "content/schema/content_generated.h"
#include "content/schema/region_generated.h"

namespace cudgel::bake_content {
namespace {

namespace baked = content::baked;
using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

Offset<baked::Body> encode_body(FlatBufferBuilder& builder, const content::BodySpec& body) {
  const content::AttackSpec& attack = body.attack;
  const auto attack_at =
      baked::CreateAttack(builder, static_cast<std::uint8_t>(attack.kind), attack.damage_min, attack.damage_max, attack.reach,
                          attack.windup_ms, attack.recovery_ms, attack.cooldown_ms, attack.projectile_speed,
                          attack.projectile_radius, attack.run_speed, attack.run_length);
  const auto name = builder.CreateString(body.name);
  const auto sprite = builder.CreateString(body.sprite);
  return baked::CreateBody(builder, name, sprite, body.radius, body.speed, body.health, attack_at);
}

Offset<baked::Monster> encode_monster(FlatBufferBuilder& builder, const content::MonsterSpec& spec) {
  const content::TraitsSpec& traits = spec.traits;
  std::vector<baked::Phase> phases;
  for (const content::PhaseSpec& phase : traits.phases)
    phases.emplace_back(phase.below_percent, phase.call_monster, phase.call_count, phase.area);
  const auto phases_at = builder.CreateVectorOfStructs(phases);
  const auto kin = builder.CreateString(traits.kin);
  const auto traits_at = baked::CreateMindTraits(builder, kin, traits.pack_size, traits.pack_share, traits.call_for_help,
                                                 traits.keep_distance, traits.flee_below_percent, traits.flee_ms, phases_at);
  const auto body = encode_body(builder, spec.body);
  const auto slays_with = builder.CreateString(spec.slays_with);
  const auto appears = builder.CreateString(spec.appears);
  const auto falls = builder.CreateString(spec.falls);
  return baked::CreateMonster(builder, body, spec.sight, spec.leash, spec.corpse_ms, spec.visit_weight, spec.level,
                              spec.experience, traits_at, slays_with, appears, falls, spec.steadfast);
}

Offset<baked::Skill> encode_skill(FlatBufferBuilder& builder, const content::SkillSpec& skill) {
  std::vector<Offset<baked::Effect>> effects;
  for (const content::EffectSpec& effect : skill.effects) {
    effects.push_back(baked::CreateEffect(builder, static_cast<std::uint8_t>(effect.kind), effect.magnitude, effect.duration_ms,
                                          effect.period_ms, static_cast<std::uint8_t>(effect.stacking)));
  }
  std::vector<std::uint8_t> more_at;
  for (const std::int32_t level : skill.summon.more_at) more_at.push_back(static_cast<std::uint8_t>(level));
  const auto more_at_offset = more_at.empty() ? Offset<flatbuffers::Vector<std::uint8_t>>() : builder.CreateVector(more_at);
  const auto name = builder.CreateString(skill.name);
  const auto picture = builder.CreateString(skill.picture);
  const auto effects_at = builder.CreateVector(effects);
  return baked::CreateSkill(builder, name, picture, static_cast<std::uint8_t>(skill.kind), skill.level, skill.mana,
                            skill.damage_min, skill.damage_max, skill.reach, skill.radius, skill.windup_ms, skill.recovery_ms,
                            skill.cooldown_ms, skill.speed, skill.lasts_ms, skill.pulse_ms, effects_at, skill.summon.monster,
                            more_at_offset, skill.summon.health, skill.summon.damage_percent);
}

Offset<baked::Item> encode_item(FlatBufferBuilder& builder, const content::ItemSpec& item) {
  const auto name = builder.CreateString(item.name);
  const auto icon = builder.CreateString(item.icon);
  return baked::CreateItem(builder, name, icon, static_cast<std::uint8_t>(item.kind), static_cast<std::uint8_t>(item.rarity),
                           item.tier, item.stack_max, item.price, item.level, item.class_index, item.damage_min, item.damage_max,
                           item.armour, item.health, item.heals);
}

std::vector<Offset<baked::Loot>> encode_loot(FlatBufferBuilder& builder, const std::vector<content::MonsterSpec>& monsters) {
  std::vector<Offset<baked::Loot>> out;
  for (std::size_t i = 0; i < monsters.size(); ++i) {
    const content::LootSpec& loot = monsters[i].loot;
    if (loot.gold_percent == 0 && loot.drops.empty()) continue;
    std::vector<baked::Drop> drops;
    for (const content::DropSpec& drop : loot.drops) drops.emplace_back(drop.item, drop.weight, drop.count_min, drop.count_max);
    const auto drops_at = builder.CreateVectorOfStructs(drops);
    out.push_back(baked::CreateLoot(builder, static_cast<std::uint16_t>(i), loot.gold_percent, loot.gold_min, loot.gold_max,
                                    loot.rolls, loot.nothing, drops_at));
  }
  return out;
}

Offset<baked::Npc> encode_npc(FlatBufferBuilder& builder, const content::NpcSpec& npc) {
  const auto name = builder.CreateString(npc.name);
  const auto sprite = builder.CreateString(npc.sprite);
  const auto sells = builder.CreateVector(npc.sells);
  return baked::CreateNpc(builder, name, sprite, static_cast<std::uint8_t>(npc.role), sells);
}

std::vector<std::uint8_t> bytes_of(const std::vector<content::Ground>& ground) {
  std::vector<std::uint8_t> out;
  out.reserve(ground.size());
  for (const content::Ground tile : ground) out.push_back(static_cast<std::uint8_t>(tile));
  return out;
}

/// With `part`: without tiles and props, and with what page.bin has in their place.
Offset<baked::Map> encode_map(FlatBufferBuilder& builder, const content::MapSpec& map, const PagePart* part) {
  std::vector<std::uint8_t> ground;
  std::vector<std::uint8_t> blocked;
  std::vector<baked::Placement> props;
  if (part == nullptr) {
    ground = bytes_of(map.ground);
    blocked = map.blocked;
    for (const content::PropPlacement& prop : map.props) props.emplace_back(prop.position.x, prop.position.y, prop.prop);
  }
  std::vector<baked::Start> starts;
  for (const base::Vec2 start : map.player_starts) starts.emplace_back(start.x, start.y);
  std::vector<baked::Lair> lairs;
  for (const content::Lair& lair : map.lairs)
    lairs.emplace_back(lair.position.x, lair.position.y, lair.respawn_ms, lair.packs, lair.monster);

  const auto name = builder.CreateString(map.name);
  const auto ground_at = builder.CreateVector(ground);
  const auto blocked_at = builder.CreateVector(blocked);
  const auto props_at = builder.CreateVectorOfStructs(props);
  const auto starts_at = builder.CreateVectorOfStructs(starts);
  const auto lairs_at = builder.CreateVectorOfStructs(lairs);
  std::vector<baked::NpcPlace> npcs;
  for (const content::NpcPlacement& npc : map.npcs) npcs.emplace_back(npc.position.x, npc.position.y, npc.npc);
  const auto npcs_at = builder.CreateVectorOfStructs(npcs);
  std::vector<Offset<baked::Zone>> zones;
  for (const content::ZoneSpec& zone : map.zones) {
    const auto zone_name = builder.CreateString(zone.name);
    const auto music = builder.CreateString(zone.music);
    zones.push_back(
        baked::CreateZone(builder, zone_name, zone.level_min, zone.level_max, music, zone.safe, zone.free_fight, zone.light));
  }
  const auto zones_at = builder.CreateVector(zones);
  const auto cells_at = builder.CreateVector(map.zone_cells);
  const auto regions_at = part == nullptr ? 0 : builder.CreateVector(part->regions);
  const auto chart_at = part == nullptr ? 0 : builder.CreateVector(content::draw_chart(map));
  return baked::CreateMap(builder, name, static_cast<std::uint16_t>(map.width), static_cast<std::uint16_t>(map.height), ground_at,
                          blocked_at, props_at, starts_at, lairs_at, npcs_at, zones_at, cells_at, regions_at, chart_at,
                          part == nullptr ? 0 : part->whole);
}

}  // namespace

std::vector<std::uint8_t> encode(const Tables& tables, const content::MapSpec& map, const PagePart* part) {
  FlatBufferBuilder builder(1U << 16U);
  std::vector<Offset<baked::Class>> classes;
  for (const content::ClassSpec& spec : tables.classes) {
    const auto growth = baked::CreateGrowth(builder, spec.growth.health, spec.growth.damage_percent, spec.growth.mana);
    std::vector<Offset<baked::Skill>> skills;
    for (const content::SkillSpec& skill : spec.skills) skills.push_back(encode_skill(builder, skill));
    const auto skills_at = builder.CreateVector(skills);
    classes.push_back(
        baked::CreateClass(builder, encode_body(builder, spec.body), growth, spec.mana, spec.mana_per_s, skills_at));
  }
  std::vector<Offset<baked::Monster>> monsters;
  for (const content::MonsterSpec& spec : tables.monsters) monsters.push_back(encode_monster(builder, spec));
  std::vector<Offset<baked::Prop>> props;
  for (const PropRow& row : tables.props) {
    const auto name = builder.CreateString(row.spec.name);
    const auto sprite = builder.CreateString(row.spec.sprite);
    props.push_back(baked::CreateProp(builder, name, sprite, row.spec.blocks, row.spec.hides));
  }
  const content::RulesSpec& rules = tables.rules;
  const auto rules_at = baked::CreateRules(
      builder, rules.respawn_ms, rules.guard_ms, rules.visit_within_ms, rules.visitors_max, rules.visit_distance_min,
      rules.visit_distance_max, rules.fights_from_level, rules.challenge_ms, rules.duel_countdown_ms, rules.duel_ms,
      rules.duel_ring, rules.duel_reach, rules.ask_ms, rules.party_size, rules.party_share, rules.party_bonus_percent);
  const content::LevelsSpec& levels = tables.levels;
  const auto needs = builder.CreateVector(levels.experience);
  const auto levels_at = baked::CreateLevels(builder, needs, levels.fair_levels, levels.lost_percent);
  const auto map_at = encode_map(builder, map, part);
  std::vector<Offset<baked::Item>> items;
  for (const content::ItemSpec& item : tables.items) items.push_back(encode_item(builder, item));
  std::vector<Offset<baked::Npc>> npcs;
  for (const content::NpcSpec& npc : tables.npcs) npcs.push_back(encode_npc(builder, npc));
  const content::TradeSpec& trade = tables.trade;
  const auto trade_at =
      baked::CreateTrade(builder, trade.owned_ms, trade.lies_ms, trade.reach, trade.talk, trade.lost_gold_percent, trade.between);
  const auto items_at = builder.CreateVector(items);
  const auto loot_at = builder.CreateVector(encode_loot(builder, tables.monsters));
  const auto npcs_at = builder.CreateVector(npcs);
  const auto classes_at = builder.CreateVector(classes);
  const auto monsters_at = builder.CreateVector(monsters);
  const auto props_at = builder.CreateVector(props);
  baked::FinishContentBuffer(builder, baked::CreateContent(builder, classes_at, monsters_at, props_at, rules_at, levels_at,
                                                           map_at, items_at, loot_at, npcs_at, trade_at));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

std::vector<std::uint8_t> encode_region(const content::Region& region) {
  FlatBufferBuilder builder(1U << 14U);
  const base::Vec2 corner{region.column * content::k_region_tiles * base::k_units_per_tile,
                          region.row * content::k_region_tiles * base::k_units_per_tile};
  std::vector<baked::RegionProp> props;
  for (const content::PropPlacement& prop : region.props) {
    const base::Vec2 at = prop.position - corner;
    props.emplace_back(static_cast<std::uint16_t>(at.x), static_cast<std::uint16_t>(at.y), prop.prop);
  }
  const auto ground_at = builder.CreateVector(bytes_of(region.ground));
  const auto blocked_at = builder.CreateVector(region.blocked);
  const auto props_at = builder.CreateVectorOfStructs(props);
  baked::FinishRegionBuffer(builder, baked::CreateRegion(builder, static_cast<std::uint8_t>(region.column),
                                                         static_cast<std::uint8_t>(region.row), ground_at, blocked_at, props_at));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

}  // namespace cudgel::bake_content
