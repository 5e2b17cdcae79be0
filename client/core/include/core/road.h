#pragma once
// One of the ways to the server that a client may choose among, best first. The choice itself is Link's.

#include <cstdint>
#include <memory>

#include "core/transport.h"

namespace cudgel::core {

struct Road {
  std::unique_ptr<Transport> transport;  ///< its name() is the road's
  /// Frames come by themselves, so that somebody on the way can hold them back and hand them on in lumps. False: each is asked for, and
  /// what looks like lumps is a long way, which no other road makes shorter.
  bool streams = true;
};

/// How one road has served since join().
struct RoadStats {
  const char* name = "";
  std::uint32_t stays = 0;  ///< times a Welcome came over it
  double played_ms = 0;     ///< all stays together, the present one included
  double last_stay_ms = 0;  ///< the newest stay, the present one included
};

}  // namespace cudgel::core
