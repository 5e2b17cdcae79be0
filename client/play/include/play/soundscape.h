#pragma once
// Where one is, to the ears: which zone's music is to be heard now, and which may be soon. A border does not flutter: another zone counts
// once one is well within it. Knows the zones' keys only; which loops a key means stands in the book (sound_book.h). Plays nothing.

#include <string>
#include <vector>

#include "content/content.h"

namespace cudgel::game {

class Soundscape {
 public:
  /// So far from the last zone, in tiles, one has left it. Larger: borders are crossed later.
  static constexpr double k_within_tiles = 3;
  /// So near, in tiles, another zone's music should be on its way. Larger: newcomers at the starts fetch what they do not hear yet.
  static constexpr double k_near_tiles = 10;
  /// Farther between two looks, in tiles, is no walk: one woke elsewhere and hears that place at once.
  static constexpr double k_jump_tiles = 8;

  /// A new map, or none. `map` must stay until the next.
  void enter(const content::MapSpec* map);
  /// The listener stands at (x, y) tiles.
  void stand(double x, double y);

  /// ZoneSpec::music, or empty for where no zone names any.
  [[nodiscard]] const std::string& now() const { return now_; }
  /// Of the zones around, without now().
  [[nodiscard]] const std::vector<std::string>& near() const { return near_; }

 private:
  [[nodiscard]] const std::string& music_at(double x, double y) const;
  void look_around(double x, double y);

  const content::MapSpec* map_ = nullptr;
  bool stands_ = false;
  double x_ = 0, y_ = 0;                      ///< at the last look
  double looked_x_ = -1e9, looked_y_ = -1e9;  ///< where near_ was gathered
  std::string now_;
  std::vector<std::string> near_;
};

}  // namespace cudgel::game
