// cudgel-replay: plays a recording again and says whether this build's rules make the same world of it, and how fast.

#include <algorithm>
#include <chrono>
#include <cinttypes>
#include <cstdio>

#include "file_bytes.h"
#include "options.h"
#include "record/replay.h"

namespace cudgel::replay {
namespace {

constexpr int k_seconds_per_minute = 60;

int unusable(const std::string& file, const std::string& why) {
  std::fprintf(stderr, "cudgel-replay: %s: %s\n", file.c_str(), why.c_str());
  return k_unusable;
}

base::Result<content::Content, std::string> load_content(const Options& options, const record::Start& start) {
  std::unique_ptr<FileBytes> file;
  std::span<const std::uint8_t> bytes = start.content;
  if (!options.content.empty()) {
    auto opened = FileBytes::open(options.content);
    if (!opened) return base::fail(opened.error());
    file = std::move(*opened);
    bytes = file->bytes();
  } else if (bytes.empty()) {
    return base::fail(std::string("there is no content in it; name the content.bin it was recorded with: --content FILE"));
  }
  auto content = content::Content::load(bytes);
  if (!content) return base::fail(content.error().text);
  return std::move(*content);
}

void tell(const std::vector<sim::Difference>& differences) {
  for (const sim::Difference& difference : differences) {
    std::printf("  %s\n", sim::to_text(difference, "in the recording").c_str());
  }
}

bool names_nobody(const record::Mismatch& mismatch) {
  return std::none_of(mismatch.differences.begin(), mismatch.differences.end(),
                      [](const sim::Difference& difference) { return difference.who.valid(); });
}

class Playback {
 public:
  Playback(const Options& options, std::span<const std::uint8_t> bytes) : options_(options), reader_(bytes) {}

  int run() {
    auto chunk = reader_.next();
    if (!chunk) return unusable(options_.recording, chunk.error().text);
    if (!*chunk) return unusable(options_.recording, "it breaks off before the world stood");
    const int status = begin(std::get<record::Start>(**chunk));
    return status == k_same ? play() : status;
  }

 private:
  int begin(const record::Start& start) {
    auto content = load_content(options_, start);
    if (!content) return unusable(options_.recording, content.error());
    content_ = std::move(*content);
    auto replay = record::Replay::begin(content_, start);
    if (!replay) return unusable(options_.recording, replay.error().text);
    replay_ = std::move(*replay);
    tick_hz_ = start.options.tick_hz;
    first_tick_ = replay_->world().tick();
    std::printf("recorded by %s: content %016" PRIx64 ", seed %" PRIu64 ", %d ticks a second, from tick %" PRIu32 "\n",
                start.program.c_str(), start.content_hash, start.options.seed, tick_hz_, first_tick_);
    return k_same;
  }

  int play() {
    const auto began = std::chrono::steady_clock::now();
    for (;;) {
      auto chunk = reader_.next();
      if (!chunk) {
        tell_speed(began);
        return unusable(options_.recording, chunk.error().text);
      }
      if (!*chunk) break;
      if (std::holds_alternative<record::End>(**chunk)) ended_ = true;
      const auto* second = std::get_if<record::Second>(&**chunk);
      if (second == nullptr) continue;
      commands_ += count(*second);
      if (const auto mismatch = replay_->play(*second)) {
        tell_mismatch(*mismatch, *second);
        return k_differs;
      }
    }
    if (reader_.cut_off()) std::printf("the last second was not written to its end and is left out\n");
    if (!ended_) std::printf("the recording breaks off: the server was killed, or could not write any more\n");
    tell_speed(began);
    std::printf("same: every tick came out as recorded\n");
    return k_same;
  }

  void tell_mismatch(const record::Mismatch& mismatch, const record::Second& second) {
    std::printf("tick %" PRIu32 " differs\n", mismatch.tick);
    tell(mismatch.differences);
    if (!mismatch.note.empty()) std::printf("  %s\n", mismatch.note.c_str());
    if (names_nobody(mismatch)) tell_next_world(second);
  }

  /// When too many differ at once to name one: both worlds go on to where the recording holds a whole one.
  void tell_next_world(const record::Second& second) {
    replay_->play_on(second);
    std::vector<sim::Difference> found = replay_->against_whole_world(second);
    while (found.empty()) {
      auto chunk = reader_.next();
      if (!chunk || !*chunk) return;
      const auto* next = std::get_if<record::Second>(&**chunk);
      if (next == nullptr) continue;
      replay_->play_on(*next);
      found = replay_->against_whole_world(*next);
    }
    std::printf("by tick %" PRIu32 ", where the recording has the whole world:\n", replay_->world().tick());
    tell(found);
  }

  static std::uint64_t count(const record::Second& second) {
    std::uint64_t commands = 0;
    for (const record::Tick& tick : second.ticks) commands += tick.commands.size();
    return commands;
  }

  void tell_speed(std::chrono::steady_clock::time_point began) const {
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    const std::uint32_t ticks = replay_->world().tick() - first_tick_;
    const double per_second = ticks / (seconds > 0 ? seconds : 1e-9);
    std::printf("%" PRIu32 " ticks (%.1f minutes), %" PRIu64 " commands, %.0f ticks per second, %.0f times real time\n", ticks,
                static_cast<double>(ticks) / tick_hz_ / k_seconds_per_minute, commands_, per_second, per_second / tick_hz_);
  }

  const Options& options_;
  record::Reader reader_;
  content::Content content_;
  std::unique_ptr<record::Replay> replay_;
  std::int32_t tick_hz_ = 0;
  base::Tick first_tick_ = 0;
  std::uint64_t commands_ = 0;
  bool ended_ = false;
};

}  // namespace
}  // namespace cudgel::replay

int main(int argc, char** argv) {
  using namespace cudgel::replay;
  Options options;
  const Parsed parsed = parse_options(argc, argv, options);
  if (parsed != Parsed::run) return parsed == Parsed::done ? k_same : k_unusable;
  const auto file = FileBytes::open(options.recording);
  if (!file) {
    std::fprintf(stderr, "cudgel-replay: %s\n", file.error().c_str());
    return k_unusable;
  }
  return Playback(options, (*file)->bytes()).run();
}
