#pragma once
// Somebody who is thrown flies in an arc. The wire tells only where a body is; that it moves faster than its legs ever could says that it flies. For
// the eye only: the rules know of a straight line. One per body; it never draws.

namespace cudgel::game {

class Flight {
 public:
  /// Faster than any legs of the game, tiles per second; who runs fast by himself (a boar) flies only when he is much faster than that.
  static constexpr double k_fast_tiles_per_s = 9.5;
  /// Farther in one display frame is no flight but another place.
  static constexpr double k_jump_tiles = 2.5;
  /// How long a whole throw takes, and how high it goes (art pixels: a goblin is 84 high).
  static constexpr double k_whole_ms = 480;
  static constexpr double k_height = 78;
  static constexpr double k_fall_ms = 90;   ///< from wherever it was to the ground, once it no longer moves
  static constexpr double k_grace_ms = 45;  ///< a display frame without a step (late news) ends no flight

  /// Once per display frame: it was drawn so many tiles from where it was `elapsed_ms` ago. `own_tiles_per_s`: of its legs at their fastest.
  void move(double tiles, double elapsed_ms, double own_tiles_per_s, double now_ms);
  [[nodiscard]] bool flies() const { return flies_; }
  /// True in the display frame in which it comes down.
  [[nodiscard]] bool lands() const { return lands_; }
  /// Height above the ground, art pixels.
  [[nodiscard]] double lift(double now_ms) const;
  /// It tumbles: so many eighths of a turn.
  [[nodiscard]] int turns(double now_ms) const;

 private:
  bool flies_ = false;
  bool lands_ = false;
  double began_ms_ = 0;
  double fast_ms_ = 0;  ///< when it was fast last
  double landed_ms_ = -1e9;
  double landed_lift_ = 0;
};

}  // namespace cudgel::game
