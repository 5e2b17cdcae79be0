#include "png_encode.h"

#include <png.h>

#include <cstring>

namespace cudgel::bake {

std::vector<std::uint8_t> write_png(int width, int height, const void* pixels, std::span<const Rgba> palette,
                                    std::string& error) {
  png_image png;
  std::memset(&png, 0, sizeof png);
  png.version = PNG_IMAGE_VERSION;
  png.width = static_cast<png_uint_32>(width);
  png.height = static_cast<png_uint_32>(height);
  png.format = palette.empty() ? PNG_FORMAT_RGBA : PNG_FORMAT_RGBA_COLORMAP;
  png.colormap_entries = static_cast<png_uint_32>(palette.size());
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png);
  std::vector<std::uint8_t> bytes(size);
  if (png_image_write_to_memory(&png, bytes.data(), &size, 0, pixels, 0, palette.empty() ? nullptr : palette.data()) == 0) {
    error = std::string("libpng: ") + png.message;
    return {};
  }
  bytes.resize(size);
  return bytes;
}

}  // namespace cudgel::bake
