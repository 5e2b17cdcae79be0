#include "play/atlas.h"

#include "atlas/schema/atlas_generated.h"

namespace cudgel::game {

namespace {

std::string text_of(const flatbuffers::String* text) { return text == nullptr ? std::string() : text->str(); }

Sprite sprite_of(const content::SpriteRect& rect) {
  Sprite sprite;
  sprite.source = {static_cast<float>(rect.x()), static_cast<float>(rect.y()), static_cast<float>(rect.w()),
                   static_cast<float>(rect.h())};
  const auto scale = static_cast<float>(1 << rect.scale_log2());
  sprite.width = sprite.source.w * scale;
  sprite.height = sprite.source.h * scale;
  sprite.origin_x = rect.origin_x();
  sprite.origin_y = rect.origin_y();
  return sprite;
}

Animation animation_of(const content::Animation& entry) {
  Animation animation;
  animation.frame_ms = entry.frame_ms() > 0 ? entry.frame_ms() : 100;
  animation.frames = entry.frames_per_direction();
  animation.directions = entry.directions();
  animation.impact_frame = entry.impact_frame();
  animation.first_sprite = static_cast<std::int32_t>(entry.first_sprite());
  animation.first_shadow = entry.first_shadow();
  animation.loop = entry.loop();
  animation.additive = entry.additive();
  if (entry.behind() != nullptr) animation.behind.assign(entry.behind()->begin(), entry.behind()->end());
  return animation;
}

/// Every sprite that the animation can ask for exists.
bool in_range(const content::Animation& entry, std::size_t sprites) {
  const std::uint64_t count = std::uint64_t{entry.directions()} * entry.frames_per_direction();
  if (count == 0 || entry.first_sprite() + count > sprites) return false;
  if (entry.impact_frame() >= entry.frames_per_direction()) return false;
  if (entry.behind() != nullptr && entry.behind()->size() != count) return false;
  return entry.first_shadow() < 0 || static_cast<std::uint64_t>(entry.first_shadow()) + count <= sprites;
}

}  // namespace

const Animation& BodyArt::animation(std::string_view name) const {
  const auto found = animations.find(name);
  return found == animations.end() ? animations.begin()->second : found->second;
}

base::Result<Atlas, AtlasError> Atlas::load(std::span<const std::uint8_t> bytes) {
  flatbuffers::Verifier verifier(bytes.data(), bytes.size());
  if (bytes.size() < 8 || !content::AtlasBufferHasIdentifier(bytes.data()) || !content::VerifyAtlasBuffer(verifier)) {
    return base::fail(AtlasError{"atlas.bin: is damaged or is no atlas"});
  }
  const content::Atlas& book = *content::GetAtlas(bytes.data());
  Atlas atlas;
  for (flatbuffers::uoffset_t i = 0; i < book.pages()->size(); ++i) {
    if (book.page_width() == nullptr || book.page_height() == nullptr || i >= book.page_width()->size() ||
        i >= book.page_height()->size()) {
      return base::fail(AtlasError{"atlas.bin: page " + std::to_string(i) + " has no size"});
    }
    atlas.pages_.push_back({text_of(book.pages()->Get(i)), book.page_width()->Get(i), book.page_height()->Get(i),
                            book.page_later() != nullptr && i < book.page_later()->size() && book.page_later()->Get(i) != 0});
  }
  for (const content::SpriteRect* rect : *book.sprites()) {
    if (rect->page() >= atlas.pages_.size() || rect->scale_log2() > 4) {
      return base::fail(AtlasError{"atlas.bin: sprite " + std::to_string(atlas.sprites_.size()) + " lies on page " +
                                   std::to_string(rect->page()) + " of " + std::to_string(atlas.pages_.size())});
    }
    atlas.sprites_.push_back(sprite_of(*rect));
    atlas.page_of_sprite_.push_back(rect->page());
  }
  for (const content::Body* entry : *book.bodies()) {
    BodyArt body;
    body.height = entry->height_px();
    for (const content::Animation* animation : *entry->animations()) {
      if (!in_range(*animation, atlas.sprites_.size())) {
        return base::fail(AtlasError{"atlas.bin: " + text_of(entry->name()) + "." + text_of(animation->name()) +
                                     " asks for sprites that are not there"});
      }
      body.animations.emplace(text_of(animation->name()), animation_of(*animation));
    }
    if (body.animations.empty()) return base::fail(AtlasError{"atlas.bin: " + text_of(entry->name()) + " has no animation"});
    atlas.bodies_.emplace(text_of(entry->name()), std::move(body));
  }
  return atlas;
}

void Atlas::place_page(std::size_t page, TextureId texture, int x, int y) {
  for (std::size_t i = 0; i < sprites_.size(); ++i) {
    if (page_of_sprite_[i] != page) continue;
    sprites_[i].texture = texture;
    sprites_[i].source.x += static_cast<float>(x);
    sprites_[i].source.y += static_cast<float>(y);
  }
}

const BodyArt* Atlas::find(std::string_view name) const {
  const auto found = bodies_.find(name);
  return found == bodies_.end() ? nullptr : &found->second;
}

}  // namespace cudgel::game
