#pragma once
// Which sounds there are and when they are heard: sounds.bin checked and turned into plain structs. It holds no samples and plays nothing;
// the page has the samples (web/js/sound.js).

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace cudgel::game {

struct SoundSpec {
  std::string name;
  std::vector<std::uint32_t> takes_ms;  ///< where each begins in the effects file; at least one
  std::uint32_t length_ms = 0;
  float pitch_semitones = 0;  ///< at each play, so much higher or lower at most
  float gain_db = 0;          ///< at each play, so much softer at most
  float reach_tiles = 1;      ///< beyond, nothing is heard
  std::size_t at_once = 1;    ///< of this sound
  bool later = false;         ///< lies in later_file()
};

/// Plays round and round: a theme or an ambience.
struct LoopSpec {
  std::string name;
  std::string file;
  std::uint32_t length_ms = 0;
  bool music = false;
};

struct SoundBookError {
  std::string text;  ///< names what is wrong: "sounds.bin: cue hurt names sound 40 of 23"
};

class SoundBook {
 public:
  static base::Result<SoundBook, SoundBookError> load(std::span<const std::uint8_t> bytes);

  [[nodiscard]] const std::vector<SoundSpec>& sounds() const { return sounds_; }
  [[nodiscard]] const std::vector<LoopSpec>& loops() const { return loops_; }
  [[nodiscard]] const std::string& effects_file() const { return effects_file_; }
  /// Fetched when one of its sounds is first needed; empty: there are none.
  [[nodiscard]] const std::string& later_file() const { return later_file_; }
  /// Where the tick lies that tells the decoder's silence; see sounds.fbs.
  [[nodiscard]] std::uint32_t tick_ms() const { return tick_ms_; }
  /// Indices of the sounds that may be heard: those of the first key that the book has. Empty keys and unknown ones are passed over;
  /// nothing when it has none of them.
  [[nodiscard]] std::span<const std::uint16_t> find(std::span<const std::string> keys) const;
  /// Indices of the loops that sound where a zone's music is `key`; of a key that the book lacks, and of none, what is heard everywhere.
  [[nodiscard]] std::span<const std::uint16_t> soundscape(std::string_view key) const;

 private:
  std::vector<SoundSpec> sounds_;
  std::vector<LoopSpec> loops_;
  std::map<std::string, std::vector<std::uint16_t>, std::less<>> cues_;
  std::map<std::string, std::vector<std::uint16_t>, std::less<>> soundscapes_;
  std::string effects_file_, later_file_;
  std::uint32_t tick_ms_ = 0;
};

}  // namespace cudgel::game
