#include "bake_art/image.h"

#include <webp/encode.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "png_encode.h"

namespace cudgel::bake {

void trim(Sprite& sprite, int alpha_min) {
  const Image& in = sprite.image;
  int left = in.width, right = -1, top = in.height, bottom = -1;
  for (int y = 0; y < in.height; ++y)
    for (int x = 0; x < in.width; ++x)
      if (in.at(x, y).a >= alpha_min) {
        left = std::min(left, x);
        right = std::max(right, x);
        top = std::min(top, y);
        bottom = y;
      }
  if (right < 0) {
    sprite.image = Image();
    return;
  }
  Image out(right - left + 1, bottom - top + 1);
  for (int y = 0; y < out.height; ++y)
    std::memcpy(&out.at(0, y), &in.at(left, top + y), static_cast<std::size_t>(out.width) * sizeof(Rgba));
  sprite.image = std::move(out);
  sprite.origin_x -= left << sprite.scale_log2;
  sprite.origin_y -= top << sprite.scale_log2;
}

namespace {

void blend(Rgba& under, Rgba over, float alpha) {
  const float ua = static_cast<float>(under.a) / 255, oa = alpha, sum = oa + ua * (1 - oa);
  if (sum <= 0) return;
  const auto channel = [&](std::uint8_t u, std::uint8_t o) {
    return static_cast<std::uint8_t>((static_cast<float>(o) * oa + static_cast<float>(u) * ua * (1 - oa)) / sum + 0.5F);
  };
  under = {channel(under.r, over.r), channel(under.g, over.g), channel(under.b, over.b),
           static_cast<std::uint8_t>(sum * 255 + 0.5F)};
}

// Bilinear reading of a scaled-down picture, as the graphics card will do it.
float alpha_between(const Image& from, float fx, float fy) {
  const int x = static_cast<int>(std::floor(fx)), y = static_cast<int>(std::floor(fy));
  const float tx = fx - static_cast<float>(x), ty = fy - static_cast<float>(y);
  const auto read = [&](int px, int py) { return from.holds(px, py) ? static_cast<float>(from.at(px, py).a) : 0.F; };
  const float upper = read(x, y) * (1 - tx) + read(x + 1, y) * tx;
  const float lower = read(x, y + 1) * (1 - tx) + read(x + 1, y + 1) * tx;
  return (upper * (1 - ty) + lower * ty) / 255;
}

}  // namespace

void draw_over(Image& onto, const Image& from, int x, int y, int scale_log2) {
  const int size = 1 << scale_log2;
  for (int py = 0; py < from.height * size; ++py)
    for (int px = 0; px < from.width * size; ++px) {
      if (!onto.holds(x + px, y + py)) continue;
      const Rgba over = from.at(px / size, py / size);
      float alpha = static_cast<float>(over.a) / 255;
      if (scale_log2 > 0)
        alpha = alpha_between(from, (static_cast<float>(px) + 0.5F) / static_cast<float>(size) - 0.5F,
                              (static_cast<float>(py) + 0.5F) / static_cast<float>(size) - 0.5F);
      if (alpha > 0) blend(onto.at(x + px, y + py), over, alpha);
    }
}

std::vector<std::uint8_t> encode_webp(const Image& image, const WebpOptions& options, std::string& error) {
  WebPConfig config;
  WebPPicture picture;
  if (WebPConfigPreset(&config, WEBP_PRESET_PICTURE, options.quality) == 0 || WebPPictureInit(&picture) == 0) {
    error = "libwebp: version mismatch";
    return {};
  }
  config.method = options.method;
  config.alpha_quality = options.alpha_quality;
  config.use_sharp_yuv = 1;
  config.thread_level = 1;
  picture.use_argb = 1;
  picture.width = image.width;
  picture.height = image.height;
  WebPMemoryWriter writer;
  WebPMemoryWriterInit(&writer);
  picture.writer = WebPMemoryWrite;
  picture.custom_ptr = &writer;
  std::vector<std::uint8_t> bytes;
  if (WebPPictureImportRGBA(&picture, &image.pixels[0].r, image.width * 4) != 0 && WebPEncode(&config, &picture) != 0)
    bytes.assign(writer.mem, writer.mem + writer.size);
  else
    error = "libwebp: error " + std::to_string(static_cast<int>(picture.error_code));
  WebPMemoryWriterClear(&writer);
  WebPPictureFree(&picture);
  return bytes;
}

std::vector<std::uint8_t> encode_png(const Image& image, std::string& error) {
  return write_png(image.width, image.height, image.pixels.data(), {}, error);
}

}  // namespace cudgel::bake
