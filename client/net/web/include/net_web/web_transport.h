#pragma once
// The road of the browser game: the browser's WebSocket. Messages are copied into a bounded queue as they arrive and handed
// out by poll(); close codes and reasons pass through. Main thread only.

#include <memory>

#include "core/transport.h"

namespace cudgel::net {

std::unique_ptr<core::Transport> make_web_transport();

}  // namespace cudgel::net
