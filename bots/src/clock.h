#pragma once
// The steady clock of all bots of this process, and the one place where --time-factor counts.

#include <cstdint>

namespace cudgel::bots {

/// From now on now_ms() runs `factor` times as fast. Before anybody asks for the time.
void run_time_faster(std::int32_t factor);

/// Milliseconds of that clock.
double now_ms();

/// Sleeps for so many of its milliseconds.
void sleep_ms(double duration_ms);

}  // namespace cudgel::bots
