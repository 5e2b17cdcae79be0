// Target: game::Atlas::load. Promise: whatever loads can be drawn without another look: every picture that an animation can ask for
// is there, and lies on a page.

#include "atlas/schema/atlas_generated.h"
#include "entry.h"
#include "play/atlas.h"

using namespace cudgel;

CUDGEL_DECLARE_FUZZ(fuzz_atlas_file);

namespace {

// A damaged file may repeat one animation very often; the first pictures and the last show as much as all of them.
constexpr int k_looks_max = 64;

void check(const game::Atlas& atlas, const game::Animation& animation) {
  CUDGEL_ASSERT(animation.frame_ms > 0 && animation.frames > 0 && animation.directions > 0);
  CUDGEL_ASSERT(animation.impact_frame >= 0 && animation.impact_frame < animation.frames);
  const int count = animation.frames * animation.directions;
  for (int i = 0; i < count; i = i < k_looks_max || i == count - 1 ? i + 1 : count - 1) {
    const game::Sprite& sprite = atlas.sprite(animation, i / animation.frames, i % animation.frames);
    CUDGEL_ASSERT(sprite.texture == 7 && sprite.width >= sprite.source.w && sprite.height >= sprite.source.h);
    const game::Sprite* shadow = atlas.shadow(animation, i / animation.frames, i % animation.frames);
    CUDGEL_ASSERT((shadow != nullptr) == (animation.first_shadow >= 0));
    CUDGEL_ASSERT(shadow == nullptr || shadow->texture == 7);
    CUDGEL_ASSERT(!animation.is_behind(i / animation.frames, i % animation.frames) || !animation.behind.empty());
  }
}

}  // namespace

int fuzz_atlas_file(std::span<const std::uint8_t> bytes) {
  auto atlas = game::Atlas::load(bytes);
  if (!atlas) {
    CUDGEL_ASSERT(atlas.error().text.starts_with("atlas.bin: "));
    return 0;
  }
  for (std::size_t page = 0; page < atlas->pages().size(); ++page) atlas->place_page(page, 7, 10, 20);
  CUDGEL_ASSERT(atlas->find("no such body, and no such name either") == nullptr);
  for (const content::Body* entry : *content::GetAtlas(bytes.data())->bodies()) {
    const game::BodyArt* body = atlas->find(entry->name()->string_view());
    CUDGEL_ASSERT(body != nullptr && !body->animations.empty());
    (void)body->animation("no such animation");
    for (const auto& [name, animation] : body->animations) check(*atlas, animation);
  }
  return 0;
}
