// Target: record::Reader and Replay, as cudgel-replay meets a damaged or forged recording. Promises: what is refused is refused in
// words; what is accepted can be written again to the same values; a world that is accepted can be played as far as it says.

#include "base/hash.h"
#include "entry.h"
#include "record/replay.h"
#include "small_world.h"

using namespace cudgel;

CUDGEL_DECLARE_FUZZ(fuzz_record_file);

namespace {

/// Else nothing damaged would get past the checksums, and a forger's are right.
std::vector<std::uint8_t> with_right_checksums(std::span<const std::uint8_t> given) {
  constexpr std::size_t k_head = 16;
  std::vector<std::uint8_t> bytes(given.begin(), given.end());
  for (std::size_t at = record::file_head().size(); at + k_head <= bytes.size();) {
    const std::size_t size = std::size_t{bytes[at]} | std::size_t{bytes[at + 1]} << 8U | std::size_t{bytes[at + 2]} << 16U;
    if (size > bytes.size() - at - k_head) break;
    std::uint64_t checksum = base::hash_bytes(std::span(bytes).subspan(at + k_head, size));
    for (std::size_t i = 8; i < k_head; ++i, checksum >>= 8U) bytes[at + i] = static_cast<std::uint8_t>(checksum & 0xFFU);
    at += k_head + size;
  }
  return bytes;
}

void check_written_again(const record::Second& second) {
  const record::Start any{.program = "fuzz", .content_hash = 0, .content = {}, .options = {}, .arena_side = 0, .world = {}};
  std::vector<std::uint8_t> file(record::file_head().begin(), record::file_head().end());
  for (const record::Chunk& chunk : {record::Chunk(any), record::Chunk(second)}) {
    const auto bytes = record::encode(chunk);
    file.insert(file.end(), bytes.begin(), bytes.end());
  }
  record::Reader reader(file);
  CUDGEL_ASSERT(reader.next().has_value());
  const auto again = reader.next();
  CUDGEL_ASSERT(again.has_value() && again->has_value());
  const auto& read = std::get<record::Second>(**again);
  CUDGEL_ASSERT(read.first_tick == second.first_tick && read.hash == second.hash && read.world == second.world);
  CUDGEL_ASSERT(read.ticks.size() == second.ticks.size());
  for (std::size_t i = 0; i < read.ticks.size(); ++i) {
    CUDGEL_ASSERT(read.ticks[i].commands.size() == second.ticks[i].commands.size());
    CUDGEL_ASSERT(read.ticks[i].sums == second.ticks[i].sums && read.ticks[i].random == second.ticks[i].random);
  }
}

}  // namespace

int fuzz_record_file(std::span<const std::uint8_t> given) {
  const std::vector<std::uint8_t> bytes = with_right_checksums(given);
  static const content::Content content = fuzz::small_content();
  record::Reader reader(bytes);
  std::unique_ptr<record::Replay> replay;
  for (;;) {
    const auto chunk = reader.next();
    if (!chunk) {
      CUDGEL_ASSERT(!chunk.error().text.empty());
      return 0;
    }
    if (!*chunk) return 0;
    if (const auto* start = std::get_if<record::Start>(&**chunk)) {
      // A large forged world costs time and finds nothing.
      if (start->options.entities_max > fuzz::k_small_options.entities_max || start->arena_side != 0) return 0;
      auto begun = record::Replay::begin(content, *start);
      CUDGEL_ASSERT(begun.has_value() || !begun.error().text.empty());
      if (begun) replay = std::move(*begun);
    } else if (const auto* second = std::get_if<record::Second>(&**chunk)) {
      check_written_again(*second);
      if (replay && replay->play(*second)) {
        replay->play_on(*second);
        CUDGEL_ASSERT(replay->against_whole_world(*second).size() <= record::k_differences_max);
      }
    }
  }
}
