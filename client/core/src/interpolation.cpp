#include "core/interpolation.h"

#include <algorithm>
#include <cmath>

namespace cudgel::core {

namespace {
using replication::Sight;
using replication::Track;

/// The picture shows the server's ticks this late at least: one tick until the next frame can be there, and some air.
constexpr double k_delay_min_ticks = 1.5;
constexpr double k_delay_first_ticks = 2.0;
constexpr double k_delay_max_ticks = 10.0;
constexpr double k_delay_air_ticks = 1.25;
/// Speed of the render clock while it catches up or waits: the eye does not notice 10 %.
constexpr double k_slow = 0.90;
constexpr double k_fast = 1.15;
/// Further behind than this (a stall is over) the clock is set; what is drawn glides to where it belongs now.
constexpr double k_leap_ticks = 6;
/// So far ahead it would stand still for longer than anybody waits: set it too.
constexpr double k_leap_back_ticks = 20;
/// Motions are continued without news for this long, then the world stands still.
constexpr double k_continue_ticks = 5;
/// A drawn error falls to 1/e in this time (small ones are gone in about 100 ms) ...
constexpr double k_error_memory_ms = 40;
/// ... but never faster than this, so that a large one is a quick run and not a jump: 0.083 tiles in a display frame ...
constexpr double k_error_speed_tiles_per_ms = 5.0 / 1000;
/// ... unless it is so large that this would take longer than about this time (after a stall).
constexpr double k_glide_ms = 400;
/// Without an update for this long the connection was away and the picture stood still.
constexpr double k_paused_ms = 250;
/// Nobody has looked for this long: there is nothing to go on softly from.
constexpr double k_unseen_ms = 500;
/// Beyond this the way is too long to be shown: appear there. Who walked one way during a stall of two seconds and was drawn
/// walking the other way is 11 tiles off.
constexpr double k_error_max_tiles = 12;

DrawnPoint place(const Track& track, double tick) {
  const double elapsed = tick - track.begin;
  return {(track.x * replication::k_units_per_wire_step + track.velocity_x * elapsed) / base::k_units_per_tile,
          (track.y * replication::k_units_per_wire_step + track.velocity_y * elapsed) / base::k_units_per_tile};
}
}  // namespace

void Interpolation::tell(Body& body, const replication::ReplicaEntity& entity, base::Tick tick) {
  if (body.count == k_history) {
    std::move(body.told.begin() + 1, body.told.end(), body.told.begin());
    --body.count;
  }
  body.told[body.count++] = {tick, entity.sight};
}

void Interpolation::on_frame(const replication::Replica& replica) {
  const base::Tick tick = replica.tick();
  for (const auto& [packed, entity] : replica.entities()) {
    if (entity.told != tick && entity.arrived != tick) continue;
    auto [found, fresh] = bodies_.try_emplace(packed);
    Body& body = found->second;
    if (fresh) body.arrived = tick;
    if (fresh || body.gone != 0) {
      body.gone = 0;
      ++in_view_;
      body.name = entity.name;
    }
    tell(body, entity, tick);
  }
  if (in_view_ != replica.entities().size()) mark_gone(replica);
}

void Interpolation::mark_gone(const replication::Replica& replica) {
  for (auto& [packed, body] : bodies_) {
    if (body.gone != 0 || replica.entities().contains(packed)) continue;
    body.gone = replica.tick();
    --in_view_;
  }
}

void Interpolation::update(double now_ms, double server_tick, double lateness_ms, base::Tick newest) {
  const double elapsed_ms = std::max(0.0, now_ms - updated_ms_);
  const double elapsed_ticks = elapsed_ms / tick_ms_;
  updated_ms_ = now_ms;
  // The picture stood still: that was no time in which anything could walk or fade.
  if (running_ && elapsed_ms > k_paused_ms) {
    drawn_ms_ += elapsed_ms;
    leapt_ = true;
  }
  server_tick_ = server_tick;
  newest_tick_ = newest;
  if (!running_) {
    running_ = true;
    render_tick_ = server_tick - k_delay_first_ticks;
    drawn_ms_ = now_ms;
    return;
  }
  const double delay = std::clamp(k_delay_air_ticks + lateness_ms / tick_ms_, k_delay_min_ticks, k_delay_max_ticks);
  const double goal = server_tick - delay;
  const double next = render_tick_ + elapsed_ticks;
  if (goal - next > k_leap_ticks || next - goal > k_leap_back_ticks) {
    render_tick_ = goal;
    leapt_ = true;
  } else {
    render_tick_ = std::clamp(goal, render_tick_ + elapsed_ticks * k_slow, render_tick_ + elapsed_ticks * k_fast);
  }
  render_tick_ = std::min(render_tick_, newest + k_continue_ticks);
  forget_gone();
}

void Interpolation::forget_gone() {
  if (bodies_.size() == in_view_) return;
  std::erase_if(bodies_, [this](const auto& item) { return item.second.gone != 0 && item.second.gone <= render_tick_; });
}

double Interpolation::near_tick() const {
  return striking_ ? std::max(render_tick_, std::min(striking_->tick, newest_tick_ + k_continue_ticks)) : render_tick_;
}

/// A body's own clock runs at most twice as fast as the others', or stands, while it changes over.
void Interpolation::keep_up(Body& body, double elapsed_ms) const {
  double goal = 0;
  if (striking_ && body.told[0].sight.kind == sim::Kind::monster) {
    const DrawnPoint at = body.drawn ? body.at : place(body.told[body.count - 1].sight.track, render_tick_);
    const double distance = std::hypot(at.x - striking_->at.x, at.y - striking_->at.y);
    const double share = std::clamp((striking_->far_tiles - distance) / (striking_->far_tiles - striking_->near_tiles), 0.0, 1.0);
    goal = share * (near_tick() - render_tick_);
  }
  const double step = elapsed_ms / tick_ms_;
  body.ahead_ticks = body.drawn ? std::clamp(goal, std::max(0.0, body.ahead_ticks - step), body.ahead_ticks + step) : goal;
}

void Interpolation::follow(Body& body, double elapsed_ms) {
  const double tick = tick_of(body);
  const Told* chosen = &body.told[0];
  for (std::size_t i = 1; i < body.count; ++i) {
    if (body.told[i].sight.track.begin <= tick) chosen = &body.told[i];
  }
  const Track& track = chosen->sight.track;
  const double size = std::hypot(body.error_x, body.error_y);
  if (size > 0) {
    const double faded = size * (1 - std::exp(-elapsed_ms / k_error_memory_ms));
    const double fastest = std::max(k_error_speed_tiles_per_ms, size / k_glide_ms) * elapsed_ms;
    const double keep = 1 - std::min(faded, fastest) / size;
    body.error_x *= keep;
    body.error_y *= keep;
  }
  const DrawnPoint after = place(track, tick);
  if (body.drawn && leapt_) {
    body.error_x = body.at.x - after.x;
    body.error_y = body.at.y - after.y;
  } else if (body.drawn && track != body.track) {
    const DrawnPoint before = place(body.track, tick);
    body.error_x += before.x - after.x;
    body.error_y += before.y - after.y;
  }
  const bool dead = chosen->sight.action == sim::Action::dead;
  const bool elsewhere = std::hypot(body.error_x, body.error_y) > k_error_max_tiles;
  if (elsewhere || elapsed_ms > k_unseen_ms || (body.was_dead && !dead)) body.error_x = body.error_y = 0;
  body.was_dead = dead;
  body.track = track;
  body.at = {after.x + body.error_x, after.y + body.error_y};
  body.drawn = true;
}

BodyView Interpolation::view_of(const Body& body, const content::Content& content) const {
  const double tick = tick_of(body);
  const Told* pose = &body.told[0];
  for (std::size_t i = 1; i < body.count; ++i) {
    if (body.told[i].tick <= tick) pose = &body.told[i];
  }
  const Sight& sight = pose->sight;
  BodyView view;
  view.id = sight.id;
  view.kind = sight.kind;
  view.archetype = sight.archetype;
  view.level = sight.level;
  view.weapon = sight.weapon;
  view.coat = sight.coat;
  view.helmet = sight.helmet;
  view.master = sight.master;
  view.x = body.at.x;
  view.y = body.at.y;
  view.facing = sight.facing;
  view.action = sight.action;
  view.action_age_ms = std::max(0.0, (tick - sight.action_since) * tick_ms_);
  view.speed_tiles_per_s = std::hypot(body.track.velocity_x, body.track.velocity_y) / base::k_units_per_tile * 1000 / tick_ms_;
  view.health_fraction = sight.health / 255.0;
  view.health_max = sight.health_max;
  view.looks = sight.looks;
  if (sight.kind == sim::Kind::player) {
    view.name = body.name;
  } else if ((sight.kind == sim::Kind::monster || sight.kind == sim::Kind::summoned) &&
             sight.archetype < content.monsters().size()) {
    view.name = content.monsters()[sight.archetype].body.name;
  }
  return view;
}

std::span<BodyView> Interpolation::draw(const content::Content& content) {
  const double elapsed_ms = std::max(0.0, updated_ms_ - drawn_ms_);
  drawn_ms_ = updated_ms_;
  views_.clear();
  for (auto& [packed, body] : bodies_) {
    // A body shows when the render clock reaches the frame that brought it, and goes with the frame that took it.
    if (body.arrived > render_tick_) continue;
    keep_up(body, elapsed_ms);
    follow(body, elapsed_ms);
    views_.push_back(view_of(body, content));
  }
  leapt_ = false;
  return views_;
}

const Sight* Interpolation::last_seen(base::EntityId id) const {
  const auto found = bodies_.find(id.packed());
  if (found == bodies_.end() || found->second.count == 0) return nullptr;
  return &found->second.told[found->second.count - 1].sight;
}

}  // namespace cudgel::core
