#pragma once
// The zones of a map: which part of the land a place belongs to, looked up in a grid of small squares. Plain data, the same at the
// server and on the page; it holds no rules: who may strike whom in a zone is for those who ask.

#include <cstdint>
#include <string>

namespace cudgel::content {

struct ZoneSpec {
  std::string name;            ///< key: what people read is "zone.NAME" in assets/text
  std::int32_t level_min = 1;  ///< levels of players who find their match there
  std::int32_t level_max = 1;
  std::string music;               ///< key of what is heard there, a name; empty: what is heard everywhere
  std::uint32_t light = 0xFFFFFF;  ///< red, green, blue: what the world is seen in there; white: as it is
  bool safe = false;               ///< no player harms another there, and nothing lives there that hunts
  bool free_fight = false;         ///< players may harm each other there without asking
  friend bool operator==(const ZoneSpec&, const ZoneSpec&) = default;
};

/// Side of a square of the grid. Smaller: truer borders, more bytes for the page.
inline constexpr std::int32_t k_zone_cell_tiles = 4;
/// In the grid: belongs to no zone.
inline constexpr std::uint8_t k_no_zone = 255;

}  // namespace cudgel::content
