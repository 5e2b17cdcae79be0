#pragma once
// The things that stand on the map, sorted into cells so that only those near the window are looked at.
// Remembers per prop how far it has faded to let the own character be seen.

#include <cstdint>
#include <span>
#include <vector>

#include "content/content.h"
#include "play/atlas.h"
#include "play/camera.h"

namespace cudgel::game {

struct VisibleProp {
  const BodyArt* art = nullptr;
  std::uint32_t index = 0;    ///< counts as they come
  std::uint32_t variety = 0;  ///< the same for the same place: which of its pictures it shows
  double x = 0, y = 0;        ///< tiles
  bool hides = false;
};

class Props {
 public:
  /// `content` and `atlas` must outlive this.
  void open(const content::Content& content, const content::MapSpec& map, const Atlas& atlas);
  /// More of the same map.
  void add(const content::Content& content, std::span<const content::PropPlacement> placements, const Atlas& atlas);
  /// Pages on which pictures of props lie that have not come, of those opened or added since the last call.
  std::vector<std::size_t> take_wanted_pages();
  /// Those that may touch the window; refills and returns an internal buffer.
  const std::vector<VisibleProp>& in_window(const Camera& camera);
  /// Goes on fading prop `index`; returns its opacity.
  float fade(std::uint32_t index, bool covers_self, float elapsed_ms);

 private:
  void want_page(const Atlas& atlas, const BodyArt& art);

  int columns_ = 0;
  int rows_ = 0;
  std::vector<VisibleProp> props_;  ///< by placement
  std::vector<std::vector<std::uint32_t>> cells_;
  std::vector<float> opacity_;
  std::vector<VisibleProp> visible_;
  std::vector<std::size_t> wanted_pages_;
};

}  // namespace cudgel::game
