#pragma once
// From cues to sounds that begin now: which take, how loud and from which side at the place of the listener, how high. Each play is a
// little different, so that steps do not rattle. Limits how many sound at once. Plays nothing itself.

#include <cstdint>
#include <optional>
#include <vector>

#include "base/random.h"
#include "play/cues.h"
#include "play/sound_book.h"

namespace cudgel::game {

/// A sound that begins now.
struct SoundStart {
  std::uint16_t sound = 0;  ///< index into SoundBook::sounds()
  std::uint16_t take = 0;
  float gain = 1;  ///< 0..1
  float pan = 0;   ///< -1 left .. 1 right
  float rate = 1;  ///< of playing: 2 is an octave higher
};

class Ears {
 public:
  /// All sounds together. More are mud, and each costs the browser.
  static constexpr std::size_t k_voices_max = 24;
  /// The same sound again within this time only makes it louder.
  static constexpr double k_again_ms = 30;

  /// `book` must outlive this.
  Ears(const SoundBook& book, std::uint64_t seed) : book_(&book), random_(seed) {}

  /// Nothing when the book has no sound for it, it is too far away or too much sounds already. The listener stands at (x, y) tiles.
  std::optional<SoundStart> hear(const Cue& cue, double x, double y, double now_ms);

 private:
  struct Voice {
    std::uint16_t sound = 0;
    double begin_ms = 0;
    double end_ms = 0;
  };
  /// -1..1
  double drawn() { return static_cast<double>(random_.below(20001)) / 10000.0 - 1.0; }
  [[nodiscard]] bool has_room(std::uint16_t sound, double now_ms);

  const SoundBook* book_;
  base::Random random_;
  std::vector<Voice> voices_;
};

}  // namespace cudgel::game
