#include "sim/foes.h"

#include "sim/fighter.h"

namespace cudgel::sim {
namespace {

Fighter fighter_of(const Entity& player) {
  const bool fights = player.duel.stage == DuelStage::fight;
  return {player.id, fights ? player.duel.rival : EntityId{}, player.level, player.walker.position};
}

bool with_players(const Entity& entity) { return entity.kind == Kind::player || entity.kind == Kind::summoned; }

}  // namespace

bool is_foe(const World& world, const Entity& who, const Entity& other) {
  if (with_players(who) && with_players(other)) {
    const Entity& one = answerable(world, who);
    const Entity& two = answerable(world, other);
    // One whose master has gone fights nobody's.
    if (one.kind != Kind::player || two.kind != Kind::player || one.id == two.id) return false;
    return may_fight(world.map(), world.content().rules(), fighter_of(one), fighter_of(two));
  }
  return (with_players(who) && other.kind == Kind::monster) || (who.kind == Kind::monster && with_players(other));
}

const Entity& answerable(const World& world, const Entity& entity) {
  const Entity* master = entity.kind == Kind::summoned ? world.find(entity.owner) : nullptr;
  return master == nullptr ? entity : *master;
}

bool can_harm(const World& world, const Entity& who, const Entity& other) {
  return other.health > 0 && is_foe(world, who, other);
}

}  // namespace cudgel::sim
