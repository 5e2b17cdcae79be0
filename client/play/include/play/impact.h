#pragma once
// What a blow that lands does to a picture: it stands still for a moment, and whoever was struck is knocked aside a little. For the eye
// only: the rules know nothing of it, and a moment later everything is where it is.

namespace cudgel::game {

class Impact {
 public:
  /// How long the picture stands still. Longer feels heavier; beyond 100 ms it feels like a stutter.
  static constexpr double k_stop_ms = 70;
  /// Then it runs faster until it has caught up.
  static constexpr double k_catch_up_ms = 140;
  /// How far a struck body is knocked aside, and how long it takes to come back.
  static constexpr double k_knock_tiles = 0.09;
  static constexpr double k_knock_ms = 200;

  struct Offset {
    double x = 0, y = 0;  ///< tiles
  };

  /// A blow landed now. (x, y): where to it knocks, of any length; nowhere for who struck.
  void land(double x, double y, double now_ms);
  /// At which age an action of that age is drawn.
  [[nodiscard]] double shown_age_ms(double age_ms, double now_ms) const;
  [[nodiscard]] Offset offset(double now_ms) const;

 private:
  double landed_ms_ = -1e9;
  double x_ = 0, y_ = 0;  ///< unit vector or nothing
};

}  // namespace cudgel::game
