#include "core/prediction.h"

#include <algorithm>
#include <cmath>

#include "base/assert.h"
#include "protocol/limits.h"

namespace cudgel::core {

namespace {
/// Who stands further away than this at the server's last word cannot be bumped into within k_ahead_ticks_max.
constexpr std::int32_t k_look_around_units = 8 * base::k_units_per_tile;
/// A press of attack waits this long for the blow before it to be over.
constexpr std::int32_t k_press_kept_ms = 250;
/// While attack is held, a view that has aged or freshened by so much (half a tick) is told, at most every k_say_again_ms.
constexpr int k_view_age_change = sim::k_view_age_parts / 2;
/// If the server's intent differs from ours although it has carried out all our acts, say it again at most this often.
constexpr std::int32_t k_say_again_ms = 500;
/// The drawn error falls to 1/e in this time: 7 % are left after 120 ms. Shorter snaps, longer feels like ice ...
constexpr double k_error_memory_ms = 45;
/// ... but never faster than this: half a walk's speed beside the walk itself, 0.033 tiles in a display frame ...
constexpr double k_error_speed_tiles_per_ms = 2.0 / 1000;
/// ... unless it is so large that this would take longer than about this time (after a stall).
constexpr double k_glide_ms = 400;
/// Beyond this the way is too long to be shown: appear there. Who walked one way during a stall of two seconds and was drawn
/// walking the other way is 11 tiles off.
constexpr double k_error_max_tiles = 12;
/// Further in one tick is no run (the fastest dash goes 1.6 tiles), but a blink.
constexpr std::int32_t k_leap_units = 2 * base::k_units_per_tile;
/// More than so much predicted at once is drawn softly: the clock was set, after a stall or on another road.
constexpr std::int32_t k_leap_ms = 100;

constexpr double tiles(double units) { return units / base::k_units_per_tile; }
}  // namespace

sim::Fighter own_fighter(const replication::Replica& replica, base::Vec2 position) {
  const sim::Duel& duel = replica.duel();
  const bool fights = duel.stage == sim::DuelStage::fight;
  return {replica.own().id, fights ? duel.rival : base::EntityId{}, replica.own().level, position};
}

Prediction::Prediction(const content::Content& content, const sim::TileMap& map, std::int32_t tick_hz, std::uint8_t class_index)
    : content_(&content), map_(&map), spec_(sim::make_walker_spec(content.classes()[class_index], tick_hz)) {
  attack_reach_ = content.classes()[class_index].body.attack.reach;
  strikes_ = content.classes()[class_index].body.attack.kind == content::AttackKind::strike;
  press_ticks_ = static_cast<base::Tick>(k_press_kept_ms * tick_hz / 1000);
  say_again_ticks_ = static_cast<base::Tick>(k_say_again_ms * tick_hz / 1000);
  leap_ticks_ = static_cast<base::Tick>(k_leap_ms * tick_hz / 1000);
}

void Prediction::want(const sim::Intent& intent) {
  if (intent.attack && !wanted_.attack) {
    pressed_ = true;
    pressed_target_ = intent.target;
    pressed_until_ = tick_ + 1 + press_ticks_;
  }
  wanted_ = intent;
}

void Prediction::use_skill(std::uint8_t skill, base::Vec2 point) {
  skill_ = skill;
  const auto rounded = [](std::int32_t units) {
    return replication::to_wire_position(units) * replication::k_units_per_wire_step;
  };
  skill_point_ = {rounded(point.x), rounded(point.y)};
}

bool Prediction::has_news() const {
  if (!started_ || dead()) return false;
  if (skill_ != 0) return true;
  if (wanted_.heading != told_.heading) return true;
  const bool free_to_strike = now_.action != sim::Action::attack && now_.attack_ready <= tick_ + 1;
  return (pressed_ || wanted_.attack) && !told_.attack && free_to_strike;
}

double Prediction::reconcile(const replication::Replica& replica, double fraction) {
  const DrawnPoint drawn_before = drawn(fraction);
  const sim::Walker predicted = now_;
  const base::Tick goal = tick_;
  const bool first = !started_;
  started_ = true;

  server_tick_ = tick_ = replica.tick();
  before_ = now_ = replica.own().walker;
  effects_.assign(replica.effects().begin(), replica.effects().end());
  level_ = replica.own().level;
  summoned_ = replica.means().summoned;
  // A server cannot have carried out what it was never sent, whatever it says.
  const std::uint32_t acknowledged = std::min(replica.acknowledged(), newest_given());
  while (!acts_.empty() && acts_.front().sequence <= acknowledged) {
    acknowledged_view_age_ = acts_.front().view_age;
    acts_.pop_front();
  }
  replayed_ = 0;
  run_view_age_ = acknowledged_view_age_;
  look_around(replica);
  while (tick_ < goal && tick_ < server_tick_ + k_ahead_ticks_max) run_tick(tick_ + 1);

  const bool life_changed = (predicted.action == sim::Action::dead) != dead();
  if (first || life_changed) {
    error_ = {};
    // Whoever wakes up begins with the intent the server gave it.
    if (acts_.empty()) told_ = now_.intent;
    return 0;
  }
  drawn_fraction_ = tick_ == goal ? fraction : 1;
  keep_drawn(drawn_before, drawn(drawn_fraction_));
  if (tick_ != goal) return 0;
  return tiles(std::sqrt(static_cast<double>(base::length_squared(predicted.position - now_.position))));
}

void Prediction::advance_to(base::Tick tick) {
  const DrawnPoint before = drawn(drawn_fraction_);
  const base::Tick from = tick_;
  while (started_ && tick_ < tick && tick_ < server_tick_ + k_ahead_ticks_max) {
    make_act(tick_ + 1);
    run_tick(tick_ + 1);
  }
  drawn_fraction_ = 1;
  if (tick_ - from > leap_ticks_) keep_drawn(before, drawn(0));
}

void Prediction::make_act(base::Tick tick) {
  if (dead()) {
    pressed_ = false;
    skill_ = 0;
    return;
  }
  sim::Intent intent = wanted_;
  if (pressed_ && tick > pressed_until_) pressed_ = false;
  if (pressed_ && !intent.attack) {
    intent.attack = true;
    intent.target = pressed_target_;
  }
  const bool waited = tick - told_tick_ > say_again_ticks_;
  const bool forgotten = waited && acts_.empty() && now_.intent != intent;
  const bool sees_otherwise = waited && intent.attack && std::abs(view_age_ - told_view_age_) >= k_view_age_change;
  if (skill_ == 0 && intent == told_ && !forgotten && !sees_otherwise) return;
  push_act(tick, intent);
}

void Prediction::push_act(base::Tick tick, const sim::Intent& intent) {
  told_ = intent;
  told_tick_ = tick;
  told_view_age_ = view_age_;
  acts_.push_back({next_sequence_++, tick, intent, skill_, skill_ == 0 ? base::Vec2{} : skill_point_, view_age_});
  skill_ = 0;
}

sim::Condition Prediction::condition_at(base::Tick tick) const {
  sim::Effects lasting;
  for (const sim::Effect& effect : effects_) {
    if (effect.until > tick) lasting.add(effect, content::Stacking::stack);
  }
  return sim::condition_of(lasting.all());
}

/// The same rule as the server's schedule: of several due acts the newest, but a press or a skill it would swallow goes first.
void Prediction::apply_due(base::Tick tick) {
  std::size_t due = replayed_;
  while (due < acts_.size() && acts_[due].tick <= tick) ++due;
  if (due == replayed_) return;
  std::size_t chosen = due - 1;
  std::size_t done = due;
  for (std::size_t i = chosen; i-- > replayed_;) {
    const bool pressed = acts_[i].skill != 0 || (acts_[i].intent.attack && !acts_[chosen].intent.attack);
    if (!pressed) continue;
    done = chosen;
    chosen = i;
    break;
  }
  now_.intent = acts_[chosen].intent;
  if (acts_[chosen].skill != 0) sim::wish_skill(now_, acts_[chosen].skill, acts_[chosen].point);
  run_view_age_ = acts_[chosen].view_age;
  replayed_ = done;
}

void Prediction::run_tick(base::Tick tick) {
  before_ = now_;
  apply_due(tick);
  gather_neighbours(tick - 1);
  sim::Surroundings surroundings{*map_, neighbours_, {}, false, condition_at(tick), level_, summoned_};
  aim(tick - 1, surroundings);
  sim::advance_walker(now_, spec_, surroundings, tick);
  if (now_.action == sim::Action::attack && now_.action_since == tick) pressed_ = false;
  tick_ = tick;
  if (disagreements_ != nullptr) disagreements_->predicted(tick, now_);
}

std::int32_t Prediction::radius_of(const replication::Sight& sight) const {
  if (sight.kind == sim::Kind::player && sight.archetype < content_->classes().size()) {
    return content_->classes()[sight.archetype].body.radius;
  }
  if (sight.kind == sim::Kind::monster && sight.archetype < content_->monsters().size()) {
    return content_->monsters()[sight.archetype].body.radius;
  }
  return 0;
}

/// Who is summoned has no radius here: it steps aside for players, as in the step.
void Prediction::look_around(const replication::Replica& replica) {
  near_.clear();
  const sim::Fighter own = own_fighter(replica, now_.position);
  for (const auto& [packed, entity] : replica.entities()) {
    const replication::Sight& sight = entity.sight;
    const std::int32_t radius = radius_of(sight);
    if (radius == 0 || sight.action == sim::Action::dead) continue;
    if (base::chebyshev(sight.track.at(server_tick_) - now_.position) > k_look_around_units) continue;
    const bool foe = sight.kind == sim::Kind::monster ||
                     sim::may_fight(*map_, content_->rules(), own, {sight.id, {}, sight.level, sight.track.at(server_tick_)});
    near_.push_back({sight.id, foe, sight.track, radius});
  }
}

/// The same rule as in the step: bodies that touch at the tick's beginning, the nearest of them.
void Prediction::gather_neighbours(base::Tick tick) {
  neighbours_.clear();
  for (const Near& near : near_) {
    const base::Vec2 position = near.track.at(tick);
    const std::int64_t reach = spec_.radius + near.radius;
    if (base::length_squared(position - now_.position) < reach * reach) neighbours_.push_back({position, near.radius, near.foe});
  }
  if (neighbours_.size() <= sim::k_neighbours_max) return;
  const auto nearer = [this](const sim::Neighbour& a, const sim::Neighbour& b) {
    return base::length_squared(a.position - now_.position) < base::length_squared(b.position - now_.position);
  };
  std::nth_element(neighbours_.begin(), neighbours_.begin() + sim::k_neighbours_max, neighbours_.end(), nearer);
  neighbours_.resize(sim::k_neighbours_max);
}

/// Whom a beginning blow turns to, as in the step: the intended foe wherever it stands, else the nearest in reach; who strikes
/// sees them where they were, to the nearest tick.
void Prediction::aim(base::Tick tick, sim::Surroundings& surroundings) const {
  if (!now_.intent.attack) return;
  if (strikes_) tick -= static_cast<base::Tick>((run_view_age_ + sim::k_view_age_parts / 2) / sim::k_view_age_parts);
  std::int64_t best = 0;
  for (const Near& near : near_) {
    if (!near.foe) continue;
    const base::Vec2 position = near.track.at(tick);
    if (near.id == now_.intent.target) {
      surroundings.aim = position;
      surroundings.aim_valid = true;
      return;
    }
    const base::Vec2 away = position - now_.position;
    const std::int64_t distance = base::length_squared(away);
    const std::int64_t reach = attack_reach_ + spec_.radius + near.radius;
    if (distance > reach * reach || (surroundings.aim_valid && distance >= best)) continue;
    best = distance;
    surroundings.aim = position;
    surroundings.aim_valid = true;
  }
}

DrawnPoint Prediction::drawn(double fraction) const {
  // Who blinks is not seen on the way.
  if (base::chebyshev(now_.position - before_.position) > k_leap_units) fraction = 1;
  return {tiles(before_.position.x + (now_.position.x - before_.position.x) * fraction) + error_.x,
          tiles(before_.position.y + (now_.position.y - before_.position.y) * fraction) + error_.y};
}

void Prediction::keep_drawn(DrawnPoint before, DrawnPoint after) {
  error_.x += before.x - after.x;
  error_.y += before.y - after.y;
  if (std::hypot(error_.x, error_.y) > k_error_max_tiles) error_ = {};
}

void Prediction::fade(double elapsed_ms) {
  const double size = std::hypot(error_.x, error_.y);
  if (size <= 0) return;
  const double faded = size * (1 - std::exp(-elapsed_ms / k_error_memory_ms));
  const double fastest = std::max(k_error_speed_tiles_per_ms, size / k_glide_ms) * elapsed_ms;
  const double keep = 1 - std::min(faded, fastest) / size;
  error_.x *= keep;
  error_.y *= keep;
}

std::span<const PredictedAct> Prediction::unsent() {
  unsent_.clear();
  while (next_sequence_ - 1 - newest_given() > protocol::k_acts_per_message_max) coalesce_unsent();
  for (const PredictedAct& act : acts_) {
    if (act.sequence > sent_sequence_ && unsent_.size() < protocol::k_acts_per_message_max) unsent_.push_back(act);
  }
  return unsent_;
}

/// Makes one of the two oldest acts the server cannot know: the later intent, with the press of either.
void Prediction::coalesce_unsent() {
  std::size_t first = 0;
  while (acts_[first].sequence <= newest_given()) ++first;
  PredictedAct& kept = acts_[first + 1];
  if (acts_[first].intent.attack && !kept.intent.attack) {
    kept.intent.attack = true;
    kept.intent.target = acts_[first].intent.target;
  }
  if (acts_[first].skill != 0 && kept.skill == 0) {
    kept.skill = acts_[first].skill;
    kept.point = acts_[first].point;
  }
  acts_.erase(acts_.begin() + static_cast<std::ptrdiff_t>(first));
  for (std::size_t i = first; i < acts_.size(); ++i) --acts_[i].sequence;
  --next_sequence_;
  if (replayed_ > first) --replayed_;
}

void Prediction::mark_sent() {
  if (!unsent_.empty()) sent_sequence_ = unsent_.back().sequence;
  given_sequence_ = newest_given();
}

void Prediction::send_again() {
  if (!acts_.empty()) sent_sequence_ = std::min(sent_sequence_, acts_.front().sequence - 1);
}

void Prediction::begin_after(std::uint32_t sequence) {
  CUDGEL_ASSERT(acts_.empty());
  sent_sequence_ = sequence;
  next_sequence_ = sequence + 1;
}

}  // namespace cudgel::core
