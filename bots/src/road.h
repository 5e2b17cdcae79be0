#pragma once
// The road a bot takes to the server, as options say; the bad network in front of it is somebody else's.

#include <memory>

#include "net_native/native_network.h"
#include "options.h"

namespace cudgel::bots {

/// `stirred` as NativeNetwork wants it, or null.
inline std::unique_ptr<core::Transport> begin_road(net::NativeNetwork& network, const Options& options, bool* stirred) {
  if (!options.http_road) return network.make_transport(stirred);
  return network.make_http_transport(*options.http_road, stirred);
}

}  // namespace cudgel::bots
