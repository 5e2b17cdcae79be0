#include "page_textures.h"

#include <algorithm>
#include <vector>

#include "browser.h"

namespace cudgel::game {

namespace {

/// Larger textures gain nothing: four pages of 2048 fit.
constexpr int k_side_max = 4096;

struct Spot {
  int x = 0, y = 0;
};

/// Pages from `first` on that fit into one texture of `side`, row by row; at least one. Sets the size that they need together.
std::vector<Spot> lay_out(const Atlas& atlas, std::size_t first, int side, int& width, int& height) {
  std::vector<Spot> spots;
  int x = 0, y = 0, row_height = 0;
  width = height = 0;
  for (std::size_t i = first; i < atlas.pages().size() && !atlas.pages()[i].later; ++i) {
    const Atlas::Page& page = atlas.pages()[i];
    if (x > 0 && x + page.width > side) {
      x = 0;
      y += row_height;
      row_height = 0;
    }
    if (!spots.empty() && (x + page.width > side || y + page.height > side)) break;
    spots.push_back({x, y});
    x += page.width;
    row_height = std::max(row_height, page.height);
    width = std::max(width, x);
    height = std::max(height, y + row_height);
  }
  return spots;
}

}  // namespace

std::string upload_pages(Painter& painter, Atlas& atlas) {
  const int side = std::min(painter.texture_side_max(), k_side_max);
  std::size_t first = 0;
  while (first < atlas.pages().size() && !atlas.pages()[first].later) {
    int width = 0, height = 0;
    const std::vector<Spot> spots = lay_out(atlas, first, side, width, height);
    const TextureId texture = painter.add_texture(width, height);
    if (texture < 0)
      return "This device's graphics cannot hold a picture of " + std::to_string(width) + " x " + std::to_string(height) + ".";
    painter.bind_for_upload(texture);
    for (std::size_t i = 0; i < spots.size(); ++i) {
      const std::size_t page = first + i;
      if (!browser::upload_picture(static_cast<int>(page), spots[i].x, spots[i].y))
        return atlas.pages()[page].file + " is missing.";
      atlas.place_page(page, texture, spots[i].x, spots[i].y);
    }
    first += spots.size();
  }
  return {};
}

}  // namespace cudgel::game
