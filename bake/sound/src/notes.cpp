#include <array>
#include <charconv>
#include <string_view>

#include "bake_sound/parse.h"

namespace cudgel::bake_sound {

namespace {

constexpr double k_beats_max = 64;  ///< of one note
constexpr int k_semitones_a4 = 57;  ///< a4 counted from c0

bool whole(std::string_view text, int low, int high, int& out) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, out);
  return error == std::errc() && stop == end && out >= low && out <= high;
}

// "c4", "f#3", "bb5": semitones above a4.
bool parse_pitch(std::string_view text, double& semitones) {
  constexpr std::array k_steps = {9, 11, 0, 2, 4, 5, 7};  // a b c d e f g
  if (text.empty() || text[0] < 'a' || text[0] > 'g') return false;
  int steps = k_steps[static_cast<std::size_t>(text[0] - 'a')];
  text.remove_prefix(1);
  if (text.starts_with('#')) steps += 1;
  if (text.starts_with('b')) steps -= 1;
  if (text.starts_with('#') || text.starts_with('b')) text.remove_prefix(1);
  int octave = 0;
  if (!whole(text, 0, 8, octave)) return false;
  semitones = octave * 12 + steps - k_semitones_a4;
  return true;
}

// "1", "1/2", "3/2"
bool parse_beats(std::string_view text, double& beats) {
  const std::size_t slash = text.find('/');
  int above = 0, below = 1;
  if (!whole(text.substr(0, slash), 1, 64, above)) return false;
  if (slash != std::string_view::npos && !whole(text.substr(slash + 1), 1, 64, below)) return false;
  beats = static_cast<double>(above) / below;
  return beats <= k_beats_max;
}

bool parse_chord(std::string_view text, Note note, std::vector<Note>& notes) {
  if (text == "-") return true;
  for (;;) {
    const std::size_t plus = text.find('+');
    if (!parse_pitch(text.substr(0, plus), note.semitones)) return false;
    notes.push_back(note);
    if (plus == std::string_view::npos) return true;
    text.remove_prefix(plus + 1);
  }
}

}  // namespace

bool parse_notes(const std::string& text, double beat_ms, std::vector<Note>& notes, double& length_beats, std::string& reason) {
  length_beats = 0;
  std::string_view rest = text;
  for (;;) {
    const std::size_t begin = rest.find_first_not_of(" |");
    if (begin == std::string_view::npos) return true;
    rest.remove_prefix(begin);
    const std::string_view word = rest.substr(0, rest.find_first_of(" |"));
    rest.remove_prefix(word.size());
    const std::size_t colon = word.find(':');
    double beats = 0;
    if (colon == std::string_view::npos || !parse_beats(word.substr(colon + 1), beats) ||
        !parse_chord(word.substr(0, colon), {length_beats * beat_ms, beats * beat_ms, 0, 0}, notes)) {
      reason = "'" + std::string(word) + "' is no note: it must be like d4:1, f#4:1/2, a3+d4:2 or -:1";
      return false;
    }
    length_beats += beats;
  }
}

}  // namespace cudgel::bake_sound
