#pragma once
// The part of a skill that the body itself does, on the server and in the client's prediction alike: whether it may begin, the run of a
// dash, the step of a blink. Whom the blow meets is src/skills.cpp's business, which the client does not predict.

#include "sim/walker.h"

namespace cudgel::sim {

/// Begins walker.wish, or tells why not; either way the wish is over.
Refusal begin_wished_skill(Walker& walker, const WalkerSpec& spec, const Surroundings& surroundings, Tick now);
/// One tick of a skill under way: runs, or stands at the blinked place.
void carry_on_skill(Walker& walker, const WalkerSpec& spec, const Surroundings& surroundings, Tick now);

/// How much of `move` a body can go before walls take it away, each axis for itself. In walker.cpp.
Vec2 walk_straight(const TileMap& map, Vec2 position, std::int32_t radius, Vec2 move);

}  // namespace cudgel::sim
