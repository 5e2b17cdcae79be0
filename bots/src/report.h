#pragma once
// What the swarm saw: numbers for people and for tools.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "adventure/diary.h"
#include "histogram.h"

namespace cudgel::bots {

struct Report {
  std::string transport;
  int players = 0;
  int players_connected = 0;      ///< that were welcomed at least once
  bool stayed_connected = false;  ///< every player, the whole time; for who misbehaves or churns: was answered as documented
  double seconds = 0;             ///< measured ones
  double connect_seconds = 0;     ///< before them
  std::uint64_t frames_received = 0;
  std::uint64_t bytes_received = 0;
  std::uint64_t bytes_sent = 0;
  std::uint64_t corrections = 0;
  std::uint64_t disconnects = 0;
  std::uint64_t entities_seen = 0;  ///< summed over frames
  std::uint64_t hits_given = 0;
  std::uint64_t hits_taken = 0;
  double cpu_ms = 0;                            ///< of this process while measured
  std::uint64_t joins = 0;                      ///< times that somebody was let in
  std::uint64_t resumed = 0;                    ///< of these, back to the same character
  std::map<int, std::uint64_t> closes;          ///< of who misbehaves: close code, how often
  Histogram frame_interval{0.1};                ///< ms
  Histogram latency{0.1};                       ///< ms, from sending to the frame that shows it, the wait for the tick included
  Histogram correction{0.001};                  ///< tiles by which a frame moved the prediction
  Histogram correction_free{0.001};             ///< the same, only while nobody was near enough to be bumped into
  std::map<std::string, std::uint64_t> errors;  ///< reason in words, how often
  std::vector<Diary> diaries;                   ///< of adventurers
};

/// The whole report as JSON.
std::string to_json(const Report& report);
/// One line for people.
std::string to_line(const Report& report);

}  // namespace cudgel::bots
