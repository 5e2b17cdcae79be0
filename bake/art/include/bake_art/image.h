// Pictures in memory and on disk. Straight alpha, four bytes a pixel. Encoding is here so that nothing else knows
// libpng or libwebp; it never reads picture files (the bake has none as input).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cudgel::bake {

struct Rgba {
  std::uint8_t r = 0, g = 0, b = 0, a = 0;
};

struct Image {
  int width = 0;
  int height = 0;
  std::vector<Rgba> pixels;

  Image() = default;
  Image(int w, int h, Rgba fill = {})
      : width(w), height(h), pixels(static_cast<std::size_t>(w) * static_cast<std::size_t>(h), fill) {}
  Rgba& at(int x, int y) {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
  const Rgba& at(int x, int y) const {
    return pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)];
  }
  bool holds(int x, int y) const { return x >= 0 && y >= 0 && x < width && y < height; }
};

// One trimmed picture with its ground point; see SpriteRect in shared/content/schema/atlas.fbs.
struct Sprite {
  Image image;
  int scale_log2 = 0;
  int origin_x = 0;
  int origin_y = 0;
};

// Cuts empty borders away and moves the origin along. Alpha below `alpha_min` counts as empty.
void trim(Sprite& sprite, int alpha_min = 3);

// Draws `from` over `onto` with its top-left corner at x, y; what falls outside is cut.
void draw_over(Image& onto, const Image& from, int x, int y, int scale_log2 = 0);

// How a page is written: quality 0..100 of colour and of alpha; higher is larger.
struct WebpOptions {
  float quality = 80;
  int alpha_quality = 80;
  int method = 4;  // 0 quick .. 6 thorough
};

// Bytes of a file, or nothing with `error` set.
std::vector<std::uint8_t> encode_webp(const Image& image, const WebpOptions& options, std::string& error);
std::vector<std::uint8_t> encode_png(const Image& image, std::string& error);
// With at most 256 colours: a third of the size.
std::vector<std::uint8_t> encode_small_png(const Image& image, std::string& error);

}  // namespace cudgel::bake
