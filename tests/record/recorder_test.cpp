// Goal: what the recorder writes is a whole recording; a disk that fails or is too slow ends the recording and never holds up the realm.
// Method: a scripted world recorded into memory, into a sink that fails and into one that waits.

#include "recorder/recorder.h"

#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "record/replay.h"
#include "scripted_session.h"

namespace cudgel::recorder {
namespace {

using Bytes = std::vector<std::uint8_t>;

class MemorySink : public Sink {
 public:
  explicit MemorySink(Bytes& bytes) : bytes_(bytes) {}
  base::Result<void, std::string> append(std::span<const std::uint8_t> bytes) override {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return {};
  }
  [[nodiscard]] const std::string& name() const override { return name_; }

 private:
  Bytes& bytes_;
  std::string name_ = "memory";
};

/// Takes so many appends, then says no.
class FailingSink final : public MemorySink {
 public:
  FailingSink(Bytes& bytes, int good) : MemorySink(bytes), good_(good) {}
  base::Result<void, std::string> append(std::span<const std::uint8_t> bytes) override {
    if (good_-- > 0) return MemorySink::append(bytes);
    return base::fail(std::string("memory: cannot be written: no space"));
  }

 private:
  int good_;
};

/// A disk that stands still until it is let go, from the first second on.
class WaitingSink final : public MemorySink {
 public:
  WaitingSink(Bytes& bytes, std::shared_future<void> go) : MemorySink(bytes), go_(std::move(go)) {}
  base::Result<void, std::string> append(std::span<const std::uint8_t> bytes) override {
    if (++appends_ > 2) go_.wait();
    return MemorySink::append(bytes);
  }

 private:
  std::shared_future<void> go_;
  int appends_ = 0;
};

struct Recorders : ::testing::Test {
  Recorders() : world(record::testing::script_world()) {}

  [[nodiscard]] record::Start start() const {
    record::Start begin;
    begin.content_hash = world.content().hash();
    begin.options = world.options();
    begin.world = sim::save(world);
    return begin;
  }
  std::unique_ptr<Recorder> record(std::unique_ptr<Sink> sink) {
    auto recorder = Recorder::begin(std::move(sink), start(), metrics);
    EXPECT_TRUE(recorder) << recorder.error();
    return std::move(*recorder);
  }
  void play(Recorder& recorder, int ticks) {
    for (int i = 0; i < ticks; ++i) {
      const auto& commands = script.next(world, events);
      sim::step(world, commands, events);
      recorder.add(commands, world);
    }
  }
  struct Replayed {
    base::Tick tick = 0;
    bool ended = false;
    std::size_t worlds = 0;
  };
  /// Fails the test when anything does not come out the same.
  static Replayed replay(const Bytes& bytes) {
    record::Reader reader(bytes);
    std::unique_ptr<record::Replay> replay;
    Replayed replayed;
    for (;;) {
      const auto chunk = reader.next();
      EXPECT_TRUE(chunk) << chunk.error().text;
      if (!chunk || !*chunk) break;
      if (const auto* begin = std::get_if<record::Start>(&**chunk)) {
        replay = std::move(*record::Replay::begin(record::testing::script_content(), *begin));
      } else if (const auto* second = std::get_if<record::Second>(&**chunk)) {
        EXPECT_FALSE(replay->play(*second));
        replayed.worlds += second->world.empty() ? 0 : 1;
      } else {
        replayed.ended = true;
      }
    }
    replayed.tick = replay ? replay->world().tick() : 0;
    return replayed;
  }

  ops::Metrics metrics;
  sim::World world;
  simhash::Script script{20, 12};
  sim::Events events;
  Bytes bytes;
};

TEST_F(Recorders, write_a_whole_recording_with_a_world_each_minute_and_at_the_end) {
  const auto recorder = record(std::make_unique<MemorySink>(bytes));
  EXPECT_EQ(metrics.recording.value(), 1);
  // The sink is fast, but the scripted world is faster than any clock: it waits for the disk, as the real one never does.
  for (int second = 0; second < 61; ++second) {
    const auto before = metrics.recorded_bytes.value();
    play(*recorder, 20);
    while (metrics.recorded_bytes.value() == before && metrics.recording_failures.value() == 0) std::this_thread::yield();
  }
  play(*recorder, 7);
  EXPECT_TRUE(recorder->finish(world));
  EXPECT_EQ(metrics.recording.value(), 0);
  const Replayed replayed = replay(bytes);
  EXPECT_EQ(replayed.tick, 1227U);
  EXPECT_TRUE(replayed.ended);
  EXPECT_EQ(replayed.worlds, 2U);
}

TEST_F(Recorders, without_finish_everything_handed_over_can_be_played) {
  record(std::make_unique<MemorySink>(bytes)).reset();
  EXPECT_EQ(replay(bytes).tick, 0U);
  bytes.clear();
  auto recorder = record(std::make_unique<MemorySink>(bytes));
  play(*recorder, 50);
  recorder.reset();
  const Replayed replayed = replay(bytes);
  EXPECT_EQ(replayed.tick, 40U);
  EXPECT_FALSE(replayed.ended);
}

TEST_F(Recorders, a_disk_that_fails_ends_the_recording_and_leaves_it_playable) {
  const auto recorder = record(std::make_unique<FailingSink>(bytes, 4));
  play(*recorder, 100);
  EXPECT_FALSE(recorder->finish(world));
  EXPECT_EQ(metrics.recording.value(), 0);
  EXPECT_EQ(metrics.recording_failures.value(), 1U);
  EXPECT_EQ(replay(bytes).tick, 40U);
}

TEST_F(Recorders, a_disk_that_cannot_even_take_the_start_is_told_at_once) {
  const auto recorder = Recorder::begin(std::make_unique<FailingSink>(bytes, 1), start(), metrics);
  ASSERT_FALSE(recorder);
  EXPECT_EQ(recorder.error(), "memory: cannot be written: no space");
}

TEST_F(Recorders, a_disk_that_falls_behind_ends_the_recording_while_the_realm_goes_on) {
  std::promise<void> go;
  const auto recorder = record(std::make_unique<WaitingSink>(bytes, go.get_future().share()));
  // Were the realm to wait, this would never return.
  play(*recorder, 20 * static_cast<int>(k_seconds_waiting_max + 3));
  EXPECT_EQ(metrics.recording_failures.value(), 1U);
  go.set_value();
  EXPECT_FALSE(recorder->finish(world));
  EXPECT_LE(replay(bytes).tick, 20 * (k_seconds_waiting_max + 2));
}

}  // namespace
}  // namespace cudgel::recorder
