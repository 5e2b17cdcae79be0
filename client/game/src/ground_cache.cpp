#include "ground_cache.h"

#include <algorithm>
#include <cmath>

namespace cudgel::game {

namespace {
constexpr int k_side_px = 256;        ///< of a square in an ordinary window; larger costs more at once when it comes into view
constexpr int k_side_large_px = 512;  ///< in windows of more than this many pixels:
constexpr float k_large_window_px = 2.5e6F;
constexpr int k_repaint_squares = 1;  ///< in a display frame, of those in whose place something is there already
constexpr Colour k_bare_ground{42, 58, 24, 255};

int square_of(float px, int side) { return static_cast<int>(std::floor(px / static_cast<float>(side))); }

void paint_ground(Painter& painter, const Atlas& atlas, const Camera& camera, const content::MapSpec& map, const Ground& ground,
                  Props& props) {
  ground.draw(painter, atlas, camera, map);
  const float zoom = camera.zoom();
  for (const VisibleProp& prop : props.in_window(camera)) {
    const Animation& animation = prop.art->animations.begin()->second;
    const int direction = static_cast<int>(prop.variety % static_cast<std::uint32_t>(animation.directions));
    const Sprite* shadow = atlas.shadow(animation, direction, 0);
    if (shadow == nullptr || shadow->source.w <= 0 || shadow->texture < 0) continue;
    const Point at = camera.to_screen(prop.x, prop.y);
    const Rect target{at.x - shadow->origin_x * zoom, at.y - shadow->origin_y * zoom, shadow->width * zoom,
                      shadow->height * zoom};
    if (target.overlaps({0, 0, camera.width(), camera.height()})) painter.quad(shadow->texture, target, shadow->source, {});
  }
}
}  // namespace

void GroundCache::forget() {
  for (Square& square : squares_) square.painted = false;
  old_zoom_ = 0;
}

void GroundCache::refresh() {
  for (Square& square : squares_) square.stale = true;
}

void GroundCache::refresh(const TileRect& tiles) {
  // On the screen a square of the cache is a diamond of the map: both are compared by x, y and by their sum and difference.
  if (zoom_ <= 0) return;
  const float to_tiles_x = 1 / (128 * zoom_), to_tiles_y = 1 / (64 * zoom_);
  const auto apart = [](float a0, float a1, float b0, float b1) { return a1 < b0 || b1 < a0; };
  for (Square& square : squares_) {
    square.stale = square.stale || square.zoom != zoom_;
    const auto side = static_cast<float>(side_);
    const float px = static_cast<float>(square.column) * side, py = static_cast<float>(square.row) * side;
    const float d0 = 2 * px * to_tiles_x, d1 = 2 * (px + side) * to_tiles_x;  // x - y
    const float s0 = 2 * py * to_tiles_y, s1 = 2 * (py + side) * to_tiles_y;  // x + y
    if (apart(d0, d1, tiles.x0 - tiles.y1, tiles.x1 - tiles.y0) || apart(s0, s1, tiles.x0 + tiles.y0, tiles.x1 + tiles.y1))
      continue;
    if (apart((s0 + d0) / 2, (s1 + d1) / 2, tiles.x0, tiles.x1) || apart((s0 - d1) / 2, (s1 - d0) / 2, tiles.y0, tiles.y1))
      continue;
    square.stale = true;
  }
}

GroundCache::Square* GroundCache::find(int column, int row) {
  for (Square& square : squares_) {
    if (square.painted && square.zoom == zoom_ && square.column == column && square.row == row) return &square;
  }
  return nullptr;
}

GroundCache::Square* GroundCache::take(Painter& painter, int column, int row, std::size_t squares_max) {
  Square* best = nullptr;
  for (Square& square : squares_) {
    if (square.used_frame == frame_) continue;
    if (best == nullptr || (best->painted && (!square.painted || square.used_frame < best->used_frame))) best = &square;
  }
  if ((best == nullptr || best->painted) && squares_.size() < squares_max) {
    Square fresh;
    fresh.texture = painter.add_target(side_, side_);
    if (fresh.texture >= 0) {
      squares_.push_back(fresh);
      best = &squares_.back();
    }
  }
  if (best == nullptr) return nullptr;
  best->column = column;
  best->row = row;
  best->painted = true;
  best->used_frame = frame_;
  return best;
}

void GroundCache::paint(Painter& painter, const Atlas& atlas, const Camera& camera, const content::MapSpec& map,
                        const Ground& ground, Props& props, Square& square) {
  ++painted_;
  square.zoom = zoom_;
  square.painted = true;
  square.stale = false;
  painter.begin_target(square.texture, k_bare_ground);
  paint_ground(painter, atlas, camera.over_square(square.column, square.row, side_), map, ground, props);
  painter.end_target();
}

void GroundCache::give_back(Painter& painter, std::size_t squares_max) {
  if (squares_.size() <= squares_max) return;
  const auto idle =
      std::find_if(squares_.begin(), squares_.end(), [&](const Square& square) { return square.used_frame != frame_; });
  if (idle == squares_.end()) return;
  painter.remove_texture(idle->texture);
  squares_.erase(idle);
}

bool GroundCache::draw_old(Painter& painter, const Camera& camera) {
  if (old_zoom_ <= 0) return false;
  bool any = false;
  const auto side_px = static_cast<float>(side_);
  const float shown_px = side_px * zoom_ / old_zoom_;
  const Rect window{0, 0, camera.width(), camera.height()};
  for (Square& square : squares_) {
    if (!square.painted || square.zoom != old_zoom_) continue;
    const Rect place{static_cast<float>(square.column) * shown_px + camera.offset_x(),
                     static_cast<float>(square.row) * shown_px + camera.offset_y(), shown_px, shown_px};
    if (!place.overlaps(window)) continue;
    square.used_frame = frame_;
    painter.quad(square.texture, place, {0, 0, side_px, side_px}, {});
    any = true;
  }
  return any;
}

void GroundCache::draw(Painter& painter, const Atlas& atlas, const Camera& camera, const content::MapSpec& map,
                       const Ground& ground, Props& props) {
  ++frame_;
  painted_ = 0;
  const int side = camera.width() * camera.height() > k_large_window_px ? k_side_large_px : k_side_px;
  const bool changed = camera.zoom() != zoom_;
  if (side != side_) {
    for (const Square& square : squares_) painter.remove_texture(square.texture);
    squares_.clear();
    old_zoom_ = 0;
  } else if (changed) {
    old_zoom_ = zoom_;
  }
  side_ = side;
  zoom_ = camera.zoom();
  const int x0 = square_of(-camera.offset_x(), side), x1 = square_of(camera.width() - 1 - camera.offset_x(), side);
  const int y0 = square_of(-camera.offset_y(), side), y1 = square_of(camera.height() - 1 - camera.offset_y(), side);
  const bool old = draw_old(painter, camera);
  // The ring around the window is kept as well, with a few to spare for turning back; and those of the resolution before until these are painted.
  const auto squares_max = static_cast<std::size_t>((x1 - x0 + 4) * (y1 - y0 + 4) * (old ? 2 : 1));
  // The frame of the change itself has enough to do: the canvas gets another size and all writing another height.
  int again = changed ? 0 : k_repaint_squares;
  int ahead = old ? 0 : 1;
  bool whole = true;
  for (int row = y0 - 1; row <= y1 + 1; ++row) {
    for (int column = x0 - 1; column <= x1 + 1; ++column) {
      const bool seen = row >= y0 && row <= y1 && column >= x0 && column <= x1;
      Square* square = find(column, row);
      if (square != nullptr) {
        square->used_frame = frame_;
        if (square->stale && (seen ? again-- : ahead--) > 0) paint(painter, atlas, camera, map, ground, props, *square);
      } else if (seen ? !old || again-- > 0 : ahead-- > 0) {
        square = take(painter, column, row, squares_max);
        if (square != nullptr) paint(painter, atlas, camera, map, ground, props, *square);
      }
      whole = whole && (!seen || square != nullptr);
      if (!seen || square == nullptr) continue;
      const auto side_px = static_cast<float>(side);
      painter.quad(square->texture,
                   {static_cast<float>(column) * side_px + camera.offset_x(),
                    static_cast<float>(row) * side_px + camera.offset_y(), side_px, side_px},
                   {0, 0, side_px, side_px}, {});
    }
  }
  if (!whole) return;
  old_zoom_ = 0;
  give_back(painter, squares_max);
}

}  // namespace cudgel::game
