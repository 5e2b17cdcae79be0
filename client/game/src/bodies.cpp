#include "bodies.h"

#include <algorithm>
#include <cmath>

#include "play/names.h"

namespace cudgel::game {

namespace {
constexpr double k_flash_ms = 140;
constexpr double k_hurt_ms = 260;    ///< how long the hurt pose holds somebody who stands still
constexpr double k_appear_ms = 220;  ///< nobody pops up: coming into view fades in
constexpr double k_corpse_fade_ms = 900;
constexpr double k_forget_ms = 1500;
constexpr float k_health_follow_ms = 120;
constexpr float k_gap_ms = 90;        ///< between two display frames
constexpr double k_step_tiles = 0.8;  ///< between two puffs of dust

int clamp_frame(double frame, const Animation& animation) { return std::clamp(static_cast<int>(frame), 0, animation.frames - 1); }

int looped(double age_ms, const Animation& animation) {
  const auto frame = static_cast<std::int64_t>(age_ms / animation.frame_ms);
  return animation.loop ? static_cast<int>(frame % animation.frames) : clamp_frame(static_cast<double>(frame), animation);
}

/// The impact frame begins exactly when the blow falls; before it the wind-up is stretched over the frames, after it the recovery.
int attack_frame(double age_ms, const content::AttackSpec& attack, const Animation& animation) {
  const double windup = std::max(1, attack.windup_ms);
  const double recovery = std::max(1, attack.recovery_ms);
  if (age_ms < windup) return std::min(clamp_frame(age_ms / windup * animation.impact_frame, animation), animation.impact_frame);
  const double rest = (age_ms - windup) / recovery * (animation.frames - animation.impact_frame);
  return clamp_frame(animation.impact_frame + rest, animation);
}

}  // namespace

void Bodies::open(const content::Content& content, const Atlas& atlas) {
  content_ = &content;
  atlas_ = &atlas;
  memories_.clear();
  wardrobe_.open(content, atlas);
}

Pose Bodies::pose(const core::BodyView& view, double now_ms, float elapsed_ms) {
  Pose pose;
  // Who has been turned into a sheep looks like one.
  const bool sheep = view.kind == sim::Kind::monster && (view.looks & 4U) != 0 && view.action != sim::Action::dead;
  pose.art = atlas_->find(sheep ? std::string_view("sheep") : sprite_key(*content_, view.kind, view.archetype));
  if (pose.art == nullptr) return pose;
  auto [place, fresh] = memories_.try_emplace(view.id.packed());
  Memory& memory = place->second;
  if (fresh) {
    memory.first_ms = now_ms;
    memory.x = view.x;
    memory.y = view.y;
    memory.health_shown = static_cast<float>(view.health_fraction);
  }
  travel(view, memory, pose, now_ms, elapsed_ms);
  memory.seen_ms = now_ms;
  memory.health_shown +=
      (static_cast<float>(view.health_fraction) - memory.health_shown) * (1.0F - std::exp(-elapsed_ms / k_health_follow_ms));

  pose.knock = memory.impact.offset(now_ms);
  pose.hurt_age_ms = now_ms - memory.hurt_ms;
  pose.health_shown = memory.health_shown;
  pose.flash = static_cast<float>(std::clamp(1.0 - pose.hurt_age_ms / k_flash_ms, 0.0, 1.0));
  const char* name = action_key(view.action);
  if (view.action == sim::Action::dead) name = "death";
  if (view.action == sim::Action::idle && pose.hurt_age_ms < k_hurt_ms && pose.art->animations.contains("hurt")) name = "hurt";
  if (memory.flight.flies() && pose.art->animations.contains("hurt")) name = "hurt";
  if (view.kind == sim::Kind::projectile && pose.art->animations.contains("fly")) name = "fly";
  pose.animation = &pose.art->animation(name);
  if (view.kind == sim::Kind::player) {
    const Dress dress = wardrobe_.of(view.archetype, {view.weapon, view.coat, view.helmet});
    if (dress.whole()) {
      pose.dressed = &dress.body->animation(name);
      pose.head = &dress.head->animation(name);
      pose.held = &dress.held->animation(name);
    }
  }
  const int facing = (view.facing + memory.flight.turns(now_ms)) % base::k_facings;
  pose.direction = facing * pose.animation->directions / base::k_facings;
  pose.frame = frame_of(view, pose, memory, now_ms);
  pose.opacity = opacity_of(view, memory, now_ms);
  return pose;
}

void Bodies::travel(const core::BodyView& view, Memory& memory, Pose& pose, double now_ms, float elapsed_ms) const {
  const double step = std::hypot(view.x - memory.x, view.y - memory.y);
  memory.x = view.x;
  memory.y = view.y;
  if (const content::BodySpec* spec = body_spec(*content_, view.kind, view.archetype);
      spec != nullptr && view.kind == sim::Kind::monster) {
    const double fastest = static_cast<double>(std::max(spec->speed, spec->attack.run_speed)) / base::k_units_per_tile;
    // After a gap nothing is known of how it came here.
    memory.flight.move(elapsed_ms < k_gap_ms ? step : 0, elapsed_ms, fastest, now_ms);
    pose.lift = calm_ ? 0 : static_cast<float>(memory.flight.lift(now_ms));
    pose.lands = memory.flight.lands();
  }
  // A jump (waking up elsewhere) is no walk.
  if (step >= 1.0 || memory.flight.flies()) return;
  const double before = std::floor(memory.walked_tiles / k_step_tiles);
  memory.walked_tiles += step;
  pose.steps = !calm_ && view.action == sim::Action::walk && std::floor(memory.walked_tiles / k_step_tiles) > before;
}

int Bodies::frame_of(const core::BodyView& view, const Pose& pose, const Memory& memory, double now_ms) const {
  const Animation& animation = *pose.animation;
  const content::BodySpec* spec = body_spec(*content_, view.kind, view.archetype);
  if (spec == nullptr) return looped(now_ms - memory.first_ms, animation);
  switch (view.action) {
    case sim::Action::attack:
      return attack_frame(memory.impact.shown_age_ms(view.action_age_ms, now_ms), spec->attack, animation);
    case sim::Action::dead:
      return clamp_frame(view.action_age_ms / animation.frame_ms, animation);
    case sim::Action::walk: {
      // Feet do not slide: at full speed a cycle takes as long as its frames say, slower legs turn slower.
      const double speed = std::max(1, spec->speed) / static_cast<double>(base::k_units_per_tile);
      const double cycle_tiles = speed * animation.frames * animation.frame_ms / 1000.0;
      return static_cast<int>(std::fmod(memory.walked_tiles / cycle_tiles, 1.0) * animation.frames) % animation.frames;
    }
    case sim::Action::idle:
      break;
  }
  if (pose.hurt_age_ms < k_hurt_ms) return clamp_frame(pose.hurt_age_ms / k_hurt_ms * animation.frames, animation);
  // Neighbours do not breathe in step.
  return looped(now_ms + view.id.index * 137.0, animation);
}

float Bodies::opacity_of(const core::BodyView& view, const Memory& memory, double now_ms) const {
  double opacity = std::clamp((now_ms - memory.first_ms) / k_appear_ms, 0.0, 1.0);
  if (view.kind == sim::Kind::projectile || view.self) opacity = 1;
  const bool beast = view.kind == sim::Kind::monster || view.kind == sim::Kind::summoned;
  if (view.action == sim::Action::dead && beast && view.archetype < content_->monsters().size()) {
    const double left_ms = content_->monsters()[view.archetype].corpse_ms - view.action_age_ms;
    opacity *= std::clamp(left_ms / k_corpse_fade_ms, 0.0, 1.0);
  }
  return static_cast<float>(opacity);
}

void Bodies::hurt(base::EntityId target, base::EntityId source, double now_ms) {
  const auto struck = memories_.find(target.packed());
  const auto striker = memories_.find(source.packed());
  if (struck != memories_.end()) struck->second.hurt_ms = now_ms;
  if (calm_ || struck == memories_.end() || striker == memories_.end()) return;
  struck->second.impact.land(struck->second.x - striker->second.x, struck->second.y - striker->second.y, now_ms);
  striker->second.impact.land(0, 0, now_ms);
}

void Bodies::forget_unseen(double now_ms) {
  std::erase_if(memories_, [&](const auto& entry) { return now_ms - entry.second.seen_ms > k_forget_ms; });
}

}  // namespace cudgel::game
