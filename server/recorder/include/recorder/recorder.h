#pragma once
// Writes down what the realm does, so that it can be played again: each tick's commands with sums of the world after it, each second
// the world's hash, each minute the whole world. The realm only copies; a thread of its own encodes and waits for the disk. When
// the disk fails or falls behind, the recording ends with one line in the log and the game goes on: what was written can be played.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <thread>

#include "ops/metrics.h"
#include "record/recording.h"
#include "recorder/recording_file.h"

namespace cudgel::recorder {

/// Seconds that may wait for the disk. Less would end recordings at each hiccup of a disk, more would only hide one that is too slow.
inline constexpr std::size_t k_seconds_waiting_max = 16;
/// Between whole worlds in the recording: what the world looked like is then never further away than this.
inline constexpr std::int32_t k_world_interval_s = 60;

class Recorder {
 public:
  /// Writes the start at once, on the caller's thread, so that what is wrong with the file is told when the server starts.
  static base::Result<std::unique_ptr<Recorder>, std::string> begin(std::unique_ptr<Sink> sink, const record::Start& start,
                                                                    ops::Metrics& metrics);
  /// Writes what waits, but no end: whoever replays is told that the recording breaks off.
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  /// Realm thread, after each step with that step's commands. Never waits for the disk.
  void add(std::span<const sim::Command> commands, const sim::World& after);
  /// Writes what waits, the begun second and the end. Nothing may be added any more. False when the recording broke off.
  bool finish(const sim::World& last);

 private:
  Recorder(std::unique_ptr<Sink> sink, const record::Start& start, ops::Metrics& metrics);
  void hand_over(const sim::World& after);
  void stop();
  void run();
  void append(const record::Chunk& chunk);
  void give_up(const std::string& why);

  std::unique_ptr<Sink> sink_;
  ops::Metrics& metrics_;
  const std::size_t ticks_per_second_;

  // Realm thread
  record::Second gathering_;
  std::int32_t seconds_since_world_ = 0;

  std::atomic<bool> broken_{false};
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<record::Second> waiting_;  ///< under mutex_; at most k_seconds_waiting_max
  bool stop_ = false;                   ///< under mutex_
  std::thread thread_;                  ///< the last member: it uses all others
};

}  // namespace cudgel::recorder
