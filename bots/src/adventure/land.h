#pragma once
// What a player knows of the land from the map screen: the zones with their levels, where the village is, and how roads go. It gives
// places worth walking to and the way to each from anywhere, worked out once for all bots. It knows nothing of what lives where.

#include <cstdint>
#include <vector>

#include "base/fixed.h"
#include "content/content.h"
#include "sim/path_finder.h"
#include "sim/tile_map.h"

namespace cudgel::bots {

/// A place to walk to.
struct Spot {
  int zone = -1;  ///< index into the map's zones, -1: where the trader stands
  base::Vec2 place;
};

class Land {
 public:
  /// Both must outlive it. `home`: where the trader stands.
  Land(const content::MapSpec& map, const sim::TileMap& tiles, base::Vec2 home);

  [[nodiscard]] const std::vector<Spot>& spots() const { return spots_; }
  /// The spot beside the trader.
  static constexpr std::size_t k_home = 0;
  /// Spots of the zones that are for players of that level; where that is one zone or none, also of those that the level has just outgrown.
  [[nodiscard]] std::vector<std::size_t> spots_for(int level) const;
  /// Steps from there to the spot along the way, in tiles; -1 when there is no way.
  [[nodiscard]] int steps_to(std::size_t spot, base::Vec2 from) const;
  /// The next point to walk straight to on the way to the spot, for a body of that radius; the spot itself at the end, `from` without a way.
  [[nodiscard]] base::Vec2 next_point(std::size_t spot, base::Vec2 from, std::int32_t radius) const;

 private:
  /// Of each tile: which way (0..7) leads to the spot, or k_no_way; and how many steps.
  struct Field {
    std::vector<std::uint8_t> way;
    std::vector<std::uint16_t> steps;
  };
  [[nodiscard]] sim::Tile free_tile_near(base::Vec2 place) const;
  void add_spot(int zone, std::int32_t tile_x, std::int32_t tile_y);
  void choose_spots(int zone);
  [[nodiscard]] Field ways_to(std::int32_t tile_x, std::int32_t tile_y) const;
  [[nodiscard]] std::size_t index(std::int32_t tile_x, std::int32_t tile_y) const {
    return static_cast<std::size_t>(tile_y) * static_cast<std::size_t>(map_->width) + static_cast<std::size_t>(tile_x);
  }

  const content::MapSpec* map_;
  const sim::TileMap* tiles_;
  std::vector<Spot> spots_;
  std::vector<Field> fields_;  ///< of each spot
};

}  // namespace cudgel::bots
