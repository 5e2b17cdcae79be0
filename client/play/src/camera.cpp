#include "play/camera.h"

#include <algorithm>
#include <cmath>

namespace cudgel::game {

namespace {
constexpr float k_half_tile_w = 64;  ///< art pixels
constexpr float k_half_tile_h = 32;  ///< art pixels
/// Tiles that the server tells in every direction; on the screen that square is a diamond, and the window's corners must lie in it.
constexpr float k_view_tiles = 16;
constexpr float k_follow_ms = 70;   ///< time constant; larger trails behind more softly
constexpr double k_jump_tiles = 5;  ///< farther away than this the camera does not travel, it is there
constexpr float k_shake_px = 7;     ///< art pixels at full strength
constexpr float k_shake_fade_ms = 110;
}  // namespace

void Camera::resize(float width, float height) {
  width_ = width;
  height_ = height;
  zoom_ = (width * 0.5F) / (2 * k_view_tiles * k_half_tile_w) + (height * 0.5F) / (2 * k_view_tiles * k_half_tile_h);
  place();
}

void Camera::follow(double x, double y, float elapsed_ms) {
  const double distance = std::hypot(x - x_, y - y_);
  if (!placed_ || distance > k_jump_tiles) {
    x_ = x;
    y_ = y;
    placed_ = true;
  } else {
    const double share = 1.0 - std::exp(-static_cast<double>(elapsed_ms) / static_cast<double>(k_follow_ms));
    x_ += (x - x_) * share;
    y_ += (y - y_) * share;
  }
  shake_ *= std::exp(-elapsed_ms / k_shake_fade_ms);
  shake_age_ms_ += elapsed_ms;
  place();
}

void Camera::shake(float strength) {
  if (reduced_motion_) return;
  shake_ = std::clamp(std::max(shake_, strength), 0.0F, 1.0F);
  shake_age_ms_ = 0;
}

void Camera::place() {
  const auto wave_x = std::sin(shake_age_ms_ * 0.075F) * shake_ * k_shake_px * zoom_;
  const auto wave_y = std::cos(shake_age_ms_ * 0.061F) * shake_ * k_shake_px * zoom_ * 0.6F;
  const double ground_x = (x_ - y_) * static_cast<double>(k_half_tile_w * zoom_);
  const double ground_y = (x_ + y_) * static_cast<double>(k_half_tile_h * zoom_);
  // Whole pixels: the ground must not shimmer while walking.
  offset_x_ = std::round(width_ * 0.5F - static_cast<float>(ground_x) + wave_x);
  offset_y_ = std::round(height_ * 0.52F - static_cast<float>(ground_y) + wave_y);
}

Camera Camera::over_square(int column, int row, int side) const {
  Camera square = *this;
  square.width_ = square.height_ = static_cast<float>(side);
  square.offset_x_ = static_cast<float>(-column * side);
  square.offset_y_ = static_cast<float>(-row * side);
  return square;
}

Point Camera::to_screen(double x, double y) const {
  return {static_cast<float>((x - y) * static_cast<double>(k_half_tile_w * zoom_)) + offset_x_,
          static_cast<float>((x + y) * static_cast<double>(k_half_tile_h * zoom_)) + offset_y_};
}

Point Camera::to_tile(float px, float py) const {
  const float across = (px - offset_x_) / (k_half_tile_w * zoom_);
  const float down = (py - offset_y_) / (k_half_tile_h * zoom_);
  return {(down + across) * 0.5F, (down - across) * 0.5F};
}

}  // namespace cudgel::game
