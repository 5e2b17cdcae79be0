// Target: game::SoundBook::load. Promise: whatever loads can be listened to without another look: every cue's sounds and every soundscape's
// loops are there, and every start lies within what the page is told.

#include <cmath>

#include "entry.h"
#include "play/ears.h"
#include "sounds/schema/sounds_generated.h"

using namespace cudgel;

CUDGEL_DECLARE_FUZZ(fuzz_sounds_file);

int fuzz_sounds_file(std::span<const std::uint8_t> bytes) {
  const auto book = game::SoundBook::load(bytes);
  if (!book) {
    CUDGEL_ASSERT(book.error().text.starts_with("sounds.bin: "));
    return 0;
  }
  game::Ears ears(*book, 1);
  double now_ms = 0;
  for (const content::Cue* entry : *content::GetSoundBook(bytes.data())->cues()) {
    now_ms += 50;
    const auto start = ears.hear({{entry->key()->str(), "", ""}, 3, -2}, 0, 0, now_ms);
    if (!start) continue;
    CUDGEL_ASSERT(start->sound < book->sounds().size());
    CUDGEL_ASSERT(start->take < book->sounds()[start->sound].takes_ms.size());
    CUDGEL_ASSERT(start->gain > 0 && start->gain <= 1 && std::isfinite(start->rate) && start->rate > 0);
  }
  for (const content::Soundscape* entry : *content::GetSoundBook(bytes.data())->soundscapes()) {
    for (const std::uint16_t loop : book->soundscape(entry->key()->string_view())) CUDGEL_ASSERT(loop < book->loops().size());
  }
  return 0;
}
