#pragma once
// A sound as somebody wrote it down: layers of one oscillator each, with envelope and filters. Plain values in the units of the files
// (milliseconds, hertz, decibels), read by parse.h and turned into samples by synth.h. Holds no samples and reads no files.

#include <string>
#include <utility>
#include <vector>

namespace cudgel::bake_sound {

/// Everything is made at this rate. 24 kHz holds all below 12 kHz: enough for blows and flutes, half the bytes of 48 kHz.
inline constexpr int k_sample_rate = 24000;

/// A value over time: straight from point to point in octaves, held before the first and after the last. At least one point.
struct Curve {
  struct Point {
    double at_ms = 0;
    double value = 1;  ///< above 0
  };
  std::vector<Point> points{{}};

  [[nodiscard]] double at(double ms) const;
};

enum class Wave { sine, triangle, saw, square, noise, pluck };
enum class FilterKind { low, high, band };

struct Filter {
  FilterKind kind = FilterKind::low;
  Curve hz;
  double q = 0.7;  ///< 0.3..30; higher rings longer
};

/// Attack, hold, decay to `sustain`; who plays notes keeps that to the note's end and then releases. Decay and release are times to -60 dB.
struct Envelope {
  double attack_ms = 1;
  double hold_ms = 0;
  double decay_ms = 100;
  double sustain = 0;  ///< 0..1
  double release_ms = 60;
};

struct Layer {
  Wave wave = Wave::sine;
  Curve hz;          ///< of a note: a factor to its pitch instead
  double at_ms = 0;  ///< begins so much after the sound
  double level_db = 0;
  Envelope envelope;
  double fm_ratio = 1, fm_index = 0;  ///< a sine of ratio times the frequency bends the phase by index radians
  double fm_decay_ms = 200;           ///< the bend's time to -60 dB
  double vibrato_hz = 5, vibrato_semitones = 0;
  double rough_hz = 50, rough_depth = 0;   ///< uneven beating of the loudness: the rattle of a throat. depth 0..1
  double swell_hz = 0.2, swell_depth = 0;  ///< slow rise and fall of the loudness: wind. depth 0..1
  double drive = 0;                        ///< 0..20: how far it is bent into distortion
  std::vector<Filter> filters;             ///< one after the other
};

/// Schroeder's reverberator over the whole sound.
struct Reverb {
  double share = 0;      ///< 0..1 of the sound that comes back
  double seconds = 0.6;  ///< time to -60 dB
};

/// One sound effect.
struct Effect {
  std::string name;
  double length_ms = 0;
  double peak_db = -3;         ///< how loud the loudest sample is, below full scale
  int takes = 1;               ///< rendered so many times with other noise
  double take_semitones = 0;   ///< and each so much higher or lower at most
  double pitch_semitones = 0;  ///< at play, each time so much higher or lower at most
  double gain_db = 0;          ///< at play, each time so much softer at most
  double reach_tiles = 14;     ///< beyond, nothing is heard
  int at_once = 4;             ///< of this sound
  bool later = false;          ///< the page fetches it when it first needs one of these
  std::vector<Layer> layers;
  Reverb reverb;
};

/// A note of a score. Time and length in milliseconds; a pitch of 0 semitones is 440 Hz.
struct Note {
  double at_ms = 0;
  double length_ms = 0;
  double semitones = 0;
  double level_db = 0;
};

/// One instrument's notes.
struct Part {
  std::vector<Layer> instrument;
  double level_db = 0;
  std::vector<Note> notes;
};

/// Plays round and round without a seam: a theme or an ambience.
struct Loop {
  std::string name;
  bool music = false;  ///< else ambience
  bool later = false;  ///< nobody hears it where the game begins
  double length_ms = 0;
  double peak_db = -6;
  int kbit_per_s = 32;
  std::vector<Layer> beds;  ///< sound all the time
  std::vector<Part> parts;
  Reverb reverb;
};

/// Which sounds may be heard when something happens: "goblin_clubber.hurt" -> growl_short. See client/play/sound_book.h.
struct Cue {
  std::string key;
  std::vector<std::string> sounds;
};

/// What sounds all the time where a zone's `music` is `key`.
struct Soundscape {
  std::string key;
  std::vector<std::string> loops;
};

}  // namespace cudgel::bake_sound
