// Reads what save() wrote, or what a stranger says it wrote: nothing is believed, and a refused save leaves the world as it was.

#include <flatbuffers/flatbuffers.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <string>

#include "base/utf8.h"
#include "content/limits.h"
#include "gear.h"
#include "save_format.h"
#include "sim/schema/world_generated.h"
#include "sim/world.h"
#include "summoned.h"

namespace cudgel::sim {
namespace {

constexpr std::size_t k_save_bytes_max = std::size_t{64} * 1024 * 1024;
constexpr flatbuffers::uoffset_t k_depth_max = 8;
constexpr std::int64_t k_points_max = 1'000'000;  ///< health and damage
constexpr std::int64_t k_speed_max = 8192;        ///< units per tick: 16 tiles per second at the slowest tick, twice over
constexpr std::int64_t k_flight_radius_max = 1024;
constexpr std::int64_t k_place_max = std::int64_t{1} << 20U;  ///< units; places a monster remembers may lie beside the map
constexpr Tick k_tick_max = 0xF0000000U;

/// Collects the first thing that is wrong; checks after it are not made.
class Checker {
 public:
  [[nodiscard]] bool fine() const { return error_.empty(); }
  [[nodiscard]] const std::string& error() const { return error_; }
  void set_place(std::string place) { place_ = std::move(place); }

  void refuse(const char* field, const std::string& reason) {
    if (fine()) error_ = place_ + field + ": " + reason;
  }
  void range(const char* field, std::int64_t value, std::int64_t low, std::int64_t high) {
    if (value >= low && value <= high) return;
    refuse(field, "must be " + std::to_string(low) + ".." + std::to_string(high) + ", is " + std::to_string(value));
  }
  void same(const char* field, std::uint64_t saved, std::uint64_t here) {
    if (saved != here) refuse(field, "the save has " + std::to_string(saved) + ", this world " + std::to_string(here));
  }
  /// A struct of a table may be absent.
  template <class T>
  bool present(const char* field, const T* value) {
    if (value == nullptr) refuse(field, "is missing");
    return value != nullptr;
  }

 private:
  std::string place_;
  std::string error_;
};

Vec2 from_wire(const wire::Vec& v) { return {v.x(), v.y()}; }
EntityId from_wire(const wire::Id& id) { return {id.index(), id.generation()}; }

void read_walker(Checker& check, const wire::Walker& saved, Tick tick, Walker& walker) {
  check.range("walker.velocity.x", saved.velocity().x(), -k_speed_max, k_speed_max);
  check.range("walker.velocity.y", saved.velocity().y(), -k_speed_max, k_speed_max);
  check.range("walker.action_since", saved.action_since(), 0, tick);
  check.range("walker.heading", saved.heading(), 0, base::k_headings);
  check.range("walker.facing", saved.facing(), 0, base::k_facings - 1);
  check.range("walker.action", saved.action(), 0, k_actions - 1);
  walker.position = from_wire(saved.position());
  walker.velocity = from_wire(saved.velocity());
  walker.action_since = saved.action_since();
  walker.attack_ready = saved.attack_ready();
  walker.intent = {saved.heading(), saved.attack(), from_wire(saved.target())};
  check.range("walker.mana_max", saved.mana_max(), 0, k_points_max);
  check.range("walker.mana", saved.mana(), 0, saved.mana_max());
  walker.mana = saved.mana();
  walker.mana_max = saved.mana_max();
  walker.skill = saved.skill();
  walker.wish = saved.wish();
  walker.point = from_wire(saved.point());
  walker.wish_point = from_wire(saved.wish_point());
  for (std::size_t i = 0; i < walker.skill_ready.size(); ++i) {
    walker.skill_ready[i] = saved.skill_ready()->Get(static_cast<flatbuffers::uoffset_t>(i));
  }
  walker.facing = saved.facing();
  walker.action = static_cast<Action>(saved.action());
}

void read_player(Checker& check, const wire::Player* saved, Tick tick, std::int32_t tick_hz, const content::LevelsSpec& levels,
                 Entity& entity) {
  if (!check.present("player", saved)) return;
  if (!check.present("player.name", saved->name())) return;
  const std::string_view name(saved->name()->c_str(), saved->name()->size());
  if (!entity.name.assign(name))
    check.refuse("player.name", "must be at most " + std::to_string(base::k_name_bytes_max) + " bytes");
  if (!base::utf8_length(name)) check.refuse("player.name", "is not valid UTF-8");
  check.range("player.last_threat", saved->last_threat(), 0, tick);
  check.range("player.view_age", saved->view_age(), 0, view_age_max(tick_hz));
  check.range("player.experience", saved->experience(), 0, std::max(0, levels.to_next(entity.level) - 1));
  entity.experience = saved->experience();
  entity.last_sequence = saved->last_sequence();
  entity.last_threat = saved->last_threat();
  entity.view_age = saved->view_age();
  check.range("player.order", saved->order(), 0, k_orders - 1);
  entity.order = static_cast<Order>(saved->order());
  if (saved->quarry() != nullptr) entity.quarry = from_wire(*saved->quarry());
}

void check_place(Checker& check, const char* field, Vec2 place) {
  check.range(field, place.x, -k_place_max, k_place_max);
  check.range(field, place.y, -k_place_max, k_place_max);
}

void read_mind(Checker& check, const wire::Mind* saved, const World& world, std::uint8_t archetype, Mind& mind) {
  if (!check.present("mind", saved) || !check.present("mind.home", saved->home()) || !check.present("mind.goal", saved->goal()) ||
      !check.present("mind.noticed_at", saved->noticed_at()) || !check.present("mind.target", saved->target())) {
    return;
  }
  check.range("mind.mood", saved->mood(), 0, k_moods - 1);
  mind.mood = static_cast<Mood>(saved->mood());
  mind.until = saved->until();
  mind.next_path = saved->next_path();
  check_place(check, "mind.home", mind.home = from_wire(*saved->home()));
  check_place(check, "mind.noticed_at", mind.noticed_at = from_wire(*saved->noticed_at()));
  check_place(check, "mind.goal", mind.goal = from_wire(*saved->goal()));
  mind.target = from_wire(*saved->target());
  check.range("mind.lair", saved->lair(), 0, static_cast<std::int64_t>(world.lairs().size()));
  const content::MonsterSpec& spec = world.content().monsters()[archetype];
  check.range("mind.phase", saved->phase(), 0, static_cast<std::int64_t>(spec.traits.phases.size()));
  if (mind.mood == Mood::rush && spec.body.attack.kind != content::AttackKind::charge) {
    check.refuse("mind.mood", "a monster that does not charge cannot be in a rush");
  }
  mind.lair = saved->lair();
  mind.phase = saved->phase();
  mind.fled = saved->fled();
  if (saved->path() == nullptr) return;
  const std::size_t numbers = saved->path()->size();
  if (numbers % 2 != 0) check.refuse("mind.path", "must hold pairs");
  check.range("mind.path.size", static_cast<std::int64_t>(numbers), 0, static_cast<std::int64_t>(mind.path.size()));
  check.range("mind.path_next", saved->path_next(), 0, static_cast<std::int64_t>(numbers / 2));
  if (!check.fine()) return;
  for (std::size_t i = 0; i < numbers; ++i) {
    mind.path[i] = saved->path()->Get(static_cast<flatbuffers::uoffset_t>(i));
    check.range("mind.path", mind.path[i], 0, (i % 2 == 0 ? world.map().width() : world.map().height()) - 1);
  }
  mind.path_size = static_cast<std::uint8_t>(numbers / 2);
  mind.path_next = saved->path_next();
}

void read_trail(Checker& check, const wire::Mind* saved, std::size_t ticks, Trail& trail) {
  if (!check.fine() || saved->trail() == nullptr || saved->trail()->size() == 0) return;
  check.range("mind.trail.size", saved->trail()->size(), static_cast<std::int64_t>(ticks), static_cast<std::int64_t>(ticks));
  if (!check.fine()) return;
  for (std::size_t i = 0; i < ticks; ++i) {
    const wire::Step& step = *saved->trail()->Get(static_cast<flatbuffers::uoffset_t>(i));
    check.range("mind.trail.x", step.x(), -k_speed_max, k_speed_max);
    check.range("mind.trail.y", step.y(), -k_speed_max, k_speed_max);
    trail.steps_[i] = {step.x(), step.y()};
  }
  trail.size_ = static_cast<std::uint8_t>(ticks);
}

void read_shares(Checker& check, const wire::Mind* saved, Shares& shares) {
  if (!check.fine() || saved->shares() == nullptr) return;
  check.range("mind.shares.size", saved->shares()->size(), 0, static_cast<std::int64_t>(k_shares_max));
  if (!check.fine()) return;
  for (const wire::Share* share : *saved->shares()) {
    check.range("mind.shares.damage", share->damage(), 0, k_points_max);
    shares.list[shares.size++] = {from_wire(share->who()), share->damage()};
  }
}

void read_shot(Checker& check, const wire::Shot* saved, Entity& entity) {
  if (!check.present("shot", saved) || !check.present("shot.owner", saved->owner()) ||
      !check.present("shot.homing", saved->homing()))
    return;
  check.range("shot.foe", saved->foe(), static_cast<int>(Kind::player), static_cast<int>(Kind::monster));
  check.range("shot.damage", saved->damage(), 0, k_points_max);
  check.range("shot.speed", saved->speed(), 1, k_speed_max);
  check.range("shot.radius", saved->radius(), 0, k_flight_radius_max);
  check.range("walker.heading", entity.walker.intent.heading, 1, base::k_headings);
  entity.owner = from_wire(*saved->owner());
  entity.foe = static_cast<Kind>(saved->foe());
  entity.homing = from_wire(*saved->homing());
  entity.damage = saved->damage();
  entity.flight_speed = saved->speed();
  entity.flight_radius = saved->radius();
}

Belongings read_belongings(Checker& check, const wire::Belongings* saved, const content::Content& content) {
  Belongings own;
  if (!check.present("player.belongings", saved) || !check.present("player.belongings.cells", saved->cells())) return own;
  check.range("player.belongings.cells.size", saved->cells()->size(), k_cells, k_cells);
  check.range("player.belongings.gold", saved->gold(), 0, k_gold_max);
  check.range("player.belongings.bank_gold", saved->bank_gold(), 0, k_gold_max);
  if (!check.fine()) return own;
  own.gold = saved->gold();
  own.bank_gold = saved->bank_gold();
  own.revision = saved->revision();
  for (std::size_t i = 0; i < k_cells && check.fine(); ++i) {
    const wire::Stack& stack = *saved->cells()->Get(static_cast<flatbuffers::uoffset_t>(i));
    check.range("player.belongings.cells.item", stack.item(), 0, static_cast<std::int64_t>(content.items().size()));
    if (!check.fine()) return own;
    const std::int64_t most = stack.item() == 0 ? 0 : content.items()[stack.item() - 1U].stack_max;
    check.range("player.belongings.cells.count", stack.count(), stack.item() == 0 ? 0 : 1, most);
    own.cells[i] = {stack.item(), stack.count()};
  }
  return own;
}

void read_thing(Checker& check, const wire::Thing* saved, Entity& entity) {
  if (!check.present("thing", saved) || !check.present("thing.owner", saved->owner())) return;
  check.range("thing.amount", saved->amount(), 1, UINT16_MAX);
  entity.owner = from_wire(*saved->owner());
  entity.amount = saved->amount();
}

void check_position(Checker& check, const World& world, const Entity& entity) {
  const TileMap& map = world.map();
  check.range("walker.position.x", entity.walker.position.x, 0, map.width() * base::k_units_per_tile - 1);
  check.range("walker.position.y", entity.walker.position.y, 0, map.height() * base::k_units_per_tile - 1);
  if (!check.fine() || entity.kind == Kind::projectile || entity.kind == Kind::thing) return;
  if (!map.fits(entity.walker.position, world.spec_of(entity).radius)) check.refuse("walker.position", "is inside a wall");
}

void check_archetype(Checker& check, const World& world, const Entity& entity) {
  std::size_t count = content::k_attack_kinds;
  if (entity.kind == Kind::player) count = world.content().classes().size();
  if (entity.kind == Kind::monster || entity.kind == Kind::summoned) count = world.content().monsters().size();
  if (entity.kind == Kind::thing) count = world.content().items().size();
  check.range("archetype", entity.archetype, 0, static_cast<std::int64_t>(count) - 1);
}

std::int64_t skills_of(const World& world, const Entity& entity) {
  if (entity.kind != Kind::player) return 0;
  return static_cast<std::int64_t>(world.content().classes()[entity.archetype].skills.size());
}

void check_skills(Checker& check, const World& world, const Entity& entity) {
  const std::int64_t known = skills_of(world, entity);
  check.range("walker.skill", entity.walker.skill, 0, known);
  check_place(check, "walker.point", entity.walker.point);
  check_place(check, "walker.wish_point", entity.walker.wish_point);
}

void read_ground(Checker& check, const World& world, const wire::Ground* saved, Entity& entity) {
  if (saved == nullptr) return;
  check.range("player.ground.skill", saved->skill(), 1, skills_of(world, entity));
  check_place(check, "player.ground.place", entity.ground.place = from_wire(saved->place()));
  entity.ground.until = saved->until();
  entity.ground.next = saved->next();
  entity.ground.skill = saved->skill();
}

void read_duel(Checker& check, const wire::Duel* saved, Duel& duel) {
  if (saved == nullptr) return;
  check.range("player.duel.stage", saved->stage(), 1, k_duel_stages - 1);
  check_place(check, "player.duel.ring", duel.ring = from_wire(saved->ring()));
  duel.stage = static_cast<DuelStage>(saved->stage());
  duel.rival = from_wire(saved->rival());
  duel.until = saved->until();
}

void read_effects(Checker& check, const wire::Entity& saved, Effects& effects) {
  if (!check.fine() || saved.effects() == nullptr) return;
  check.range("effects.size", saved.effects()->size(), 0, static_cast<std::int64_t>(k_effects_max));
  if (!check.fine()) return;
  for (const wire::Effect* effect : *saved.effects()) {
    check.range("effects.kind", effect->kind(), 0, content::k_effect_kinds - 1);
    const auto kind = static_cast<content::EffectKind>(effect->kind());
    const bool ticks =
        kind == content::EffectKind::poison || kind == content::EffectKind::burn || kind == content::EffectKind::mend;
    check.range("effects.magnitude", effect->magnitude(), 0,
                ticks ? content::k_effect_points.max : content::k_effect_percent.max);
    effects.list[effects.size++] = {kind,           effect->magnitude(),        effect->period_ticks(), effect->until(),
                                    effect->next(), from_wire(effect->source())};
  }
}

void read_body(Checker& check, const wire::Entity& saved, Entity& entity) {
  check.range("health_max", saved.health_max(), 1, k_points_max);
  check.range("health", saved.health(), 0, saved.health_max());
  if ((saved.health() == 0) != (entity.walker.action == Action::dead)) {
    check.refuse("health", "who has none must be dead, and nobody else");
  }
  entity.health = saved.health();
  entity.health_max = saved.health_max();
}

void read_entity(Checker& check, const World& world, const wire::Entity& saved, Tick tick, Entity& entity) {
  check.range("kind", saved.kind(), static_cast<int>(Kind::player), static_cast<int>(Kind::summoned));
  if (!check.fine() || !check.present("walker", saved.walker())) return;
  entity.kind = static_cast<Kind>(saved.kind());
  entity.archetype = saved.archetype();
  std::int64_t level_max = content::k_level.max;
  if (entity.kind == Kind::player) level_max = world.content().levels().level_max();
  if (entity.kind == Kind::thing) level_max = UINT16_MAX;  // how many
  check.range("level", saved.level(), entity.kind == Kind::projectile ? 0 : 1, level_max);
  entity.level = saved.level();
  entity.expires = saved.expires();
  entity.guarded_until = saved.guarded_until();
  check_archetype(check, world, entity);
  read_walker(check, *saved.walker(), tick, entity.walker);
  if (!check.fine()) return;
  check_position(check, world, entity);
  check_skills(check, world, entity);
  read_effects(check, saved, entity.effects);
  if (entity.kind != Kind::projectile && entity.kind != Kind::thing) read_body(check, saved, entity);
  if (entity.kind == Kind::thing) read_thing(check, saved.thing(), entity);
  if (entity.kind == Kind::player) {
    read_player(check, saved.player(), tick, world.options().tick_hz, world.content().levels(), entity);
    if (check.fine()) read_ground(check, world, saved.player()->ground(), entity);
    if (check.fine()) read_duel(check, saved.player()->duel(), entity.duel);
  }
  if (entity.kind == Kind::monster) {
    read_mind(check, saved.mind(), world, entity.archetype, entity.mind);
    read_trail(check, saved.mind(), trail_ticks(world.options().tick_hz), entity.trail);
    read_shares(check, saved.mind(), entity.shares);
  }
  if (entity.kind == Kind::monster && entity.mind.mood == Mood::follow) check.refuse("mind.mood", "only who is summoned follows");
  if (entity.kind == Kind::summoned) {
    read_mind(check, saved.mind(), world, entity.archetype, entity.mind);
    if (check.fine() && check.present("mind.owner", saved.mind()->owner())) entity.owner = from_wire(*saved.mind()->owner());
    const Mood mood = entity.mind.mood;
    if (mood != Mood::follow && mood != Mood::chase && mood != Mood::rush && mood != Mood::rest)
      check.refuse("mind.mood", "who is summoned follows or fights");
  }
  if (entity.kind == Kind::projectile) read_shot(check, saved.shot(), entity);
}

void check_frame(Checker& check, const World& world, const wire::World& saved) {
  check.same("format", saved.format(), k_save_format);
  check.same("content_hash", saved.content_hash(), world.content().hash());
  check.same("width", static_cast<std::uint32_t>(saved.width()), static_cast<std::uint32_t>(world.map().width()));
  check.same("height", static_cast<std::uint32_t>(saved.height()), static_cast<std::uint32_t>(world.map().height()));
  check.same("tick_hz", static_cast<std::uint32_t>(saved.tick_hz()), static_cast<std::uint32_t>(world.options().tick_hz));
  check.same("entities_max", saved.entities_max(), world.options().entities_max);
  check.same("arena", saved.arena() ? 1U : 0U, world.options().arena ? 1U : 0U);
  check.range("tick", saved.tick(), 0, k_tick_max);
  if (!check.present("generations", saved.generations()) || !check.present("entities", saved.entities())) return;
  check.range("generations.size", saved.generations()->size(), 0, world.options().entities_max);
  check.range("entities.size", saved.entities()->size(), 0, world.options().entities_max);
}

using OwnedBySlot = std::map<std::uint16_t, Belongings>;

std::vector<Entity> read_slots(Checker& check, const World& world, const wire::World& saved, OwnedBySlot& owned) {
  std::vector<Entity> slots(world.options().entities_max);
  for (std::size_t i = 0; i < slots.size(); ++i) slots[i].id.index = static_cast<std::uint16_t>(i);
  const auto& generations = *saved.generations();
  for (flatbuffers::uoffset_t i = 0; i < generations.size(); ++i) slots[i].id.generation = generations[i];
  std::int64_t last = -1;
  for (flatbuffers::uoffset_t i = 0; i < saved.entities()->size() && check.fine(); ++i) {
    const wire::Entity& entity = *saved.entities()->Get(i);
    check.set_place("entities[" + std::to_string(i) + "].");
    check.range("slot", entity.slot(), last + 1, static_cast<std::int64_t>(generations.size()) - 1);
    if (!check.fine()) break;
    last = entity.slot();
    Entity& slot = slots[entity.slot()];
    if (!slot.id.valid()) check.refuse("slot", "has generation 0");
    if (check.fine()) read_entity(check, world, entity, saved.tick(), slot);
    if (!check.fine() || slot.kind != Kind::player) continue;
    const Belongings own = read_belongings(check, entity.player()->belongings(), world.content());
    slot.gear = gear_of(world.content(), own);
    owned[entity.slot()] = own;
  }
  return slots;
}

struct Together {
  std::vector<Bargain> bargains;
  std::vector<Band> bands;
  std::vector<Invitation> invitations;
};

/// The id of a player of the save.
EntityId read_player_id(Checker& check, const char* field, const std::vector<Entity>& slots, const wire::Id& saved) {
  const EntityId id = from_wire(saved);
  const bool here = id.valid() && id.index < slots.size() && slots[id.index].id == id && slots[id.index].kind == Kind::player;
  if (!here) check.refuse(field, "is no player");
  return id;
}

void read_bargains(Checker& check, const wire::World& saved, const std::vector<Entity>& slots, const OwnedBySlot& owned,
                   Together& out) {
  for (flatbuffers::uoffset_t i = 0; saved.bargains() != nullptr && i < saved.bargains()->size() && check.fine(); ++i) {
    const wire::Bargain& one = *saved.bargains()->Get(i);
    check.set_place("bargains[" + std::to_string(i) + "].");
    Bargain& bargain = out.bargains.emplace_back();
    bargain.open = one.open();
    bargain.until = one.until();
    bargain.revision = one.revision();
    for (std::size_t s = 0; s < 2; ++s) {
      const wire::Side& side = s == 0 ? one.first() : one.second();
      bargain.sides[s].who = read_player_id(check, "who", slots, side.who());
      if (!check.fine()) return;
      check.range("gold", side.gold(), 0, owned.at(bargain.sides[s].who.index).gold);
      bargain.sides[s].gold = side.gold();
      bargain.sides[s].agreed = side.agreed();
    }
    if (bargain.sides[0].who == bargain.sides[1].who) check.refuse("who", "must be two");
  }
  std::int64_t last = -1;
  for (flatbuffers::uoffset_t i = 0; saved.offers() != nullptr && i < saved.offers()->size() && check.fine(); ++i) {
    const wire::Offer& one = *saved.offers()->Get(i);
    check.set_place("offers[" + std::to_string(i) + "].");
    check.range("bargain", one.bargain(), 0, static_cast<std::int64_t>(out.bargains.size()) - 1);
    check.range("side", one.side(), 0, 1);
    check.range("cell", one.cell(), 0, k_bag_cells - 1);
    if (!check.fine()) return;
    const std::int64_t place = (std::int64_t{one.bargain()} * 2 + one.side()) * std::int64_t{k_cells} + one.cell();
    check.range("cell", place, last + 1, INT64_MAX);
    last = place;
    TradeSide& side = out.bargains[one.bargain()].sides[one.side()];
    const Stack& held = owned.at(side.who.index).cells[one.cell()];
    check.range("stack.item", one.stack().item(), std::max<int>(1, held.item), held.item);
    check.range("stack.count", one.stack().count(), 1, held.count);
    check.range("side", side.size, 0, k_offers_max - 1);
    if (check.fine()) side.offers[side.size++] = {one.cell(), {one.stack().item(), one.stack().count()}};
  }
}

void read_bands(Checker& check, const wire::World& saved, const std::vector<Entity>& slots, Together& out) {
  for (flatbuffers::uoffset_t i = 0; saved.bands() != nullptr && i < saved.bands()->size() && check.fine(); ++i) {
    const wire::Band& one = *saved.bands()->Get(i);
    check.set_place("bands[" + std::to_string(i) + "].");
    check.range("size", one.size(), 2, k_party_max);
    Band& band = out.bands.emplace_back();
    for (flatbuffers::uoffset_t k = 0; k < one.size() && check.fine(); ++k) {
      band.members[band.size++] = read_player_id(check, "members", slots, *one.members()->Get(k));
    }
  }
  for (flatbuffers::uoffset_t i = 0; saved.invitations() != nullptr && i < saved.invitations()->size() && check.fine(); ++i) {
    const wire::Invitation& one = *saved.invitations()->Get(i);
    check.set_place("invitations[" + std::to_string(i) + "].");
    const EntityId from = read_player_id(check, "from", slots, one.from());
    out.invitations.push_back({from, read_player_id(check, "to", slots, one.to()), one.until()});
  }
}

/// Nobody is in two bargains or in two parties.
void check_once(Checker& check, const Together& together) {
  std::vector<std::uint32_t> traders;
  std::vector<std::uint32_t> mates;
  for (const Bargain& bargain : together.bargains) {
    for (const TradeSide& side : bargain.sides) traders.push_back(side.who.packed());
  }
  for (const Band& band : together.bands) {
    for (std::size_t i = 0; i < band.size; ++i) mates.push_back(band.members[i].packed());
  }
  check.set_place("");
  for (auto* list : {&traders, &mates}) {
    std::sort(list->begin(), list->end());
    if (std::adjacent_find(list->begin(), list->end()) != list->end()) {
      check.refuse(list == &traders ? "bargains" : "bands", "nobody can be in two");
    }
  }
}

}  // namespace

base::Result<void, RestoreError> restore(World& world, std::span<const std::uint8_t> bytes) {
  if (bytes.size() > k_save_bytes_max) return base::fail(RestoreError{"the save is larger than 64 MB"});
  std::vector<std::uint64_t> aligned((bytes.size() + 7) / 8);
  if (!bytes.empty()) std::memcpy(aligned.data(), bytes.data(), bytes.size());
  const auto* data = reinterpret_cast<const std::uint8_t*>(aligned.data());
  const flatbuffers::uoffset_t tables_max = 3U * world.options().entities_max + 2U;
  flatbuffers::Verifier verifier(data, bytes.size(), k_depth_max, tables_max);
  if (bytes.size() < 8 || !wire::VerifyWorldBuffer(verifier)) return base::fail(RestoreError{"these bytes are no saved world"});

  const wire::World& saved = *wire::GetWorld(data);
  Checker check;
  check_frame(check, world, saved);
  std::vector<Entity> slots;
  OwnedBySlot owned;
  if (check.fine()) slots = read_slots(check, world, saved, owned);
  Together together;
  if (check.fine()) read_bargains(check, saved, slots, owned, together);
  if (check.fine()) read_bands(check, saved, slots, together);
  if (check.fine()) check_once(check, together);
  if (!check.fine()) return base::fail(RestoreError{check.error()});

  std::copy(slots.begin(), slots.end(), world.entities().begin());
  world.index_slots();
  for (const auto& [slot, own] : owned) world.belongings(world.entities()[slot]) = own;
  count_summoned(world);
  world.bargains = std::move(together.bargains);
  world.bands = std::move(together.bands);
  world.invitations = std::move(together.invitations);
  world.tick_ = saved.tick();
  world.random.restore(saved.random());
  return {};
}

}  // namespace cudgel::sim
