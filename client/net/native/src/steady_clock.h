#pragma once
// The clock of everything in net_native that has to wait.

#include <chrono>

namespace cudgel::net {

/// Milliseconds of the process's steady clock.
inline double steady_ms() {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace cudgel::net
