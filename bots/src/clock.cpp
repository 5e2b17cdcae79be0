#include "clock.h"

#include <time.h>

#include "base/time_scale.h"

namespace cudgel::bots {

namespace {
base::TimeScale process_time;  // one for the process, set before the first look at it

std::int64_t real_ns() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::int64_t>(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}
}  // namespace

void run_time_faster(std::int32_t factor) { process_time = {factor, real_ns()}; }

double now_ms() { return static_cast<double>(process_time.scaled_ns(real_ns())) / 1e6; }

void sleep_ms(double duration_ms) {
  const std::int64_t duration_ns = process_time.real_duration_ns(static_cast<std::int64_t>(duration_ms * 1e6));
  const timespec pause{duration_ns / 1'000'000'000, duration_ns % 1'000'000'000};
  nanosleep(&pause, nullptr);
}

}  // namespace cudgel::bots
