#include "play/ears.h"

#include <algorithm>
#include <cmath>

namespace cudgel::game {

namespace {
constexpr double k_near_tiles = 1.5;  ///< within, everything is as loud as at one's own place
constexpr double k_aside_tiles = 14;  ///< x - y in tiles that pans as far as it goes: about the edge of a screen
constexpr double k_pan_max = 0.8;     ///< nothing is heard by one ear alone
constexpr float k_gain_min = 0.01F;   ///< -40 dB: not worth a voice
}  // namespace

bool Ears::has_room(std::uint16_t sound, double now_ms) {
  std::erase_if(voices_, [&](const Voice& voice) { return now_ms >= voice.end_ms; });
  if (voices_.size() >= k_voices_max) return false;
  std::size_t same = 0;
  for (const Voice& voice : voices_) {
    if (voice.sound != sound) continue;
    if (now_ms - voice.begin_ms < k_again_ms) return false;
    ++same;
  }
  return same < book_->sounds()[sound].at_once;
}

std::optional<SoundStart> Ears::hear(const Cue& cue, double x, double y, double now_ms) {
  const auto choice = book_->find(cue.keys);
  if (choice.empty()) return std::nullopt;
  SoundStart start;
  start.sound = choice[random_.below(static_cast<std::uint32_t>(choice.size()))];
  const SoundSpec& spec = book_->sounds()[start.sound];
  const double dx = cue.x - x, dy = cue.y - y;
  const double distance = std::max(0.0, std::hypot(dx, dy) - k_near_tiles);
  const double reach = std::max(1.0, static_cast<double>(spec.reach_tiles) - k_near_tiles);
  const double left = std::max(0.0, 1.0 - distance / reach);
  const double softer_db = static_cast<double>(spec.gain_db) * (drawn() + 1) / 2;
  start.gain = static_cast<float>(left * left * std::pow(10.0, -softer_db / 20));
  if (start.gain < k_gain_min || !has_room(start.sound, now_ms)) return std::nullopt;
  start.pan = static_cast<float>(std::clamp((dx - dy) / k_aside_tiles, -1.0, 1.0) * k_pan_max);
  start.rate = static_cast<float>(std::exp2(static_cast<double>(spec.pitch_semitones) * drawn() / 12));
  start.take = static_cast<std::uint16_t>(random_.below(static_cast<std::uint32_t>(spec.takes_ms.size())));
  voices_.push_back({start.sound, now_ms, now_ms + spec.length_ms / static_cast<double>(start.rate)});
  return start;
}

}  // namespace cudgel::game
