#include "props.h"

#include <algorithm>
#include <utility>

namespace cudgel::game {

namespace {
constexpr int k_cell_tiles = 8;
/// How far beyond the window's ground a prop may stand and still reach into it: its height (a pine is 5 tiles tall on the screen).
constexpr float k_margin_tiles = 6;
constexpr float k_opacity_covering = 0.42F;
constexpr float k_fade_ms = 180;

std::uint32_t variety_of(base::Vec2 at) {
  const auto x = static_cast<std::uint32_t>(at.x / base::k_units_per_tile),
             y = static_cast<std::uint32_t>(at.y / base::k_units_per_tile);
  return (x * 0x9E3779B1U ^ y * 0x85EBCA77U) >> 16U;
}
int cell_of(double tiles) { return static_cast<int>(tiles) / k_cell_tiles; }
}  // namespace

void Props::open(const content::Content& content, const content::MapSpec& map, const Atlas& atlas) {
  columns_ = (map.width + k_cell_tiles - 1) / k_cell_tiles;
  rows_ = (map.height + k_cell_tiles - 1) / k_cell_tiles;
  props_.clear();
  cells_.assign(static_cast<std::size_t>(columns_) * static_cast<std::size_t>(rows_), {});
  opacity_.clear();
  wanted_pages_.clear();
  add(content, map.props, atlas);
}

void Props::add(const content::Content& content, std::span<const content::PropPlacement> placements, const Atlas& atlas) {
  for (const content::PropPlacement& placement : placements) {
    const content::PropSpec& spec = content.props()[placement.prop];
    VisibleProp prop;
    prop.art = atlas.find(spec.sprite);
    prop.index = static_cast<std::uint32_t>(props_.size());
    prop.variety = variety_of(placement.position);
    prop.x = static_cast<double>(placement.position.x) / base::k_units_per_tile;
    prop.y = static_cast<double>(placement.position.y) / base::k_units_per_tile;
    prop.hides = spec.hides;
    props_.push_back(prop);
    if (prop.art == nullptr) continue;
    want_page(atlas, *prop.art);
    const int column = std::clamp(cell_of(prop.x), 0, columns_ - 1);
    const int row = std::clamp(cell_of(prop.y), 0, rows_ - 1);
    cells_[static_cast<std::size_t>(row * columns_ + column)].push_back(prop.index);
  }
  opacity_.resize(props_.size(), 1.0F);
}

/// Fetched as soon as the map there is known: long before it is seen.
void Props::want_page(const Atlas& atlas, const BodyArt& art) {
  const Animation& animation = art.animations.begin()->second;
  if (atlas.sprite(animation, 0, 0).texture >= 0) return;
  const std::size_t page = atlas.page_of(animation, 0, 0);
  if (std::find(wanted_pages_.begin(), wanted_pages_.end(), page) == wanted_pages_.end()) wanted_pages_.push_back(page);
}

std::vector<std::size_t> Props::take_wanted_pages() { return std::exchange(wanted_pages_, {}); }

const std::vector<VisibleProp>& Props::in_window(const Camera& camera) {
  visible_.clear();
  if (cells_.empty()) return visible_;
  const Point a = camera.to_tile(0, 0), b = camera.to_tile(camera.width(), 0);
  const Point c = camera.to_tile(camera.width(), camera.height()), d = camera.to_tile(0, camera.height());
  const auto clamp_column = [&](float tiles) { return std::clamp(cell_of(std::max(0.0F, tiles)), 0, columns_ - 1); };
  const auto clamp_row = [&](float tiles) { return std::clamp(cell_of(std::max(0.0F, tiles)), 0, rows_ - 1); };
  const int x0 = clamp_column(std::min({a.x, b.x, c.x, d.x}) - k_margin_tiles);
  const int x1 = clamp_column(std::max({a.x, b.x, c.x, d.x}) + k_margin_tiles);
  const int y0 = clamp_row(std::min({a.y, b.y, c.y, d.y}) - k_margin_tiles);
  const int y1 = clamp_row(std::max({a.y, b.y, c.y, d.y}) + k_margin_tiles);
  for (int row = y0; row <= y1; ++row) {
    for (int column = x0; column <= x1; ++column) {
      for (const std::uint32_t index : cells_[static_cast<std::size_t>(row * columns_ + column)])
        visible_.push_back(props_[index]);
    }
  }
  return visible_;
}

float Props::fade(std::uint32_t index, bool covers_self, float elapsed_ms) {
  float& opacity = opacity_[index];
  const float goal = covers_self ? k_opacity_covering : 1.0F;
  const float step = elapsed_ms / k_fade_ms * (1.0F - k_opacity_covering);
  opacity = goal < opacity ? std::max(goal, opacity - step) : std::min(goal, opacity + step);
  return opacity;
}

}  // namespace cudgel::game
