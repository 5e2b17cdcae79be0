#include "realm/realm_thread.h"

#include <pthread.h>

#include <cerrno>
#include <ctime>

#include "ops/log.h"

namespace cudgel::realm {
namespace {

void sleep_until(ops::Nanoseconds deadline_ns) {
  const timespec deadline{deadline_ns / ops::k_ns_per_s, deadline_ns % ops::k_ns_per_s};
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, nullptr) == EINTR) {}
}

}  // namespace

RealmThread::RealmThread(Realm& realm, std::int32_t tick_hz, ops::Metrics& metrics)
    : realm_(realm), period_ns_(ops::k_ns_per_s / tick_hz), metrics_(metrics), thread_([this] { run(); }) {}

RealmThread::~RealmThread() { stop(); }

void RealmThread::stop() {
  stop_.store(true, std::memory_order_relaxed);
  if (thread_.joinable()) thread_.join();
}

void RealmThread::run() {
  pthread_setname_np(pthread_self(), "realm");  // what top -H and debuggers show
  ops::LimitedLog stall_log;
  ops::Nanoseconds deadline_ns = ops::monotonic_ns() + period_ns_;
  ops::Nanoseconds previous_ns = 0;
  while (!stop_.load(std::memory_order_relaxed)) {
    sleep_until(deadline_ns);
    const ops::Nanoseconds now_ns = ops::monotonic_ns();
    if (now_ns - deadline_ns > period_ns_ / 2) metrics_.late_ticks.add();
    const ops::Nanoseconds behind = (now_ns - deadline_ns) / period_ns_;
    if (behind > k_catch_up_ticks_max) {
      const ops::Nanoseconds skipped = behind - k_catch_up_ticks_max;
      metrics_.skipped_ticks.add(static_cast<std::uint64_t>(skipped));
      stall_log.warn("the world stood still for {} ms; {} ticks are given up", (now_ns - deadline_ns) / ops::k_ns_per_ms,
                     skipped);
      deadline_ns += skipped * period_ns_;
    }
    if (previous_ns != 0) metrics_.tick_interval.record(now_ns - previous_ns);
    previous_ns = now_ns;
    deadline_ns += period_ns_;
    realm_.tick(deadline_ns);
  }
}

}  // namespace cudgel::realm
