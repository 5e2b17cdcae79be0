// What the game makes felt of the skills: the ground shakes where they fall, and one's own are seen coming.

#include <algorithm>
#include <cmath>

#include "app.h"
#include "play/names.h"

namespace cudgel::game {

namespace {
/// What falls from the sky, and what bursts, shakes the camera this much for who stands right there, and nobody beyond so many tiles.
constexpr double k_fall_shake = 0.8, k_burst_shake = 0.35, k_shake_tiles = 9;
}  // namespace

void App::shake_by(const core::Moment& cast) {
  const content::SkillSpec* const skill = skill_of(*content_, cast);
  if (skill == nullptr || skill->damage_max == 0 || skill->lasts_ms > 0) return;
  const double strength = skill->kind == content::SkillKind::area    ? k_fall_shake
                          : skill->kind == content::SkillKind::burst ? k_burst_shake
                                                                     : 0;
  const double near = 1 - std::hypot(cast.x - self_->x, cast.y - self_->y) / k_shake_tiles;
  if (strength * near > 0) camera_.shake(static_cast<float>(strength * near));
}

void App::show_aim(SceneView& view) {
  const sim::Walker* const walker = client_->predicted();
  if (!self_ || walker == nullptr || walker->action != sim::Action::attack || walker->skill == 0) return;
  if (self_->archetype >= content_->classes().size()) return;
  const auto& skills = content_->classes()[self_->archetype].skills;
  if (walker->skill > skills.size()) return;
  const content::SkillSpec& skill = skills[walker->skill - 1U];
  if (skill.kind != content::SkillKind::area || self_->action_age_ms > skill.windup_ms) return;
  view.aim_x = static_cast<double>(walker->point.x) / base::k_units_per_tile;
  view.aim_y = static_cast<double>(walker->point.y) / base::k_units_per_tile;
  view.aim_tiles = static_cast<double>(skill.radius) / base::k_units_per_tile;
  view.aim_share = static_cast<float>(std::clamp(self_->action_age_ms / std::max(1, skill.windup_ms), 0.0, 1.0));
  view.aim_lasts = skill.lasts_ms > 0;
}

}  // namespace cudgel::game
