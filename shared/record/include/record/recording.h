#pragma once
// What a recording is made of, as plain values, and how they become bytes. schema/recording.fbs draws the layout. No file in it:
// whoever records writes the bytes one after the other, whoever replays gives a Reader all of them.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "sim/fields.h"
#include "sim/world.h"

namespace cudgel::record {

/// Raise when an old recording would be misread.
inline constexpr std::uint32_t k_format = 3;

// Limits of what is believed. The largest honest chunk is a start: a saved world of 16,384 entities takes 4 MB, content at most 16 MB.
inline constexpr std::size_t k_chunk_bytes_max = std::size_t{96} << 20U;
inline constexpr std::size_t k_ticks_per_second_max = 60;
inline constexpr std::size_t k_commands_per_tick_max = 65536;

struct Start {
  std::string program;  ///< name and version of who recorded, for people
  std::uint64_t content_hash = 0;
  std::vector<std::uint8_t> content;  ///< content.bin; may be empty
  sim::WorldOptions options;
  std::uint16_t arena_side = 0;     ///< tiles; 0: the content's map
  std::vector<std::uint8_t> world;  ///< sim::save before the first tick
  bool free_fights = false;         ///< of an arena: players fight freely on all of it
};

struct Tick {
  std::vector<sim::Command> commands;
  std::uint64_t random = 0;  ///< state after the step
  sim::FieldSums sums{};     ///< after the step
};

struct Second {
  base::Tick first_tick = 0;  ///< the tick that the first step made
  std::vector<Tick> ticks;
  std::uint64_t hash = 0;           ///< after the last
  std::vector<std::uint8_t> world;  ///< sim::save after the last, or empty
};

struct End {
  base::Tick last_tick = 0;
};

using Chunk = std::variant<Start, Second, End>;

/// The first bytes of every recording.
std::span<const std::uint8_t> file_head();
/// One chunk with its length and checksum, to be appended whole.
std::vector<std::uint8_t> encode(const Chunk& chunk);

struct ReadError {
  std::string text;  ///< names the place and what is wrong with it
};

/// Reads a recording from the first chunk to the last. The bytes are not trusted: lengths, checksums, every number and the order of
/// chunks and ticks are checked. `bytes` must outlive the reader.
class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}
  /// The next chunk; nothing at the end, which may be a chunk that was cut off (see cut_off).
  base::Result<std::optional<Chunk>, ReadError> next();
  /// After the end: the last chunk was not written to its end and was left out.
  [[nodiscard]] bool cut_off() const { return cut_off_; }
  [[nodiscard]] std::size_t position() const { return position_; }

 private:
  base::Result<std::optional<std::span<const std::uint8_t>>, ReadError> next_payload();
  [[nodiscard]] std::string wrong_order(const Chunk& chunk);

  std::span<const std::uint8_t> bytes_;
  std::size_t position_ = 0;
  bool cut_off_ = false;
  bool started_ = false;
  bool ended_ = false;
  base::Tick next_tick_ = 0;  ///< 0: not known yet
};

}  // namespace cudgel::record
