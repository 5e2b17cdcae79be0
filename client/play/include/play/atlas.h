#pragma once
// The picture book as the game reads it: atlas.bin checked and turned into plain structs, looked up by name once and kept by pointer.
// It holds no pixels; place_page says which texture a page's pixels went to.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "play/rect.h"

namespace cudgel::game {

struct Sprite {
  TextureId texture = -1;
  Rect source;                       ///< pixels of the page
  float width = 0, height = 0;       ///< full-scale pixels: 128 x 64 make a tile
  float origin_x = 0, origin_y = 0;  ///< the ground point, full-scale pixels from the top left corner
};

struct Animation {
  std::int32_t frame_ms = 100;
  std::int32_t frames = 1;  ///< per direction
  std::int32_t directions = 1;
  std::int32_t impact_frame = 0;
  std::int32_t first_sprite = 0;
  std::int32_t first_shadow = -1;
  bool loop = true;
  bool additive = false;
  std::vector<std::uint8_t> behind =
      {};  ///< by direction and frame: 1 where what is held is drawn before the head; empty: nowhere

  [[nodiscard]] bool is_behind(int direction, int frame) const {
    return !behind.empty() && behind[static_cast<std::size_t>(direction * frames + frame)] != 0;
  }
};

struct BodyArt {
  float height = 96;  ///< full-scale pixels from the ground point to the top of the head
  std::map<std::string, Animation, std::less<>> animations;

  /// By name, else any: a body has at least one.
  [[nodiscard]] const Animation& animation(std::string_view name) const;
};

struct AtlasError {
  std::string text;  ///< names what is wrong: "atlas.bin: sprite 7 lies on page 9 of 2"
};

class Atlas {
 public:
  static base::Result<Atlas, AtlasError> load(std::span<const std::uint8_t> bytes);

  struct Page {
    std::string file;
    int width = 0;
    int height = 0;
    bool later = false;  ///< not fetched before play: its sprites have no texture until somebody fetched it and placed it
  };
  [[nodiscard]] const std::vector<Page>& pages() const { return pages_; }
  /// Where the pixels of a page ended up: sprites of `page` are from now on drawn from `texture`, moved by (x, y) pixels. Once per page.
  void place_page(std::size_t page, TextureId texture, int x, int y);
  /// nullptr when there is no such body, prop or ground.
  [[nodiscard]] const BodyArt* find(std::string_view name) const;
  /// `direction` and `frame` in range of the animation.
  [[nodiscard]] const Sprite& sprite(const Animation& animation, int direction, int frame) const {
    return sprites_[static_cast<std::size_t>(animation.first_sprite + direction * animation.frames + frame)];
  }
  /// The page that a sprite of the animation lies on.
  [[nodiscard]] std::size_t page_of(const Animation& animation, int direction, int frame) const {
    return page_of_sprite_[static_cast<std::size_t>(animation.first_sprite + direction * animation.frames + frame)];
  }
  /// nullptr when the animation throws none.
  [[nodiscard]] const Sprite* shadow(const Animation& animation, int direction, int frame) const {
    if (animation.first_shadow < 0) return nullptr;
    return &sprites_[static_cast<std::size_t>(animation.first_shadow + direction * animation.frames + frame)];
  }

 private:
  std::vector<Page> pages_;
  std::vector<Sprite> sprites_;
  std::vector<std::uint8_t> page_of_sprite_;
  std::map<std::string, BodyArt, std::less<>> bodies_;
};

}  // namespace cudgel::game
