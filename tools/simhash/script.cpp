#include "script.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cudgel::simhash {
namespace {

constexpr std::int32_t k_map_tiles = 96;
constexpr std::uint16_t k_entities_max = 4096;

content::AttackSpec attack(content::AttackKind kind, std::int32_t damage_min, std::int32_t damage_max, std::int32_t reach,
                           std::int32_t windup_ms, std::int32_t recovery_ms, std::int32_t cooldown_ms) {
  content::AttackSpec spec;
  spec.kind = kind;
  spec.damage_min = damage_min;
  spec.damage_max = damage_max;
  spec.reach = reach;
  spec.windup_ms = windup_ms;
  spec.recovery_ms = recovery_ms;
  spec.cooldown_ms = cooldown_ms;
  if (content::flies(kind)) spec.projectile_speed = 2600, spec.projectile_radius = 40;
  return spec;
}

content::ClassSpec player_class(const char* name, std::int32_t health, content::AttackSpec attack_spec) {
  content::ClassSpec spec;
  spec.body.name = spec.body.sprite = name;
  spec.body.radius = 72;
  spec.body.speed = 1000;
  spec.body.health = health;
  spec.body.attack = attack_spec;
  spec.growth = {10, 5, 4};
  spec.mana = 50;
  spec.mana_per_s = 4;
  return spec;
}

content::SkillSpec skill(content::SkillKind kind, std::int32_t level, std::vector<content::EffectSpec> effects) {
  content::SkillSpec spec;
  spec.name = spec.picture = "skill";
  spec.kind = kind;
  spec.level = level;
  spec.mana = 12;
  const bool harmless = kind == content::SkillKind::aid || kind == content::SkillKind::blink;
  spec.damage_min = harmless ? 0 : 5;
  spec.damage_max = harmless ? 0 : 9;
  spec.reach = 1400;
  spec.radius = 500;
  spec.windup_ms = 200;
  spec.recovery_ms = 200;
  spec.cooldown_ms = 3000;
  if (kind == content::SkillKind::dash) spec.speed = 3000;
  spec.effects = std::move(effects);
  return spec;
}

constexpr std::int32_t k_hound = 5;  ///< its place in monsters()

/// Every kind of skill and of effect, four to a class; all within the levels that the script's players reach.
void teach(std::vector<content::ClassSpec>& classes) {
  using content::EffectKind;
  using content::SkillKind;
  using content::Stacking;
  classes[0].skills = {
      skill(SkillKind::arc, 1, {{EffectKind::slow, 30, 1500, 0, Stacking::refresh}}),
      skill(SkillKind::dash, 1, {{EffectKind::stun, 0, 800, 0, Stacking::refresh}}),
      skill(SkillKind::aid, 2,
            {{EffectKind::might, 25, 6000, 0, Stacking::refresh}, {EffectKind::guard, 20, 6000, 0, Stacking::refresh}})};
  classes[1].skills = {skill(SkillKind::burst, 1, {{EffectKind::root, 0, 900, 0, Stacking::refresh}}),
                       skill(SkillKind::blink, 1, {{EffectKind::haste, 30, 1500, 0, Stacking::refresh}}),
                       skill(SkillKind::area, 2, {{EffectKind::burn, 4, 2000, 500, Stacking::stack}})};
  classes[2].skills = {skill(SkillKind::aid, 1, {{EffectKind::mend, 5, 3000, 500, Stacking::refresh}}),
                       skill(SkillKind::area, 1, {{EffectKind::poison, 3, 3000, 1000, Stacking::stack}})};
  // The jokes and the dogs.
  classes[0].skills.push_back(skill(SkillKind::hurl, 2, {}));
  classes[0].skills[3].radius = 70;
  classes[0].skills[3].speed = 3300;
  classes[1].skills.push_back(skill(SkillKind::area, 2, {{EffectKind::sheep, 0, 4000, 0, Stacking::refresh}}));
  classes[1].skills[3].damage_min = classes[1].skills[3].damage_max = 0;
  classes[2].skills.push_back(skill(SkillKind::summon, 1, {}));
  classes[2].skills[2].summon = {k_hound, {1, 1, 1, 2, 3, 4, 5, 6, 7}, 5, 8};
  classes[2].skills[1].lasts_ms = 5000;
  classes[2].skills[1].pulse_ms = 900;
}

content::MonsterSpec goblin() {
  content::MonsterSpec spec;
  spec.body.name = spec.body.sprite = "goblin_clubber";
  spec.body.radius = 68;
  spec.body.speed = 666;
  spec.body.health = 40;
  spec.body.attack = attack(content::AttackKind::strike, 4, 9, 120, 500, 400, 1300);
  spec.sight = 2300;
  spec.leash = 4600;
  spec.corpse_ms = 3000;
  spec.visit_weight = 1;
  spec.experience = 10;
  return spec;
}

/// Every trait of a mind, spread over few kinds: what the golden hash has seen is what cannot change unseen.
std::vector<content::MonsterSpec> monsters() {
  content::MonsterSpec plain = goblin();
  plain.traits.kin = "goblin";
  plain.traits.flee_below_percent = 30;
  plain.traits.flee_ms = 2500;
  plain.traits.call_for_help = 2000;

  content::MonsterSpec slinger = plain;
  slinger.body.name = "slinger";
  slinger.body.attack = attack(content::AttackKind::stone, 3, 6, 1600, 600, 400, 1900);
  slinger.traits.keep_distance = 900;

  content::MonsterSpec wolf = goblin();
  wolf.body.name = "wolf";
  wolf.body.speed = 900;
  wolf.traits = {"wolf", 3, 2000, 0, 0, 0, 0, {}};

  content::MonsterSpec boar = goblin();
  boar.body.name = "boar";
  boar.body.attack = attack(content::AttackKind::charge, 6, 12, 1400, 700, 600, 3000);
  boar.body.attack.run_speed = 2200;
  boar.body.attack.run_length = 1800;
  boar.traits.kin = "boar";
  boar.visit_weight = 0;

  content::MonsterSpec chief = plain;
  chief.body.name = "chief";
  chief.body.health = 200;
  chief.traits.phases = {{66, 0, 3, 0}, {33, 1, 2, 500}};
  chief.steadfast = true;

  content::MonsterSpec hound = goblin();
  hound.body.name = "hound";
  hound.body.radius = 64;
  hound.body.speed = 1150;
  hound.body.health = 60;
  hound.body.attack = attack(content::AttackKind::strike, 4, 8, 130, 250, 250, 1000);
  hound.leash = 3000;
  hound.visit_weight = 0;
  return {plain, slinger, wolf, boar, chief, hound};
}

content::MapSpec draw_map(base::Random& random) {
  content::MapSpec map;
  map.name = "simhash";
  map.width = map.height = k_map_tiles;
  const auto tiles = static_cast<std::size_t>(k_map_tiles) * static_cast<std::size_t>(k_map_tiles);
  map.ground.assign(tiles, content::Ground::grass);
  map.blocked.assign(tiles, 0);
  // Walls and ponds of all lengths: corners, gaps and dead ends to walk around.
  for (int i = 0; i < 160; ++i) {
    const bool pond = random.below(4) == 0;
    const std::int32_t width = random.between(1, pond ? 4 : 7);
    const std::int32_t height = pond ? random.between(1, 4) : 1;
    const bool upright = random.below(2) == 0;
    const std::int32_t x0 = random.between(0, k_map_tiles - 8);
    const std::int32_t y0 = random.between(0, k_map_tiles - 8);
    for (std::int32_t y = 0; y < (upright ? width : height); ++y) {
      for (std::int32_t x = 0; x < (upright ? height : width); ++x) {
        const std::size_t at =
            static_cast<std::size_t>(y0 + y) * static_cast<std::size_t>(k_map_tiles) + static_cast<std::size_t>(x0 + x);
        map.blocked[at] = 1;
        if (pond) map.ground[at] = content::Ground::water;
      }
    }
  }
  map.lairs = {{3, base::tile_centre(12, 80), 2, 8000}, {4, base::tile_centre(84, 14), 1, 15000}};
  for (const std::int32_t tile : {24, 48, 72}) {
    map.player_starts.push_back(base::tile_centre(tile, tile));
    map.blocked[static_cast<std::size_t>(tile) * static_cast<std::size_t>(k_map_tiles + 1)] = 0;
  }
  return map;
}

}  // namespace

content::Content make_content(std::uint64_t seed) {
  content::RulesSpec rules;
  rules.respawn_ms = 4000;
  rules.guard_ms = 2000;
  rules.visit_within_ms = 12000;
  rules.visitors_max = 2;
  rules.visit_distance_min = 18 * base::k_units_per_tile;
  rules.visit_distance_max = 22 * base::k_units_per_tile;
  content::LevelsSpec levels;
  for (std::int32_t level = 1; level < 40; ++level) levels.experience.push_back(20 * level);
  levels.fair_levels = 6;
  levels.lost_percent = 20;
  base::Random random(seed);
  std::vector<content::ClassSpec> classes{
      player_class("warrior", 120, attack(content::AttackKind::strike, 8, 14, 150, 250, 250, 700)),
      player_class("mage", 70, attack(content::AttackKind::bolt, 9, 16, 1800, 400, 300, 1000)),
      player_class("taoist", 90, attack(content::AttackKind::talisman, 6, 12, 1700, 400, 300, 1000))};
  teach(classes);
  return content::Content::from_tables(std::move(classes), monsters(), rules, draw_map(random), std::move(levels));
}

Script::Script(std::uint64_t seed, std::int32_t players)
    : random_(seed ^ 0x5EEDULL), players_(static_cast<std::size_t>(players)) {}

void Script::hear(const sim::Events& events) {
  for (const sim::Event& event : events) {
    if (event.type != sim::EventType::joined || event.ticket >= players_.size()) continue;
    Player& player = players_[static_cast<std::size_t>(event.ticket)];
    player.waiting = false;
    player.id = event.target;
  }
}

sim::Intent Script::choose(const sim::World& world, const sim::Entity& self) {
  sim::Intent intent;
  intent.heading = static_cast<std::uint8_t>(random_.below(5) == 0 ? 0 : 1 + random_.below(64));
  intent.attack = random_.below(2) == 0;
  // Whoever comes near first in slot order is the one to strike.
  for (const std::uint16_t slot : world.alive()) {
    const sim::Entity& other = world.entities()[slot];
    if (other.kind != sim::Kind::monster || other.health == 0) continue;
    if (base::chebyshev(other.walker.position - self.walker.position) > 6 * base::k_units_per_tile) continue;
    intent.attack = true;
    if (random_.below(4) != 0) intent.target = other.id;
    if (random_.below(3) != 0) {
      intent.heading = static_cast<std::uint8_t>(1 + base::heading_of(other.walker.position - self.walker.position));
    }
    break;
  }
  return intent;
}

/// At whom it means to strike, or anywhere near; sometimes too far, and one that nobody has.
void Script::use_skill(const sim::World& world, const sim::Entity& self, sim::Command& command) {
  command.skill = static_cast<std::uint8_t>(1 + random_.below(4));
  const sim::Entity* target = world.find(command.intent.target);
  command.point = target != nullptr ? target->walker.position : self.walker.position;
  // One after the other: compilers may take arguments in any order.
  const int heading = static_cast<int>(random_.below(64));
  const std::int32_t distance = random_.between(0, 700);
  command.point = command.point + base::along(heading, distance);
  // The wire has no places beyond the map's edge.
  command.point = {std::max(command.point.x, 0), std::max(command.point.y, 0)};
}

/// Any order, also one that is none; whom to attack, if anybody, is the first that comes to mind.
void Script::order_dogs(const sim::World& world, const sim::Entity& self, sim::Command& command) {
  command.type = sim::Command::Type::deed;
  command.who = self.id;
  command.deed.type = sim::DeedType::order;
  command.deed.cell = static_cast<std::uint8_t>(random_.below(sim::k_orders + 1));
  const auto alive = world.alive();
  command.deed.thing = world.entities()[alive[random_.below(static_cast<std::uint32_t>(alive.size()))]].id;
}

void Script::play(const sim::World& world, std::size_t number) {
  Player& player = players_[number];
  sim::Command command;
  const sim::Entity* self = world.find(player.id);
  if (self == nullptr) {
    if (player.waiting || random_.below(40) != 0) return;
    command.type = sim::Command::Type::join;
    command.ticket = number;
    command.class_index = static_cast<std::uint8_t>(number % 3);
    command.name.assign("player " + std::to_string(number));
    player.waiting = true;
  } else if (random_.below(4000) == 0) {
    command.type = sim::Command::Type::leave;
    command.who = player.id;
    player.id = {};
  } else if (number % 3 == 2 && random_.below(90) == 0) {
    order_dogs(world, *self, command);
  } else if (random_.below(12) == 0) {
    command.who = player.id;
    command.sequence = ++player.sequence;
    command.intent = choose(world, *self);
    command.view_age = static_cast<std::uint8_t>(random_.below(100));
    if (random_.below(3) == 0) use_skill(world, *self, command);
  } else {
    return;
  }
  commands_.push_back(command);
}

const std::vector<sim::Command>& Script::next(const sim::World& world, const sim::Events& last_events) {
  commands_.clear();
  hear(last_events);
  for (std::size_t i = 0; i < players_.size(); ++i) play(world, i);
  return commands_;
}

std::uint64_t play(const Options& options) {
  const content::Content content = make_content(options.seed);
  sim::WorldOptions world_options;
  world_options.seed = options.seed;
  world_options.entities_max = k_entities_max;
  sim::World world(content, content.map(), world_options);
  std::vector<std::uint8_t> kinds;
  for (std::size_t i = 0; i < content.monsters().size(); ++i) kinds.push_back(static_cast<std::uint8_t>(i));
  world.populate(kinds, options.monsters);
  world.fill_lairs();
  Script script(options.seed, options.players);
  sim::Events events;
  for (std::int32_t i = 0; i < options.ticks; ++i) sim::step(world, script.next(world, events), events);
  return sim::hash(world);
}

}  // namespace cudgel::simhash
