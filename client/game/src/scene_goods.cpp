// What of the scene has to do with goods: things on the ground with their names, and who deals with players in the village.

#include <algorithm>
#include <cmath>

#include "play/names.h"
#include "scene.h"

namespace cudgel::game {

namespace {
constexpr float k_label_px = 12;    ///< CSS pixels
constexpr float k_label_lift = 30;  ///< art pixels from the ground to a label
constexpr int k_label_rows = 5;     ///< so many names above each other at most
constexpr float k_beam_lift = 46;
constexpr float k_title_height = 60;
constexpr double k_label_tiles = 9;   ///< further away nothing is named
constexpr float k_pick_half_px = 34;  ///< art pixels: so wide around a thing a click means it
constexpr float k_name_height = 6;    ///< CSS pixels between a head and its name

/// Of names; light is their part of what glows.
struct RarityLook {
  Colour words;
  Colour glow;
};
RarityLook look_of(content::Rarity rarity) {
  switch (rarity) {
    case content::Rarity::uncommon:
      return {tint(0.55F, 0.88F, 0.45F, 1), light(0.10F, 0.26F, 0.08F)};
    case content::Rarity::rare:
      return {tint(0.45F, 0.72F, 1.0F, 1), light(0.10F, 0.24F, 0.50F)};
    case content::Rarity::epic:
      return {tint(1.0F, 0.66F, 0.30F, 1), light(0.62F, 0.30F, 0.06F)};
    case content::Rarity::common:
      break;
  }
  return {tint(0.93F, 0.88F, 0.76F, 1), light(0.10F, 0.09F, 0.05F)};
}
}  // namespace

void Scene::collect_thing(const Camera& camera, const SceneView& view, const core::BodyView& body) {
  if (body.archetype >= content_->items().size()) return;
  const content::ItemSpec& item = content_->items()[body.archetype];
  const BodyArt* const art = atlas_->find(sprite_key(*content_, body.kind, body.archetype));
  Lying lying;
  lying.id = body.id;
  lying.item = &item;
  lying.count = body.level;
  lying.ground = camera.to_screen(body.x, body.y);
  lying.named = view.self == nullptr || std::hypot(body.x - view.self->x, body.y - view.self->y) < k_label_tiles;
  lying_.push_back(lying);
  if (art == nullptr) return;
  const Animation& animation = art->animation("lie");
  Standing entry;
  entry.depth = body.x + body.y - 0.3;
  entry.sprite = &atlas_->sprite(animation, 0, 0);
  entry.shadow = atlas_->shadow(animation, 0, 0);
  entry.ground = lying.ground;
  if (entry.sprite->texture >= 0) {
    standing_.push_back(entry);
  } else {
    wanted_pages_.push_back(atlas_->page_of(animation, 0, 0));
  }
}

void Scene::collect_npcs(const Camera& camera) {
  for (const content::NpcPlacement& place : map_->npcs) {
    const content::NpcSpec& npc = content_->npcs()[place.npc];
    const BodyArt* const art = atlas_->find(npc.sprite);
    if (art == nullptr) continue;
    const Animation& animation = art->animation("stand");
    Standing entry;
    const double x = static_cast<double>(place.position.x) / base::k_units_per_tile;
    const double y = static_cast<double>(place.position.y) / base::k_units_per_tile;
    entry.depth = x + y;
    entry.sprite = &atlas_->sprite(animation, 0, 0);
    entry.shadow = atlas_->shadow(animation, 0, 0);
    entry.ground = camera.to_screen(x, y);
    if (entry.sprite->texture < 0) {
      wanted_pages_.push_back(atlas_->page_of(animation, 0, 0));
      continue;
    }
    standing_.push_back(entry);
    townsfolk_.push_back({&npc, {entry.ground.x, entry.ground.y - art->height * camera.zoom()}});
  }
}

void Scene::draw_goods(Painter& painter, TextCache& text, const Camera& camera) {
  const float unit = painter.pixel_ratio();
  labels_.clear();
  const auto write = [&](const std::string& words, Point at, Colour colour) {
    const Rect source = text.text(painter, words, static_cast<int>(std::lround(k_label_px * unit)));
    Rect place{std::round(at.x - source.w * 0.5F), std::round(at.y - source.h), source.w, source.h};
    // Where another stands already, it stands above that.
    for (int tries = 0; tries < k_label_rows; ++tries) {
      const auto covered = std::find_if(labels_.begin(), labels_.end(), [&](const Rect& other) { return other.overlaps(place); });
      if (covered == labels_.end()) break;
      place.y = covered->y - place.h;
    }
    labels_.push_back(place);
    painter.quad(text.texture(), place, source, colour);
  };
  for (const Lying& lying : lying_) {
    const RarityLook look = look_of(lying.item->rarity);
    const float zoom = camera.zoom();
    Effects::glow(painter, text, camera, lying.ground, 30, look.glow);
    if (lying.item->rarity >= content::Rarity::rare) {
      Effects::glow(painter, text, camera, {lying.ground.x, lying.ground.y - k_beam_lift * zoom}, 62, look.glow);
    }
    if (!lying.named) continue;
    std::string words = words_->name(lying.item->name);
    if (lying.count > 1) words = std::to_string(lying.count) + " " + words;
    write(words, {lying.ground.x, lying.ground.y - k_label_lift * zoom}, look.words);
  }
  for (const Townsman& townsman : townsfolk_) {
    write(words_->name(townsman.npc->name), {townsman.head.x, townsman.head.y - k_name_height * unit},
          tint(1.0F, 0.86F, 0.45F, 1));
  }
}

void Scene::treasure(const core::BodyView& thing, double now_ms) {
  effects_.picture("level_up", thing.x, thing.y, 0, now_ms);
  effects_.title(thing.x, thing.y, k_title_height, words_->name(content_->items()[thing.archetype].name), now_ms);
}

base::EntityId Scene::pick_thing(float px, float py, float zoom) const {
  const Lying* best = nullptr;
  float best_distance = k_pick_half_px * zoom;
  for (const Lying& lying : lying_) {
    const float away = std::max(std::abs(px - lying.ground.x) * 0.6F, std::abs(py - (lying.ground.y - 8 * zoom)));
    if (away >= best_distance) continue;
    best = &lying;
    best_distance = away;
  }
  return best == nullptr ? base::EntityId{} : best->id;
}

}  // namespace cudgel::game
