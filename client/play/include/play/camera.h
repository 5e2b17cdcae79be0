#pragma once
// Where the viewer looks: follows the own character, shakes a little when it is hit, and chooses the zoom so that nobody ever sees
// farther than the server tells (16 tiles in every direction). Turns tiles into device pixels and back.

#include <cstdint>

namespace cudgel::game {

struct Point {
  float x = 0, y = 0;
};

class Camera {
 public:
  /// `width`, `height` in device pixels.
  void resize(float width, float height);
  /// Goes on towards the character at (x, y) tiles; jumps when it is far away (waking up in the village).
  void follow(double x, double y, float elapsed_ms);
  /// `strength` 0..1. Does nothing when the player asked for less motion.
  void shake(float strength);
  void set_reduced_motion(bool reduced) { reduced_motion_ = reduced; }

  /// Device pixels of a point on the ground.
  [[nodiscard]] Point to_screen(double x, double y) const;
  /// Tiles under a device pixel.
  [[nodiscard]] Point to_tile(float px, float py) const;
  /// A camera of the same zoom over one square of the ground: square (column, row) of `side` device pixels, counted from where tile (0, 0) lies.
  [[nodiscard]] Camera over_square(int column, int row, int side) const;
  /// Device pixels of tile (0, 0): whole numbers.
  [[nodiscard]] float offset_x() const { return offset_x_; }
  [[nodiscard]] float offset_y() const { return offset_y_; }
  /// Device pixels per full-scale art pixel (a tile is 128 x 64 of those).
  [[nodiscard]] float zoom() const { return zoom_; }
  [[nodiscard]] float width() const { return width_; }
  [[nodiscard]] float height() const { return height_; }
  [[nodiscard]] double x() const { return x_; }
  [[nodiscard]] double y() const { return y_; }

 private:
  void place();

  double x_ = 0, y_ = 0;  ///< tiles
  bool placed_ = false;
  bool reduced_motion_ = false;
  float width_ = 1, height_ = 1;
  float zoom_ = 1;
  float shake_ = 0;  ///< 0..1, fades
  float shake_age_ms_ = 0;
  float offset_x_ = 0, offset_y_ = 0;  ///< device pixels of tile (0, 0)
};

}  // namespace cudgel::game
