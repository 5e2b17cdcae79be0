#include <array>

#include <flatbuffers/flatbuffers.h>

#include "save_format.h"
#include "sim/schema/world_generated.h"
#include "sim/world.h"

namespace cudgel::sim {
namespace {

wire::Vec to_wire(Vec2 v) { return {v.x, v.y}; }
wire::Id to_wire(EntityId id) { return {id.index, id.generation}; }
wire::Walker to_wire(const Walker& w) {
  return {to_wire(w.position),
          to_wire(w.velocity),
          w.action_since,
          w.attack_ready,
          to_wire(w.intent.target),
          w.intent.heading,
          w.intent.attack,
          w.facing,
          static_cast<std::uint8_t>(w.action),
          w.mana,
          w.mana_max,
          to_wire(w.point),
          to_wire(w.wish_point),
          flatbuffers::span<const std::uint32_t, content::k_skills_max>(w.skill_ready),
          w.skill,
          w.wish};
}

flatbuffers::Offset<wire::Belongings> save_belongings(flatbuffers::FlatBufferBuilder& builder, const Belongings& own) {
  std::vector<wire::Stack> cells;
  for (const Stack& stack : own.cells) cells.emplace_back(stack.item, stack.count);
  const auto cells_offset = builder.CreateVectorOfStructs(cells);
  return wire::CreateBelongings(builder, cells_offset, own.gold, own.bank_gold, own.revision);
}

flatbuffers::Offset<wire::Player> save_player(flatbuffers::FlatBufferBuilder& builder, const Entity& entity,
                                              const Belongings& own) {
  const auto belongings = save_belongings(builder, own);
  const auto name = builder.CreateString(entity.name.view().data(), entity.name.view().size());
  const wire::Ground ground(to_wire(entity.ground.place), entity.ground.until, entity.ground.next, entity.ground.skill);
  const Duel& duel = entity.duel;
  const wire::Duel duel_wire(to_wire(duel.rival), duel.until, to_wire(duel.ring), static_cast<std::uint8_t>(duel.stage));
  const wire::Id quarry = to_wire(entity.quarry);
  return wire::CreatePlayer(builder, name, entity.last_sequence, entity.last_threat, entity.view_age, entity.experience,
                            entity.ground.skill == 0 ? nullptr : &ground, belongings,
                            duel.stage == DuelStage::none ? nullptr : &duel_wire, static_cast<std::uint8_t>(entity.order),
                            entity.quarry.valid() ? &quarry : nullptr);
}

flatbuffers::Offset<wire::Mind> save_mind(flatbuffers::FlatBufferBuilder& builder, const Entity& entity) {
  const Mind& mind = entity.mind;
  const Trail& trail = entity.trail;
  const auto path = builder.CreateVector(mind.path.data(), static_cast<std::size_t>(mind.path_size) * 2);
  std::vector<wire::Step> steps;
  for (std::size_t i = 0; i < trail.size_; ++i) steps.emplace_back(trail.steps_[i].x, trail.steps_[i].y);
  const auto trail_offset = builder.CreateVectorOfStructs(steps);
  std::vector<wire::Share> shares;
  for (std::size_t i = 0; i < entity.shares.size; ++i) {
    shares.emplace_back(to_wire(entity.shares.list[i].who), entity.shares.list[i].damage);
  }
  const auto shares_offset = builder.CreateVectorOfStructs(shares);
  const wire::Vec home = to_wire(mind.home);
  const wire::Vec noticed_at = to_wire(mind.noticed_at);
  const wire::Vec goal = to_wire(mind.goal);
  const wire::Id target = to_wire(mind.target);
  const wire::Id owner = to_wire(entity.owner);
  return wire::CreateMind(builder, static_cast<std::uint8_t>(mind.mood), mind.until, mind.next_path, &home, &noticed_at, &goal,
                          &target, mind.path_next, path, mind.lair, mind.phase, mind.fled, trail_offset, shares_offset,
                          entity.kind == Kind::summoned ? &owner : nullptr);
}

flatbuffers::Offset<wire::Shot> save_shot(flatbuffers::FlatBufferBuilder& builder, const Entity& entity) {
  const wire::Id owner = to_wire(entity.owner);
  const wire::Id homing = to_wire(entity.homing);
  return wire::CreateShot(builder, &owner, static_cast<std::uint8_t>(entity.foe), &homing, entity.damage, entity.flight_speed,
                          entity.flight_radius);
}

flatbuffers::Offset<wire::Thing> save_thing(flatbuffers::FlatBufferBuilder& builder, const Entity& entity) {
  const wire::Id owner = to_wire(entity.owner);
  return wire::CreateThing(builder, &owner, entity.amount);
}

flatbuffers::Offset<wire::Entity> save_entity(flatbuffers::FlatBufferBuilder& builder, const World& world, const Entity& entity) {
  flatbuffers::Offset<wire::Thing> thing;
  if (entity.kind == Kind::thing) thing = save_thing(builder, entity);
  flatbuffers::Offset<wire::Player> player;
  flatbuffers::Offset<wire::Mind> mind;
  flatbuffers::Offset<wire::Shot> shot;
  if (entity.kind == Kind::player) player = save_player(builder, entity, world.belongings(entity));
  if (entity.kind == Kind::monster || entity.kind == Kind::summoned) mind = save_mind(builder, entity);
  if (entity.kind == Kind::projectile) shot = save_shot(builder, entity);
  std::vector<wire::Effect> effects;
  for (const Effect& effect : entity.effects.all()) {
    effects.emplace_back(static_cast<std::uint8_t>(effect.kind), effect.magnitude, effect.period_ticks, effect.until, effect.next,
                         to_wire(effect.source));
  }
  flatbuffers::Offset<flatbuffers::Vector<const wire::Effect*>> effects_offset;
  if (!effects.empty()) effects_offset = builder.CreateVectorOfStructs(effects);
  const wire::Walker walker = to_wire(entity.walker);
  return wire::CreateEntity(builder, entity.id.index, static_cast<std::uint8_t>(entity.kind), entity.archetype, entity.level,
                            &walker, entity.health, entity.health_max, entity.expires, entity.guarded_until, player, mind, shot,
                            effects_offset, thing);
}

struct SavedTogether {
  std::vector<wire::Bargain> bargains;
  std::vector<wire::Offer> offers;
  std::vector<wire::Band> bands;
  std::vector<wire::Invitation> invitations;
};

SavedTogether save_together(const World& world) {
  SavedTogether out;
  const auto side = [](const TradeSide& one) { return wire::Side(to_wire(one.who), one.gold, one.agreed); };
  for (const Bargain& bargain : world.bargains) {
    for (std::size_t s = 0; s < bargain.sides.size(); ++s) {
      for (std::size_t i = 0; i < bargain.sides[s].size; ++i) {
        const Offer& offer = bargain.sides[s].offers[i];
        out.offers.emplace_back(static_cast<std::uint16_t>(out.bargains.size()), static_cast<std::uint8_t>(s), offer.cell,
                                wire::Stack(offer.stack.item, offer.stack.count));
      }
    }
    out.bargains.emplace_back(side(bargain.sides[0]), side(bargain.sides[1]), bargain.until, bargain.revision, bargain.open);
  }
  for (const Band& band : world.bands) {
    std::array<wire::Id, k_party_max> members;
    for (std::size_t i = 0; i < k_party_max; ++i) members[i] = to_wire(band.members[i]);
    out.bands.emplace_back(flatbuffers::span<const wire::Id, k_party_max>(members), band.size);
  }
  for (const Invitation& one : world.invitations) out.invitations.emplace_back(to_wire(one.from), to_wire(one.to), one.until);
  return out;
}

/// About what a player takes with all it owns; anybody else takes less than half of that.
constexpr std::size_t k_saved_bytes_usual = 512;

}  // namespace

std::vector<std::uint8_t> save(const World& world) {
  // Room for all of it at once: growing would copy it each time, in the middle of a tick.
  flatbuffers::FlatBufferBuilder builder(k_saved_bytes_usual * (world.alive().size() + 64));
  std::vector<flatbuffers::Offset<wire::Entity>> entities;
  entities.reserve(world.alive().size());
  for (const std::uint16_t slot : world.alive()) entities.push_back(save_entity(builder, world, world.entities()[slot]));
  std::vector<std::uint16_t> generations;
  for (const Entity& entity : world.entities()) {
    if (entity.id.generation == 0) continue;
    generations.resize(entity.id.index, 0);
    generations.push_back(entity.id.generation);
  }
  const auto generations_offset = builder.CreateVector(generations);
  const auto entities_offset = builder.CreateVector(entities);
  const SavedTogether together = save_together(world);
  const auto bargains = builder.CreateVectorOfStructs(together.bargains);
  const auto offers = builder.CreateVectorOfStructs(together.offers);
  const auto bands = builder.CreateVectorOfStructs(together.bands);
  const auto invitations = builder.CreateVectorOfStructs(together.invitations);
  const WorldOptions& options = world.options();
  wire::FinishWorldBuffer(
      builder, wire::CreateWorld(builder, k_save_format, world.content().hash(), world.map().width(), world.map().height(),
                                 options.tick_hz, options.entities_max, options.arena, world.tick(), world.random.state(),
                                 generations_offset, entities_offset, bargains, offers, bands, invitations));
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

}  // namespace cudgel::sim
