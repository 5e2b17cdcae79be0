#pragma once
// The charge: what follows when the wind-up of an attack of kind charge is over. The body runs straight ahead at its charging speed
// (World::spec_of) until it hits somebody who stands in its way, meets a wall or has run far enough; then it stands and recovers.
// Where it runs was settled when the wind-up began (hunt.cpp), so that one can step aside.

#include "sim/world.h"

namespace cudgel::sim {

/// The wind-up is over: from the next tick on it runs.
void begin_rush(World& world, Entity& runner, Tick now);
/// After everybody has walked: who hits whom, and whose run is over.
void run_on(World& world, Tick now, Events& events);

}  // namespace cudgel::sim
