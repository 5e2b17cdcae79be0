#include "scenes.h"

#include <array>
#include <utility>

#include "script.h"
#include "stage.h"

namespace cudgel::simhash {
namespace {

constexpr std::int32_t k_side = 64;
constexpr std::uint8_t k_warrior = 0, k_mage = 1, k_taoist = 2;
constexpr std::uint8_t k_goblin = 0, k_wolf = 2, k_chief = 4;

/// Grass, with walls here and there to walk and hide behind.
content::MapSpec meadow() {
  content::MapSpec map;
  map.name = "meadow";
  map.width = map.height = k_side;
  const auto tiles = static_cast<std::size_t>(k_side) * static_cast<std::size_t>(k_side);
  map.ground.assign(tiles, content::Ground::grass);
  map.blocked.assign(tiles, 0);
  for (std::int32_t y = 6; y < k_side; y += 12) {
    for (std::int32_t x = 4; x < k_side; x += 10) {
      for (std::int32_t i = 0; i < 3; ++i) map.blocked[static_cast<std::size_t>(y * k_side + x + i)] = 1;
    }
  }
  map.player_starts = {base::tile_centre(32, 32)};
  return map;
}

/// The content of the long game, on this map and under rules by which nobody visits.
content::Content on(content::MapSpec map) {
  const content::Content whole = make_content(1);
  content::RulesSpec rules = whole.rules();
  rules.visitors_max = 0;
  rules.challenge_ms = 3000;
  rules.duel_countdown_ms = 1000;
  rules.duel_ms = 30000;
  return content::Content::from_tables(whole.classes(), whole.monsters(), rules, std::move(map), whole.levels());
}

std::int64_t living_dogs_of(const sim::World& world, base::EntityId master) {
  std::int64_t dogs = 0;
  for (const std::uint16_t slot : world.alive()) {
    const sim::Entity& one = world.entities()[slot];
    if (one.kind == sim::Kind::summoned && one.health > 0 && one.owner == master) ++dogs;
  }
  return dogs;
}

/// Walks around a square, so that whoever follows has to run.
sim::Intent stroll(int tick) { return {static_cast<std::uint8_t>(1 + 16 * (tick / 120 % 4)), false, {}}; }

}  // namespace

/// A taoist of the last level calls nine dogs, sends them against wolves, has them stay and come, loses some and calls others; he leaves, and they with him.
Told play_dogs() {
  content::MapSpec map = meadow();
  map.lairs = {{k_wolf, base::tile_centre(44, 32), 2, 6000}, {k_goblin, base::tile_centre(20, 30), 4, 6000}};
  const content::Content whole = on(std::move(map));
  std::vector<content::MonsterSpec> monsters = whole.monsters();
  monsters[k_wolf].body.attack.damage_min = 20;
  monsters[k_wolf].body.attack.damage_max = 40;
  monsters[k_wolf].body.health = 120;
  SceneStage stage(
      content::Content::from_tables(whole.classes(), std::move(monsters), whole.rules(), whole.map(), whole.levels()));
  stage.join(k_taoist, 20, base::tile_centre(32, 32));
  stage.tick();
  for (const char* fact :
       {"dogs_at_once", "enough", "attack", "stay", "come", "dog_kills", "dogs_fallen", "bites", "left_behind"})
    stage.count(fact, 0);
  for (int tick = 0; tick < 6000; ++tick) {
    const sim::Entity* const master = stage.at(0);
    if (master == nullptr) break;
    const sim::Entity* const wolf = stage.nearest(master->walker.position, sim::Kind::monster);
    const bool calls = tick % 65 == 0;
    if (calls || tick % 20 == 0) stage.act(0, stroll(tick), calls ? 3 : 0, master->walker.position);
    if (tick % 150 == 30 && wolf != nullptr)
      stage.deed(0, sim::DeedType::order, wolf->id, static_cast<std::uint8_t>(sim::Order::attack));
    if (tick % 600 == 400) stage.deed(0, sim::DeedType::order, {}, static_cast<std::uint8_t>(sim::Order::stay));
    if (tick % 600 == 500) stage.deed(0, sim::DeedType::order, {}, static_cast<std::uint8_t>(sim::Order::come));
    stage.tick();
    const sim::Entity* const now = stage.at(0);
    for (const sim::Settled& settled : stage.world.scratch.settled) {
      if (settled.verdict == sim::Verdict::done) stage.count(tick % 150 == 30 ? "attack" : tick % 600 == 400 ? "stay" : "come");
    }
    for (const sim::Event& event : stage.events) {
      const sim::Entity* const source = stage.world.find(event.source);
      if (event.type == sim::EventType::refused && event.amount == static_cast<std::int32_t>(sim::Refusal::enough))
        stage.count("enough");
      if (event.type == sim::EventType::hit && source != nullptr && source->kind == sim::Kind::summoned) stage.count("bites");
      if (event.type != sim::EventType::death) continue;
      const sim::Entity* const victim = stage.world.find(event.target);
      if (event.source == stage.players[0]) stage.count("dog_kills");
      if (victim != nullptr && victim->kind == sim::Kind::summoned) stage.count("dogs_fallen");
    }
    if (now != nullptr) stage.most("dogs_at_once", living_dogs_of(stage.world, now->id));
  }
  const std::int64_t before = living_dogs_of(stage.world, stage.players[0]);
  sim::Command leave;
  leave.type = sim::Command::Type::leave;
  leave.who = stage.players[0];
  stage.commands.push_back(leave);
  for (int tick = 0; tick < 100; ++tick) stage.tick();
  stage.count("left_behind", before > 0 ? 1 : 0);
  if (stage.nearest({}, sim::Kind::summoned) != nullptr) stage.count("dogs_without_master");
  return stage.told();
}

/// One of each class, with every skill against packs that do not fall soon: every effect lies on somebody for a while, stacks, refreshes and ends.
Told play_effects() {
  content::MapSpec map = meadow();
  map.lairs = {{k_goblin, base::tile_centre(30, 30), 6, 4000}, {k_wolf, base::tile_centre(36, 34), 1, 4000}};
  const content::Content whole = on(std::move(map));
  std::vector<content::MonsterSpec> monsters = whole.monsters();
  for (content::MonsterSpec& monster : monsters) monster.body.health = 500;
  SceneStage stage(
      content::Content::from_tables(whole.classes(), std::move(monsters), whole.rules(), whole.map(), whole.levels()));
  for (const std::uint8_t one : {k_warrior, k_mage, k_taoist}) stage.join(one, 20, base::tile_centre(31 + one, 33));
  stage.tick();
  constexpr std::array<const char*, content::k_effect_kinds> k_facts{"poison", "burn",  "mend",  "slow",  "stun",
                                                                     "root",   "haste", "might", "guard", "sheep"};
  for (const char* fact : k_facts) stage.count(fact, 0);
  for (const char* fact : {"stacked", "points_mended", "falls"}) stage.count(fact, 0);
  for (int tick = 0; tick < 6000; ++tick) {
    for (std::size_t i = 0; i < 3; ++i) {
      const sim::Entity* const self = stage.at(i);
      if (tick % 8 != 0 || self == nullptr || self->health <= 0) continue;
      const sim::Entity* const foe = stage.nearest(self->walker.position, sim::Kind::monster);
      const auto skill = static_cast<std::uint8_t>(tick % 24 == 0 ? 1 + (tick / 24 + static_cast<int>(i)) % 4 : 0);
      // The taoist's third is dogs: they have a scene of their own.
      const bool casts = skill != 0 && !(i == k_taoist && skill > 2) && foe != nullptr;
      const sim::Intent intent = foe == nullptr ? sim::Intent{} : SceneStage::towards(*self, *foe, i == k_warrior ? 150 : 900);
      stage.act(i, intent, casts ? skill : 0, casts ? foe->walker.position : base::Vec2{});
    }
    stage.tick();
    for (const std::uint16_t slot : stage.world.alive()) {
      std::array<int, content::k_effect_kinds> borne{};
      for (const sim::Effect& effect : stage.world.entities()[slot].effects.all()) ++borne[static_cast<std::size_t>(effect.kind)];
      for (std::size_t kind = 0; kind < borne.size(); ++kind) {
        if (borne[kind] > 0) stage.count(k_facts[kind]);
        if (borne[kind] > 1) stage.count("stacked");
      }
    }
    for (const sim::Event& event : stage.events) {
      if (event.type == sim::EventType::mended) stage.count("points_mended", event.amount);
      if (event.type == sim::EventType::death) stage.count("falls");
    }
  }
  return stage.told();
}

/// Four go for a chief again and again: he calls at each mark, strikes all around in his last phase, falls and comes back; now and then all run away, and he
/// goes home and is whole.
Told play_boss() {
  content::MapSpec map = meadow();
  map.lairs = {{k_chief, base::tile_centre(33, 40), 1, 4000}};
  SceneStage stage(on(std::move(map)));
  for (std::int32_t i = 0; i < 4; ++i) stage.join(i % 2 == 0 ? k_warrior : k_mage, 18, base::tile_centre(30 + 2 * i, 36));
  stage.tick();
  for (const char* fact : {"first_phase", "last_phase", "called", "wide_blows", "falls", "made_whole"}) stage.count(fact, 0);
  std::uint8_t phase = 0;
  for (int tick = 0; tick < 8000; ++tick) {
    const bool runs = tick % 2000 >= 1500;
    const base::Vec2 camp = base::tile_centre(8, 12);
    const sim::Entity* chief = nullptr;
    for (const std::uint16_t slot : stage.world.alive()) {
      const sim::Entity& one = stage.world.entities()[slot];
      if (one.kind == sim::Kind::monster && one.archetype == k_chief && one.health > 0) chief = &one;
    }
    for (std::size_t i = 0; i < 4; ++i) {
      const sim::Entity* const self = stage.at(i);
      if (tick % 6 != 0 || self == nullptr || self->health <= 0) continue;
      if (runs) {
        stage.act(i, {static_cast<std::uint8_t>(1 + base::heading_of(camp - self->walker.position)), false, {}});
      } else if (chief != nullptr) {
        stage.act(i, SceneStage::towards(*self, *chief, 150));
      }
    }
    stage.tick();
    const sim::Entity* const after = chief == nullptr ? nullptr : stage.world.find(chief->id);
    const std::uint8_t now = after == nullptr || after->health <= 0 ? std::uint8_t{0} : after->mind.phase;
    if (now > phase) stage.count(now == 1 ? "first_phase" : "last_phase");
    if (now == 0 && phase > 0 && after != nullptr && after->health == after->health_max) stage.count("made_whole");
    phase = now;
    std::int64_t met = 0;
    for (const sim::Event& event : stage.events) {
      if (event.type == sim::EventType::spawn && stage.world.find(event.target) != nullptr &&
          stage.world.find(event.target)->archetype != k_chief)
        stage.count("called");
      if (event.type == sim::EventType::hit && after != nullptr && event.source == after->id) ++met;
      if (event.type == sim::EventType::death && after != nullptr && event.target == after->id) stage.count("falls");
    }
    if (met > 1) stage.count("wide_blows");
  }
  return stage.told();
}

/// Two pairs: one strikes at each other in a haven, the other in an arena; then both in the open without consent, and in duels.
Told play_zones() {
  content::MapSpec map = meadow();
  map.zones = {{"haven", 1, 20, "", 0xFFFFFF, true, false}, {"ring", 1, 20, "", 0xFFFFFF, false, true}};
  map.zone_cells.assign(static_cast<std::size_t>(map.zone_columns() * map.zone_columns()), content::k_no_zone);
  const auto zone = [&](std::int32_t from, std::int32_t to, std::uint8_t which) {
    for (std::int32_t y = from; y < to; y += content::k_zone_cell_tiles) {
      for (std::int32_t x = from; x < to; x += content::k_zone_cell_tiles)
        map.zone_cells[static_cast<std::size_t>(y / content::k_zone_cell_tiles * map.zone_columns() +
                                                x / content::k_zone_cell_tiles)] = which;
    }
  };
  zone(0, 16, 0);
  zone(40, 56, 1);
  SceneStage stage(on(std::move(map)));
  const std::array<base::Vec2, 6> places{base::tile_centre(8, 8),   base::tile_centre(9, 8),   base::tile_centre(48, 48),
                                         base::tile_centre(49, 48), base::tile_centre(26, 24), base::tile_centre(27, 24)};
  for (std::size_t i = 0; i < places.size(); ++i) stage.join(i % 2 == 0 ? k_warrior : k_mage, 10, places[i]);
  stage.tick();
  for (const char* fact :
       {"haven_blows", "haven_refusals", "arena_hits", "arena_falls", "open_blows", "duels", "duels_won", "duel_hits"})
    stage.count(fact, 0);
  for (int tick = 0; tick < 4000; ++tick) {
    for (std::size_t i = 0; i < places.size(); ++i) {
      const sim::Entity* const self = stage.at(i);
      const sim::Entity* const other = stage.at(i ^ 1U);
      if (self == nullptr || other == nullptr || self->health <= 0 || tick % 10 != 0) continue;
      // Who woke at the start goes back to where his pair is.
      const base::Vec2 way = places[i] - self->walker.position;
      const bool far = base::length(way) > 4 * base::k_units_per_tile;
      stage.act(i, far ? sim::Intent{static_cast<std::uint8_t>(1 + base::heading_of(way)), false, {}}
                       : SceneStage::towards(*self, *other, 150));
      if (i < 2 && tick % 400 == 0) stage.deed(i, sim::DeedType::challenge, other->id);
      if (i == 4 && tick % 700 == 300) stage.deed(4, sim::DeedType::challenge, other->id);
      if (i == 5 && tick % 700 == 310) stage.deed(5, sim::DeedType::accept_duel, other->id);
    }
    stage.tick();
    for (const sim::Settled& settled : stage.world.scratch.settled) {
      if (settled.verdict == sim::Verdict::haven) stage.count("haven_refusals");
    }
    for (const sim::Event& event : stage.events) {
      const auto among = [&](base::EntityId who, std::size_t first) {
        return who == stage.players[first] || who == stage.players[first + 1];
      };
      const bool hit = event.type == sim::EventType::hit;
      const bool blow = event.type == sim::EventType::missed || event.type == sim::EventType::shot;
      if (blow && among(event.source, 0)) stage.count("haven_blows");
      if (hit && among(event.target, 0)) stage.count("haven_harm");
      if (hit && among(event.target, 2)) stage.count("arena_hits");
      if (event.type == sim::EventType::death && among(event.target, 2)) stage.count("arena_falls");
      if (blow && among(event.source, 4)) stage.count("open_blows");
      if (event.type == sim::EventType::duel && event.amount == static_cast<std::int32_t>(sim::DuelNews::begun))
        stage.count("duels");
      if (event.type == sim::EventType::duel && event.amount == static_cast<std::int32_t>(sim::DuelNews::won))
        stage.count("duels_won");
      const sim::Entity* const target = stage.world.find(event.target);
      if (!hit || target == nullptr || !among(event.target, 4)) continue;
      // The last blow of a duel has ended it by now.
      const bool fights = target->duel.stage == sim::DuelStage::fight || target->health == 1;
      stage.count(fights ? "duel_hits" : "open_harm");
    }
  }
  return stage.told();
}

const std::vector<std::string>& scene_names() {
  static const std::vector<std::string> names{"dogs", "effects", "boss", "zones"};
  return names;
}

Told play_scene(const std::string& name) {
  if (name == "dogs") return play_dogs();
  if (name == "effects") return play_effects();
  if (name == "boss") return play_boss();
  return play_zones();
}

}  // namespace cudgel::simhash
