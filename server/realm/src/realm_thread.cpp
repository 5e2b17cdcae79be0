#include "realm/realm_thread.h"

#include <pthread.h>

#include <cerrno>
#include <ctime>

#include "ops/log.h"
#include "realm/beat.h"

namespace cudgel::realm {
namespace {

void sleep_until(ops::Nanoseconds deadline_ns) {
  const timespec deadline = ops::real_deadline(deadline_ns);
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
  Beat beat{period_ns_, ops::monotonic_ns() + period_ns_};
  ops::Nanoseconds previous_ns = 0;
  while (!stop_.load(std::memory_order_relaxed)) {
    sleep_until(beat.deadline_ns);
    const ops::Nanoseconds now_ns = ops::monotonic_ns();
    const Beat::Woken woken = beat.wake(now_ns);
    if (woken.late) metrics_.late_ticks.add();
    if (woken.skipped_ticks > 0) {
      metrics_.skipped_ticks.add(static_cast<std::uint64_t>(woken.skipped_ticks));
      stall_log.warn("the world stood still for {} ms; {} ticks are given up", woken.stood_still_ns / ops::k_ns_per_ms,
                     woken.skipped_ticks);
    }
    if (previous_ns != 0) metrics_.tick_interval.record(now_ns - previous_ns);
    previous_ns = now_ns;
    realm_.tick(beat.deadline_ns, woken.stood_still_ns);
  }
}

}  // namespace cudgel::realm
