#include "play/sound_book.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "sounds/schema/sounds_generated.h"

namespace cudgel::game {

namespace {

constexpr std::uint32_t k_length_ms_max = 100000;
constexpr std::string_view k_everywhere = "everywhere";

SoundBookError damaged(const std::string& reason) { return {"sounds.bin: " + reason}; }

std::optional<std::uint16_t> first_beyond(const std::vector<std::uint16_t>& indices, std::size_t count) {
  const auto wrong = std::find_if(indices.begin(), indices.end(), [count](std::uint16_t index) { return index >= count; });
  return wrong == indices.end() ? std::nullopt : std::optional(*wrong);
}

bool within(float value, float low, float high) { return std::isfinite(value) && value >= low && value <= high; }

bool read_sound(const content::Sound& entry, SoundSpec& sound) {
  sound.name = entry.name()->str();
  sound.takes_ms.assign(entry.takes_ms()->begin(), entry.takes_ms()->end());
  sound.length_ms = entry.length_ms();
  sound.pitch_semitones = entry.pitch_semitones();
  sound.gain_db = entry.gain_db();
  sound.reach_tiles = entry.reach_tiles();
  sound.at_once = entry.at_once();
  sound.later = entry.later();
  return !sound.takes_ms.empty() && sound.length_ms >= 1 && sound.length_ms <= k_length_ms_max &&
         within(sound.pitch_semitones, 0, 24) && within(sound.gain_db, 0, 60) && within(sound.reach_tiles, 1, 256) &&
         sound.at_once >= 1;
}

}  // namespace

base::Result<SoundBook, SoundBookError> SoundBook::load(std::span<const std::uint8_t> bytes) {
  flatbuffers::Verifier verifier(bytes.data(), bytes.size());
  if (bytes.size() < 8 || !content::SoundBookBufferHasIdentifier(bytes.data()) || !content::VerifySoundBookBuffer(verifier)) {
    return base::fail(damaged("is damaged or no book of sounds"));
  }
  const content::SoundBook& file = *content::GetSoundBook(bytes.data());
  SoundBook book;
  book.effects_file_ = file.effects_file()->str();
  book.later_file_ = file.later_file()->str();
  book.tick_ms_ = file.tick_ms();
  for (const content::Sound* entry : *file.sounds()) {
    SoundSpec sound;
    if (!read_sound(*entry, sound)) return base::fail(damaged("sound " + sound.name + " has no takes or a number out of range"));
    if (sound.later && book.later_file_.empty())
      return base::fail(damaged("sound " + sound.name + " lies in a file without a name"));
    book.sounds_.push_back(std::move(sound));
  }
  for (const content::Cue* entry : *file.cues()) {
    std::vector<std::uint16_t> chosen(entry->sounds()->begin(), entry->sounds()->end());
    if (const auto wrong = first_beyond(chosen, book.sounds_.size())) {
      return base::fail(damaged("cue " + entry->key()->str() + " names sound " + std::to_string(*wrong) + " of " +
                                std::to_string(book.sounds_.size())));
    }
    book.cues_.insert_or_assign(entry->key()->str(), std::move(chosen));
  }
  for (const content::Loop* entry : *file.loops()) {
    if (entry->length_ms() < 1 || entry->length_ms() > k_length_ms_max) {
      return base::fail(damaged("loop " + entry->name()->str() + " has a length out of range"));
    }
    book.loops_.push_back({entry->name()->str(), entry->file()->str(), entry->length_ms(), entry->music()});
  }
  for (const content::Soundscape* entry : *file.soundscapes()) {
    std::vector<std::uint16_t> chosen(entry->loops()->begin(), entry->loops()->end());
    if (const auto wrong = first_beyond(chosen, book.loops_.size())) {
      return base::fail(damaged("soundscape " + entry->key()->str() + " names loop " + std::to_string(*wrong) + " of " +
                                std::to_string(book.loops_.size())));
    }
    book.soundscapes_.insert_or_assign(entry->key()->str(), std::move(chosen));
  }
  return book;
}

std::span<const std::uint16_t> SoundBook::find(std::span<const std::string> keys) const {
  for (const std::string& key : keys) {
    if (const auto found = cues_.find(key); found != cues_.end()) return found->second;
  }
  return {};
}

std::span<const std::uint16_t> SoundBook::soundscape(std::string_view key) const {
  auto found = soundscapes_.find(key);
  if (found == soundscapes_.end()) found = soundscapes_.find(k_everywhere);
  return found == soundscapes_.end() ? std::span<const std::uint16_t>() : found->second;
}

}  // namespace cudgel::game
