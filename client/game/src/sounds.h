#pragma once
// What is heard: notices cues (play/cues.h, play/own_news.h), turns them into sounds (play/ears.h) and tells the page to begin them; and tells
// it which loops belong to the place (play/soundscape.h). Silent until the page has brought the book of sounds, which it does after one is in
// the world. Holds no samples.

#include <optional>
#include <span>
#include <string>

#include "content/content.h"
#include "core/game_client.h"
#include "play/cues.h"
#include "play/ears.h"
#include "play/own_news.h"
#include "play/sound_book.h"
#include "play/soundscape.h"

namespace cudgel::game {

class Sounds {
 public:
  /// `content` must outlive this.
  explicit Sounds(const content::Content& content) : cues_(content) {}
  /// The book's bytes; empty when all is well, else a sentence for people. A second book takes the first one's place.
  std::string open(std::span<const std::uint8_t> bytes, std::uint64_t seed);
  /// What the page needs of the book, as JSON: {"effects_file", "later_file", "tick_ms", "sounds": [{"name", "takes_ms", "length_ms", "later"}],
  /// "loops": [{"name", "file", "length_ms", "music"}]}; null before open().
  [[nodiscard]] std::string table_json() const;
  /// Which loops sound here, and which may soon, as JSON: {"now": [index, ...], "near": [...]}; null before open().
  [[nodiscard]] std::string soundscape_json() const;

  /// A new map, or none; see Cues::enter.
  void enter(const content::MapSpec* map);
  /// Another character: what it has is no news.
  void forget() { news_ = {}; }
  void happen(const core::Moment& moment, const core::BodyView* target) { cues_.happen(moment, target); }
  /// Once per display frame: listens to everybody and begins what is to be heard.
  void frame(const core::BodyView& self, std::span<const core::BodyView> others, double now_ms);
  /// Once per display frame: what befalls the own character beside the fight is heard at its own place.
  void own(const OwnFacts& facts, double now_ms);
  /// Nobody listened: what has happened since the last frame stays unheard.
  void skip() { cues_.take(); }
  /// Something of the page itself ("button"), or of the own character, at the listener's place; "deed.move" may be heard as any "deed".
  void cue(const std::string& key, double now_ms);

 private:
  void begin(const Cue& cue, double now_ms);

  Cues cues_;
  OwnNews news_;
  Soundscape place_;
  std::optional<SoundBook> book_;
  std::optional<Ears> ears_;
  double x_ = 0, y_ = 0;  ///< of the listener, tiles
};

}  // namespace cudgel::game
