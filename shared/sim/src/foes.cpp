#include "sim/foes.h"

#include "sim/fighter.h"

namespace cudgel::sim {
namespace {

Fighter fighter_of(const Entity& player) {
  const bool fights = player.duel.stage == DuelStage::fight;
  return {player.id, fights ? player.duel.rival : EntityId{}, player.level, player.walker.position};
}

}  // namespace

bool is_foe(const World& world, const Entity& who, const Entity& other) {
  if (who.kind == Kind::player && other.kind == Kind::player) {
    return may_fight(world.map(), world.content().rules(), fighter_of(who), fighter_of(other));
  }
  return (who.kind == Kind::player && other.kind == Kind::monster) || (who.kind == Kind::monster && other.kind == Kind::player);
}

bool can_harm(const World& world, const Entity& who, const Entity& other) {
  return other.health > 0 && is_foe(world, who, other);
}

}  // namespace cudgel::sim
