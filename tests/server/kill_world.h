#pragma once
// The world that the kill test kills: small, so that a server stands again in a moment, and of its own, so that no change of the game's numbers changes what is
// tried. In the west a trader and a banker; behind a wall without a gate, in the east, goblins who leave gold and teeth, and where newcomers begin.

#include <cstdint>
#include <functional>
#include <string>

#include "bake_content/tables.h"
#include "content/content.h"

namespace cudgel::test {

/// The numbers of its items, as the cells of a bag name them.
enum KillItem : std::uint8_t { kill_gold = 1, kill_potion, kill_tooth, kill_pelt, kill_candle, kill_cap };

/// content.bin, or that with something of its goblins or of all its tables changed.
std::string kill_content_bytes(const std::function<void(bake_content::Tables&)>& change = {});
/// That, loaded once.
const content::Content& kill_content();

inline constexpr base::Vec2 k_kill_market = base::tile_centre(7, 10);
inline constexpr std::int32_t k_potion_price = 4;
inline constexpr std::int32_t k_candle_price = 2;
inline constexpr std::int32_t k_pelt_price = 6;
/// A goblin leaves at most so much.
inline constexpr std::int32_t k_loot_gold_max = 9;
inline constexpr std::int32_t k_loot_teeth_max = 4;

}  // namespace cudgel::test
