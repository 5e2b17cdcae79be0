#include "scene.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "play/names.h"

namespace cudgel::game {

namespace {
constexpr float k_projectile_light_lift =
    52;                                ///< art pixels above the ground: chest height, where the pictures of projectiles are, too
constexpr float k_number_height = 88;  ///< art pixels: where numbers start to rise

Rect placed(const Sprite& sprite, Point ground, float zoom) {
  return {ground.x - sprite.origin_x * zoom, ground.y - sprite.origin_y * zoom, sprite.width * zoom, sprite.height * zoom};
}

/// The part of a tall prop's picture that is surely not empty: corners of trees and roofs hide nobody.
Rect inner(const Rect& rect) { return {rect.x + rect.w * 0.18F, rect.y + rect.h * 0.1F, rect.w * 0.64F, rect.h * 0.9F}; }

/// The part of a body that must be seen.
Rect heart(const Rect& box) { return {box.x + box.w * 0.3F, box.y + box.h * 0.1F, box.w * 0.4F, box.h * 0.65F}; }
}  // namespace

Scene::Scene(const content::Content& content, const Atlas& atlas, const Words& words)
    : content_(&content), atlas_(&atlas), words_(&words), plates_(content, words) {
  ground_.open(atlas);
  bodies_.open(content, atlas);
  effects_.open(atlas);
}

void Scene::set_look(bool calm, bool safe_colours) {
  const Palette palette = make_palette(safe_colours);
  plates_.set_palette(palette);
  effects_.set_look(palette, calm);
  bodies_.set_calm(calm);
  calm_ = calm;
}

void Scene::enter(const content::MapSpec& map) {
  map_ = &map;
  props_.open(*content_, map, *atlas_);
  ground_cache_.forget();
  bodies_.open(*content_, *atlas_);
  map_pages_ = props_.take_wanted_pages();
  for (const std::size_t page : ground_.wanted_pages(*atlas_, map.ground)) map_pages_.push_back(page);
}

void Scene::page_came(std::size_t page) {
  if (std::erase(map_pages_, page) != 0) ground_cache_.refresh();
}

void Scene::region_came(const content::Region& region) {
  props_.add(*content_, region.props, *atlas_);
  for (const std::size_t page : props_.take_wanted_pages()) map_pages_.push_back(page);
  for (const std::size_t page : ground_.wanted_pages(*atlas_, region.ground)) map_pages_.push_back(page);
  // Coasts and shadows reach into the squares around it.
  constexpr float k_around_tiles = 3;
  const auto left = static_cast<float>(region.column * content::k_region_tiles);
  const auto top = static_cast<float>(region.row * content::k_region_tiles);
  ground_cache_.refresh({left - k_around_tiles, top - k_around_tiles, left + static_cast<float>(region.width) + k_around_tiles,
                         top + static_cast<float>(region.height) + k_around_tiles});
}

void Scene::happen(const core::Moment& moment, base::EntityId self, double now_ms) {
  switch (moment.type) {
    case sim::EventType::hit: {
      effects_.number(moment.x, moment.y, k_number_height, moment.amount, moment.on_self, moment.source == self, now_ms);
      const content::BodySpec* source = body_spec(*content_, moment.source_kind, moment.source_archetype);
      const bool fire = source != nullptr && source->attack.kind == content::AttackKind::bolt;
      const bool by_hand = source != nullptr && source->attack.kind == content::AttackKind::strike;
      bodies_.hurt(moment.target, by_hand ? moment.source : base::EntityId{}, now_ms);
      effects_.picture(fire ? "burst" : "hit_spark", moment.x, moment.y, 0, now_ms);
      break;
    }
    case sim::EventType::missed:
      if (moment.source == self || moment.on_self)
        effects_.words(moment.x, moment.y, k_number_height, words_->word("missed", "missed"), now_ms);
      break;
    case sim::EventType::respawn:
      effects_.picture("burst", moment.x, moment.y, 0, now_ms);
      break;
    case sim::EventType::cast:
      if (const content::SkillSpec* skill = skill_of(*content_, moment))
        effects_.picture(skill->picture.c_str(), moment.x, moment.y, 0, now_ms, skill->lasts_ms);
      break;
    case sim::EventType::mended:
      effects_.mended(moment.x, moment.y, k_number_height, moment.amount, now_ms);
      break;
    case sim::EventType::gained:
      effects_.words(moment.x, moment.y, k_number_height,
                     words_->filled("gained", "+{points} xp", "points", std::to_string(moment.amount)), now_ms);
      break;
    case sim::EventType::level_up:
      effects_.picture("level_up", moment.x, moment.y, 0, now_ms);
      // One's own level stands in large letters on the page.
      if (!moment.on_self)
        effects_.title(moment.x, moment.y, k_number_height,
                       words_->filled("hud.level", "Level {level}", "level", std::to_string(moment.amount)), now_ms);
      break;
    case sim::EventType::duel:
    case sim::EventType::refused:
    case sim::EventType::death:
    case sim::EventType::spawn:
    case sim::EventType::joined:
    case sim::EventType::left:
    case sim::EventType::shot:
      break;
  }
}

void Scene::want_skill_pictures(const core::BodyView& body) {
  if (body.kind != sim::Kind::player || body.archetype >= content_->classes().size()) return;
  for (const content::SkillSpec& skill : content_->classes()[body.archetype].skills) {
    const BodyArt* art = body.level < skill.level ? nullptr : atlas_->find(skill.picture);
    if (art == nullptr) continue;
    const Animation& animation = art->animations.begin()->second;
    if (atlas_->sprite(animation, 0, 0).texture < 0) wanted_pages_.push_back(atlas_->page_of(animation, 0, 0));
  }
}

void Scene::dress(const Pose& pose, Standing& entry) {
  bool here = true;
  for (const Animation* part : {pose.dressed, pose.head, pose.held}) {
    if (atlas_->sprite(*part, pose.direction, pose.frame).texture >= 0) continue;
    here = false;
    wanted_pages_.push_back(atlas_->page_of(*part, pose.direction, pose.frame));
  }
  if (!here) return;
  entry.sprite = &atlas_->sprite(*pose.dressed, pose.direction, pose.frame);
  entry.over = {&atlas_->sprite(*pose.head, pose.direction, pose.frame), &atlas_->sprite(*pose.held, pose.direction, pose.frame)};
  if (pose.held->is_behind(pose.direction, pose.frame)) std::swap(entry.over[0], entry.over[1]);
}

void Scene::collect_body(const Camera& camera, const SceneView& view, const core::BodyView& body) {
  if (body.kind == sim::Kind::thing) return collect_thing(camera, view, body);
  want_skill_pictures(body);
  const Pose pose = bodies_.pose(body, view.now_ms, view.elapsed_ms);
  if (pose.art == nullptr) return;
  const float zoom = camera.zoom();
  const bool flies = body.kind == sim::Kind::projectile;
  Standing entry;
  entry.depth = body.x + body.y + (body.action == sim::Action::dead ? -0.4 : 0.0);
  entry.sprite = &atlas_->sprite(*pose.animation, pose.direction, pose.frame);
  entry.shadow = atlas_->shadow(*pose.animation, pose.direction, pose.frame);
  if (pose.dressed != nullptr) dress(pose, entry);
  entry.ground = camera.to_screen(body.x + pose.knock.x, body.y + pose.knock.y);
  entry.lift = pose.lift * zoom;
  entry.opacity = pose.opacity;
  entry.flash = pose.flash;
  entry.additive = pose.animation->additive;
  if (entry.sprite->texture >= 0) {
    standing_.push_back(entry);
  } else {
    unseen_.push_back({entry.ground, pose.art->height, pose.opacity});
    wanted_pages_.push_back(atlas_->page_of(*pose.animation, pose.direction, pose.frame));
  }
  if (flies) {
    if (body.archetype == static_cast<std::uint8_t>(content::AttackKind::stone)) return;
    const bool talisman = body.archetype == static_cast<std::uint8_t>(content::AttackKind::talisman);
    projectile_lights_.push_back({entry.ground.x, entry.ground.y - k_projectile_light_lift * zoom});
    projectile_colours_.push_back(talisman ? light(0.42F, 0.36F, 0.1F) : light(0.55F, 0.26F, 0.06F));
    return;
  }
  stir(body, pose, view.now_ms);
  const float height = pose.art->height * zoom;
  const Rect box{entry.ground.x - height * 0.28F, entry.ground.y - entry.lift - height, height * 0.56F, height * 1.06F};
  if (box.overlaps({0, 0, camera.width(), camera.height()})) ++bodies_in_window_;
  if (body.self) {
    self_box_ = box;
    self_depth_ = entry.depth;
  } else if (body.action != sim::Action::dead) {
    pickables_.push_back({body.id, body.is_foe(), box});
  }
  Plate plate;
  plate.view = &body;
  plate.pose = pose;
  plate.target = body.id == view.target && view.target.valid();
  plate.pointed_at = body.id == view.pointed_at && view.pointed_at.valid();
  if (body.kind == sim::Kind::summoned && body.master != 0) {
    const auto is_master = [&](const core::BodyView& other) {
      return other.kind == sim::Kind::player && other.id.index + 1 == body.master;
    };
    plate.own = view.self != nullptr && is_master(*view.self);
    // Only a name that is shown is looked for.
    const auto found = plate.pointed_at ? std::find_if(view.others.begin(), view.others.end(), is_master) : view.others.end();
    if (plate.own) plate.master = view.self->name;
    if (found != view.others.end()) plate.master = found->name;
  }
  shown_plates_.push_back(plate);
}

void Scene::stir(const core::BodyView& body, const Pose& pose, double now_ms) {
  if (pose.lands) dust_.fall(*map_, body.x, body.y, now_ms);
  if (pose.steps) dust_.step(*map_, body.x, body.y, now_ms);
}

void Scene::collect_bodies(const Camera& camera, const SceneView& view) {
  standing_.clear();
  unseen_.clear();
  lying_.clear();
  townsfolk_.clear();
  wanted_pages_ = map_pages_;
  shown_plates_.clear();
  pickables_.clear();
  projectile_lights_.clear();
  projectile_colours_.clear();
  self_box_ = {};
  bodies_in_window_ = 0;
  for (const core::BodyView& body : view.others) collect_body(camera, view, body);
  if (view.self != nullptr) collect_body(camera, view, *view.self);
  bodies_.forget_unseen(view.now_ms);
}

void Scene::collect_props(const Camera& camera, const SceneView& view) {
  const float zoom = camera.zoom();
  const Rect window{0, 0, camera.width(), camera.height()};
  for (const VisibleProp& prop : props_.in_window(camera)) {
    const Animation& animation = prop.art->animations.begin()->second;
    // Flames and leaves move, each tree in its own time.
    const auto ticks = static_cast<std::uint32_t>(view.now_ms / animation.frame_ms) + prop.variety * 7;
    const int frame = static_cast<int>(ticks % static_cast<std::uint32_t>(animation.frames));
    const int direction = static_cast<int>(prop.variety % static_cast<std::uint32_t>(animation.directions));
    Standing entry;
    entry.depth = prop.x + prop.y;
    entry.sprite = &atlas_->sprite(animation, direction, frame);
    if (entry.sprite->texture < 0) continue;
    entry.ground = camera.to_screen(prop.x, prop.y);  // its shadow lies in the ground cache
    entry.additive = animation.additive;
    const Rect rect = placed(*entry.sprite, entry.ground, zoom);
    const bool seen =
        rect.overlaps(window) || (entry.shadow != nullptr && placed(*entry.shadow, entry.ground, zoom).overlaps(window));
    if (!seen) continue;
    if (prop.hides) {
      const bool covers = view.self != nullptr && entry.depth > self_depth_ && inner(rect).overlaps(heart(self_box_));
      entry.opacity = props_.fade(prop.index, covers, view.elapsed_ms);
    }
    standing_.push_back(entry);
  }
}

/// Where the own skill will fall: a ring of light that burns brighter until it does.
void Scene::draw_aim(Painter& painter, const TextCache& text, const Camera& camera, const SceneView& view) const {
  if (view.aim_tiles <= 0) return;
  const float glow = 0.25F + 0.75F * view.aim_share;
  const Colour colour =
      view.aim_lasts ? light(0.20F * glow, 0.46F * glow, 0.10F * glow) : light(0.85F * glow, 0.30F * glow, 0.07F * glow);
  const float zoom = camera.zoom();
  const auto lamp = [&](Point at, float radius) {
    painter.quad(text.texture(), {at.x - radius * zoom, at.y - radius * 0.5F * zoom, radius * 2 * zoom, radius * zoom},
                 TextCache::glow(), colour);
  };
  // The lights run inwards, to the middle of it, as the moment comes.
  const int lights = 10 + static_cast<int>(view.aim_tiles * 9);
  for (int i = 0; i < lights; ++i) {
    const double turn = 2 * std::numbers::pi * i / lights;
    lamp(camera.to_screen(view.aim_x + view.aim_tiles * std::cos(turn), view.aim_y + view.aim_tiles * std::sin(turn)), 18);
  }
  lamp(camera.to_screen(view.aim_x, view.aim_y), static_cast<float>(view.aim_tiles) * 72 * view.aim_share);
}

void Scene::draw_marks(Painter& painter, const TextCache& text, const Camera& camera, const SceneView& view) const {
  const float zoom = camera.zoom();
  const auto ring = [&](Point at, float radius, Colour colour) {
    // A round glow pressed flat: light lying on the ground.
    painter.quad(text.texture(), {at.x - radius * zoom, at.y - radius * 0.5F * zoom, radius * 2 * zoom, radius * zoom},
                 TextCache::glow(), colour);
  };
  for (const Plate& plate : shown_plates_) {
    if (plate.view->action == sim::Action::dead || plate.view->looks == 0) continue;
    // What lies on a body: sickly green for what harms, gold for what helps.
    const Colour colour = (plate.view->looks & 1U) != 0 ? light(0.18F, 0.42F, 0.2F) : light(0.5F, 0.4F, 0.12F);
    ring(camera.to_screen(plate.view->x, plate.view->y), 46, colour);
  }
  if (view.ring_tiles > 0) {
    // The edge of a duel's place: lights in a circle on the ground.
    constexpr int k_lights = 56;
    for (int i = 0; i < k_lights; ++i) {
      const double turn = 2 * std::numbers::pi * i / k_lights;
      ring(camera.to_screen(view.ring_x + view.ring_tiles * std::cos(turn), view.ring_y + view.ring_tiles * std::sin(turn)), 20,
           light(0.75F, 0.34F, 0.1F));
    }
  }
  draw_aim(painter, text, camera, view);
  if (view.has_goal) ring(camera.to_screen(view.goal_x, view.goal_y), 26, light(0.5F, 0.42F, 0.16F));
  for (const Plate& plate : shown_plates_) {
    if (plate.view->action == sim::Action::dead || !(plate.target || plate.pointed_at)) continue;
    const bool foe = plate.view->is_foe();
    const float strength = plate.target ? 1.0F : 0.55F;
    const Colour colour = foe ? light(0.8F * strength, 0.16F * strength, 0.08F * strength)
                              : light(0.3F * strength, 0.4F * strength, 0.2F * strength);
    ring(camera.to_screen(plate.view->x, plate.view->y), 58, colour);
  }
}

/// A dark shape with a shadow: somebody is there, too far in the haze to be told.
void Scene::draw_unseen(Painter& painter, const TextCache& text, float zoom) const {
  for (const Unseen& body : unseen_) {
    const float h = body.height * zoom;
    const auto haze = [&](const Rect& rect, float alpha) {
      painter.quad(text.texture(), rect, TextCache::glow(), tint(0.05F, 0.06F, 0.08F, alpha * body.opacity));
    };
    haze({body.ground.x - h * 0.55F, body.ground.y - h * 0.25F, h * 1.1F, h * 0.5F}, 0.8F);
    haze({body.ground.x - h * 0.4F, body.ground.y - h, h * 0.8F, h * 1.05F}, 1);
    haze({body.ground.x - h * 0.3F, body.ground.y - h * 0.85F, h * 0.6F, h * 0.85F}, 1);
  }
}

void Scene::draw_standing(Painter& painter, float zoom) {
  std::sort(standing_.begin(), standing_.end(), [](const Standing& a, const Standing& b) { return a.depth < b.depth; });
  const Rect window{0, 0, painter.width(), painter.height()};
  for (const Standing& entry : standing_) {
    if (entry.shadow == nullptr || entry.shadow->source.w <= 0) continue;
    const Rect rect = placed(*entry.shadow, entry.ground, zoom);
    if (rect.overlaps(window)) painter.quad(entry.shadow->texture, rect, entry.shadow->source, faded(entry.opacity));
  }
  for (const Standing& entry : standing_) {
    if (entry.sprite->source.w <= 0) continue;
    const Colour colour = entry.additive ? light(entry.opacity, entry.opacity, entry.opacity) : faded(entry.opacity);
    const float strength = entry.flash * entry.opacity;
    for (const Sprite* sprite : {entry.sprite, entry.over[0], entry.over[1]}) {
      if (sprite == nullptr || sprite->source.w <= 0) continue;
      const Rect rect = placed(*sprite, {entry.ground.x, entry.ground.y - entry.lift}, zoom);
      if (!rect.overlaps(window)) continue;
      painter.quad(sprite->texture, rect, sprite->source, colour);
      if (strength > 0) painter.quad(sprite->texture, rect, sprite->source, light(strength, strength * 0.8F, strength * 0.7F));
    }
  }
}

void Scene::draw_lights(Painter& painter, const TextCache& text, const Camera& camera) const {
  for (std::size_t i = 0; i < projectile_lights_.size(); ++i) {
    Effects::glow(painter, text, camera, projectile_lights_[i], 54, projectile_colours_[i]);
  }
}

void Scene::draw(Painter& painter, TextCache& text, Camera& camera, const SceneView& view) {
  if (map_ == nullptr) return;
  ground_cache_.draw(painter, *atlas_, camera, *map_, ground_, props_);
  if (!calm_) ground_.draw_waves(painter, *atlas_, camera, *map_, view.now_ms);
  collect_bodies(camera, view);
  collect_props(camera, view);
  collect_npcs(camera);
  draw_marks(painter, text, camera, view);
  if (!calm_) dust_.draw(painter, text, camera, view.now_ms);
  draw_unseen(painter, text, camera.zoom());
  draw_standing(painter, camera.zoom());
  effects_.draw_pictures(painter, camera, view.now_ms);
  draw_lights(painter, text, camera);
  draw_goods(painter, text, camera);
  for (const Plate& plate : shown_plates_) {
    const Point above = plates_.draw(painter, text, camera, plate);
    bubbles_.draw(painter, text, plate.view->id, above, plate.pose.opacity, view.now_ms);
  }
  bubbles_.forget_old(view.now_ms);
  effects_.draw_texts(painter, text, camera, view.now_ms);
}

base::EntityId Scene::pick(float px, float py, float slack_px) const {
  const Pickable* best = nullptr;
  for (const Pickable& candidate : pickables_) {
    const Rect box{candidate.box.x - slack_px, candidate.box.y - slack_px, candidate.box.w + 2 * slack_px,
                   candidate.box.h + 2 * slack_px};
    if (!box.contains(px, py)) continue;
    const bool better = best == nullptr || (candidate.foe && !best->foe) ||
                        (candidate.foe == best->foe && candidate.box.y + candidate.box.h > best->box.y + best->box.h);
    if (better) best = &candidate;
  }
  return best == nullptr ? base::EntityId{} : best->id;
}

}  // namespace cudgel::game
