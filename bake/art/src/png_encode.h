// The one place that writes PNG: pixels of four bytes, or indices into a palette.
#pragma once

#include <span>

#include "bake_art/image.h"

namespace cudgel::bake {

// `pixels` holds width * height Rgba, or as many bytes that choose from `palette` (at most 256 colours) when there is one.
std::vector<std::uint8_t> write_png(int width, int height, const void* pixels, std::span<const Rgba> palette, std::string& error);

}  // namespace cudgel::bake
