#pragma once
// Waiting for what another thread or process does, instead of sleeping and hoping.

#include <chrono>
#include <thread>

namespace cudgel::test {

/// Polls until `done()` or the time is over; tells which. Be generous with the time: it only matters when the test fails.
template <class Done>
bool wait_for(std::chrono::milliseconds time, Done&& done) {
  const auto until = std::chrono::steady_clock::now() + time;
  while (!done()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

}  // namespace cudgel::test
