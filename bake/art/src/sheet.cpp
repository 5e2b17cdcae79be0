// Pictures for people who work on the art: everything at a glance, and a scene as the game would draw it.
#include <algorithm>

#include "bake_art/bake.h"

namespace cudgel::bake {
namespace {

const BakedAnimation* find(const std::vector<BakedBody>& bodies, const std::string& body, const std::string& animation) {
  for (const BakedBody& b : bodies)
    if (b.name == body)
      for (const BakedAnimation& a : b.animations)
        if (a.name == animation || animation.empty()) return &a;
  return nullptr;
}

void put(Image& onto, const Sprite& s, int x, int y) { draw_over(onto, s.image, x - s.origin_x, y - s.origin_y, s.scale_log2); }

}  // namespace

Image contact_sheet(const std::vector<BakedBody>& bodies, const std::string& only) {
  constexpr int width = 2000;
  const Rgba grass{92, 122, 58, 255};
  Image sheet(width, 1, grass);
  // one row after the other, each as high as its tallest picture
  for (const BakedBody& b : bodies)
    for (const BakedAnimation& a : b.animations) {
      const std::size_t most = only.empty() && a.directions == 8 ? static_cast<std::size_t>(a.frames) * 4 : a.sprites.size();
      for (std::size_t i = 0; i < most;) {
        int x = 0, up = 0, down = 0;
        const std::size_t first = i;
        for (; i < most; ++i) {
          const Sprite& s = a.sprites[i];
          if (x > 0 && x + s.image.width + 8 > width) break;
          x += s.image.width + 8;
          up = std::max(up, s.origin_y);
          down = std::max(down, s.image.height - s.origin_y);
        }
        const int top = sheet.height;
        sheet.height += up + down + 10;
        sheet.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(sheet.height), grass);
        x = 4;
        for (std::size_t j = first; j < i; ++j) {
          const Sprite& s = a.sprites[j];
          if (!a.shadows.empty()) put(sheet, a.shadows[j], x + s.origin_x, top + up + 4);
          put(sheet, s, x + s.origin_x, top + up + 4);
          x += s.image.width + 8;
        }
      }
    }
  return sheet;
}

namespace {

struct Stand {
  const char* body;
  const char* animation;
  float x, y;
  int direction, frame;
};

// A corner of the Vale: hut, path, pond, the fight.
constexpr Stand k_stands[] = {
    {"hut", "", 3.4F, 2.6F, 0, 0},
    {"well", "", 7.6F, 3.2F, 0, 0},
    {"oak", "", 1.2F, 5.6F, 0, 0},
    {"oak_b", "", 9.6F, 1.2F, 0, 0},
    {"pine", "", 0.6F, 2.2F, 0, 0},
    {"pine_b", "", 6.2F, 0.4F, 0, 0},
    {"bush", "", 5.9F, 2.2F, 0, 0},
    {"flowers", "", 5.2F, 7.9F, 0, 0},
    {"reeds", "", 8.45F, 7.0F, 0, 0},
    {"reeds", "", 9.6F, 6.4F, 0, 0},
    {"grass_tuft", "", 3.0F, 7.4F, 0, 0},
    {"grass_tuft", "", 6.4F, 7.3F, 0, 0},
    {"rock", "", 2.4F, 8.2F, 0, 0},
    {"boulder", "", 11.2F, 4.0F, 0, 0},
    {"stump", "", 1.9F, 9.4F, 0, 0},
    {"fence_x", "", 8.6F, 1.5F, 0, 0},
    {"fence_x", "", 9.6F, 1.5F, 0, 0},
    {"fence_y", "", 8.1F, 1.0F, 0, 0},
    {"sign", "", 6.7F, 4.55F, 0, 0},
    {"campfire", "", 9.3F, 4.6F, 0, 1},
    {"goblin_clubber", "attack", 4.45F, 6.3F, 7, 0},
    {"warrior", "hurt", 5.2F, 5.6F, 3, 0},
    {"mage", "attack", 7.2F, 6.3F, 4, 4},
    {"taoist", "walk", 6.9F, 7.9F, 3, 2},
    {"goblin_clubber", "walk", 2.6F, 6.4F, 0, 2},
    {"bolt", "", 6.1F, 6.3F, 4, 1},
    {"hit_spark", "", 5.15F, 5.7F, 0, 1},
    {"flowers", "", 9.9F, 3.3F, 0, 0},
    {"grass_tuft", "", 8.3F, 2.2F, 0, 0},
    {"goblin_clubber", "idle", 10.6F, 5.2F, 3, 0},
    {"warrior", "idle", 8.2F, 5.3F, 1, 0},
    {"bush", "", 4.4F, 9.0F, 0, 0},
};

bool is_path(int x, int y) { return (y == 5 && x >= 5) || (x == 5 && y >= 3 && y <= 12) || (x >= 5 && x <= 6 && y == 6); }
bool is_water(int x, int y) { return (x >= 8 && x <= 11 && y >= 7 && y <= 9) || (x >= 9 && x <= 10 && y == 10); }

}  // namespace

Image mock_scene(const std::vector<BakedBody>& bodies) {
  Image scene(1280, 720, {30, 40, 20, 255});
  const auto screen = [](float x, float y) {
    return std::pair{static_cast<int>((x - y) * 64) + 640, static_cast<int>((x + y) * 32) - 40};
  };
  if (const BakedAnimation* grass = find(bodies, "grass", "tile"))
    for (int y = -8; y < 22; ++y)
      for (int x = -8; x < 22; ++x) {
        const auto [sx, sy] = screen(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F);
        put(scene, grass->sprites[static_cast<std::size_t>((y & 3) * 4 + (x & 3))], sx, sy);
      }
  for (const bool water : {false, true})
    if (const BakedAnimation* ground = find(bodies, water ? "water" : "path", "tile"))
      for (int y = -2; y < 16; ++y)
        for (int x = -2; x < 16; ++x) {
          const auto has = [&](int tx, int ty) { return (water ? is_water(tx, ty) : is_path(tx, ty)) ? 1 : 0; };
          const int mask = has(x - 1, y - 1) | has(x, y - 1) << 1 | has(x, y) << 2 | has(x - 1, y) << 3;
          if (mask == 0) continue;
          const auto [sx, sy] = screen(static_cast<float>(x), static_cast<float>(y));
          put(scene, ground->sprites[static_cast<std::size_t>(((y & 1) * 2 + (x & 1)) * 15 + mask - 1)], sx, sy);
        }
  std::vector<Stand> stands(std::begin(k_stands), std::end(k_stands));
  std::sort(stands.begin(), stands.end(), [](const Stand& a, const Stand& b) { return a.x + a.y < b.x + b.y; });
  for (const bool shadow : {true, false})
    for (const Stand& s : stands) {
      const BakedAnimation* a = find(bodies, s.body, s.animation);
      if (a == nullptr) continue;
      const int f = (std::string(s.animation) == "attack" ? (s.frame == 0 ? a->impact_frame : s.frame) : s.frame) % a->frames;
      const auto at = static_cast<std::size_t>(s.direction % a->directions * a->frames + f);
      const auto [sx, sy] = screen(s.x, s.y);
      if (shadow && !a->shadows.empty()) put(scene, a->shadows[at], sx, sy);
      if (!shadow) put(scene, a->sprites[at], sx, sy);
    }
  return scene;
}

}  // namespace cudgel::bake
