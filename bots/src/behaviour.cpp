#include "behaviour.h"

#include <algorithm>

#include "sim/deeds.h"

namespace cudgel::bots {

namespace {
constexpr std::int32_t k_stroll_ms_min = 500;
constexpr std::int32_t k_stroll_ms_max = 2000;
/// One stroll in this many is a rest.
constexpr std::uint32_t k_rest_one_in = 6;
/// A chase that has not come this far in this time is stuck behind something: stroll instead.
constexpr double k_chase_check_ms = 1000;
constexpr std::int32_t k_chase_progress_units = base::k_units_per_tile / 2;
/// Stay this much inside the weapon's reach, for the foe moves too.
constexpr std::int32_t k_reach_margin_units = 24;

/// One decision in this many looks whether a skill could be used: nobody presses all keys at once.
constexpr std::uint32_t k_skill_one_in = 4;

bool is_foe(const core::GameClient& client, const replication::Sight& sight) {
  if (sight.kind == sim::Kind::monster) return true;
  if (sight.kind != sim::Kind::player) return false;
  return client.may_fight_with(sight.id, sight.level, sight.track.at(client.replica().tick()));
}

const replication::Sight* nearest_foe(const core::GameClient& client, base::Vec2 from, std::int64_t& distance) {
  const replication::Replica& replica = client.replica();
  const replication::Sight* best = nullptr;
  for (const auto& [packed, entity] : replica.entities()) {
    const replication::Sight& sight = entity.sight;
    if (sight.action == sim::Action::dead || !is_foe(client, sight)) continue;
    const std::int64_t away = base::length_squared(sight.track.at(replica.tick()) - from);
    // Of two equally near the first, which has the lower id.
    if (best != nullptr && away >= distance) continue;
    best = &sight;
    distance = away;
  }
  return best;
}
/// So far a fighter goes out of its way for what lies on the ground.
constexpr std::int64_t k_loot_units = 3 * base::k_units_per_tile;
/// With less than this share of its health, in percent, a fighter drinks; not more often than this.
constexpr std::int32_t k_drink_below_percent = 50;
constexpr double k_drink_pause_ms = 1500;
/// Somebody else's loot is not waited for: after this long near it the bot goes on.
constexpr double k_loot_patience_ms = 2500;

/// The nearest thing on the ground, or nullptr.
const replication::Sight* nearest_thing(const replication::Replica& replica, base::Vec2 from) {
  const replication::Sight* best = nullptr;
  std::int64_t distance = k_loot_units * k_loot_units;
  for (const auto& [packed, entity] : replica.entities()) {
    if (entity.sight.kind != sim::Kind::thing) continue;
    const std::int64_t away = base::length_squared(entity.sight.track.at(replica.tick()) - from);
    if (away >= distance) continue;
    best = &entity.sight;
    distance = away;
  }
  return best;
}
}  // namespace

void Mind::drink(core::GameClient& client, const content::Content& content, double now_ms) {
  const replication::OwnState& own = client.replica().own();
  if (now_ms < drink_again_ms_ || !client.belongings() || own.health <= 0) return;
  if (std::int64_t{own.health} * 100 >= std::int64_t{own.health_max} * k_drink_below_percent) return;
  for (std::size_t cell = 0; cell < sim::k_bag_cells; ++cell) {
    const sim::Stack& stack = client.belongings()->cells[cell];
    if (stack.item == 0 || stack.item > content.items().size()) continue;
    const content::ItemSpec& item = content.items()[stack.item - 1U];
    if (item.kind != content::ItemKind::potion || item.level > own.level) continue;
    protocol::Deed deed;
    deed.type = static_cast<std::uint8_t>(sim::DeedType::use);
    deed.cell = static_cast<std::uint8_t>(cell);
    static_cast<void>(client.ask(deed, k_drink_pause_ms, now_ms));  // what became of it shows in the health
    drink_again_ms_ = now_ms + k_drink_pause_ms;
    return;
  }
}

std::optional<sim::Intent> Mind::gather(const core::GameClient& client, base::Vec2 self, double now_ms) {
  const replication::Sight* const thing = nearest_thing(client.replica(), self);
  if (thing == nullptr) return std::nullopt;
  if (thing->id != wanted_) {
    wanted_ = thing->id;
    wanted_since_ms_ = now_ms;
  }
  if (now_ms - wanted_since_ms_ > k_loot_patience_ms) return std::nullopt;
  const base::Vec2 way = thing->track.at(client.replica().tick()) - self;
  sim::Intent intent;
  if (base::chebyshev(way) > k_reach_margin_units) intent.heading = static_cast<std::uint8_t>(1 + base::heading_of(way));
  return intent;
}

sim::Intent Mind::wander(double now_ms) {
  if (now_ms < stroll_until_ms_) return intent_;
  stroll_until_ms_ = now_ms + random_.between(k_stroll_ms_min, k_stroll_ms_max);
  sim::Intent intent;
  const bool rests = random_.below(k_rest_one_in) == 0;
  if (!rests) intent.heading = static_cast<std::uint8_t>(1 + random_.below(base::k_headings));
  return intent;
}

sim::Intent Mind::fight(const core::GameClient& client, const content::Content& content, std::uint8_t class_index,
                        double now_ms) {
  if (now_ms < stroll_until_ms_) return intent_;
  const sim::Walker* self = client.predicted();
  if (self == nullptr) return {};
  std::int64_t distance = 0;
  const replication::Sight* foe = nearest_foe(client, self->position, distance);
  // What fell is taken up before the next foe is sought, unless that one is near already.
  if (foe == nullptr || distance > k_loot_units * k_loot_units) {
    if (const auto walk = gather(client, self->position, now_ms)) return *walk;
  }
  if (foe == nullptr) return wander(now_ms);

  const content::BodySpec& body = content.classes()[class_index].body;
  const bool player = foe->kind == sim::Kind::player;
  const bool known = foe->archetype < (player ? content.classes().size() : content.monsters().size());
  const std::int32_t foe_radius = !known   ? 0
                                  : player ? content.classes()[foe->archetype].body.radius
                                           : content.monsters()[foe->archetype].body.radius;
  const std::int64_t reach =
      std::max(body.attack.reach + body.radius + foe_radius - k_reach_margin_units, body.radius + foe_radius);
  sim::Intent intent;
  intent.target = foe->id;
  if (distance <= reach * reach) {
    intent.attack = true;
    return intent;
  }
  if (now_ms - chase_checked_ms_ > k_chase_check_ms) {
    const bool chasing = now_ms - chase_checked_ms_ < 2 * k_chase_check_ms && !intent_.attack;
    const bool stuck = chasing && base::chebyshev(self->position - chased_from_) < k_chase_progress_units;
    chased_from_ = self->position;
    chase_checked_ms_ = now_ms;
    if (stuck) return wander(now_ms);
  }
  intent.heading = static_cast<std::uint8_t>(1 + base::heading_of(foe->track.at(client.replica().tick()) - self->position));
  return intent;
}

void Mind::use_skill(core::GameClient& client, const content::Content& content, std::uint8_t class_index) {
  const sim::Walker* self = client.predicted();
  const auto foe = client.replica().entities().find(intent_.target.packed());
  if (self == nullptr || foe == client.replica().entities().end()) return;
  const auto& skills = content.classes()[class_index].skills;
  const base::Vec2 point = foe->second.sight.track.at(client.replica().tick());
  const std::int32_t distance = base::length(point - self->position);
  for (std::size_t i = 0; i < skills.size(); ++i) {
    const content::SkillSpec& skill = skills[i];
    const bool ready = client.replica().own().level >= skill.level && self->mana >= skill.mana &&
                       self->skill_ready[i] <= client.predicted_tick();
    if (!ready || skill.kind == content::SkillKind::blink) continue;
    if (skill.kind == content::SkillKind::summon) {
      const auto& more_at = skill.summon.more_at;
      const auto level = static_cast<std::int32_t>(client.replica().own().level);
      const auto may = std::count_if(more_at.begin(), more_at.end(), [level](std::int32_t at) { return at <= level; });
      if (client.replica().means().summoned >= may) continue;
      client.use_skill(static_cast<std::uint8_t>(i + 1), self->position);
      return;
    }
    const bool aid = skill.kind == content::SkillKind::aid;
    if (!aid && distance > std::max(skill.reach, skill.radius)) continue;
    client.use_skill(static_cast<std::uint8_t>(i + 1), aid ? self->position : point);
    return;
  }
}

void Mind::decide(core::GameClient& client, const content::Content& content, std::uint8_t class_index, double now_ms) {
  next_ms_ = now_ms + pause_ms_;
  switch (behaviour_) {
    case Behaviour::idle:
      next_ms_ = now_ms + 1e9;
      return;
    case Behaviour::wander:
    case Behaviour::stall:
    case Behaviour::churn:
      intent_ = wander(now_ms);
      break;
    case Behaviour::company:
      company_.tend(client, now_ms);
      [[fallthrough]];
    case Behaviour::fight:
      intent_ = fight(client, content, class_index, now_ms);
      drink(client, content, now_ms);
      if (random_.below(k_skill_one_in) == 0) use_skill(client, content, class_index);
      break;
    case Behaviour::adventure:
    case Behaviour::flood:
    case Behaviour::garbage:
      return;  // those have another mind or none: adventure/adventurer.h, stranger.h
  }
  client.want(intent_);
}

}  // namespace cudgel::bots
