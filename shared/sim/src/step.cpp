// The step on one page, read from top to bottom. Within each phase everything happens in ascending order of slots.

#include <algorithm>
#include <array>
#include <cstddef>

#include "bands.h"
#include "bargains.h"
#include "base/prefetch.h"
#include "charge.h"
#include "combat.h"
#include "deeds.h"
#include "duel.h"
#include "experience.h"
#include "hurl.h"
#include "lair.h"
#include "loot.h"
#include "mind.h"
#include "projectile.h"
#include "sim/foes.h"
#include "sim/world.h"
#include "skills.h"
#include "spawn.h"
#include "summoned.h"

namespace cudgel::sim {
namespace {

void refuse_skill(const Entity& player, Refusal why, Events& events) {
  events.push_back({EventType::refused, {}, player.id, static_cast<std::int32_t>(why), player.walker.position, 0});
}

void accept(World& world, const Command& command, Tick now, Events& events) {
  if (command.type == Command::Type::join) {
    join(world, command, now, events);
    return;
  }
  Entity* player = world.find(command.who);
  if (player == nullptr || player->kind != Kind::player) return;  // it left in the meantime
  if (command.type == Command::Type::leave) {
    forsake_duel(world, *player, now, events);
    events.push_back({EventType::left, {}, player->id, 0, player->walker.position, 0});
    dismiss(world, player->id);
    end_bargain(world, player->id, Verdict::gone);
    leave_band(world, player->id);
    world.destroy(player->id);
    return;
  }
  if (command.type == Command::Type::guard) {
    forsake_duel(world, *player, now, events);
    player->walker.intent = {};
    player->walker.wish = 0;
    player->walker.wish_point = {};
    end_bargain(world, player->id, Verdict::gone);  // nobody is there to agree
    player->guarded_until = now + static_cast<Tick>(world.ticks_of_ms(world.content().rules().guard_ms));
    call_back(world, *player);
    return;
  }
  if (command.type == Command::Type::deed) {
    world.scratch.settled.push_back({command.ticket, player->id, carry_out(world, *player, command.deed, now, events)});
    return;
  }
  player->walker.intent = command.intent;
  if (command.skill != 0 && player->walker.action == Action::dead) {
    refuse_skill(*player, Refusal::dead, events);  // nobody walks the dead, who would refuse it
  } else if (command.skill != 0) {
    wish_skill(player->walker, command.skill, command.point);
  }
  player->last_sequence = command.sequence;
  player->view_age = std::min(command.view_age, view_age_max(world.options().tick_hz));
}

/// So many bodies ahead memory is fetched, when the first phase goes over all of them: what every phase reads of a body has gone cold since the
/// last tick, and one that is waited for costs more than all that is done with it.
constexpr std::size_t k_bodies_ahead = 6;

void expect_body(const Entity& body) {
  base::prefetch(&body, offsetof(Entity, effects) / base::k_cache_line_bytes + 1);
  base::prefetch(&body.mind, offsetof(Mind, path) / base::k_cache_line_bytes + 1);
  base::prefetch(&body.trail, 1);
}

/// Who lives where: all later phases ask this picture of the tick's beginning.
void sort_entities(World& world) {
  Scratch& scratch = world.scratch;
  scratch.bodies.clear();
  scratch.players.clear();
  scratch.monsters.clear();
  const bool anybody_summoned = !scratch.summoned.empty();
  scratch.summoned.clear();
  scratch.projectiles.clear();
  scratch.things.clear();
  scratch.dead.clear();
  scratch.deaths.clear();
  const std::span<const std::uint16_t> alive = world.alive();
  for (std::size_t i = 0; i < alive.size(); ++i) {
    if (i + k_bodies_ahead < alive.size()) expect_body(world.entities()[alive[i + k_bodies_ahead]]);
    const std::uint16_t slot = alive[i];
    const Entity& entity = world.entities()[slot];
    if (entity.kind == Kind::projectile) {
      scratch.projectiles.push_back(slot);
    } else if (entity.kind == Kind::thing) {
      scratch.things.push_back(slot);
    } else if (entity.walker.action == Action::dead) {
      scratch.dead.push_back(slot);
    } else {
      scratch.bodies.push_back({entity.walker.position, slot});
      if (entity.kind == Kind::player) scratch.players.push_back({entity.walker.position, slot});
      if (entity.kind == Kind::monster) scratch.monsters.push_back(slot);
      if (entity.kind == Kind::summoned) scratch.summoned.push_back({entity.walker.position, slot});
    }
  }
  world.grid.rebuild(scratch.bodies);
  scratch.players_grid.rebuild(scratch.players);
  // Most worlds have nobody summoned: then there is nothing to sort.
  if (anybody_summoned || !scratch.summoned.empty()) scratch.summoned_grid.rebuild(scratch.summoned);
}

/// The nearest bodies that touch this one, at most k_neighbours_max, by distance and then slot.
class Neighbourhood {
 public:
  std::span<const Neighbour> gather(const World& world, const Entity& self, std::int32_t radius) {
    size_ = 0;
    const Vec2 centre = self.walker.position;
    world.grid.for_each_within(centre, radius + world.radius_max(), [&](const SpatialGrid::Item& item) {
      if (item.index == self.id.index) return;
      const Entity& other = world.entities()[item.index];
      // Who is summoned steps aside for players and never stands in their way.
      if (self.kind == Kind::player && other.kind == Kind::summoned) return;
      const std::int32_t other_radius = world.spec_of(other).radius;
      const std::int64_t distance = base::length_squared(item.position - centre);
      const std::int64_t reach = radius + other_radius;
      if (distance < reach * reach) insert({distance, item.index, {item.position, other_radius, can_harm(world, self, other)}});
    });
    for (std::size_t i = 0; i < size_; ++i) {
      neighbours_[i] = near_[i].neighbour;
      if (neighbours_[i].position == centre) neighbours_[i].position = centre + apart(self.id.index, near_[i].index);
    }
    return {neighbours_.data(), size_};
  }

 private:
  struct Near {
    std::int64_t distance = 0;
    std::uint16_t index = 0;
    Neighbour neighbour;
  };
  void insert(const Near& near) {
    std::size_t at = size_;
    const auto before = [&](const Near& other) {
      return near.distance != other.distance ? near.distance < other.distance : near.index < other.index;
    };
    while (at > 0 && before(near_[at - 1])) --at;
    if (at == k_neighbours_max) return;
    size_ = std::min(size_ + 1, k_neighbours_max);
    for (std::size_t i = size_ - 1; i > at; --i) near_[i] = near_[i - 1];
    near_[at] = near;
  }
  /// Where to imagine a neighbour that stands on exactly the same spot: a unit aside, the opposite for the two of them.
  static Vec2 apart(std::uint16_t self, std::uint16_t other) {
    const std::int32_t side = self < other ? 1 : -1;
    return (self + other) % 2 == 0 ? Vec2{side, 0} : Vec2{0, side};
  }

  std::array<Near, k_neighbours_max> near_;
  std::array<Neighbour, k_neighbours_max> neighbours_;
  std::size_t size_ = 0;
};

void walk(World& world, Tick now, Events& events) {
  Neighbourhood neighbourhood;
  for (const SpatialGrid::Item& item : world.scratch.bodies) {
    Entity& body = world.entities()[item.index];
    if (body.mind.mood == Mood::thrown) continue;  // moved by fly_thrown()
    const WalkerSpec& spec = world.spec_of(body);
    Surroundings surroundings{
        world.map(),  neighbourhood.gather(world, body, spec.radius), {}, false, condition_of(body.effects.all()), body.level,
        body.summoned};
    if (begins_attack(body.walker, spec, now)) {
      body.guarded_until = 0;  // who strikes gives up the guard
      const std::optional<Vec2> aim = aim_of(world, body, now);
      surroundings.aim = aim.value_or(Vec2{});
      surroundings.aim_valid = aim.has_value();
    }
    const Refusal refusal = advance_walker(body.walker, spec, surroundings, now);
    if (refusal != Refusal::none) refuse_skill(body, refusal, events);
    const bool began_skill = body.walker.action == Action::attack && body.walker.action_since == now && body.walker.skill != 0;
    if (began_skill) body.guarded_until = 0;
  }
}

void lay_out_the_dead(World& world, Tick now, Events& events) {
  for (const Death& death : world.scratch.deaths) {
    Entity& victim = world.entities()[death.victim];
    if (victim.walker.wish != 0) refuse_skill(victim, Refusal::dead, events);
    victim.walker.action = Action::dead;
    victim.walker.action_since = now;
    victim.walker.velocity = {};
    victim.walker.intent = {};
    victim.walker.skill = victim.walker.wish = 0;
    victim.walker.point = victim.walker.wish_point = {};
    victim.effects.clear();
    victim.ground = {};
    std::int32_t lies_ms = world.content().rules().respawn_ms;
    if (victim.kind == Kind::summoned) {
      lies_ms = world.content().monsters()[victim.archetype].corpse_ms;
      victim.mind = {};
      victim.owner = {};  // nobody is the master of a dead one
    }
    if (victim.kind == Kind::monster) {
      lies_ms = corpse_ms_of(world, victim);
      const Mind before = victim.mind;
      victim.mind = {};
      victim.mind.home = before.home;
      victim.mind.lair = before.lair;
    }
    victim.expires = now + static_cast<Tick>(world.ticks_of_ms(lies_ms));
    events.push_back({EventType::death, death.killer, victim.id, 0, victim.walker.position, 0});
    const Entity* const killer = world.find(death.killer);
    const bool by_player = killer != nullptr && killer->kind == Kind::player;
    if (victim.kind == Kind::player) {
      end_bargain(world, victim.id, Verdict::dead);
      if (!by_player) lose_gold(world, victim);  // in an arena nothing is lost
    }
    if (victim.kind != Kind::monster) continue;
    share_experience(world, victim, events);
    leave_loot(world, victim, now);
  }
}

}  // namespace

void step(World& world, std::span<const Command> commands, Events& events) {
  events.clear();
  world.scratch.settled.clear();
  world.scratch.owners.clear();
  world.scratch.trade_news.clear();
  world.scratch.party_news.clear();
  const Tick now = ++world.tick_;
  for (const Command& command : commands) accept(world, command, now, events);
  sort_entities(world);
  muster(world);
  expire_effects(world, now);
  think(world, now);
  walk(world, now, events);
  remember_steps(world, now);
  let_blows_fall(world, now, events);
  run_on(world, now, events);
  fly_thrown(world, now, events);
  fly_projectiles(world, now, events);
  let_grounds_pulse(world, now, events);
  tick_effects(world, now, events);
  lay_out_the_dead(world, now, events);
  tend_duels(world, now, events);
  wake_and_bury(world, now, events);
  tend_things(world, now);
  tend_bargains(world, now);
  tend_bands(world, now);
  send_visitors(world, now, events);
}

}  // namespace cudgel::sim
