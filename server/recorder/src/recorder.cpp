#include "recorder/recorder.h"

#include <pthread.h>

#include "ops/log.h"

namespace cudgel::recorder {

base::Result<std::unique_ptr<Recorder>, std::string> Recorder::begin(std::unique_ptr<Sink> sink, const record::Start& start,
                                                                     ops::Metrics& metrics) {
  auto written = sink->append(record::file_head());
  if (written) written = sink->append(record::encode(start));
  if (!written) return base::fail(written.error());
  return std::unique_ptr<Recorder>(new Recorder(std::move(sink), start, metrics));
}

Recorder::Recorder(std::unique_ptr<Sink> sink, const record::Start& start, ops::Metrics& metrics)
    : sink_(std::move(sink)), metrics_(metrics), ticks_per_second_(static_cast<std::size_t>(start.options.tick_hz)) {
  metrics_.recording.set(1);
  thread_ = std::thread([this] { run(); });
}

Recorder::~Recorder() { stop(); }

void Recorder::add(std::span<const sim::Command> commands, const sim::World& after) {
  if (broken_.load(std::memory_order_relaxed)) return;
  if (gathering_.ticks.empty()) {
    gathering_.first_tick = after.tick();
    gathering_.ticks.reserve(ticks_per_second_);
  }
  gathering_.ticks.push_back({{commands.begin(), commands.end()}, after.random.state(), sim::sum_fields(after)});
  if (gathering_.ticks.size() == ticks_per_second_) hand_over(after);
}

void Recorder::hand_over(const sim::World& after) {
  gathering_.hash = sim::hash(after);
  if (++seconds_since_world_ == k_world_interval_s) {
    gathering_.world = sim::save(after);
    seconds_since_world_ = 0;
  }
  bool full = false;
  {
    const std::lock_guard lock(mutex_);
    full = waiting_.size() == k_seconds_waiting_max;
    if (!full) waiting_.push_back(std::move(gathering_));
  }
  gathering_ = {};
  if (full) {
    give_up(sink_->name() + ": the disk is " + std::to_string(k_seconds_waiting_max) + " s behind");
  } else {
    wake_.notify_one();
  }
}

bool Recorder::finish(const sim::World& last) {
  if (!broken_ && !gathering_.ticks.empty()) {
    seconds_since_world_ = k_world_interval_s - 1;  // the last second has the whole world, for replays that went astray
    hand_over(last);
  }
  stop();
  append(record::End{last.tick()});
  metrics_.recording.set(0);
  if (!broken_) spdlog::info("the recording {} ends with tick {}", sink_->name(), last.tick());
  return !broken_;
}

void Recorder::stop() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Recorder::run() {
  pthread_setname_np(pthread_self(), "recorder");  // what top -H and debuggers show
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [this] { return !waiting_.empty() || stop_; });
    if (waiting_.empty()) return;
    const record::Chunk chunk = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    append(chunk);
    lock.lock();
  }
}

/// A gap would make everything behind it useless, so the first failure is the end.
void Recorder::append(const record::Chunk& chunk) {
  if (broken_) return;
  const auto bytes = record::encode(chunk);
  if (const auto written = sink_->append(bytes); !written) {
    give_up(written.error());
  } else {
    metrics_.recorded_bytes.add(bytes.size());
  }
}

void Recorder::give_up(const std::string& why) {
  if (broken_.exchange(true)) return;
  metrics_.recording.set(0);
  metrics_.recording_failures.add();
  spdlog::error("the recording ends here, the game goes on: {}", why);
}

}  // namespace cudgel::recorder
